"""Sending from the command line: the dispatcher with this department's adapters, and what it says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from announcer.cli.advice import refused_step, unknown_steps
from announcer.cli.exits import Exit
from announcer.cli.output import fault_exit, show_fault, show_problem
from announcer.cli.progress import Watch, hidden, shown
from announcer.cli.session import CONFIG, Session
from announcer.dispatch import Again, Dispatcher, Handed, Report
from announcer.domain.delivery import Result
from announcer.domain.mailing import Entry, Mailing, State
from announcer.domain.matter import Step
from announcer.domain.plan import plan

if TYPE_CHECKING:
    from announcer.ledger import Ledger

_COLORS = {
    Result.ACCEPTED: "green",
    Result.DEFERRED: "yellow",
    Result.REFUSED: "red",
    Result.UNKNOWN: "red",
}


_FEW = 20
"""So many mailings go one after the other: a process that is killed then leaves one unknown, not several."""


def dispatcher(
    session: Session, ledger: Ledger, again: Again, stopping: Callable[[], bool], due: int, watch: Watch
) -> Dispatcher:
    """A dispatcher with the adapters that the department's config chooses, for so many mailings."""
    delivery = session.department.delivery
    in_parallel = delivery.transport == "smtp" and due > _FEW
    return Dispatcher(
        realm=session.realm,
        ledger=ledger,
        transport=watch(session.transport()),
        compose=lambda group, date: session.composer.compose(group, date=date),
        again=again,
        clock=session.clock,
        envelope_from=session.department.envelope_from,
        redirect_all_to=delivery.redirect_all_to,
        at_once=delivery.connections if in_parallel else 1,
        stopping=stopping,
    )


def hand_over(
    session: Session,
    ledger: Ledger,
    mailings: Sequence[Mailing],
    again: Again,
    *,
    by_hand: bool = False,
    stopping: Callable[[], bool] = lambda: False,
) -> Report:
    """Sends what is due of these mailings."""
    due = sum(mailing.state is State.DUE for mailing in mailings)
    messages = sum(o.state is State.DUE for mailing in mailings for o in mailing.outcomes)
    is_watched = session.is_terminal and session.verbosity == 0 and messages > _FEW
    with shown(messages) if is_watched else hidden() as watch:
        chosen = dispatcher(session, ledger, again, stopping, due, watch)
        return asyncio.run(chosen.dispatch(mailings, by_hand=by_hand))


def planned_again(session: Session) -> Again:
    """Looks at a mailing once more, with the files as they are now."""

    known = {talk.id: talk for talk in session.loaded.talks}

    def again(mailing: Mailing, entries: Sequence[Entry]) -> Mailing | None:
        if not unchanged(session, mailing):
            return None
        talks = [known[name] for name in mailing.talks if name in known]
        now = session.clock()
        found = plan(session.department, talks, [], entries, now, since=mailing.due and min(mailing.due, now))
        return found.find(mailing.key)

    return again


def unchanged(session: Session, mailing: Mailing) -> bool:
    """Whether the files behind a mailing are as they were when they were read."""
    paths = {CONFIG: session.department.modified}
    paths |= {talk.path: talk.modified for group in mailing.groups for talk in group.talks}
    for path, modified in paths.items():
        try:
            status = (session.root / path).stat()
        except OSError:
            return False
        if datetime.fromtimestamp(status.st_mtime, UTC) != modified:
            return False
    return True


def say_handed(session: Session, handed: Handed) -> None:
    """One line for one list."""
    if handed.reply is None:
        click.echo(f"not sent    {_what(handed)}: {handed.note}")
        return
    result = handed.reply.result
    word = click.style(f"{result.value:<10}", fg=_COLORS[result])
    told = f" ({handed.reply})" if result is not Result.ACCEPTED or session.verbosity > 0 else ""
    click.echo(f"{word}  {_what(handed)}{told}")
    if result is Result.UNKNOWN:
        click.echo(f"{_INDENT}It may or may not have arrived, and is not sent again by itself.")
        _say_steps(unknown_steps(session, handed.key, handed.list.name))
    elif result is Result.REFUSED:
        _say_steps((refused_step(session, handed.key, handed.list),))


_INDENT = " " * 12


def _say_steps(steps: Iterable[Step]) -> None:
    for step in steps:
        click.echo(f"{_INDENT}{step.text}")
        if step.command:
            click.echo(f"{_INDENT}    {step.command}")


def _what(handed: Handed) -> str:
    subject = handed.message.subject if handed.message else f"{handed.key.occasion} of {handed.key.subject}"
    return f"{handed.list.name} <{handed.list.address}>  {subject}"


def say_report(session: Session, report: Report) -> Exit:
    """What was sent and what went wrong; the exit code of it."""
    code = Exit.DONE if report.all_accepted else Exit.NOT_ACCEPTED
    if not session.json and session.verbosity >= 0:
        for handed in report.handed:
            say_handed(session, handed)
    for problem in dict.fromkeys(fault.problem for fault in report.faults):
        show_problem(problem, err=True)
        code = max(code, Exit.PROBLEMS)
    if report.stopped is not None:
        show_fault(report.stopped)
        code = max(code, fault_exit(report.stopped))
    return code


def handed_json(handed: Handed) -> dict[str, Any]:
    """One list's outcome for scripts."""
    return {
        "key": str(handed.key),
        "list": handed.list.name,
        "result": handed.reply.result.value if handed.reply else None,
        "reply": str(handed.reply) if handed.reply else None,
        "note": handed.note or None,
        "message_id": handed.message.message_id if handed.message else None,
    }
