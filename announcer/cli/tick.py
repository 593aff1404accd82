"""One look at the plan: send what is due, and tell whoever must know what needs a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from announcer.cli.organizer import mail, weekly_line
from announcer.cli.sending import hand_over, planned_again
from announcer.cli.session import Session
from announcer.dispatch import Report
from announcer.domain.errors import FaultError
from announcer.domain.mailing import Mailing, Plan, State
from announcer.domain.problem import Problem

if TYPE_CHECKING:
    from announcer.ledger import Ledger

_NEED_A_PERSON = (State.HELD, State.MISSED, State.UNKNOWN, State.REFUSED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """What one look found and did."""

    planned: Plan
    """As it is afterwards."""
    report: Report
    news: Sequence[str]
    """What needs a person and was found for the first time, in sentences."""
    problems: Sequence[Problem]
    """The errors in the files."""
    untold: FaultError | None = None
    """Why the organizer could not be told of the news."""


def tick(session: Session, stopping: Callable[[], bool] = lambda: False) -> Tick:
    """Sends what is due, once. Raises ProblemsError where announcer.yaml is broken, and LedgerError."""
    department = session.department
    ledger = session.ledger()
    try:
        ledger.recover(session.clock())
        planned = session.plan(ledger.entries(session.realm))
        report = hand_over(session, ledger, planned.mailings, planned_again(session), stopping=stopping)
        if report.handed:
            planned = session.plan(ledger.entries(session.realm))
        problems = [*session.errors(), *dict.fromkeys(fault.problem for fault in report.faults)]
        matters = _matters(planned, problems)
        new = ledger.noticed(session.realm, list(matters), session.clock()) if matters else set()
        news = {matter: sentence for matter, sentence in matters.items() if matter in new}
        untold = None
        if news and department.organizer and report.stopped is None:
            untold = _tell(session, ledger, news)
        elif not news and report.all_accepted and not problems:
            untold = weekly_line(session, ledger, planned)
        if session.given_now is None:
            ledger.drop_messages(session.clock() - department.keep)
    finally:
        ledger.close()
    return Tick(
        planned=planned,
        report=report,
        news=list(news.values()),
        problems=session.errors(),
        untold=untold,
    )


def _matters(planned: Plan, problems: Sequence[Problem]) -> dict[str, str]:
    """What a person should hear of once: a name for it, and a sentence."""
    found = {}
    for mailing in planned.mailings:
        waits = mailing.due is not None and mailing.due > planned.now
        for state in _NEED_A_PERSON:
            outcomes = [outcome for outcome in mailing.outcomes if outcome.state is state]
            if not outcomes or (state is State.HELD and waits):
                continue
            names = " and ".join(outcome.list.name for outcome in outcomes)
            reason = next((outcome.reason for outcome in outcomes if outcome.reason), None)
            matter = f"{mailing.key} {state.value} {','.join(o.list.name for o in outcomes)}"
            found[matter] = _sentence(mailing, state, names, reason)
    for problem in problems:
        matter = f"problem {problem.path} {problem.code} {problem.message}"
        found[matter] = told(problem)
    return found


def told(problem: Problem) -> str:
    """A problem as the organizer is told of it."""
    return f"{problem.path}, line {problem.line}: {problem.message}; {problem.hint}"


def _sentence(mailing: Mailing, state: State, names: str, reason: str | None) -> str:
    what = f"The {mailing.occasion.value} of {mailing.key.subject} for {names}"
    said = {
        State.HELD: f"{what} is held",
        State.MISSED: f"{what} was missed",
        State.UNKNOWN: f"Nobody knows whether {what[0].lower()}{what[1:]} arrived",
        State.REFUSED: f"{what} was refused by the server",
    }[state]
    return f"{said}: {reason} ({mailing.key})" if reason else f"{said} ({mailing.key})"


def _tell(session: Session, ledger: Ledger, news: Mapping[str, str]) -> FaultError | None:
    """Mails the news to the organizer; where that fails they count as untold, and a later run tells them."""
    from announcer.message.notice import notice

    department = session.department
    if department.organizer is None:
        return None
    fault = mail(session, notice(department, department.organizer, list(news.values()), date=session.clock()))
    if fault:
        ledger.forget(session.realm, list(news))
    return fault
