"""One look at the plan: send what is due, and tell whoever must know what needs a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from announcer.domain.alert import Alert
from announcer.domain.clock import iso_week
from announcer.domain.errors import FaultError
from announcer.domain.mailing import Entry, EntryState, Key, Plan, State
from announcer.domain.problem import Problem
from announcer.ledger import LedgerError
from announcer.message import TemplateFaultError
from announcer.service.alerting.finding import RememberedAlert, find_alerts
from announcer.service.last_run import Quiet
from announcer.service.organizer import mail_alerts, weekly_line
from announcer.service.project import Project
from announcer.service.publishing import Published, publish_changes
from announcer.service.report import Report
from announcer.service.sending import Watch, hand_over, replanning, unwatched
from announcer.service.switches import note_switches

if TYPE_CHECKING:
    from announcer.ledger import Ledger


AHEAD = timedelta(hours=1)
"""How far a run looks ahead to spare others: what no file shows, like a full disk, is seen that late."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What one look found and did."""

    planned: Plan
    """As it is afterwards."""
    report: Report
    news: Sequence[Alert]
    """What a person should hear of and was found for the first time."""
    problems: Sequence[Problem]
    """The errors in the files."""
    untold: FaultError | None = None
    """Why the organizer could not be told."""
    published: Published | None = None
    """What was published; None where nothing was to be."""
    unpublished: Exception | None = None
    """Why it could not be."""
    quiet: Quiet | None = None
    """Until when another run would find nothing, where no file changes; None where that is not known."""


def run(project: Project, stopping: Callable[[], bool] = lambda: False, *, watch: Watch = unwatched) -> Run:
    """Sends what is due, once. Raises ProblemsError where announcer.yaml is broken, and LedgerError."""
    ledger = project.ledger()
    done = None
    try:
        ledger.recover(project.clock())
        note_switches(project.department, ledger, project.realm, project.clock())
        entries = ledger.entries(project.realm)
        planned = project.plan(entries)
        report = Report()
        if any(outcome.state is State.DUE for mailing in planned.mailings for outcome in mailing.outcomes):
            replan = replanning(project, entries)
            report = hand_over(project, ledger, planned.mailings, replan, stopping=stopping, watch=watch)
        if isinstance(report.stopped, LedgerError):
            done = Run(planned=planned, report=report, news=[], problems=project.errors())
        else:
            done = _reported(project, ledger, planned, entries, report)
    finally:
        _close(ledger, done)
    if stopping() or isinstance(done.report.stopped, LedgerError):
        return done
    published, unpublished = _publish(project)
    return replace(done, published=published, unpublished=unpublished)


def _close(ledger: Ledger, done: Run | None) -> None:
    """Closes the ledger; where that fails, what was sent is told all the same."""
    try:
        ledger.close()
    except LedgerError as fault:
        if done is None:
            raise
        done.report.stopped = done.report.stopped or fault


def _reported(
    project: Project, ledger: Ledger, planned: Plan, entries: Sequence[Entry], report: Report
) -> Run:
    """What a run came to, once whoever must know of it was told. A ledger that fails by now does not
    swallow what was sent."""
    done = Run(planned=planned, report=report, news=[], problems=project.errors())
    try:
        kept = _keep_empty(project, ledger, planned)
        if report.attempts or kept:
            entries = ledger.entries(project.realm)
            planned = project.plan(entries)
        problems = [*project.errors(), *dict.fromkeys(fault.problem for fault in report.faults)]
        alerts = find_alerts(project, planned, entries, problems)
        fresh = ledger.noticed(project.realm, _names(alerts), project.clock())
        news = [alert.word() for alert in alerts if fresh.intersection(alert.names)]
        untold = None
        if report.stopped is None:
            waiting = _untold(project, ledger, alerts)
            if waiting:
                untold = _tell(project, ledger, waiting)
            elif not news and report.all_accepted and not problems:
                untold = weekly_line(project, ledger, planned)
        if project.timepiece.is_machine:
            ledger.drop_messages(project.clock() - project.department.keep)
    except LedgerError as fault:
        report.stopped = report.stopped or fault
        return done
    done = replace(done, planned=planned, news=news, untold=untold)
    return replace(done, quiet=_quiet(project, ledger, done, entries))


def _quiet(project: Project, ledger: Ledger, done: Run, entries: Sequence[Entry]) -> Quiet | None:
    """Until when all stays as it is: what the same files ask for an hour from now, or just before the next
    mailing is due, is asked now. What comes up in between is still to be seen then: due, missed, or told."""
    from announcer.ledger.database import is_sqlite

    department, report = project.department, done.report
    is_watched = is_sqlite(department.ledger) and project.timepiece.is_machine
    is_done = not (report.attempts or report.faults or report.stopped or done.news or done.untold)
    is_free = not any(entry.state in (EntryState.CLAIMED, EntryState.ATTEMPTING) for entry in entries)
    is_published = department.site is not None and department.site.out is not None
    if not (is_watched and is_done and is_free) or done.problems or is_published:
        return None
    due = done.planned.next_due
    until = min(project.now + AHEAD, due - timedelta(seconds=1)) if due else project.now + AHEAD
    later = project.plan(entries, at=until)
    if iso_week(until.date()) != iso_week(project.now.date()) or any(
        outcome.state is State.DUE or outcome.is_unsettled_empty
        for mailing in later.mailings
        for outcome in mailing.outcomes
    ):
        return None
    alerts = find_alerts(project, later, entries, ())
    matters = _names(alerts)
    if department.organizer:
        matters += _mailed([alert for alert in alerts if not alert.is_aside])
    if ledger.noticed_at(project.realm, matters).keys() < set(matters):
        return None
    photos = (
        speaker.photo.path for talk in project.loaded.talks for speaker in talk.speakers if speaker.photo
    )
    return Quiet(until=until, photos=tuple(sorted({*photos})), heartbeat=department.heartbeat)


def _keep_empty(project: Project, ledger: Ledger, planned: Plan) -> bool:
    """Writes down each digest whose time came and which has nothing to tell: it is settled, whatever talk
    is added later. Whether there was one."""
    fresh = [
        (mailing, outcome)
        for mailing in planned.mailings
        for outcome in mailing.outcomes
        if outcome.is_unsettled_empty
    ]
    for mailing, outcome in fresh:
        ledger.decide(project.realm, mailing.key, outcome.list, decision="empty", now=project.clock())
    return bool(fresh)


def _publish(project: Project) -> tuple[Published | None, Exception | None]:
    """Publishes what has changed, once all is sent: a failure of it holds up no mail."""
    try:
        return publish_changes(project), None
    except Exception as error:  # noqa: BLE001 - a fault of ours is told as well, and what was sent stays told
        return None, error


def would_send(project: Project) -> tuple[list[tuple[Key, str, str]], list[Problem]]:
    """Key, list and Subject of all that a run would send now; and what is wrong with the templates."""
    rows, problems = [], []
    for mailing in project.plan(project.entries()).mailings:
        due = [outcome.list for outcome in mailing.outcomes if outcome.state is State.DUE]
        for group in mailing.groups if due else ():
            try:
                subject = project.composer.compose(group, date=project.clock()).subject
            except TemplateFaultError as fault:
                problems.append(fault.problem)
            else:
                rows += [
                    (mailing.key, mailing_list.name, subject)
                    for mailing_list in due
                    if mailing_list in group.lists
                ]
    return rows, problems


def _names(alerts: Sequence[RememberedAlert]) -> list[str]:
    return [name for alert in alerts for name in alert.names]


def _mailed(alerts: Sequence[RememberedAlert]) -> list[str]:
    """What the ledger remembers of alerts that the organizer was mailed."""
    return [f"mailed {name}" for name in _names(alerts)]


def _untold(project: Project, ledger: Ledger, alerts: Sequence[RememberedAlert]) -> list[RememberedAlert]:
    """What the organizer was not mailed yet: found now, or when the server was down."""
    if project.department.organizer is None:
        return []
    new = ledger.noticed(project.realm, _mailed(alerts), project.clock())
    if not new:
        return []
    # Only asked: a process that dies while it mails must leave them untold. Two copies do no harm.
    ledger.forget(project.realm, sorted(new))
    waiting = [alert for alert in alerts if new.intersection(_mailed([alert]))]
    return waiting if any(not alert.is_aside for alert in waiting) else []


def _tell(project: Project, ledger: Ledger, waiting: Sequence[RememberedAlert]) -> FaultError | None:
    """Mails them, and notes it once that is done or will not be done."""
    outcome = mail_alerts(project, [alert.word() for alert in waiting])
    if outcome.is_final:
        ledger.noticed(project.realm, _mailed(waiting), project.clock())
    return outcome.fault
