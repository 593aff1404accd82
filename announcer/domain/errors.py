"""What can go wrong beyond a person's file: one base error, whose leaves carry data; `cli` words them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from announcer.domain.problem import Problem


class AnnouncerError(Exception):
    """The base of every error that `announcer` raises on purpose."""


@dataclass(eq=False)
class FaultError(AnnouncerError):
    """A fault with a name, a place, a sentence and a hint, ready to be shown to a person."""

    code: str
    place: str
    """A file, a server (`smtp.example.edu:587`), a key or a setting; empty until whoever knows it says so."""
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class ProblemsError(AnnouncerError):
    """Files that are needed have problems, one or more."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(problem.message for problem in problems))
        self.problems: Sequence[Problem] = problems
