"""What waits for a person, in words, and what a person may decide: in the file, or on the command line."""

from __future__ import annotations

from dataclasses import dataclass

from announcer.domain.mailing import Mailing, State
from announcer.domain.planning.plan import plan
from announcer.domain.planning.situation import Situation
from announcer.preview import words
from announcer.preview.desk.workplace import Workplace
from announcer.preview.state import DepartmentState
from announcer.preview.upcoming import AHEAD

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


def standings(workplace: Workplace, state: DepartmentState, talk_id: str) -> tuple[Standing, ...]:
    """The mailings of one talk."""
    department, talk = state.department, state.talks.get(talk_id)
    if department is None or talk is None:
        return ()
    situation = Situation.of(department, state.entries, state.now)
    broken = [one for one in state.broken if one.id == talk_id]
    planned = plan(situation, [] if broken else [talk], broken, until=max(state.now, talk.start) + AHEAD)
    mine = [one for one in planned.mailings if one.key.subject == talk_id and one.occasion.row.is_about_one]
    return tuple(_standing(workplace, state, one) for one in mine if one.state is not State.WITHDRAWN)


def _standing(workplace: Workplace, state: DepartmentState, mailing: Mailing) -> Standing:
    due = mailing.due
    return Standing(
        occasion=mailing.occasion.value,
        when=words.moment(due, state.now) if due else "",
        state=mailing.state.value,
        meaning=words.STATES[mailing.state],
        why=words.reason(mailing) or "",
        lines=tuple(_lines(workplace, mailing)),
    )


def _lines(workplace: Workplace, mailing: Mailing) -> list[Line]:
    key, found = mailing.key, []
    if mailing.state in _SEND:
        found.append(Line(about="send it now", command=workplace.to_send(key)))
    if mailing.state in _SKIP:
        found.append(Line(about="do without it", command=workplace.to_skip(key)))
    for outcome in mailing.outcomes:
        if outcome.state is State.UNKNOWN:
            name = outcome.list.name
            found.append(Line(about=f"{name} has it", command=workplace.to_resolve(key, name, "--accepted")))
            found.append(
                Line(about=f"{name} has it not", command=workplace.to_resolve(key, name, "--not-sent"))
            )
    return found
