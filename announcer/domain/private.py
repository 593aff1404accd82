"""Private values, and how they are looked for: no spelling that a reader sees through hides one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

_SHORTEST = 4
"""Characters: what is shorter stands in any text."""
_LONG = 8
"""So many characters do not come together by chance where blanks are left out."""
_NUMBER = re.compile(r"[\d\s.()/+]+")
_BETWEEN = r"[\s.()/+]{0,3}"
"""What may stand between two digits of one number; hyphens are gone by then."""
_JOINERS = frozenset("\u034f\u115f\u1160\u3164\uffa0\u17b4\u17b5\\")
"""What is not seen, or taken for an escape, between two letters."""
_PASSWORDS = "pwd|passwd|password|passcode|pass|pin|tk|token|access_?code"
SECRET_QUERY = re.compile(rf"[?&#;](?:{_PASSWORDS})=(?P<value>[^&#;\s]+)", re.IGNORECASE)
"""A password within a URL."""
_MEETING_NUMBER = re.compile(r"/(\d{9,})(?![\w-])")


@dataclass(frozen=True, kw_only=True, order=True, slots=True)
class Private:
    """A value that some audience must not read, and whose it is."""

    value: str
    field: str
    """The field's key in YAML, `online.passcode`; what lists were told before: `online, as it was told`."""
    path: str
    """The talk's file."""


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """The text as it is compared: decoded, in small letters, without what hides between its characters."""
    if "%" in text:
        text = unquote(unquote(text))
    text = unicodedata.normalize("NFKC", text).casefold()
    if not text.isascii() or "-" in text or "\\" in text:
        text = "".join(_seen(character) for character in unicodedata.normalize("NFKC", text))
    return " ".join(text.split())


def _seen(character: str) -> str:
    if character in _JOINERS:
        return ""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    # Hyphens, formats (zero-width, soft hyphen, directions) and variation selectors.
    is_hidden = category in ("Pd", "Cf") or "\ufe00" <= character <= "\ufe0f"
    return "" if is_hidden else character


def stands_in(value: str, words: str) -> bool:
    """Whether a private value can be read in these words; a number only where no other digit touches it."""
    sought, text = plain(value), plain(words)
    digits = re.sub(r"\D", "", sought)
    if len(digits) >= _SHORTEST and _NUMBER.fullmatch(sought):
        return re.search(rf"(?<!\d){_BETWEEN.join(digits)}(?!\d)", text) is not None
    if len(sought) < _SHORTEST:
        return False
    if sought in text:
        return True
    squeezed = "".join(sought.split())
    return len(squeezed) >= _LONG and squeezed in "".join(text.split())


def stands_in_any(value: str, texts: Iterable[str]) -> bool:
    """Whether it can be read in one of them."""
    return any(stands_in(value, text) for text in texts)


def within(url: str) -> list[str]:
    """What is a secret by itself in the address of a meeting: its password, its number."""
    passwords = [match["value"] for match in SECRET_QUERY.finditer(url)]
    return [*passwords, *_MEETING_NUMBER.findall(url.partition("?")[0])]
