"""What a person reads of what was handed over: a line a list, and the exit code of it all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from announcer.cli.exits import Exit
from announcer.cli.output import fault_exit, show_fault, show_problem, show_problems
from announcer.cli.session import Session
from announcer.domain.alert import Step
from announcer.domain.delivery import Result
from announcer.service.alerting.wording import refused_step, unknown_steps
from announcer.service.report import Attempt, Report
from announcer.service.wording import reason_json, why

_COLORS = {
    Result.ACCEPTED: "green",
    Result.DEFERRED: "yellow",
    Result.REFUSED: "red",
    Result.UNKNOWN: "red",
}


def say_attempt(session: Session, attempt: Attempt) -> None:
    """One line for one list."""
    if attempt.reply is None:
        click.echo(f"not sent    {_list_and_subject(attempt)}{why(attempt.note)}")
        return
    result = attempt.reply.result
    word = click.style(f"{result.value:<10}", fg=_COLORS[result])
    reply = f" ({attempt.reply})" if result is not Result.ACCEPTED or session.verbosity > 0 else ""
    click.echo(f"{word}  {_list_and_subject(attempt)}{reply}")
    if result is Result.UNKNOWN:
        click.echo(f"{_INDENT}It may or may not have arrived, and is not sent again by itself.")
        _say_steps(unknown_steps(session.project, attempt.key, attempt.list.name))
    elif result is Result.REFUSED:
        _say_steps((refused_step(session.project, attempt.key, attempt.list),))


_INDENT = " " * 12


def _say_steps(steps: Iterable[Step]) -> None:
    for step in steps:
        click.echo(f"{_INDENT}{step.text}")
        if step.command:
            click.echo(f"{_INDENT}    {step.command}")


def _list_and_subject(attempt: Attempt) -> str:
    subject = (
        attempt.message.subject if attempt.message else f"{attempt.key.occasion} of {attempt.key.subject}"
    )
    return f"{attempt.list.shown}  {subject}"


def say_report(session: Session, report: Report) -> Exit:
    """What was sent and what went wrong; the exit code of it."""
    code = Exit.DONE if report.all_accepted else Exit.NOT_ACCEPTED
    if not session.json and session.verbosity >= 0:
        for attempt in report.attempts:
            say_attempt(session, attempt)
    messages = [attempt.message for attempt in report.attempts if attempt.message]
    warnings = (warning for message in messages for warning in message.warnings)
    show_problems(list(dict.fromkeys(warnings)), err=True)
    for fault in {fault.problem: fault for fault in report.faults}.values():
        show_problem(fault.problem, err=True)
        code = max(code, fault_exit(fault))
    if report.stopped is not None:
        show_fault(report.stopped)
        code = max(code, fault_exit(report.stopped))
    return code


def attempt_json(attempt: Attempt) -> dict[str, Any]:
    """One list's outcome for scripts."""
    return {
        "key": str(attempt.key),
        "list": attempt.list.name,
        "result": attempt.reply.result.value if attempt.reply else None,
        "reply": str(attempt.reply) if attempt.reply else None,
        "note": reason_json(attempt.note),
        "message_id": attempt.message.message_id if attempt.message else None,
    }
