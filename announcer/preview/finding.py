"""A selection -> the mailing and the group that it means, or an example where nobody was told of it."""

from __future__ import annotations

from dataclasses import dataclass

from announcer.domain.errors import FaultError
from announcer.domain.mailing import AudienceGroup, Mailing
from announcer.domain.planning.on_demand import at_once
from announcer.preview.example import example
from announcer.preview.state import DepartmentState
from announcer.service.selection import Selection, find_mailing, group_of


class NothingFoundError(FaultError):
    """A selection that means nothing at the moment."""


def _nothing(place: str, *, message: str, hint: str) -> NothingFoundError:
    return NothingFoundError("nothing-to-show", place, message, hint)


@dataclass(frozen=True, kw_only=True, slots=True)
class SelectedMailing:
    """One mailing and the group of lists as which it is read."""

    mailing: Mailing
    group: AudienceGroup
    example: str | None = None
    """In words, what was invented to show it; None where nothing was."""


def find_shown(state: DepartmentState, selection: Selection) -> SelectedMailing:
    """The mailing and group of a selection. Raises NothingFoundError."""
    department = state.department
    if department is None:
        raise _nothing(
            selection.subject, message="announcer.yaml cannot be read yet", hint="mend its problems first"
        )
    now, sentence = selection.at or state.now, None
    is_digest = not selection.occasion.row.is_about_one
    talks = {talk.id: talk for talk in state.sound} if is_digest else state.talks
    mailing = find_mailing(department, talks, state.entries, now, selection)
    if mailing is None:
        if is_digest:
            raise _no_digest(selection.subject, is_known=selection.subject in department.digests)
        talk = talks.get(selection.subject)
        if talk is None:
            raise _no_talk(state, selection.subject)
        invented = example(department, talk, selection.occasion, now)
        if invented is None:
            raise _nothing(selection.subject, message="this talk goes to no list", hint="give it `lists`")
        mailing, sentence = invented
    if not mailing.groups:
        raise _nothing(
            selection.subject,
            message="this mail was about something that is no longer so",
            hint="`announcer log` shows what was sent",
        )
    if selection.at:
        mailing = at_once(mailing, selection.at)
    group = group_of(mailing, selection.list) or mailing.groups[0]
    return SelectedMailing(mailing=mailing, group=group, example=sentence)


def _no_digest(name: str, *, is_known: bool) -> NothingFoundError:
    if not is_known:
        return _nothing(name, message=f'there is no digest "{name}"', hint="digests stand in announcer.yaml")
    return _nothing(
        name,
        message="no talk of its series can be told of in that time",
        hint="a digest leaves out what has no title, no speaker, or is a draft",
    )


def _no_talk(state: DepartmentState, name: str) -> NothingFoundError:
    for broken in state.broken:
        if broken.id == name:
            return _nothing(
                name,
                message=f"{broken.path} cannot be read yet",
                hint="mend its problems, and the email appears here",
            )
    return _nothing(
        name, message=f'there is no talk "{name}" now', hint="its file may have been renamed or deleted"
    )
