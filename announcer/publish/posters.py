"""What a poster needs that a page does not: its paper, sizes of type that fill one sheet, a QR code."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec

from announcer.languages.dates import known_locale
from announcer.message.leak_check import visible_text
from announcer.message.views import TalkView
from announcer.text.prose import Prose, shorten

_LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
"""Territories that print on US Letter (CLDR, paperSize)."""
_PAPERS = {"A4": (178.0, 297.0), "letter": (183.9, 279.4)}
"""Millimetres: how wide a line is, and how high the sheet."""
_POINT = 0.3528
"""Millimetres."""
TITLES = (72, 62, 52, 41, 33, 27, 22, 17)
ABSTRACTS = (24.0, 21.0, 19.0, 17.0, 15.0, 13.5, 12.2, 11.0, 10.0, 9.2)
"""Points; the style sheet sets what is chosen."""
_ROUND = 118.5
"""Millimetres that are taken by what is always there: bars, margins, the series, day, hour, place, code."""
_STATE, _REFRESHMENTS = 17.0, 6.0
_NAME, _HOME, _BETWEEN, _PICTURE = 9.4, 7.2, 4.0, 26.0
"""Millimetres of a speaker's lines, the gap between two rows, a picture."""
_LETTER_WIDE, _LEADING, _PARAGRAPH = 0.43, 1.42, 0.6
"""In ems: an average letter of Times, a line, the gap behind a paragraph."""
_TITLE_WIDE, _TITLE_LEADING = 0.46, 1.13
_SANS_WIDE = 0.53
_LEAST = 150
"""Characters of an abstract that are worth their room."""
_MOST_TITLE, _ALONE = 62.0, 110.0
"""Millimetres of a title, and of one without an abstract."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PosterView:
    """A sheet."""

    paper: str
    """`A4` or `letter`."""
    title_size: int
    """Points."""
    abstract_size: float
    abstract: Prose | None
    """As much of it as the sheet holds."""
    code: str | None
    """The QR code as SVG."""
    address: str | None
    """What it says: the talk's page."""


def poster(talk: TalkView, address: str | None, locale: str, *, has_state: bool) -> PosterView:
    """The sheet of a talk; `address` is where more is to be read."""
    paper = "letter" if known_locale(locale).territory in _LETTER else "A4"
    wide, high = _PAPERS[paper]
    title = str(talk.title or talk.series)
    heights = {size: _title_height(title, size, wide) for size in TITLES}
    most = _MOST_TITLE if talk.abstract else _ALONE
    sizes = TITLES[2:] if talk.abstract else TITLES
    title_size = next((size for size in sizes if heights[size] <= most), TITLES[-1])
    left = high - _ROUND - heights[title_size] - _speakers_height(talk, wide)
    left -= _STATE * has_state + _REFRESHMENTS * bool(talk.refreshments)
    text = talk.abstract.text if talk.abstract else ""
    size = next((size for size in ABSTRACTS if _height(text, size, wide) <= left), None)
    abstract = talk.abstract
    if size is None and abstract:
        size = ABSTRACTS[-1]
        room = _holds(text, size, wide, left)
        abstract = _cut(abstract, room) if room >= _LEAST else None
    return PosterView(
        paper=paper,
        title_size=title_size,
        abstract_size=size or ABSTRACTS[0],
        abstract=abstract,
        code=_code(address) if address else None,
        address=address,
    )


def _lines(text: str, size: float, wide: float, letter: float) -> int:
    return max(1, math.ceil(len(text) * size * _POINT * letter / wide))


def _title_height(title: str, size: int, wide: float) -> float:
    return _lines(title, size, wide, _TITLE_WIDE) * size * _POINT * _TITLE_LEADING


def _height(text: str, size: float, wide: float) -> float:
    """Millimetres that a text takes at that size."""
    paragraphs = [line for line in text.split("\n") if line.strip()]
    lines = sum(_lines(line, size, wide, _LETTER_WIDE) for line in paragraphs)
    return (lines * _LEADING + len(paragraphs) * _PARAGRAPH) * size * _POINT


def _holds(text: str, size: float, wide: float, high: float) -> int:
    """How many characters of a text stand on so much paper."""
    most = len(text)
    while most >= _LEAST and _height(text[:most], size, wide) > high:
        most = int(most * 0.97) - 1
    return most


def _speakers_height(talk: TalkView, wide: float) -> float:
    """They stand side by side while there is room."""
    rows, at = [0.0], 0.0
    for speaker in talk.speakers:
        room = wide - (_PICTURE + 5 if speaker.photo else 0)
        name = len(speaker.name) * 21 * _POINT * _SANS_WIDE * 1.05
        home = len(speaker.affiliation or "") * 15 * _POINT * _SANS_WIDE
        high = _NAME * math.ceil(name / room) + (_HOME * math.ceil(home / room) if home else 0)
        took = min(max(name, home), room) + wide - room
        if at and at + 12 + took > wide:
            rows.append(0.0)
            at = 0.0
        at += took + (12 if at else 0)
        rows[-1] = max(rows[-1], high, _PICTURE if speaker.photo else 0)
    return sum(rows) + _BETWEEN * (len(rows) - 1)


def _cut(prose: Prose, most: int) -> Prose:
    """The first blocks of a text, the last of them cut at a word, with three dots."""
    made, left = [], most
    for block in prose.html.split("</p>\n"):
        words = visible_text(block)
        if len(words) > left:
            made.append(f"<p>{escape(shorten(words.strip(), max(left, 3)))}</p>")
            break
        made.append(f"{block}</p>\n")
        left -= len(words)
    return Prose(shorten(prose.text, most), "".join(made))


def _code(address: str) -> str | None:
    """The QR code of an address; None where segno is not installed, and the address is read instead."""
    if find_spec("segno") is None:
        return None
    import segno

    return segno.make(address, error="m").svg_inline(border=0, omitsize=True, dark="#000000")
