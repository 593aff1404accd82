"""A mailing's group -> an RFC 5322 message with its RFC 5545 calendar: the bytes that are shown and sent."""

from __future__ import annotations

from dataclasses import dataclass

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


class TemplateFaultError(Exception):
    """A template, or a finished message, that must not go: `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
