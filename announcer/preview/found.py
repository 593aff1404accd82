"""A choice -> the mailing and the group that it means, or a stated example where nothing was told yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from announcer.domain.clock import zone
from announcer.domain.department import Department
from announcer.domain.mailing import AudienceGroup, Entry, Mailing
from announcer.domain.planning.digests import digest_mailing
from announcer.domain.planning.history import History
from announcer.domain.planning.on_demand import at_once, digest_on_demand, on_demand
from announcer.domain.planning.plan import plan
from announcer.domain.talk import Talk
from announcer.preview.example import example
from announcer.preview.selection import Choice
from announcer.preview.state import Picture


@dataclass(frozen=True, kw_only=True)
class NothingFoundError(Exception):
    """A choice that means nothing at the moment; `message` and `hint` say why, to a person."""

    message: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One mailing and the group of lists as which it is read."""

    mailing: Mailing
    group: AudienceGroup
    example: str | None = None
    """In words, what was invented to show it; None where nothing was."""


def find(picture: Picture, choice: Choice) -> Found:
    """The mailing and group of a choice. Raises NothingFoundError."""
    department = picture.department
    if department is None:
        raise NothingFoundError(message="announcer.yaml cannot be read yet", hint="mend its problems first")
    now = choice.at or picture.now
    said = None
    mailing: Mailing | None
    if not choice.occasion.row.is_about_one:
        mailing = _digest(picture, department, choice, now)
    else:
        talk = picture.talks.get(choice.subject)
        if talk is None:
            raise _no_talk(picture, choice.subject)
        mailing = _of_talk(department, talk, choice, _own(picture.entries, talk.id), now)
        if mailing is None:
            invented = example(department, talk, choice.occasion, now)
            if invented is None:
                raise NothingFoundError(message="this talk goes to no list", hint="give it `lists`")
            mailing, said = invented
    if not mailing.groups:
        raise NothingFoundError(
            message="this mail was about something that is no longer so",
            hint="`announcer log` shows what was sent",
        )
    if choice.at:
        mailing = at_once(mailing, choice.at)
    return Found(mailing=mailing, group=_group(mailing, choice.list), example=said)


def _own(entries: Sequence[Entry], talk: str) -> list[Entry]:
    """The rows that concern one talk: its own, and the digests that told it."""
    return [
        entry
        for entry in entries
        if entry.key.subject == talk or any(snapshot.talk == talk for snapshot in entry.snapshots)
    ]


def _of_talk(
    department: Department, talk: Talk, choice: Choice, entries: list[Entry], now: datetime
) -> Mailing | None:
    """What the schedule has for it: the mailing of that key, else the next of that occasion."""
    if choice.period or choice.slot:
        alone = replace(department, digests={})
        since = min(now, talk.start) - timedelta(days=1)
        about = [
            each
            for each in plan(alone, [talk], [], entries, now, since=since).mailings
            if each.key.subject == talk.id and each.occasion is choice.occasion
        ]
        for each in about:
            if each.key.period == choice.period and each.key.slot == choice.slot:
                return each
        for each in about:
            if choice.slot and each.key.slot == choice.slot:
                return each
    return on_demand(department, talk, choice.occasion, entries, now)


def _digest(picture: Picture, department: Department, choice: Choice, now: datetime) -> Mailing:
    digest = department.digests.get(choice.subject)
    if digest is None:
        raise NothingFoundError(
            message=f'there is no digest "{choice.subject}"', hint="digests stand in announcer.yaml"
        )
    talks = picture.sound
    if choice.period:
        monday = _monday(choice.period)
        due = digest.when.in_week_of(monday, department.timezone) if monday else None
        found = due and digest_mailing(
            department,
            digest,
            talks,
            History(picture.entries),
            now,
            due=due.astimezone(zone(department.timezone)),
        )
    else:
        found = digest_on_demand(department, digest, talks, picture.entries, now)
    if not found:
        raise NothingFoundError(
            message="no talk of its series can be told of in that time",
            hint="a digest leaves out what has no title, no speaker, or is a draft",
        )
    return found


def _monday(week: str) -> date | None:
    try:
        year, _, number = week.partition("-W")
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        return None


def _group(mailing: Mailing, name: str) -> AudienceGroup:
    """The group that holds a list, the first where none is named or it is not among them."""
    for group in mailing.groups:
        if any(each.name == name for each in group.lists):
            return group
    return mailing.groups[0]


def _no_talk(picture: Picture, name: str) -> NothingFoundError:
    for one in picture.broken:
        if one.id == name:
            return NothingFoundError(
                message=f"{one.path} cannot be read yet", hint="mend its problems, and the email appears here"
            )
    return NothingFoundError(
        message=f'there is no talk "{name}" now', hint="its file may have been renamed or deleted"
    )
