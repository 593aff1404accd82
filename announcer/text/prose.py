"""Prose: people's words as a template meets them, right in text and in HTML alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

NO_BREAK = "\u00a0"
"""The blank at which no line ends; in the text part a plain one, once the lines are made."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture that travels inside the message and is shown where `cid:` names it (RFC 2392)."""

    cid: str
    data: bytes
    subtype: str
    """`png` or `jpeg`."""
    filename: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Words in both media: `{{ it }}` is plain text in a .txt template and HTML in an .html one."""

    text: str
    html: str
    pictures: tuple[Picture, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        """What Jinja2's autoescaping takes for safe HTML."""
        return self.html


def one_line(text: str) -> str:
    """Text with every run of blanks and line ends made one blank."""
    return " ".join(text.split())


def shorten(text: str, width: int) -> str:
    """Text of at most `width` characters, cut at a word where there is one, with three dots."""
    if len(text) <= width:
        return text
    cut = text[: width - 3]
    head, blank, _ = cut.rpartition(" ")
    if text[width - 3] != " " and blank and len(head) > width // 2:
        cut = head
    return cut.rstrip(" ,;:–—-(") + "..."


def listed(names: Iterable[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last


def safe_url(url: str | None) -> str | None:
    """The URL where a click on it can do no harm (http, https, mailto), else None."""
    if url and re.match(r"(https?://[^\s<>\"]+|mailto:[^\s<>\"]+)$", url, re.IGNORECASE):
        return url
    return None
