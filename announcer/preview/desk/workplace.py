"""What the desk may use besides what is shown: to read a text, to look at a day, to understand a paste."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from announcer.domain.mailing import Key
from announcer.domain.plain import Plain
from announcer.service.command_lines import to_resolve, to_send, to_skip
from announcer.service.importing.answers import answered
from announcer.service.importing.pasting import proposed
from announcer.service.project import Project
from announcer.service.reload import TextRead, holiday_on, read_text


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """What a pasted text says of a talk."""

    series: str
    values: Mapping[str, Plain]
    remarks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Replied:
    """What somebody answered about a talk."""

    values: Mapping[str, Plain]
    """What it says otherwise than the talk's file."""
    remarks: tuple[str, ...]
    is_unlabelled: bool
    """Whether nothing in it says what it is."""


@dataclass(frozen=True, kw_only=True)
class Workplace:
    """What the desk may use. There is no transport in it."""

    root: Path
    """The department's folder."""
    read: Callable[[str, str, datetime], TextRead]
    """What a file of that path would say with that text, written at that moment."""
    holiday: Callable[[date], str | None]
    paste: Callable[[str], tuple[Pasted, ...]]
    """Raises FaultError where nothing of a talk is in the text."""
    answer: Callable[[str, str], Replied]
    """What an answer says of a talk of that id. Raises FaultError where it has no words of its own."""
    to_send: Callable[[Key], str]
    to_skip: Callable[[Key], str]
    to_resolve: Callable[[Key, str, str], str]
    """Command lines to be pasted."""
    may_write: bool
    """False on a screen that is shared."""


def workplace_of(project: Project, *, may_write: bool) -> Workplace:
    """What a project offers to the desk."""
    return Workplace(
        root=project.root,
        read=partial(read_text, project.root),
        holiday=partial(holiday_on, project.root),
        paste=partial(_pasted, project),
        answer=partial(_replied, project),
        to_send=partial(to_send, project),
        to_skip=partial(to_skip, project),
        to_resolve=partial(to_resolve, project),
        may_write=may_write,
    )


def _pasted(project: Project, text: str) -> tuple[Pasted, ...]:
    current = _anew(project)
    return tuple(
        Pasted(
            series=proposal.series,
            values={key: value for key, value in proposal.values.items() if value},
            remarks=tuple(remark.text for remark in proposal.remarks),
        )
        for proposal in proposed(current, text)
    )


def _replied(project: Project, talk: str, text: str) -> Replied:
    answer = answered(_anew(project), talk, text.encode())
    return Replied(
        values={change.field: change.now for change in answer.changes if change.now is not None},
        remarks=tuple(remark.text for remark in answer.remarks),
        is_unlabelled=bool(answer.unlabelled),
    )


def _anew(project: Project) -> Project:
    """The project with its files as they are now."""
    return Project(root=project.root, timepiece=project.timepiece, environ=project.environ)
