"""A person's file as text: its lines, its problems' places, and its secrets masked wherever it is quoted."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from announcer.domain.problem import Problem, Severity
from announcer.domain.talk import FIELDS
from announcer.records.linting import LintRemark, LintRule

TALK_KEYS = frozenset(key for field in FIELDS for key in field.keys)
LIMIT = 256 * 1024
"""The most bytes that a file may have: a talk takes about four thousand."""

SECRET_KEY = re.compile(
    r"(?<![\w?&;-])(?P<key>(?:[\w-]*(?:password|passwd|passphrase|secret|token|api_?key)|pwd|pw|pass)s?)"
    r"(?P<colon>[\"'”]?\s*[:=]\s*)(?P<value>\S.*)?$",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(r"(?P<before>\w://[^\s/:@]*:)(?P<value>[^\s]*)@")
_IN_A_LINK = re.compile(
    r"(?P<before>[?&;](?:pwd|pass|passw(?:or)?d|token)=)(?P<value>[^&#;\s\"'>]+)", re.IGNORECASE
)
_MAY_HIDE = re.compile(r"pass|secret|token|key|pw|://", re.IGNORECASE)
"""What stands in each of them."""
MASK = "***"
OR_A_PASSCODE = (
    "if it is the meeting's, write passcode: under online: instead; any other does not belong here"
)
LONGEST = 4000
"""Characters of a line that a problem can show."""
SENTENCE = 800
"""Characters of a message or a hint at most."""
REPEATED = 80
"""Characters of a file that a message or a hint repeats at most."""
TAKE_IT_OUT = (
    "delete the line, change that password, and name the file that holds the new one as password_file, or "
    "set ANNOUNCER_SMTP_PASSWORD where announcer runs"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class FileText:
    """A file's text and where it came from."""

    path: str
    """Relative to the department's folder, with forward slashes."""
    text: str
    lines: tuple[str, ...]
    keys: frozenset[str]
    """The fields that a file of its kind may have."""

    @staticmethod
    def of(path: str, text: str, keys: Collection[str] = TALK_KEYS) -> FileText:
        """The source of a text whose lines end with newlines alone; `keys` as a talk has them."""
        return FileText(path=path, text=text, lines=tuple(text.split("\n")), keys=frozenset(keys))

    def remarked(
        self, rule: LintRule[..., Any], remark: LintRemark[Any], *, line: int, column: int
    ) -> Problem:
        """What a rule remarks on, as a problem at a line and column counted from 0."""
        return self.problem(
            rule.code,
            remark.message,
            remark.hint,
            line=line,
            column=column,
            severity=remark.severity or rule.severity,
        )

    def problem(
        self,
        code: str,
        message: str,
        hint: str,
        *,
        line: int,
        column: int,
        severity: Severity = Severity.ERROR,
        missing: str = "",
    ) -> Problem:
        """A problem at a line and column counted from 0, as YAML's marks are."""
        line = min(max(line, 0), len(self.lines) - 1)
        excerpt, hidden = self._excerpt(line)
        message, hint = (self._masked(text, line) for text in (message, hint))
        # A hint that says what to type would repeat what the excerpt hides.
        if hidden and (hidden in message or hidden in hint):
            message, hint = "this line has a password in it", TAKE_IT_OUT
        return Problem(
            path=self.path,
            line=line + 1,
            column=max(column, 0) + 1,
            severity=severity,
            code=code,
            message=message,
            hint=hint,
            missing=missing,
            excerpt=excerpt,
        )

    def place(self, line: int, column: int) -> tuple[int, int, str]:
        """A line and a column counted from 0 as people count them, and the line itself as it may be shown."""
        line = min(max(line, 0), len(self.lines) - 1)
        return line + 1, max(column, 0) + 1, self._excerpt(line)[0]

    def _masked(self, text: str, line: int) -> str:
        """A sentence without secrets, and with no more than REPEATED characters of the file at a stretch."""
        text = masked(text[:SENTENCE])
        near = "\n".join(neighbour[:LONGEST] for neighbour in self.lines[max(line - 20, 0) : line + 2])
        for start in range(len(text) - REPEATED):
            end = start + REPEATED + 1
            if text[start:end] in near:
                while end < len(text) and text[start : end + 1] in near:
                    end += 1
                return text[: start + REPEATED - 3] + "..." + self._masked(text[end:], line)
        return text

    def _excerpt(self, line: int) -> tuple[str, str]:
        """The line with what is secret in it masked, and the beginning of that, empty where nothing is.

        The secret may have begun on a line above, under which this one is indented.
        """
        text = self.lines[line][:LONGEST]
        indent = _indent(text)
        for above in range(line - 1, max(line - 20, -1) if indent else line - 1, -1):
            other = self.lines[above]
            if other.strip() and _indent(other) < indent:
                if SECRET_KEY.search(other):
                    return text[: _indent(text)] + MASK, _beginning(text)
                indent = _indent(other)
        if not _MAY_HIDE.search(text):
            return text, ""
        secret = SECRET_KEY.search(text) or _CREDENTIALS.search(text) or _IN_A_LINK.search(text)
        return masked(text), _beginning(secret["value"] or "") if secret else ""


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _beginning(secret: str) -> str:
    return secret.strip("'\"{[| ")[:6]


def masked(text: str) -> str:
    """The text without the values of passwords and the credentials in URLs, whose rest stays."""
    if not _MAY_HIDE.search(text):
        return text
    text = _IN_A_LINK.sub(rf"\g<before>{MASK}", text)
    text = _CREDENTIALS.sub(rf"\g<before>{MASK}@", text)
    return SECRET_KEY.sub(
        lambda match: match["key"] + match["colon"] + (MASK if match["value"] else ""), text
    )
