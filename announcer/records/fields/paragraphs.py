"""An abstract pasted from a page -> paragraphs: the page's line breaks are no breaks of the text."""

from __future__ import annotations

import re
from functools import lru_cache

_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])-[ \t]*\n[ \t]*(?=[a-zà-ÿ])")
_TRAILING = re.compile(r"(?<=\S)[ \t]{2,}$", re.MULTILINE)


@lru_cache(maxsize=4)
def joined(text: str) -> tuple[str, str]:
    """The text with its paragraphs whole, and what was done to it in words; empty where nothing was.

    A word cut by a hyphen at a line's end is put together with its hyphen, since nobody but the author
    knows whether it has one; blanks at line ends, which Markdown takes for a break, go where every line
    has them; and where every line stands alone between empty lines, the lines of a paragraph are joined.
    """
    done = []
    if "-" in text and _HYPHEN.search(text):
        text = _HYPHEN.sub("-", text)
        done.append("words cut by hyphens")
    lines = text.split("\n")
    full = [line for line in lines[:-1] if line]
    if len(lines) > 2 and full and all(map(_TRAILING.search, full)):
        text = _TRAILING.sub("", text)
        done.append("spaces at the ends of lines")
    single = _double_spaced(text)
    if single is not None:
        text = single
        done.append("an empty line after every line")
    return text, ", ".join(done)


def _double_spaced(text: str) -> str | None:
    """The text without its empty lines, where they part lines and not paragraphs."""
    parts = re.split(r"\n[ \t]*\n", text.strip())
    if len(parts) < 4 or any("\n" in part for part in parts):
        return None
    go_on = sum(part[:1].islower() for part in parts[1:])
    wide = sum(40 <= len(part) <= 110 for part in parts[:-1])
    marked = re.search(r"^\s*([-*#>|$]|\d+\.)", text, re.MULTILINE)
    if marked or go_on < 0.6 * (len(parts) - 1) or wide < len(parts) - 1:
        return None
    return "\n".join(part.strip() for part in parts)
