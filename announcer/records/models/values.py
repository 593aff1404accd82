"""Records -> the domain's values, one kind at a time; what only says "to be announced" is none."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from announcer.domain.rule import Rule
from announcer.domain.talk import Host, Meet, Origin, Photo, Place, Refreshments, Speaker
from announcer.records.fields.texts import is_unknown

if TYPE_CHECKING:
    from announcer.records.models.talk import (
        HostRecord,
        LocationRecord,
        MeetRecord,
        OriginRecord,
        RefreshmentsRecord,
        RuleRecord,
        SpeakerRecord,
        SponsorRecord,
    )

_NAME_AND_EMAIL = re.compile(r"(?P<name>[^<>@]*[^<>@\s])\s*[<(](?P<email>[^<>()\s]+@[^<>()\s]+)[>)]")


def known(text: str | None) -> str | None:
    """The text, or None where it only says that it is to be announced."""
    return text if text and not is_unknown(text) else None


def speakers(records: tuple[SpeakerRecord, ...]) -> tuple[Speaker, ...]:
    """The speakers who have a name."""
    return tuple(
        Speaker(
            name=record.name,
            affiliation=known(record.affiliation),
            url=record.url,
            pronouns=record.pronouns or None,
            bio=known(record.bio),
            photo=Photo(path=record.photo.path, alt=record.photo.alt or f"Photo of {record.name}")
            if record.photo
            else None,
            email=record.email,
        )
        for record in records
        if known(record.name)
    )


def origin(record: OriginRecord | None) -> Origin | None:
    """What it was imported from."""
    return Origin(name=record.name, id=record.id) if record else None


def place(record: LocationRecord | None) -> Place | None:
    """Where it is, None where that is unknown."""
    if record is None:
        return None
    found = Place(
        room=known(record.room),
        building=known(record.building),
        address=known(record.address),
        directions=record.directions or None,
        map=record.map,
    )
    return found if found != Place() else None


def host(record: HostRecord | None) -> Host | None:
    """The host, None where unknown."""
    if record is None or not known(record.name):
        return None
    both = _NAME_AND_EMAIL.fullmatch(record.name)
    if both and record.email is None:
        return Host(name=both["name"], email=both["email"])
    return Host(name=record.name, email=record.email)


def meet(record: MeetRecord | None) -> Meet | None:
    """How to meet the speaker; a web address alone is one."""
    if record is None:
        return None
    if record.url is None and record.text and re.fullmatch(r"https?://\S+", record.text):
        return Meet(url=record.text, until=record.until or None)
    return Meet(text=record.text or None, url=record.url, until=record.until or None)


def refreshments(record: RefreshmentsRecord | None) -> Refreshments | None:
    """What there is, None for none."""
    if record is None or record.what.lower() in ("", "none", "no", "false"):
        return None
    what = "Refreshments" if record.what.lower() in ("yes", "true") else record.what
    return Refreshments(what=what, time=record.time or None, location=record.location or None)


def sponsor(record: SponsorRecord | None, day: date | None) -> str | None:
    """The sponsor of a talk on that day; last year's is none."""
    if record is None or (record.until and day and day > record.until):
        return None
    return record.text or None


def rules(records: tuple[RuleRecord, ...]) -> tuple[Rule, ...]:
    """A schedule's rules."""
    return tuple(
        Rule(
            send=record.send,
            when=record.when,
            name=record.name,
            lists=record.lists or None,
            not_after=record.not_after,
        )
        for record in records
    )
