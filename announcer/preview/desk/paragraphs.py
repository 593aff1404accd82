"""An abstract's paragraphs: one line each in a box, lines of a page's width in the file."""

from __future__ import annotations

import re
from textwrap import wrap

_WIDTH = 96
"""Characters of a line in the file."""
_FILLED = 50
"""A line of at least so many was ended by an editor, not by a person who meant it."""
_OF_ITS_OWN = re.compile(r"\s|[-+*>#|<]|\d+[.)]|\$\$|\\[\[\]a-zA-Z]|\(?(?:[a-zA-Z]|[ivx]{1,4})\)\s")
"""What a line begins with that may be more than the sentence going on."""

_FORMULA = re.compile(r"\$[^$\n]+\$")


def flowed(text: str) -> str:
    """Text whose paragraphs are one line each, but for those whose lines mean something."""
    return "\n\n".join(_flowed(paragraph) for paragraph in _paragraphs(text))


def in_lines(text: str, before: str) -> str:
    """Text with paragraphs in lines of a page's width; one that `before` has too as it has it."""
    kept = {_flowed(paragraph): paragraph for paragraph in _paragraphs(before)}
    return "\n\n".join(kept.get(_flowed(paragraph)) or _filled(paragraph) for paragraph in _paragraphs(text))


def _paragraphs(text: str) -> list[str]:
    return re.split(r"\n[ \t]*\n", text)


def _flowed(paragraph: str) -> str:
    lines = paragraph.split("\n")
    if any(_OF_ITS_OWN.match(line) for line in lines) or any(len(line) < _FILLED for line in lines[:-1]):
        return paragraph
    if any(line.endswith(("  ", "\\")) for line in lines[:-1]) or "$$" in paragraph:
        return paragraph
    return " ".join(line.strip() for line in lines)


def _filled(paragraph: str) -> str:
    paragraph = paragraph.strip()
    whole = _FORMULA.sub(lambda match: match[0].replace(" ", "\0"), paragraph)
    lines = wrap(whole, _WIDTH, break_long_words=False, break_on_hyphens=False)
    made = "\n".join(lines).replace("\0", " ")
    return made if "\n" not in paragraph and _flowed(made) == paragraph else paragraph
