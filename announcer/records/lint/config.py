"""What the parts of announcer.yaml say of each other, and whether it can be true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from announcer.domain.clock import instant, zone
from announcer.domain.department import normalized
from announcer.domain.problem import Problem, Severity
from announcer.domain.source import ADDRESSES, is_secret, masked
from announcer.records.fields.errors import FaultyValueError
from announcer.records.lint.holidays import check_place
from announcer.records.lint.mojibake import mojibake
from announcer.records.lint.sent import sent_texts, text_problems
from announcer.records.linting import LintRemark, LintRule, rule
from announcer.records.models.resolve import too_late
from announcer.records.models.schedule import rules, rungs
from announcer.records.models.validation import Loc, at
from announcer.records.yaml.nodes import Mapping, Scalar, find
from announcer.records.yaml.source import FileText

if TYPE_CHECKING:
    from announcer.records.models.department import DepartmentRecord, SeriesRecord

    ConfigRule = LintRule[[DepartmentRecord], Loc]

_MONDAY = date(2026, 1, 5)
ConfigRemarks = Iterator[LintRemark[Loc]]
"""At keys and indices, from the file's top."""


def config_problems(
    source: FileText, tree: Mapping, record: DepartmentRecord, checks: Iterable[ConfigRule]
) -> list[Problem]:
    """All that the parts of announcer.yaml contradict each other in, and what is odd about its texts."""
    problems = []
    for check in checks:
        for remark in check(record):
            fault = FaultyValueError(check.code, remark.message, remark.hint)
            problems.append(at(source, tree, remark.at, fault, remark.severity or check.severity))
    problems += [
        source.remarked(mojibake, remark, line=remark.at[0], column=remark.at[1])
        for remark in mojibake(source)
    ]
    for key in record.series:
        series_tree = find(tree, ("series", key))
        if isinstance(series_tree, Mapping):
            problems += text_problems(source, sent_texts(series_tree), None)
    for setting, path in ((record.website, ("website",)), (record.style.footer, ("style", "footer"))):
        node = find(tree, path)  # what is around it, where it is not there
        texts = [child for _, child in node.entries.values()] if isinstance(node, Mapping) else [node]
        for text in texts if setting else ():
            if isinstance(text, Scalar):
                problems += text_problems(source, [(path[-1], text)], None)
    for address in (entry.url for entry in record.sources.values() if entry.url and is_secret(entry.url)):
        problems = [
            replace(problem, excerpt=problem.excerpt.replace(address, masked(address)))
            for problem in problems
        ]
    return problems


@rule("duplicate-address", "two lists have one address", Severity.ERROR, silenceable=False)
def duplicate_address(record: DepartmentRecord) -> ConfigRemarks:
    """The list would get all twice."""
    seen: dict[str, str] = {}
    for name, mailing_list in record.lists.items():
        first = seen.setdefault(normalized(mailing_list.address), name)
        if first != name:
            yield LintRemark(
                ("lists", name, "address"),
                f'the lists "{first}" and "{name}" have the same address, so it would get all twice',
                "delete one of them",
            )


@rule("organizer-is-list", "the organizer's address is a mailing list's", Severity.ERROR, silenceable=False)
def organizer_is_list(record: DepartmentRecord) -> ConfigRemarks:
    """All of the list would read what only the organizer should."""
    names = {normalized(mailing_list.address): name for name, mailing_list in reversed(record.lists.items())}
    human = record.organizer
    if human and normalized(human.address) in names:
        yield LintRemark(
            ("organizer",),
            f'this is the mailing list "{names[normalized(human.address)]}", and all of it would read '
            "what only the organizer should",
            "write the address of a person, or of the few who see to the talks",
        )


@rule("empty-list", "there is nothing under a key that needs something", Severity.ERROR, silenceable=False)
def empty_list(record: DepartmentRecord) -> ConfigRemarks:
    """Without lists or series, nothing can be announced."""
    for kind, names in (("lists", record.lists), ("series", record.series)):
        if not names:
            yield LintRemark((kind,), f'there is nothing under "{kind}"', "add at least one")


@rule("duplicate-key", "two names are too much alike", Severity.ERROR, silenceable=False)
def duplicate_key(record: DepartmentRecord) -> ConfigRemarks:
    """Names differ by more than capitals."""
    for kind, names in (("lists", record.lists), ("series", record.series)):
        folded: dict[str, str] = {}
        for name in names:
            first = folded.setdefault(name.casefold(), name)
            if first != name:
                yield LintRemark((kind, name), f'"{first}" and "{name}" are too much alike', "rename one")


@rule("missing-field", "a key is missing that another one needs", Severity.ERROR, silenceable=False)
def missing_field(record: DepartmentRecord) -> ConfigRemarks:
    """A schedule needs lists, a request an organizer, a source needs a place, smtp needs a server."""
    for key, series in record.series.items():
        if series.schedule and not series.lists:
            yield LintRemark(
                ("series", key),
                f'"lists" is missing in "{key}", so its schedule would send to nobody',
                f"write lists: [{next(iter(record.lists), 'colloquium')}]",
            )
        if series.request and not record.organizer:
            yield LintRemark(
                ("series", key, "request"),
                '"organizer" is missing: it is not said who reads the answers of those who are asked',
                "write organizer: and the address of a person, at the margin",
            )
    delivery = record.delivery
    if delivery.transport.row.over_network and not delivery.host and not delivery.provider:
        yield LintRemark(
            ("delivery",), '"host" is missing: smtp needs a server', "write host: smtp.example.edu"
        )
    for name, source in record.sources.items():
        if not any(getattr(source, key) for key in ADDRESSES):
            yield LintRemark(
                ("sources", name),
                f'it is not said where the source "{name}" is',
                "write url: https://calendar.example.edu/physics.ics, or file: plan.xlsx",
            )


@rule("duplicate-rule", "two rules of a schedule are one", Severity.ERROR, silenceable=False)
def duplicate_rule(record: DepartmentRecord) -> ConfigRemarks:
    """Only the first could ever go."""
    for key, series in record.series.items():
        seen: set[tuple[str, str]] = set()
        for index, sent in enumerate(rules(series.schedule)):
            if (sent.send, sent.slot) in seen:
                yield LintRemark(
                    ("series", key, "schedule", index),
                    f'two rules send the {sent.send} "{sent.slot}", and only the first could ever go',
                    "give this one a name of its own, like name: second-reminder, or delete it",
                )
            seen.add((sent.send, sent.slot))
        asked: set[str] = set()
        for index, rung in enumerate(rungs(series.request)):
            if rung.slot in asked:
                yield LintRemark(
                    ("series", key, "request", index),
                    f'there are two requests "{rung.slot}", and only the first could ever go',
                    "give this one a name of its own, like name: second, or delete it",
                )
            asked.add(rung.slot)


@rule("rule-too-late", "a rule falls on or after its latest useful moment", Severity.ERROR)
def rule_too_late(record: DepartmentRecord) -> ConfigRemarks:
    """With a talk's own day and hour, reading that talk says it too."""
    for key, series in record.series.items():
        begins = _sample(series, record.timezone)
        for index, sent in enumerate(rules(series.schedule) if begins else ()):
            if begins and too_late(sent, begins, record.timezone):
                yield LintRemark(
                    ("series", key, "schedule", index),
                    f'the {sent.send} "{sent.when.text}" falls on or after its latest useful moment, '
                    "so it would never be sent",
                    "choose an earlier moment",
                )


def _sample(series: SeriesRecord, zone_name: str) -> datetime | None:
    """A talk of its weekday, or of a Sunday, the day on which the fewest rules come too late."""
    if series.time is None:
        return None
    on = _MONDAY + timedelta(days=6 if series.day is None else series.day)
    return instant(on, series.time, zone(zone_name)).astimezone(UTC)


@rule("digest-collides", "a rule and a digest go to one list in the same minute")
def digest_collides(record: DepartmentRecord) -> ConfigRemarks:
    """The rules that are due in the very minute of a digest, on a list that gets both."""
    for name, digest in record.digests.items():
        for key in digest.series:
            series = record.series.get(key)
            for index, sent in enumerate(series.schedule if series else ()):
                weekday = sent.when.weekday
                if weekday is None and series and series.day is not None and sent.when.days is not None:
                    weekday = (series.day - sent.when.days) % 7
                lists = sent.lists or (series.lists if series else ())
                same_moment = (weekday, sent.when.at) == (digest.when.weekday, digest.when.at)
                if same_moment and set(lists) & set(digest.lists):
                    yield LintRemark(
                        ("series", key, "schedule", index),
                        f'this {sent.send} and the digest "{name}" go to the same list in the same minute',
                        "move one of them by an hour or a day",
                    )


@rule("no-calendar", "there is no calendar of holidays for a place", Severity.ERROR, silenceable=False)
def no_calendar(record: DepartmentRecord) -> ConfigRemarks:
    """A country that nobody keeps, or nothing installed that knows any."""
    if record.holidays:
        try:
            check_place(record.holidays)
        except FaultyValueError as fault:
            yield LintRemark(("holidays",), fault.message, fault.hint)


@rule("digest-elsewhere", "a digest takes a series to a list that the series does not use")
def digest_elsewhere(record: DepartmentRecord) -> ConfigRemarks:
    """Its readers hear of that series' talks, and of their changes, by nothing else."""
    for name, digest in record.digests.items():
        for key in digest.series:
            for mailing_list in digest.lists:
                if key in record.series and mailing_list not in record.series[key].lists:
                    yield LintRemark(
                        ("digests", name, "lists"),
                        f'the list "{mailing_list}" gets the talks of {key} by this digest alone',
                        f"leave it if that is meant; else delete {mailing_list} here, or add it to the lists "
                        f"of {key}",
                    )


CONFIG_RULES: tuple[ConfigRule, ...] = (
    duplicate_address,
    organizer_is_list,
    empty_list,
    duplicate_key,
    missing_field,
    duplicate_rule,
    rule_too_late,
    digest_collides,
    digest_elsewhere,
    no_calendar,
)
"""The rules on announcer.yaml, in the order in which they speak."""
