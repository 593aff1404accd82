"""Which talks an audience is shown, each with what that audience was told of it and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from announcer.domain.department import Department
from announcer.domain.fields import Shape, fields_of
from announcer.domain.mailing import AudienceGroup, Key
from announcer.domain.occasion import Occasion
from announcer.domain.planning.groups import kept_from, snapshot
from announcer.domain.planning.history import Announced, History
from announcer.domain.planning.schedule import scheduled, talk_is_off
from announcer.domain.private import Private
from announcer.domain.redaction import opaque, public_id, redact
from announcer.domain.snapshot import Fact, Snapshot, as_told, differences
from announcer.domain.talk import Audience, Kind, Status, Talk
from announcer.publish import Records

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_WORTH_SAYING = (Fact.STATUS, Fact.DATE, Fact.TIME, Fact.PLACE)
"""Changes that somebody who looks at a page may not have heard of; the rest it shows anyway."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LastAnnounced:
    """What an audience was told of a talk, and when."""

    news: Talk
    """The talk as the audience was told it last."""
    snapshot: Snapshot
    """The same as facts."""
    earlier: Snapshot | None
    """What it was told before that, where that was something else."""
    before: Snapshot | None
    """What it was told last that is not so any more."""
    moved_from: datetime | None
    """The start that it was told last, where the talk has another now."""
    first: datetime
    last: datetime
    """When it was told first what it was told last: a reminder of the same is no news."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """One talk as its audience is shown it."""

    name: str
    """What its files are called: its id, of a confidential talk an opaque one."""
    talk: Talk
    """As the audience may see it; of one that is off, what was told of it."""
    telling: Snapshot
    """The facts with the identity of the calendar entry: what the last mail had, or the next one will."""
    announced: LastAnnounced | None = None
    """None where the audience was told nothing."""
    private: frozenset[Private] = frozenset()
    """What must not stand in any file."""
    is_kept: bool = False
    """Whether its file cannot be read at the moment: its page stays, and feeds have it as it was told."""

    @property
    def is_talk(self) -> bool:
        """Whether it is a talk, and not the word that there is none this week."""
        return self.talk.kind is Kind.TALK

    @property
    def changes(self) -> tuple[Fact, ...]:
        """What the page leads with."""
        before = self.announced.before if self.announced else None
        if before is None:
            return ()
        facts = (fact for fact in differences(before, self.telling) if fact in _WORTH_SAYING)
        return tuple(fact for fact in facts if fact is not Fact.PLACE or before.place)

    def as_news(self) -> Listed | None:
        """The talk as its audience was told it last, for what is only ever told; None where it was not."""
        if self.announced is None:
            return None
        announced = replace(self.announced, before=self.announced.earlier)
        return replace(self, talk=self.announced.news, telling=self.announced.snapshot, announced=announced)

    def group(self, audience: Audience) -> AudienceGroup:
        """The talk as if it were mailed to nobody, long before: what a message's reader is made of."""
        before = self.announced.before if self.announced and self.changes else None
        return AudienceGroup(
            key=Key(self.name, Occasion.ANNOUNCEMENT, self.talk.date.isoformat()),
            occasion=Occasion.ANNOUNCEMENT,
            audience=audience,
            lists=(),
            talks=(self.talk,),
            snapshots=(self.telling,),
            announced=(before,),
            changes=self.changes,
            due=_LONG_AGO,
            moment=_LONG_AGO,
            private=self.private,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """All talks of an audience in the order of their starts, and the names that are not to be seen."""

    talks: tuple[Listed, ...]
    known: frozenset[str]
    """What the records' talks are or could be called: a page of another name is of a talk that is gone."""
    left_out: int
    """Talks that this audience's lists do not get."""


def listing(records: Records) -> Listing:
    """The talks that the audience is shown, as its lists are told of them. Drafts are not among them."""
    history = History(records.entries or ())
    known = {name for talk in records.talks for name in (talk.id, opaque(talk.id), public_id(talk))}
    known |= {broken.id for broken in records.broken}
    talks, left_out = [], 0
    for talk in records.talks:
        if talk.status is Status.DRAFT or (talk.confidential and records.entries is None):
            continue
        if not _reaches(records.department, talk, records.audience):
            left_out += 1
            continue
        talks.append(_listed(records, talk, history))
    talks += _unreadable(records, history)
    talks.sort(key=lambda listed: (listed.talk.start, listed.name))
    return Listing(talks=tuple(talks), known=frozenset(known), left_out=left_out)


def _reaches(department: Department, talk: Talk, audience: Audience) -> bool:
    """Whether a list of the audience hears of the talk: what goes to internal lists alone is not public."""
    names = {*talk.lists, *(name for rule in talk.schedule for name in rule.lists or ())}
    lists = [department.lists[name] for name in names if name in department.lists]
    if audience is Audience.INTERNAL:
        return True
    return talk.is_for(audience) and any(mailing_list.audience is Audience.PUBLIC for mailing_list in lists)


def _listed(records: Records, talk: Talk, history: History) -> Listed:
    audience, department = records.audience, records.department
    tellings = _tellings(history, talk.id, audience)
    own = history.newest(talk.id, None if audience is Audience.INTERNAL else audience)
    is_off = talk_is_off(talk) or talk.kind is Kind.NONE
    # A cancelled talk is the one that was told, not what the file has come to say.
    version = as_told(talk, own) if is_off and own else talk
    shown = _without_addresses(redact(version, audience))
    # Until a change is told, its entry is dated by the edit, as the correction's would be.
    edited = max(talk.modified, department.modified)
    first_due = min((rule.due for rule in scheduled(talk)), default=talk.start)
    telling = snapshot(department, version, audience, history, due=edited if own else first_due)
    return Listed(
        name=public_id(talk) if talk.confidential else shown.id,
        talk=_undated(shown),
        telling=telling,
        private=kept_from(department, talk, version, tellings[-1] if tellings else None, audience),
        announced=_last_told(tellings, talk, telling, audience),
    )


def _last_told(
    tellings: list[Announced], talk: Talk, telling: Snapshot, audience: Audience
) -> LastAnnounced | None:
    """What an audience was told: last, otherwise than now, and when."""
    moments = [announced.entry.at for announced in tellings if announced.entry.at is not None]
    if not moments:
        return None
    last = tellings[-1].snapshot
    since = [at for announced, at in zip(tellings, moments, strict=True) if _same(announced.snapshot, last)]
    newest_first = [announced.snapshot for announced in reversed(tellings)]
    return LastAnnounced(
        news=_undated(_without_addresses(redact(as_told(talk, last), audience))),
        snapshot=last,
        earlier=next((facts for facts in newest_first if differences(facts, last)), None),
        before=next((facts for facts in newest_first if differences(facts, telling)), None),
        moved_from=next((facts.start for facts in newest_first if facts.start != telling.start), None),
        first=moments[0],
        last=since[0],
    )


def _same(facts: Snapshot, other: Snapshot) -> bool:
    return (facts.sequence, facts.dtstamp) == (other.sequence, other.dtstamp)


def _tellings(history: History, talk: str, audience: Audience) -> list[Announced]:
    """What an audience was told, oldest first; who may read what is internal may read all of it."""
    tellings = [announced for announced in history.announced(talk) if announced.entry.at is not None]
    return [announced for announced in tellings if audience in (Audience.INTERNAL, announced.entry.audience)]


def _without_addresses(record: Any) -> Any:
    """The record without people's mail addresses: they are for mail, not for pages."""
    changed: dict[str, object] = {}
    for field in fields_of(record.__class__):
        value = getattr(record, field.name)
        if field.shape is Shape.MAILBOX:
            changed[field.name] = field.default
        elif field.record and value:
            bare = tuple(_without_addresses(item) for item in (value if field.many else (value,)))
            changed[field.name] = bare if field.many else bare[0]
    return replace(record, **changed)


def _undated(talk: Talk) -> Talk:
    """The talk whenever its file was saved: that is no fact of it."""
    return replace(talk, modified=_LONG_AGO)


def _unreadable(records: Records, history: History) -> Iterator[Listed]:
    """Talks whose files have errors, as the audience was told of them: they vanish from no calendar."""
    readable = {talk.id for talk in records.talks}
    for broken in records.broken:
        tellings = _tellings(history, broken.id, records.audience)
        if broken.id in readable or not tellings:
            continue
        last = tellings[-1].snapshot
        hidden = opaque(broken.id)
        name = hidden if last.uid.startswith(f"{hidden}@") else broken.id
        bare = Talk(
            id=name,
            series=last.series,
            path=broken.path,
            modified=_LONG_AGO,
            status=last.status,
            start=last.start,
            end=last.end,
            zone=last.zone,
        )
        talk = as_told(bare, last)
        yield Listed(
            name=name,
            talk=redact(talk, records.audience),
            telling=last,
            is_kept=True,
            announced=_last_told(tellings, talk, last, records.audience),
        )
