"""Composing what is planned before it is due, so that what fails is found while there is time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from announcer.domain.mailing import Mailing, State
from announcer.domain.problem import Problem, Severity
from announcer.message import TemplateFaultError, stopping
from announcer.service.project import Project

AHEAD = timedelta(days=30)
TEMPLATES = "templates"
_TOLD = ("weak-secret", "photo-unusable")
"""The warnings of a message that are about a talk's file, and that reading it does not find."""


def trial(
    project: Project, *, ahead: timedelta = AHEAD, about: Callable[[Mailing], bool] = lambda _: True
) -> list[Problem]:
    """What keeps the coming messages from being made, each fault once with the first mailing it stops.

    `ahead` is how far to look; `about` says which mailings count.
    """
    found = {replace(problem, message=""): problem for problem in held_back(project)}
    for mailing in project.plan((), until=project.now + ahead).mailings:
        if about(mailing) and _is_coming(project, mailing):
            for problem in _failures(project, mailing):
                is_error = problem.severity is Severity.ERROR
                found.setdefault(
                    replace(problem, message=""), stopping(mailing, problem) if is_error else problem
                )
    return list(found.values())


def held_back(project: Project) -> list[Problem]:
    """The files under the department's templates/ that may not be read, be they needed or not."""
    folder = project.root / TEMPLATES
    if not folder.is_dir():
        return []
    from announcer.message.template_files import reason_against

    found = [reason_against(folder, path.relative_to(folder).as_posix()) for path in _files(project)]
    return list(dict.fromkeys(problem for problem in found if problem))


def _files(project: Project) -> Iterator[Path]:
    for path in sorted((project.root / TEMPLATES).rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path


def _is_coming(project: Project, mailing: Mailing) -> bool:
    open_states = (State.UPCOMING, State.DUE)
    is_open = any(outcome.state in open_states for outcome in mailing.outcomes)
    return is_open and (mailing.expires is None or mailing.expires > project.now)


def _failures(project: Project, mailing: Mailing) -> Iterator[Problem]:
    for group in mailing.groups:
        try:
            message = project.composer.compose(group, date=group.moment)
            yield from (warning for warning in message.warnings if warning.code in _TOLD)
        except TemplateFaultError as fault:
            yield fault.problem
