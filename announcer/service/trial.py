"""What reading the files alone does not find: what fails once it is composed, and what nobody was told of."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from announcer.domain.errors import FaultError
from announcer.domain.mailing import Mailing, State
from announcer.domain.problem import Problem, Severity
from announcer.domain.talk import Kind, Status, Talk
from announcer.message import TemplateFaultError, stopping
from announcer.service.package_data import builtin
from announcer.service.project import Project

_log = logging.getLogger(__name__)
AHEAD = timedelta(days=30)
TEMPLATES = "templates"


def trial(
    project: Project, *, ahead: timedelta = AHEAD, about: Callable[[Mailing], bool] = lambda _: True
) -> list[Problem]:
    """What keeps the coming messages from being made, each fault once with the first mailing it stops.

    `ahead` is how far to look; `about` says which mailings count.
    """
    problems = {replace(problem, message=""): problem for problem in held_back(project)}
    for mailing in project.plan((), until=project.now + ahead).mailings:
        if about(mailing) and _is_coming(project, mailing):
            for problem in _failures(project, mailing):
                is_error = problem.severity is Severity.ERROR
                problems.setdefault(
                    replace(problem, message=""), stopping(mailing, problem) if is_error else problem
                )
    return list(problems.values())


def unannounced(project: Project) -> list[Problem]:
    """Talks that are over and of which no list was told: more often a wrong date than a quiet talk."""
    try:
        announced = {snapshot.talk for entry in project.entries() for snapshot in entry.snapshots}
    except FaultError as fault:  # what is wrong with the ledger, `plan` and `run` say
        _log.info("not read", extra={"fields": {"reason": fault.message}})
        return []
    return [
        _never_announced(project, talk)
        for talk in project.loaded.talks
        if _is_forgotten(project, talk, announced)
    ]


def _is_forgotten(project: Project, talk: Talk, announced: Collection[str]) -> bool:
    """Not where it was before `begin`, unless the file's name has another year than its date."""
    if talk.end > project.now or talk.id in announced or not talk.lists or not talk.schedule:
        return False
    if talk.kind is not Kind.TALK or talk.status not in (Status.CONFIRMED, Status.TENTATIVE):
        return False
    begin = project.department.begin
    named = re.match(r"(\d{4})-", Path(talk.path).name)
    return begin is None or talk.date >= begin or (named is not None and int(named[1]) > talk.date.year)


def _never_announced(project: Project, talk: Talk) -> Problem:
    line, _, excerpt = project.loaded.spots[talk.path]["date"]
    return Problem(
        path=talk.path,
        line=line,
        column=1,
        severity=Severity.WARNING,
        code="never-announced",
        message=f"{talk.date:%A}, {talk.date.isoformat()} is over, and no list was told of this talk",
        hint="correct the date, or leave it: nothing of it is sent any more",
        excerpt=excerpt,
    )


def held_back(project: Project) -> list[Problem]:
    """The files under the department's templates/ that may not be read, be they needed or not; where all
    may, what nobody reads of them."""
    folder = project.root / TEMPLATES
    if not folder.is_dir():
        return []
    from announcer.message.templates.files import HeldLoader, reason_against
    from announcer.message.templates.unread import unread

    problems = [reason_against(folder, path.relative_to(folder).as_posix()) for path in _files(project)]
    held = list(dict.fromkeys(problem for problem in problems if problem))
    return held or unread(HeldLoader(folder), HeldLoader(builtin("templates")))


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
            yield from message.warnings
        except TemplateFaultError as fault:
            yield fault.problem
