"""A problem: a fault in somebody's file, as a value with its place and what to type instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is: an error holds the talk, a warning only says so."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One fault in one file."""

    path: str
    """The file, relative to the department's folder, with forward slashes."""
    line: int
    """From 1."""
    column: int
    """In characters, from 1."""
    severity: Severity = Severity.ERROR
    code: str
    """A short name that never changes, like `text-lost`."""
    message: str
    """What is wrong, in a sentence."""
    hint: str
    """What to type or do instead."""
    missing: str = ""
    """The key that is not there, where that is the fault."""
    excerpt: str = ""
    """The source line, with secrets masked; empty where there is none to show."""

    @property
    def place(self) -> tuple[str, int, int]:
        """Path, line and column: the order in which problems are reported."""
        return (self.path, self.line, self.column)
