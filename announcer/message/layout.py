"""The text part's page: lines wrapped at 72 under their own first column, blank lines in order."""

from __future__ import annotations

import re
import textwrap

from announcer.languages.width import width
from announcer.text.prose import NO_BREAK

WIDTH = 72
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
_CLOSING = "[、。，．：；？！）」』】〉》”’々ーっゃゅょッャュョ]"
_PIECE = re.compile(rf"\s*(?:{_WIDE}|(?:(?!{_WIDE})\S)+){_CLOSING}*")
"""What stays together: a character, or a word of letters, with the marks that close it."""
SIGNATURE = "-- "
"""RFC 3676 4.3: what follows is the signature."""

_HANG = re.compile(
    r"(?P<lead>\s*(?:[-*•] |\d{1,2}[.)] )?)"  # a list's mark
    r"(?P<label>(?<!\s)(?=\S)[^\s:：][^\n:：]{0,20}[:：]\s{2,}(?=\S))?"  # `Where:    ` before a value
)


def laid_out(text: str) -> str:
    """Text as the reader gets it: no line over 72 columns unless one word is, at most one empty line
    together, no blanks at line ends but the signature's."""
    lines: list[str] = []
    for line in text.strip("\n").split("\n"):
        if line == SIGNATURE:
            lines.append(line)
        elif line.strip():
            lines += _wrapped(line.rstrip())
        elif lines and lines[-1]:
            lines.append("")
    return "\n".join(lines).rstrip("\n").replace(NO_BREAK, " ") + "\n"


def _wrapped(line: str) -> list[str]:
    if width(line) <= WIDTH:
        return [line]
    match = _HANG.match(line)
    lead = match[0] if match else ""
    if width(line) > len(line):
        return _wrapped_wide(lead, line[len(lead) :].strip())
    return textwrap.wrap(
        line[len(lead) :].strip(),
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wrapped_wide(lead: str, text: str) -> list[str]:
    """Lines of a text with Chinese or Japanese characters, behind each of which a line may end, but not in
    front of a mark that closes something (JIS X 4051)."""
    lines, line = [], lead
    for piece in re.findall(_PIECE, text):
        if width(f"{line}{piece}".rstrip()) > WIDTH and line.strip():
            lines.append(line.rstrip())
            line = " " * width(lead)
            piece = piece.lstrip()
        line += piece
    return [*lines, line.rstrip()]
