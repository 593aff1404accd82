"""What TALK and OCCASION name on the command line: one mailing, and one of its groups."""

from __future__ import annotations

from announcer.cli.session import Session, UsageFaultError, unknown
from announcer.domain.asked import asked_digest, asked_for
from announcer.domain.mailing import Entry, Group, Mailing
from announcer.domain.rule import Occasion

OCCASIONS = [occasion.value for occasion in Occasion]


def select(session: Session, name: str, occasion: Occasion, entries: list[Entry]) -> Mailing:
    """The mailing that a talk's id (or a digest's name) and an occasion name.

    Raises UsageFaultError, or ProblemsError where the talk's file or the config has errors.
    """
    if occasion is Occasion.DIGEST:
        return _digest(session, name, entries)
    talk = session.talk(name)
    found = asked_for(session.department, talk, occasion, entries, session.now)
    if found is not None:
        return found
    if occasion is Occasion.CANCELLATION:
        message, hint = "it is not cancelled, or nobody was told of it", "set `status: cancelled` in its file"
    else:
        message = "nobody was told anything that is not so any more"
        hint = "a correction tells a list what changed since its announcement"
    raise UsageFaultError(
        code="nothing-to-tell", place=f"{name} {occasion.value}", message=message, hint=hint
    )


def _digest(session: Session, name: str, entries: list[Entry]) -> Mailing:
    digest = session.department.digests.get(name)
    if digest is None:
        raise unknown("digest", name, list(session.department.digests))
    found = asked_digest(session.department, digest, session.loaded.talks, entries, session.now)
    if found is None:
        raise UsageFaultError(
            code="nothing-to-tell",
            place=f"{name} digest",
            message="no talk of its series can be told of in the coming weeks",
            hint="`announcer plan` shows the talks and what they lack",
        )
    return found


def group_for(mailing: Mailing, list_name: str | None) -> Group:
    """The group that holds a list, the first where none is named. Raises UsageFaultError."""
    if list_name is None and mailing.groups:
        return mailing.groups[0]
    for group in mailing.groups:
        if any(each.name == list_name for each in group.lists):
            return group
    raise unknown("list", list_name or "", list(mailing.lists))
