"""A mailing's group -> an RFC 5322 message with its RFC 5545 calendar: the bytes that are shown and sent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from announcer.domain.errors import ProblemsError
from announcer.domain.mailing import AudienceGroup, Mailing
from announcer.domain.problem import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A composed message and its parts, before they were encoded."""

    data: bytes
    """The message as RFC 5322 has it: CRLF lines, no dot-stuffing."""
    message_id: str
    subject: str
    text: str
    html: str | None
    """None for a list that takes text only."""
    calendar: bytes | None
    warnings: tuple[Problem, ...] = ()


class TemplateFaultError(ProblemsError):
    """A template, or a finished message, that must not go."""

    @property
    def problem(self) -> Problem:
        """Where and why."""
        return self.problems[0]


def path_of(group: AudienceGroup) -> str:
    """The file that a person looks into when this message fails: its only talk's, or the config."""
    return group.talks[0].path if len(group.talks) == 1 else "announcer.yaml"


def failed(path: str, error: Exception) -> Problem:
    """What is said of a message that failed at something that nobody foresaw."""
    return Problem(
        path=path,
        line=1,
        column=1,
        code="message-failed",
        message=f"the message cannot be made: {type(error).__name__}: {error}",
        hint="look for what is unusual in this file, and please report it; the other mail goes",
    )


def file_of(mailing: Mailing) -> str:
    """The file that a person looks into when this mailing fails: its only talk's, or the config."""
    paths = {talk.path for group in mailing.groups for talk in group.talks}
    return paths.pop() if len(paths) == 1 else "announcer.yaml"


def stands(problem: Problem) -> str:
    """A problem in a line that is kept: its place and its sentence."""
    return f"{problem.path}:{problem.line}: {problem.message}"


def stopping(mailing: Mailing, problem: Problem) -> Problem:
    """The problem with what it stops, where that is not its own file."""
    path = file_of(mailing)
    if path == problem.path:
        return problem
    of_a_talk = mailing.occasion.row.is_about_one
    stops = f"the {mailing.occasion.value} of {path}" if of_a_talk else f"the digest {mailing.key.subject}"
    return replace(problem, message=f"{problem.message} (this stops {stops})")
