"""`announcer check`: every problem in every file."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json, show_problems
from announcer.cli.session import Session
from announcer.domain.problem import Severity


@verb("check", example="announcer check talks/colloquium/2026-bordelon.yaml")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
def command(session: Session, files: tuple[Path, ...], strict: bool) -> Exit:
    """Find every problem in every file: the line, the column and what to type instead."""
    problems = list(session.loaded.problems)
    if files:
        wanted = {_relative(file, session.root) for file in files}
        problems = [problem for problem in problems if problem.path in wanted]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if session.json:
        fields = ("path", "line", "column", "severity", "code", "message", "hint")
        rows = [dataclasses.asdict(problem) for problem in problems]
        print_json({"problems": [{name: row[name] for name in fields} for row in rows]})
    else:
        show_problems(problems)
        if session.verbosity >= 0:
            click.echo(_summary(session, errors, len(problems) - errors))
    return Exit.PROBLEMS if errors or (strict and problems) else Exit.DONE


def _relative(file: Path, root: Path) -> str:
    path = file.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(file)


def _summary(session: Session, errors: int, warnings: int) -> str:
    talks = len(session.loaded.talks) + len(session.loaded.broken)
    found = f"{talks} talk{'s' * (talks != 1)}"
    if not errors and not warnings:
        return f"{found}: no problems. `announcer plan` shows what will be sent."
    counts = f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"
    then = "A talk with an error is not sent until it is mended." if errors else "Warnings hold nothing."
    return f"{found}: {counts}. {then}"
