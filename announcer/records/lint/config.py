"""What the parts of announcer.yaml say of each other, and whether it can be true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from announcer.domain.clock import instant, zone
from announcer.domain.department import normalized
from announcer.domain.problem import Problem, Severity
from announcer.domain.rule import Rule
from announcer.domain.source import ADDRESSES, is_secret, masked
from announcer.records.fields.errors import FaultyValueError
from announcer.records.fields.suggest import meant
from announcer.records.lint.codes import SILENCEABLE
from announcer.records.lint.holidays import check_place
from announcer.records.lint.talk import PRIVATE
from announcer.records.lint.text import sent_texts, text_problems
from announcer.records.models.resolve import too_late
from announcer.records.models.schedule import rules
from announcer.records.models.validation import Loc, at
from announcer.records.yaml.mojibake import mojibake
from announcer.records.yaml.nodes import Mapping, find
from announcer.records.yaml.source import Source

if TYPE_CHECKING:
    from announcer.records.models.department import DepartmentRecord, DigestRecord, SeriesRecord

_MONDAY = date(2026, 1, 5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Coherence:
    """What no field alone can tell."""

    source: Source
    tree: Mapping
    record: DepartmentRecord

    def problems(self) -> list[Problem]:
        """All that its parts contradict each other in, in the order of lines."""
        found = [*self._addresses(), *self._delivery(), *self._sources()]
        for key, series in self.record.series.items():
            found += self._series(key, series)
        for name, digest in self.record.digests.items():
            found += self._collisions(name, digest)
        found += [*self._silence(), *self._holidays(), *mojibake(self.source)]
        for key in self.record.series:
            series_tree = find(self.tree, ("series", key))
            if isinstance(series_tree, Mapping):
                for field, scalar in sent_texts(series_tree):
                    found += text_problems(self.source, field, scalar, None)
        return sorted(found, key=lambda problem: problem.place)

    def _fault(self, loc: Loc, code: str, message: str, hint: str) -> Problem:
        return at(self.source, self.tree, loc, FaultyValueError(code, message, hint))

    def _addresses(self) -> Iterator[Problem]:
        seen: dict[str, str] = {}
        for name, one in self.record.lists.items():
            first = seen.setdefault(normalized(one.address), name)
            if first != name:
                yield self._fault(
                    ("lists", name, "address"),
                    "duplicate-address",
                    f'the lists "{first}" and "{name}" have the same address, so it would get all twice',
                    "delete one of them",
                )
        human = self.record.organizer
        if human and normalized(human.address) in seen:
            yield self._fault(
                ("organizer",),
                "organizer-is-list",
                f'this is the mailing list "{seen[normalized(human.address)]}", and all of it would read '
                "what only the organizer should",
                "write the address of a person, or of the few who see to the talks",
            )
        folded: dict[str, str] = {}
        for kind, names in (("lists", self.record.lists), ("series", self.record.series)):
            if not names:
                yield self._fault(
                    (kind,), "empty-list", f'there is nothing under "{kind}"', "add at least one"
                )
            folded.clear()
            for name in names:
                first = folded.setdefault(name.casefold(), name)
                if first != name:
                    yield self._fault(
                        (kind, name),
                        "duplicate-key",
                        f'"{first}" and "{name}" are too much alike',
                        "rename one",
                    )

    def _series(self, key: str, series: SeriesRecord) -> Iterator[Problem]:
        if series.schedule and not series.lists:
            yield self._fault(
                ("series", key),
                "missing-field",
                f'"lists" is missing in "{key}", so its schedule would send to nobody',
                f"write lists: [{next(iter(self.record.lists), 'colloquium')}]",
            )
        schedule = rules(series.schedule)
        yield from self._slots(("series", key, "schedule"), schedule)
        for index, rule in enumerate(schedule):
            if series.time is not None and too_late(
                rule, self._sample(series.day, series.time), self.record.timezone
            ):
                yield self._fault(
                    ("series", key, "schedule", index),
                    "rule-too-late",
                    f'the {rule.send} "{rule.when.text}" falls on or after its latest useful moment, '
                    "so it would never be sent",
                    "choose an earlier moment",
                )

    def _sample(self, day: int | None, begins: time) -> datetime:
        """A talk of that weekday, or of a Sunday, the day on which the fewest rules come too late."""
        on = _MONDAY + timedelta(days=6 if day is None else day)
        return instant(on, begins, zone(self.record.timezone)).astimezone(UTC)

    def _slots(self, loc: Loc, schedule: tuple[Rule, ...]) -> Iterator[Problem]:
        seen: set[tuple[str, str]] = set()
        for index, rule in enumerate(schedule):
            if (rule.send, rule.slot) in seen:
                yield self._fault(
                    (*loc, index),
                    "duplicate-rule",
                    f'two rules send the {rule.send} "{rule.slot}", and only the first could ever go',
                    "give this one a name of its own, like name: second-reminder, or delete it",
                )
            seen.add((rule.send, rule.slot))

    def _collisions(self, name: str, digest: DigestRecord) -> Iterator[Problem]:
        """The rules that are due in the very minute of the digest, on a list that gets both."""
        for key in digest.series:
            series = self.record.series.get(key)
            for index, rule in enumerate(series.schedule if series else ()):
                weekday = rule.when.weekday
                if weekday is None and series and series.day is not None and rule.when.days is not None:
                    weekday = (series.day - rule.when.days) % 7
                lists = rule.lists or (series.lists if series else ())
                same_moment = (weekday, rule.when.at) == (digest.when.weekday, digest.when.at)
                if same_moment and set(lists) & set(digest.lists):
                    fault = FaultyValueError(
                        "digest-collides",
                        f'this {rule.send} and the digest "{name}" go to the same list in the same minute',
                        "move one of them by an hour or a day",
                    )
                    loc = ("series", key, "schedule", index)
                    yield at(self.source, self.tree, loc, fault, Severity.WARNING)

    def _silence(self) -> Iterator[Problem]:
        for path, codes in self.record.silence.items():
            for index, code in enumerate(codes):
                if code == PRIVATE:
                    fault = FaultyValueError(
                        "not-silenceable",
                        f"{PRIVATE} guards what is private, and cannot be silenced: it counts all the same",
                        "delete it here, and the private value where check finds it",
                    )
                    loc = ("silence", path, index)
                    yield at(self.source, self.tree, loc, fault, Severity.WARNING)
                elif code not in SILENCEABLE:
                    right = meant(code, SILENCEABLE)
                    yield self._fault(
                        ("silence", path, index),
                        "unknown-value",
                        f'there is no problem "{code}" that could be silenced',
                        f"did you mean {right}?" if right else "use the word in brackets that check shows",
                    )

    def _holidays(self) -> Iterator[Problem]:
        if self.record.holidays:
            try:
                check_place(self.record.holidays)
            except FaultyValueError as fault:
                yield at(self.source, self.tree, ("holidays",), fault)

    def _sources(self) -> Iterator[Problem]:
        for name, one in self.record.sources.items():
            said = [key for key in ADDRESSES if getattr(one, key)]
            if not said:
                yield self._fault(
                    ("sources", name),
                    "missing-field",
                    f'it is not said where the source "{name}" is',
                    "write url: https://calendar.example.edu/physics.ics, or file: plan.xlsx",
                )
            elif len(said) > 1:
                yield self._fault(
                    ("sources", name, said[1]),
                    "two-places",
                    f'there are both "{said[0]}" and "{said[1]}"',
                    "keep one of them",
                )
            if one.url and is_secret(one.url):
                message = "whoever has this address sees the calendar, and this file is read and copied"
                hint = "put the address into a file of its own, and name that: url_file: calendar-address"
                fault = FaultyValueError("secret-address", message, hint)
                told = at(self.source, self.tree, ("sources", name, "url"), fault, Severity.WARNING)
                yield replace(told, excerpt=told.excerpt.replace(one.url, masked(one.url)))

    def _delivery(self) -> Iterator[Problem]:
        one = self.record.delivery
        if one.transport.row.over_network and not one.host and not one.provider:
            yield self._fault(
                ("delivery",),
                "missing-field",
                '"host" is missing: smtp needs a server',
                "write host: smtp.example.edu",
            )
        server = next((key for key in ("provider", "host") if getattr(one, key)), None)
        if server and "transport" not in one.model_fields_set:
            yield self._fault(
                ("delivery", server),
                "no-transport",
                f'"{server}" names a mail server, but without "transport" mail goes into a folder',
                "write transport: smtp beside it, or transport: maildir to rehearse",
            )
        if one.transport.row.over_network and one.security == "none" and one.username:
            yield self._fault(
                ("delivery", "security"),
                "no-security",
                "without security the password would be sent for everybody to read",
                "write security: starttls, or delete the username",
            )
        named = [
            key for key in ("password_file", "password_command", "oauth_token_command") if getattr(one, key)
        ]
        if len(named) > 1:
            yield self._fault(
                ("delivery", named[1]),
                "two-secrets",
                f'there are both "{named[0]}" and "{named[1]}"',
                "keep one",
            )
