"""One look at the plan: send what is due, and tell whoever must know what needs a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from announcer.cli.matters import Found, find_matters
from announcer.cli.organizer import tell, weekly_line
from announcer.cli.sending import hand_over, planned_again
from announcer.cli.session import Session
from announcer.dispatch import Report
from announcer.domain.errors import FaultError
from announcer.domain.mailing import Plan
from announcer.domain.matter import Matter
from announcer.domain.problem import Problem
from announcer.ledger import LedgerError

if TYPE_CHECKING:
    from announcer.ledger import Ledger


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """What one look found and did."""

    planned: Plan
    """As it is afterwards."""
    report: Report
    news: Sequence[Matter]
    """What a person should hear of and was found for the first time."""
    problems: Sequence[Problem]
    """The errors in the files."""
    untold: FaultError | None = None
    """Why the organizer could not be told."""


def tick(session: Session, stopping: Callable[[], bool] = lambda: False) -> Tick:
    """Sends what is due, once. Raises ProblemsError where announcer.yaml is broken, and LedgerError."""
    ledger = session.ledger()
    try:
        ledger.recover(session.clock())
        entries = ledger.entries(session.realm)
        planned = session.plan(entries)
        report = hand_over(session, ledger, planned.mailings, planned_again(session), stopping=stopping)
        if isinstance(report.stopped, LedgerError):
            return Tick(planned=planned, report=report, news=[], problems=session.errors())
        if report.handed:
            entries = ledger.entries(session.realm)
            planned = session.plan(entries)
        problems = [*session.errors(), *dict.fromkeys(fault.problem for fault in report.faults)]
        matters = find_matters(session, planned, entries, problems)
        fresh = ledger.noticed(session.realm, _names(matters), session.clock())
        news = [matter.tell() for matter in matters if fresh.intersection(matter.names)]
        untold = None
        if report.stopped is None:
            waiting = _untold(session, ledger, matters)
            if waiting:
                untold = _tell(session, ledger, waiting)
            elif not news and report.all_accepted and not problems:
                untold = weekly_line(session, ledger, planned)
        if session.given_now is None:
            ledger.drop_messages(session.clock() - session.department.keep)
    finally:
        ledger.close()
    return Tick(planned=planned, report=report, news=news, problems=session.errors(), untold=untold)


def _names(matters: Sequence[Found]) -> list[str]:
    return [name for matter in matters for name in matter.names]


def _mailed(matters: Sequence[Found]) -> list[str]:
    """What the ledger remembers of matters that the organizer was mailed."""
    return [f"mailed {name}" for name in _names(matters)]


def _untold(session: Session, ledger: Ledger, matters: Sequence[Found]) -> list[Found]:
    """What the organizer was not mailed yet: found now, or when the server was down."""
    if session.department.organizer is None:
        return []
    new = ledger.noticed(session.realm, _mailed(matters), session.clock())
    if not new:
        return []
    # Only asked: a process that dies while it mails must leave them untold. Two copies do no harm.
    ledger.forget(session.realm, sorted(new))
    return [matter for matter in matters if new.intersection(_mailed([matter]))]


def _tell(session: Session, ledger: Ledger, waiting: Sequence[Found]) -> FaultError | None:
    """Mails them, and notes it once that is done or will not be done."""
    outcome = tell(session, [matter.tell() for matter in waiting])
    if outcome.is_final:
        ledger.noticed(session.realm, _mailed(waiting), session.clock())
    return outcome.fault
