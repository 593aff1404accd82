"""What a mailing's own fault is told of: its talk's file."""

from __future__ import annotations

from dataclasses import replace

from announcer.domain.mailing import Mailing
from announcer.domain.occasion import Occasion
from announcer.domain.problem import Problem


def file_of(mailing: Mailing) -> str:
    """The file that a person looks into: its only talk's, or the config."""
    paths = {talk.path for group in mailing.groups for talk in group.talks}
    return paths.pop() if len(paths) == 1 else "announcer.yaml"


def stopping(mailing: Mailing, problem: Problem) -> Problem:
    """The problem with what it stops, where that is not its own file."""
    path = file_of(mailing)
    if path == problem.path:
        return problem
    is_digest = mailing.occasion is Occasion.DIGEST
    stops = f"the digest {mailing.key.subject}" if is_digest else f"the {mailing.occasion.value} of {path}"
    return replace(problem, message=f"{problem.message} (this stops {stops})")
