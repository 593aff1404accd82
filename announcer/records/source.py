"""A person's file as text: its lines, its problems' places, and its secrets masked wherever it is quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from announcer.domain.problem import Problem, Severity

LIMIT = 256 * 1024
"""The most bytes that a file may have: a talk takes about four thousand."""

SECRET_KEY = re.compile(
    r"(?<![\w-])(?P<key>(?:[\w-]*(?:password|passwd|passphrase|secret|token|api_?key)|pwd|pw|pass)s?)"
    r"(?P<colon>[\"'”]?\s*[:=]\s*)(?P<value>\S.*)?$",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(r"(?P<before>\w://[^\s/:@]*:)[^\s]*@")
MASK = "***"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A file's text and where it came from."""

    path: str
    """Relative to the department's folder, with forward slashes."""
    text: str
    lines: tuple[str, ...]

    @staticmethod
    def of(path: str, text: str) -> Source:
        """The source of a text whose lines end with newlines alone."""
        return Source(path=path, text=text, lines=tuple(text.split("\n")))

    def problem(
        self,
        code: str,
        message: str,
        hint: str,
        *,
        line: int,
        column: int,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem at a line and column counted from 0, as YAML's marks are."""
        line = min(max(line, 0), len(self.lines) - 1)
        return Problem(
            path=self.path,
            line=line + 1,
            column=max(column, 0) + 1,
            severity=severity,
            code=code,
            message=masked(message),
            hint=masked(hint),
            excerpt=self._excerpt(line),
        )

    def _excerpt(self, line: int) -> str:
        """The line with what is secret in it masked, also where the secret began on a line above."""
        text = self.lines[line]
        depth = len(text) - len(text.lstrip())
        for above in range(line - 1, max(line - 20, -1), -1):
            other = self.lines[above]
            indent = len(other) - len(other.lstrip())
            if other.strip() and indent < depth:
                if SECRET_KEY.search(other):
                    return text[:depth] + MASK
                depth = indent
        return masked(text)


def masked(text: str) -> str:
    """The text without the values of passwords and the credentials in URLs."""
    text = _CREDENTIALS.sub(rf"\g<before>{MASK}@", text)
    return SECRET_KEY.sub(lambda m: m["key"] + m["colon"] + (MASK if m["value"] else ""), text)
