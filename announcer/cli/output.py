"""What people read: problems like a compiler's, faults, dates and plain words for states."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click

from announcer.cli.exits import Exit
from announcer.cli.snippet import snippet
from announcer.domain.errors import FaultError, ProblemsError
from announcer.domain.mailing import State
from announcer.domain.problem import Problem, Severity
from announcer.service.project import UsageFaultError
from announcer.transport.printable import printable, printable_json

STATE_COLORS = {
    State.UPCOMING: None,
    State.DUE: "cyan",
    State.HELD: "yellow",
    State.MISSED: "red",
    State.SENDING: "cyan",
    State.ACCEPTED: "green",
    State.DEFERRED: "yellow",
    State.REFUSED: "red",
    State.UNKNOWN: "red",
    State.WITHDRAWN: None,
}


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    click.echo(printable_json(json.dumps(value, ensure_ascii=False, indent=2)))


def show_problem(problem: Problem, *, err: bool = False) -> None:
    """One problem, with its source line and a caret."""
    is_error = problem.severity is Severity.ERROR
    problem = replace(
        problem,
        path=printable(problem.path),
        message=printable(problem.message),
        hint=printable(problem.hint),
        excerpt=printable(problem.excerpt),
    )
    place = f"{problem.path}:{problem.line}:{problem.column}:"
    word = click.style(f"{problem.severity.value}[{problem.code}]", fg="red" if is_error else "yellow")
    click.echo(f"{click.style(place, bold=True)} {word}: {problem.message}", err=err)
    if problem.excerpt:
        number = str(problem.line)
        line, indent = snippet(problem.excerpt, problem.column)
        click.echo(f"  {number} | {line}", err=err)
        click.echo(f"  {' ' * len(number)} | {indent}{click.style('^ ' + problem.hint, fg='cyan')}", err=err)
    elif problem.hint:
        click.echo(f"  {click.style(problem.hint, fg='cyan')}", err=err)


def show_problems(problems: Sequence[Problem], *, err: bool = False) -> None:
    """All of them."""
    for problem in problems:
        show_problem(problem, err=err)


def show_fault(fault: FaultError) -> None:
    """A fault on stderr: its place, what is wrong, what to do."""
    word = click.style(f"error[{fault.code}]", fg="red")
    place = click.style(printable(fault.place) + ":", bold=True)
    click.echo(f"{place} {word}: {printable(fault.message)}", err=True)
    if fault.hint:
        click.echo(f"  {click.style(printable(fault.hint), fg='cyan')}", err=True)


def fault_exit(fault: Exception) -> Exit:
    """The exit code of a fault."""
    if isinstance(fault, ProblemsError):
        is_ours = any(problem.code == "message-failed" for problem in fault.problems)
        return Exit.NOT_ACCEPTED if is_ours else Exit.PROBLEMS
    if isinstance(fault, UsageFaultError):
        return Exit.USAGE
    from announcer.importers.contract import UnexplainedError
    from announcer.transport import CredentialsError

    if isinstance(fault, UnexplainedError):
        return Exit.PROBLEMS
    is_secret = isinstance(fault, CredentialsError) or getattr(fault, "code", "") == "ledger-credentials"
    return Exit.SECRET if is_secret else Exit.NOT_ACCEPTED


def show_bug(error: Exception) -> Exit:
    """Says that the program itself failed, and with what code to end."""
    click.echo(
        f"announcer itself failed: {type(error).__name__}: {printable(str(error))}\n"
        "  this is a fault in announcer, not in your files: please report it, with what "
        "the same command prints with -v",
        err=True,
    )
    return Exit.NOT_ACCEPTED


def show_error(error: Exception) -> Exit:
    """Shows what stopped a verb, and says with what code to end."""
    if isinstance(error, OSError):
        place, words = error.filename or "the system", error.strerror or str(error)
        show_fault(FaultError("system", str(place), words, "see that this file can be read and written"))
    elif isinstance(error, ProblemsError):
        show_problems(error.problems, err=True)
    elif isinstance(error, FaultError):
        show_fault(error)
    else:
        click.echo(f"error: {error}", err=True)
    return fault_exit(error)
