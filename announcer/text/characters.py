"""Step 1 of reading: characters. One form for each, entities decoded, accents on their letters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from html.entities import html5
from typing import TypeVar

from announcer.domain.spelling import in_form

_RECORD = TypeVar("_RECORD")

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064"
    r"\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Control characters, soft hyphens, bidirectional controls and invisible formats; joiners that scripts need
are kept."""
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s<>\"]*", re.IGNORECASE)
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CUT = re.compile(
    r"(?<=[^\W\d_]{2})(?<!\bpi)(?<!\bmu)(?<!\bnu)(?<!tau)(?<!mega)(?<!igma)(?<!\bXi)-[ ]?\n[ ]*"
    r"(?=[^\W\d_]-?[^\W\d_])(?!(?:and|or|to|und|oder|bis|et|ou)\b)"
)
"""A compound cut behind its hyphen. A particle's hyphen is its charge; a conjunction says that a second
half was left out."""

_APART = {
    "¨": "\u0308", "´": "\u0301", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˘": "\u0306", "˙": "\u0307",
    "˝": "\u030b", "˚": "\u030a",
}  # fmt: skip
_BEFORE = re.compile(rf"(?<![\d°])(?P<mark>[{''.join(_APART)}])(?P<letter>[^\W\d_])")
_CEDILLA = re.compile(r"(?P<letter>[cCsStT])\u00b8(?=[^\W\d_])")
_STRAY = re.compile(
    rf"(?:\w{{0,40}}[ ]?[{''.join(_APART)}\u00b8]\w{{1,40}}|\w{{1,40}}[{''.join(_APART)}\u00b8])"
)
_ACUTE_ON = frozenset("aeiouyAEIOUYı")


def clean(text: str) -> str:
    """Text without control characters and direction overrides, in Unicode's composed form."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return in_form(_INVISIBLE.sub("", plain))


def characters(text: str) -> str:
    """The characters that were meant: clean, ligatures spelled out, entities decoded (in an address `&amp;`
    alone), accents that stand before their letter on it, and compounds cut at a line's end whole."""
    if "&" in text and ";" in text:
        text = _decoded(text)
    plain = clean(text)
    if "-\n" in plain or "- \n" in plain:
        plain = _CUT.sub("-", plain)
    if plain.isascii():
        return plain
    return _together(plain.translate(_LIGATURES))


def cleaned(record: _RECORD) -> _RECORD:
    """A frozen record whose every text, however deep, has the characters that were meant."""
    if type(record) is str:
        return characters(str(record)).strip()  # type: ignore[return-value]  # a str for a str
    if isinstance(record, tuple):
        return tuple(cleaned(item) for item in record)  # type: ignore[return-value]  # a tuple for a tuple
    if is_dataclass(record) and not isinstance(record, type):
        return replace(
            record, **{field.name: cleaned(getattr(record, field.name)) for field in fields(record)}
        )
    return record


def apart(text: str) -> list[str]:
    """The words of read characters in which an accent still stands beside its letter."""
    return [] if text.isascii() else [match[0].strip() for match in _STRAY.finditer(text)]


def _decoded(text: str) -> str:
    made, at = [], 0
    for address in _ADDRESS.finditer(text):
        made.append(_ENTITY.sub(_entity, text[at : address.start()]))
        made.append(address[0].replace("&amp;", "&"))
        at = address.end()
    made.append(_ENTITY.sub(_entity, text[at:]))
    return "".join(made)


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    if name[0] != "#":
        return html5.get(f"{name};", match[0]).replace("\u00a0", " ")
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(code).replace("\u00a0", " ") if 31 < code < 0x110000 else match[0]


def _together(text: str) -> str:
    """`M¨uller` and `Franc¸ois` as they are printed; where the pair may be something else, as it came."""

    def joined(match: re.Match[str]) -> str:
        mark, letter = match["mark"], match["letter"]
        whole = unicodedata.normalize("NFC", {"ı": "i"}.get(letter, letter) + _APART[mark])
        before, after = text[: match.start()][-2:], text[match.end() : match.end() + 1]
        in_word = before[-1:].isalpha()
        blank = before[-1:] == " " and before[:1].isalpha() and letter.islower()  # `M ¨uller`, or two words
        if len(whole) != 1 or blank or (letter.isupper() and in_word):
            return match[0]
        if mark == "´":
            elided = in_word and before[-1:].islower() and not before[:-1].isalpha()  # l´amour
            if elided or (letter not in _ACUTE_ON and not (in_word and after.isalpha())):
                return match[0]
        return whole

    text = _BEFORE.sub(joined, text)
    return _CEDILLA.sub(lambda match: unicodedata.normalize("NFC", match["letter"] + "\u0327"), text)
