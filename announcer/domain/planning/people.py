"""Who is asked: the people of a talk, as what a mailing goes to, and what they were asked before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from announcer.domain.clock import zone
from announcer.domain.department import Department, MailingList, normalized
from announcer.domain.mailing import Entry, EntryState
from announcer.domain.occasion import PEOPLE, Occasion, Recipients
from announcer.domain.planning.history import History
from announcer.domain.request import Asked
from announcer.domain.rule import Rung
from announcer.domain.talk import Audience, Speaker, Talk

_ASKED = (EntryState.ACCEPTED, EntryState.UNKNOWN)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def recipients(department: Department, talk: Talk, rung: Rung) -> tuple[Recipients, list[MailingList]]:
    """Who is asked in truth, and the mailboxes that a rung goes to: of whom it names or, without an
    address, of the next who has one; then the copy's."""
    asked, boxes = next(
        (role, mailboxes)
        for role in PEOPLE[PEOPLE.index(rung.to) :]
        if (mailboxes := _mailboxes(department, talk, role))
    )
    copies = _mailboxes(department, talk, rung.copy) if rung.copy else []
    known = {normalized(box.address) for box in boxes}
    return asked, [*boxes, *(box for box in copies if normalized(box.address) not in known)]


def _mailboxes(department: Department, talk: Talk, role: Recipients) -> list[MailingList]:
    if role is Recipients.ORGANIZER:
        people = [(department.human.name, department.human.address)]
    elif role is Recipients.HOST:
        people = [(talk.host.name, talk.host.email)] if talk.host and talk.host.email else []
    else:
        people = [(speaker.name, speaker.email) for speaker in talk.speakers if speaker.email]
    return [
        MailingList(
            name=role.value if index == 1 else f"{role.value}-{index}",
            address=address,
            audience=Audience.INTERNAL,
            person=name,
        )
        for index, (name, address) in enumerate(people, start=1)
    ]


def role_of(box: MailingList) -> Recipients:
    """The role of a person's mailbox."""
    return _role_named(box.name)


def speaker_of(box: MailingList, talk: Talk) -> Speaker | None:
    """The speaker whose mailbox it is."""
    if role_of(box) is not Recipients.SPEAKER:
        return None
    return next((speaker for speaker in talk.speakers if speaker.email == box.address), None)


def asked_entries(history: History, talk: Talk, occasion: Occasion) -> list[Entry]:
    """The rows of all that a talk's people were asked, oldest first."""
    rows = [
        entry
        for key in history.keys(talk.id)
        if key.occasion == occasion
        for entry in history.entries(key)
        if entry.state in _ASKED
    ]
    return sorted(rows, key=lambda entry: entry.at or _LONG_AGO)


def who_was_asked(history: History, talk: Talk, rungs: Iterable[Rung]) -> tuple[Asked, ...]:
    """Who was asked on which day, oldest first; not who got a copy to know of it."""
    tz, copies = zone(talk.zone), {rung.slot: rung.copy for rung in rungs if rung.copy}
    asked = []
    for entry in asked_entries(history, talk, Occasion.REQUEST):
        role = _role_named(entry.list)
        roles = {_role_named(row.list) for row in history.entries(entry.key)}
        is_copy = copies.get(entry.key.slot) is role and len(roles) > 1
        if entry.at and not is_copy:
            asked.append(Asked(who=role.value, day=entry.at.astimezone(tz).date()))
    return tuple(dict.fromkeys(asked))


def _role_named(name: str) -> Recipients:
    """The role that a row was written under: `speaker`, `speaker-2`, `host`, `organizer`."""
    return Recipients(name.partition("-")[0])
