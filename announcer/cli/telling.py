"""What a run did, told on the terminal or to a script, and its exit code."""

from __future__ import annotations

import click

from announcer.cli.exits import Exit
from announcer.cli.output import fault_exit, print_json, show_bug, show_error, show_fault, show_problems
from announcer.cli.report import attempt_json, say_report
from announcer.cli.session import Session
from announcer.domain.alert import Alert
from announcer.domain.delivery import Result
from announcer.domain.errors import AnnouncerError
from announcer.domain.mailing import Mailing, State
from announcer.domain.problem import Problem
from announcer.service.run import Run
from announcer.service.wording import destination, moment, why
from announcer.text.prose import listed
from announcer.transport.printable import printable


def say(session: Session, done: Run) -> Exit:
    """Tells what a run did; its exit code."""
    if session.json:
        _say_json(session, done)
    quiet = session.json or session.verbosity < 0
    if not quiet:
        _say_where(session)
    code = say_report(session, done.report)
    if not quiet and not done.report.attempts and not done.report.faults:
        _say_why_nothing(session, done)
    problems = _problems(done)
    for alert in done.news:
        # An error is shown with its source line, and what was just handed over in vain stands above.
        if alert.problem not in problems and (quiet or not _is_handed(done, alert)):
            click.echo(click.style(printable(alert.sentence), fg="yellow"), err=True)
    if any(alert.problem not in problems for alert in done.news):
        code = max(code, Exit.NOT_ACCEPTED)
    if done.untold:
        show_fault(done.untold)
        code = max(code, fault_exit(done.untold))
    code = max(code, _say_published(session, done))
    if not quiet:
        _say_next(session, done)
    if done.problems:
        show_problems(done.problems, err=True)
        code = max(code, Exit.PROBLEMS)
    return code


def _say_published(session: Session, done: Run) -> Exit:
    """What became of the site, where something did."""
    if done.unpublished:
        is_expected = isinstance(done.unpublished, AnnouncerError | OSError)
        click.echo("What was due is sent; the site could not be published:", err=True)
        (show_error if is_expected else show_bug)(done.unpublished)
    if done.published:
        show_problems(done.published.problems, err=True)
        files = done.published.files
        if session.verbosity >= 0 and not session.json and (files.written or files.removed):
            click.echo(f"Published to {done.published.folder}: {files.written} files written.")
    return _published_code(done)


def _published_code(done: Run) -> Exit:
    if done.unpublished:
        return fault_exit(done.unpublished)
    return Exit.PROBLEMS if done.published and done.published.problems else Exit.DONE


def _problems(done: Run) -> set[Problem]:
    """The errors in files, which are shown as such."""
    return {*done.problems, *(fault.problem for fault in done.report.faults)}


def _is_handed(done: Run, alert: Alert) -> bool:
    """Whether an alert is what this run's own attempt came to."""
    failed = {
        (attempt.key, attempt.list.name)
        for attempt in done.report.attempts
        if attempt.reply and attempt.reply.result in (Result.REFUSED, Result.UNKNOWN)
    }
    return any((alert.key, name) in failed for name in alert.lists)


def code_of(done: Run) -> Exit:
    """The exit code of a run, as `say` ends with it, where nothing is said."""
    report = done.report
    codes = [
        Exit.DONE if report.all_accepted and not done.news else Exit.NOT_ACCEPTED,
        *(fault_exit(fault) for fault in (report.stopped, done.untold, *report.faults) if fault),
        _published_code(done),
    ]
    return max((*codes, Exit.PROBLEMS)) if done.problems else max(codes)


def _say_json(session: Session, done: Run) -> None:
    next_due = done.planned.next_due
    print_json(
        {
            "now": session.project.now.isoformat(),
            "realm": session.project.realm.value,
            "handed": [attempt_json(handed) for handed in done.report.attempts],
            "news": [alert.sentence for alert in done.news],
            "next_due": next_due.isoformat() if next_due else None,
            "published": done.published.files.written if done.published else None,
        }
    )


def _say_where(session: Session) -> None:
    where = destination(session.project.department.delivery)
    click.echo(f"{moment(session.project.now)}, {where}.")


def _say_why_nothing(session: Session, done: Run) -> None:
    if done.report.stopped is None:
        click.echo("Nothing to send.")
    news = {alert.key for alert in done.news}
    for mailing in done.planned.mailings:
        if mailing.key in news:
            continue
        reason = _already(session, mailing)
        if reason:
            click.echo(f"  {reason}")


def _say_next(session: Session, done: Run) -> None:
    for mailing in done.planned.mailings:
        goes = any(outcome.state is State.UPCOMING for outcome in mailing.outcomes)
        if goes and mailing.due and mailing.due > session.project.now:
            due = moment(mailing.due.astimezone(session.project.now.tzinfo), session.project.now)
            click.echo(f"Next: the {mailing.occasion.value} of {mailing.key.subject}, {due}.")
            return
    click.echo("Nothing more is planned: `announcer plan` shows what holds the rest.")


def _already(session: Session, mailing: Mailing) -> str | None:
    """Why a mailing whose time has come is not sent now, in a sentence."""
    what = f"The {mailing.occasion.value} of {mailing.key.subject}"
    if mailing.due is not None and mailing.due > session.project.now:
        return None
    if mailing.state is State.ACCEPTED:
        when = (
            f" on {moment(mailing.at.astimezone(session.project.now.tzinfo), session.project.now)}"
            if mailing.at
            else ""
        )
        return f"{what} was accepted{when} for {listed(mailing.lists)}."
    return f"{what} is {mailing.state.value}{why(mailing.reason)}."
