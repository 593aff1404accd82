"""What waits for a person, in words, and what a person may decide: in the file, or on the command line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from announcer.domain.mailing import Mailing, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.holds import hold
from announcer.domain.planning.plan import plan
from announcer.domain.planning.situation import Situation
from announcer.domain.reason import Code
from announcer.domain.talk import Status, Talk
from announcer.preview import words
from announcer.preview.desk.workplace import Workplace
from announcer.preview.state import DepartmentState
from announcer.preview.upcoming import AHEAD
from announcer.service.wording import reason_text

_SEND = (State.DUE, State.HELD, State.MISSED, State.REFUSED, State.DEFERRED)
_SKIP = (State.UPCOMING, State.DUE, State.HELD, State.DEFERRED, State.REFUSED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A command to be pasted, and what it does."""

    about: str
    command: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """One mailing of a talk: where it stands, and what only the command line may do with it."""

    occasion: str
    when: str
    state: str
    meaning: str
    why: str
    lines: tuple[Line, ...]
    same_as: str
    """The talk that this one seems to be under another file name; empty where there is none such."""
    is_told: bool
    """Whether its reason is more than that the talk is a draft, which is told above all."""


def standings(workplace: Workplace, state: DepartmentState, talk_id: str) -> tuple[Standing, ...]:
    """The mailings of one talk."""
    department, talk = state.department, state.talks.get(talk_id)
    if department is None or talk is None:
        return ()
    situation = Situation.of(department, state.entries, state.now)
    broken = [broken_talk for broken_talk in state.broken if broken_talk.id == talk_id]
    planned = plan(situation, [] if broken else [talk], broken, until=max(state.now, talk.start) + AHEAD)
    mine = [
        mailing
        for mailing in planned.mailings
        if mailing.key.subject == talk_id and mailing.occasion.row.is_about_one
    ]
    return tuple(
        _standing(workplace, state, mailing) for mailing in mine if mailing.state is not State.WITHDRAWN
    )


def waits_for(state: DepartmentState, talk: Talk) -> str:
    """What its announcement would be held for if the talk were confirmed now; empty for nothing."""
    if state.department is None or talk.status not in (Status.DRAFT, Status.CONFIRMED, Status.TENTATIVE):
        return ""
    reason = hold(state.department, replace(talk, status=Status.CONFIRMED), Occasion.ANNOUNCEMENT)
    return reason_text(reason, commands=False) if reason else ""


def _standing(workplace: Workplace, state: DepartmentState, mailing: Mailing) -> Standing:
    due, reason = mailing.due, mailing.reason.root if mailing.reason else None
    renamed = reason.get("talk") if reason and reason.code is Code.RENAMED else None
    return Standing(
        occasion=mailing.occasion.value,
        when=words.moment(due, state.now) if due else "",
        state=mailing.state.value,
        meaning=words.STATES[mailing.state],
        why=reason_text(mailing.reason, commands=False) if mailing.reason else "",
        lines=tuple(_lines(workplace, mailing)),
        same_as=renamed if isinstance(renamed, str) else "",
        is_told=mailing.state is State.HELD and reason is not None and reason.code is not Code.DRAFT,
    )


def _lines(workplace: Workplace, mailing: Mailing) -> list[Line]:
    key, lines = mailing.key, []
    if mailing.state in _SEND:
        lines.append(Line(about="send it now", command=workplace.to_send(key)))
    if mailing.state in _SKIP:
        lines.append(Line(about="do without it", command=workplace.to_skip(key)))
    for outcome in mailing.outcomes:
        if outcome.state is State.UNKNOWN:
            name = outcome.list.name
            lines.append(Line(about=f"{name} has it", command=workplace.to_resolve(key, name, "--accepted")))
            lines.append(
                Line(about=f"{name} has it not", command=workplace.to_resolve(key, name, "--not-sent"))
            )
    return lines
