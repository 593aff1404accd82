"""`announcer check`: every problem in every file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json, show_problems
from announcer.cli.session import Session
from announcer.domain.mailing import Mailing
from announcer.domain.problem import Problem, Severity
from announcer.service.project import CONFIG, Project, UsageFaultError
from announcer.service.trial import AHEAD, trial, unannounced
from announcer.service.wording import counted

_A_YEAR = timedelta(days=366)
_FIELDS = ("path", "line", "column", "severity", "code", "message", "hint")


@verb("check", example="announcer check talks/colloquium/2026-bordelon.yaml")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
def command(session: Session, files: tuple[Path, ...], strict: bool) -> Exit:
    """Find every problem in every file, or in these: the line, the column and what to type instead."""
    wanted = [_relative(file, session.project.root) for file in files]
    problems = [
        problem for problem in session.project.loaded.problems if not wanted or _is_in(problem.path, wanted)
    ]
    if session.project.loaded.department is not None:
        problems += _in_messages(session.project, wanted)
        over = unannounced(session.project)
        problems += [problem for problem in over if not wanted or _is_in(problem.path, wanted)]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if session.json:
        print_json({"problems": [{name: getattr(problem, name) for name in _FIELDS} for problem in problems]})
    else:
        show_problems(problems)
        if session.verbosity >= 0:
            click.echo(_summary(session, wanted, errors, len(problems) - len(errors)))
    return Exit.PROBLEMS if errors or (strict and problems) else Exit.DONE


def _in_messages(project: Project, wanted: Sequence[str]) -> list[Problem]:
    """What keeps coming messages from being made, or those about these files' talks."""

    def about(mailing: Mailing) -> bool:
        paths = (talk.path for group in mailing.groups for talk in group.talks)
        return not wanted or any(_is_in(path, wanted) for path in paths)

    is_of_talks = bool(wanted) and CONFIG not in wanted
    return trial(project, ahead=_A_YEAR if is_of_talks else AHEAD, about=about)


def _is_in(path: str, wanted: Sequence[str]) -> bool:
    return any(path == wanted_path or path.startswith(f"{wanted_path}/") for wanted_path in wanted)


def _relative(file: Path, root: Path) -> str:
    """The file's path from the department's folder. Raises UsageFaultError for one that is never read."""
    path = file if file.is_absolute() else Path.cwd() / file
    path = path.parent.resolve() / path.name
    if not path.is_relative_to(root):
        raise _unread(file, f"the file is not in this department's folder, {root}", "name a file below it")
    relative = path.relative_to(root).as_posix()
    if not path.exists() and not path.is_symlink():
        raise _unread(file, "there is no such file", _nearest(path, root))
    if relative != CONFIG and relative.split("/")[0] != "talks":
        raise _unread(file, "only announcer.yaml and what is in talks/ is read", "move the file into talks/")
    return relative


def _nearest(path: Path, root: Path) -> str:
    from difflib import get_close_matches

    known = {file.name: file for file in sorted((root / "talks").rglob("*.yaml"))}
    near = get_close_matches(path.name, known, n=1)
    return (
        f"did you mean {known[near[0]].relative_to(root).as_posix()}?" if near else "look at its name again"
    )


def _unread(file: Path, message: str, hint: str) -> UsageFaultError:
    return UsageFaultError(code="no-file", place=str(file), message=message, hint=hint)


def _summary(session: Session, wanted: Sequence[str], errors: Sequence[Problem], warnings: int) -> str:
    """How many of each, and what to do next."""
    talks = len(session.project.loaded.talks) + len(session.project.loaded.broken)
    looked = counted(len(wanted), "file") if wanted else counted(talks, "talk")
    if not errors and not warnings:
        return f"{looked}: no problems. Next: announcer plan shows what will be sent, and when."
    counts = [errors and counted(len(errors), "error"), warnings and counted(warnings, "warning")]
    total = " and ".join(part for part in counts if part)
    if not errors:
        return f"{looked}: {total}. Warnings hold nothing back. Next: look at them once, then announcer plan."
    if any(error.path == CONFIG for error in errors):
        if not wanted and session.project.loaded.department is None:
            paths = {error.path for error in errors}
            looked = CONFIG if len(paths) == 1 else counted(len(paths), "file")
        return f"{looked}: {total}. Nothing is sent at all until {CONFIG} is right. Next: correct it first."
    held = len({error.path for error in errors})
    what = "Its talk is" if held == 1 else f"The talks of {held} files are"
    return f"{looked}: {total}. {what} not sent before that is right. Next: correct it, then check again."
