"""Prose: people's words as a template meets them, right in text and in HTML alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from html import escape
from typing import TypeVar

_RECORD = TypeVar("_RECORD")
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


_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064"
    r"\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Control characters, bidirectional controls and invisible formats; joiners that scripts need are kept."""


def clean(text: str) -> str:
    """Text without control characters and direction overrides, in Unicode's composed form."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", plain))


def one_line(text: str) -> str:
    """Text with every run of blanks and line ends made one blank."""
    return " ".join(text.split())


def cleaned(record: _RECORD) -> _RECORD:
    """A frozen record whose every text, however deep, is clean."""
    if type(record) is str:
        return clean(str(record)).strip()  # type: ignore[return-value]  # a str for a str
    if isinstance(record, tuple):
        return tuple(cleaned(item) for item in record)  # type: ignore[return-value]  # a tuple for a tuple
    if is_dataclass(record) and not isinstance(record, type):
        return replace(
            record, **{field.name: cleaned(getattr(record, field.name)) for field in fields(record)}
        )
    return record


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


_LINKS = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?')\]}])"
    r"|(?P<email>(?<![\w.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)",
    re.IGNORECASE,
)


def linked(text: str) -> str:
    """Text as HTML, its URLs and email addresses clickable."""
    made, at = [], 0
    for match in _LINKS.finditer(text):
        target = match["url"] or f"mailto:{match['email']}"
        made.append(escape(text[at : match.start()]))
        made.append(f'<a href="{escape(target)}">{escape(match[0])}</a>')
        at = match.end()
    made.append(escape(text[at:]))
    return "".join(made)


def plain(text: str) -> Prose:
    """Words without markup: escaped, links clickable, line ends kept."""
    lines = [one_line(line) for line in text.strip().split("\n")]
    return Prose("\n".join(lines), "<br>".join(linked(line) for line in lines))


def words(text: str) -> Prose:
    """One line of words without markup and without links."""
    line = one_line(text)
    return Prose(line, escape(line))
