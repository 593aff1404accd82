"""What a list was told of a talk, and how that differs from what is true now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from announcer.domain.clock import require_aware
from announcer.domain.spelling import same_people, same_person, same_place
from announcer.domain.talk import Audience, Kind, Online, Place, Speaker, Status, Talk

UNNAMED = "Speaker to be announced"
"""Whom public lists were told of where a talk was confidential."""


class Fact(StrEnum):
    """A fact whose change is worth a mail. A typo in the abstract is none."""

    STATUS = "status"
    DATE = "date"
    TIME = "time"
    PLACE = "place"
    ONLINE = "online"
    SPEAKER = "speaker"


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """The facts of one talk as one audience is told them, and the identity of its calendar entry."""

    talk: str
    series: str
    status: Status
    start: datetime
    """In UTC."""
    end: datetime
    """In UTC."""
    offset: timedelta
    """UTC offset of the start, as it was told."""
    zone: str
    place: str = ""
    places: tuple[str, ...] = ()
    """The same place in other languages."""
    online: str = ""
    passcode: str = ""
    speakers: tuple[str, ...] = ()
    title: str = ""
    uid: str = ""
    """RFC 5545 3.8.4.7; kept from the first mail on."""
    sequence: int = 0
    """RFC 5545 3.8.7.4: rises when time, place or status changes."""
    dtstamp: datetime | None = None
    """RFC 5545 3.8.7.2, in UTC: midnight of the due date, a second more for each revision."""
    revision: int = 0
    """The number of the correction or cancellation that told this; 0 before any."""

    def __post_init__(self) -> None:
        require_aware(start=self.start, end=self.end, dtstamp=self.dtstamp)

    @property
    def date(self) -> date:
        """The local date that was told."""
        return (self.start + self.offset).date()

    @property
    def off(self) -> bool:
        """Whether this says that the talk does not take place as announced."""
        return self.status in (Status.CANCELLED, Status.POSTPONED)


def facts(talk: Talk) -> Snapshot:
    """The facts of a talk, which must already be as its audience may see it; identity left blank.

    Whoever is told that there is no talk is told of none that takes place.
    """
    local = talk.local_start
    offset = local.utcoffset()
    assert offset is not None  # noqa: S101 - the talk refuses naive datetimes
    return Snapshot(
        talk=talk.id,
        series=talk.series,
        status=Status.CANCELLED if talk.kind is Kind.NONE else talk.status,
        start=talk.start.astimezone(UTC),
        end=talk.end.astimezone(UTC),
        offset=offset,
        zone=talk.zone,
        place=talk.place.label if talk.place else "",
        places=_places(talk),
        online=(talk.online.url or talk.online.meeting_id or "") if talk.online else "",
        passcode=(talk.online.passcode or "") if talk.online else "",
        speakers=tuple(speaker.name for speaker in talk.speakers),
        title=talk.title or "",
    )


def _places(talk: Talk) -> tuple[str, ...]:
    """What else the place is called, by readers of other languages."""
    if talk.place is None or not talk.translations:
        return ()
    languages = dict.fromkeys(translation.language for translation in talk.translations)
    spoken = (talk.in_language(language) for language in languages)
    labels = dict.fromkeys(version.place.label for version in spoken if version.place)
    return tuple(label for label in labels if label != talk.place.label)


def _is_elsewhere(announced: Snapshot, other: Snapshot, *, exact: bool) -> bool:
    """Whether two places differ, in whatever language they were written first."""
    for here in (announced.place, *announced.places):
        for there in (other.place, *other.places):
            if plain(here) == plain(there) or (not exact and same_place(here, there)):
                return False
    return True


def as_told(talk: Talk, announced: Snapshot) -> Talk:
    """The talk with the facts and the title that a list was told, whatever its file has come to say."""
    now = facts(talk)
    if _is_elsewhere(announced, now, exact=False):
        talk = replace(talk, place=Place(room=announced.place) if announced.place else None)
    if (announced.online, announced.passcode) != (now.online, now.passcode):
        talk = replace(talk, online=_online(talk, announced) if announced.online else None)
    if talk.kind is Kind.NONE and not announced.off:
        talk = replace(talk, kind=Kind.TALK, status=Status.CANCELLED)
    return replace(
        talk,
        start=announced.start,
        end=announced.end,
        zone=announced.zone,
        title=announced.title or None,
        speakers=tuple(_as_named(talk, name) for name in announced.speakers),
    )


def _as_named(talk: Talk, name: str) -> Speaker:
    """The talk's speaker of that name, in its newest spelling; the name alone where it has none."""
    exact = (speaker for speaker in talk.speakers if speaker.name == name)
    near = (speaker for speaker in talk.speakers if same_person(speaker.name, name))
    return next(exact, None) or next(near, None) or Speaker(name=name)


def _online(talk: Talk, announced: Snapshot) -> Online:
    """A link or a meeting ID and its passcode, as private as the talk's own."""
    audience = talk.online.audience if talk.online else Audience.INTERNAL
    is_url = "://" in announced.online
    return Online(
        url=announced.online if is_url else None,
        meeting_id=None if is_url else announced.online,
        passcode=announced.passcode or None,
        audience=audience,
    )


def differences(announced: Snapshot, true: Snapshot, *, exact: bool = False) -> tuple[Fact, ...]:
    """The facts that differ, most important first.

    A correction of spelling is none, nor that of a speaker who was to be announced the name: `exact`
    finds both.
    """
    differing: list[Fact] = []
    if announced.off != true.off or (announced.off and announced.status != true.status):
        differing.append(Fact.STATUS)
    if announced.date != true.date:
        differing.append(Fact.DATE)
    if (announced.start + announced.offset).time() != (true.start + true.offset).time() or (
        announced.date == true.date and (announced.start != true.start or announced.end != true.end)
    ):
        differing.append(Fact.TIME)
    if _is_elsewhere(announced, true, exact=exact):
        differing.append(Fact.PLACE)
    if (announced.online, announced.passcode) != (true.online, true.passcode):
        differing.append(Fact.ONLINE)
    before, now = (
        [plain(name) for name in snapshot.speakers if name != UNNAMED] for snapshot in (announced, true)
    )
    if before != now and (exact or (before and not same_people(before, now))):
        differing.append(Fact.SPEAKER)
    return tuple(differing)


def plain(text: str) -> str:
    """Text with its blanks made plain, for comparing."""
    return " ".join(text.split())


def identified(
    true: Snapshot,
    *,
    uid: str,
    last: Snapshot | None,
    own: Snapshot | None,
    midnight: datetime,
    revision: int,
) -> Snapshot:
    """`true` with the identity of its calendar entry.

    `last` is the newest snapshot told of this talk to anybody, `own` the newest told to this audience.
    An entry whose time, place and status are the same repeats SEQUENCE; one that differs gets the next
    (RFC 5546 2.1.4). DTSTAMP rises with whatever else the entry tells, so that calendars take it.
    `midnight` is that of the due date, in UTC.
    """
    if last is None:
        return replace(true, uid=uid, sequence=0, dtstamp=midnight, revision=revision)
    entry = {Fact.STATUS, Fact.DATE, Fact.TIME, Fact.PLACE}
    if entry & set(differences(last, true)):
        sequence = last.sequence + 1
        stamp = _later(midnight + timedelta(seconds=sequence), last)
        return replace(true, uid=last.uid, sequence=sequence, dtstamp=stamp, revision=revision)
    # Audiences are told different things of one entry: what one of them knows is no news to it.
    same = own if own is not None and own.sequence == last.sequence else last
    is_known = plain(last.place) == plain(true.place) and (own is None or _shown(own) == _shown(true))
    kept = same.dtstamp if is_known else _later(midnight, same)
    return replace(true, uid=last.uid, sequence=last.sequence, dtstamp=kept, revision=revision)


def _shown(snapshot: Snapshot) -> tuple[object, ...]:
    """What an entry tells besides its time and place."""
    announced = (snapshot.title, snapshot.online, snapshot.passcode, *snapshot.speakers)
    return (snapshot.status, *(plain(text) for text in announced))


def _later(stamp: datetime, last: Snapshot) -> datetime:
    return max(stamp, last.dtstamp + timedelta(seconds=1)) if last.dtstamp else stamp
