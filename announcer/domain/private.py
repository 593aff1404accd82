"""Private values, and how they are looked for: no spelling that a reader sees through hides one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

_SHORTEST = 4
"""Characters: what is shorter stands in any text."""
_LONG = 8
"""So many characters do not come together by chance where blanks are left out."""
_SOLID = 6
"""So many where all but letters, digits and blanks are left out."""
_SPELLED = 64
"""What is longer is not looked for letter by letter."""
_NUMBER = re.compile(r"[\d\W_]+")
_BETWEEN = r"[\s.()/+_*|]{0,3}"
"""What may stand between two digits of a short number; hyphens are gone by then."""
_BETWEEN_MANY = r"[\W_]{0,6}"
"""And between those of a meeting's number, which no date and no price is."""
_MANY = 6
_PERCENT = 5
"""So many times something may be percent-encoded."""
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5\\")
"""What is not seen, or taken for an escape, between two letters, and is called a letter or a mark."""
_KINDS = frozenset(("Pd", "Cf", "Cc", "Mn", "Me", "Co", "Cn"))
"""Hyphens; zero-width characters, directions, controls; accents, joiners, variation selectors."""
_PASSWORDS = (
    "pwd?|pass(?:wd|word|code)?|pin|tk|(?:access[_-]?)?token|(?:access|join)[_-]?code|"
    "(?:meeting|room)[_-]?(?:pwd|password|key)|secret|auth(?:key)?"
)
_SECRET_QUERY = re.compile(rf"[?&#;](?:{_PASSWORDS})=(?P<value>[^&#;\s]+)", re.IGNORECASE)
"""A password within a URL."""
_APART = r"[\W_]{1,3}"
"""What stands between letters that are spelled one by one."""
_MARK = re.compile(r"[^\w\s]|_")
_MEETING_NUMBER = re.compile(r"/(\d{9,})(?![\w-])")
_MEETING_WORD = re.compile(r"//meet\.google\.com/(\w{3}-\w{4}-\w{3})\b")
_SCHEME = re.compile(r"https?://(?:www\.)?(?=[^/?#]+[/?#].)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, order=True, slots=True)
class Private:
    """A value that some audience must not read, and whose it is."""

    value: str
    field: str
    """The field's key in YAML, `online.passcode`; what lists were told before: `online, as it was told`."""
    path: str
    """The talk's file."""
    is_name: bool = False
    """A word of somebody's name: looked for as a whole word, with its capitals."""

    def stands_in(self, words: str) -> bool:
        """Whether it can be read in these words."""
        if not self.is_name:
            return stands_in(self.value, words)
        return re.search(rf"(?<!\w){re.escape(_uncovered(self.value))}(?!\w)", _uncovered(words)) is not None


class _Seen(dict[int, str]):
    """What a reader sees of a character, found out once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if character.isspace():
            seen = " "
        elif category == "Nd":
            seen = str(unicodedata.digit(character))
        else:
            seen = "" if category in _KINDS or character in _UNSEEN else character
        self[code] = seen
        return seen


_SEEN = _Seen()


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """The text as it is compared: decoded, in small letters, without accents and what hides in between."""
    for _ in range(_PERCENT):
        decoded = unescape(unquote(text)) if "%" in text or "&" in text else text
        if decoded == text:
            break
        text = decoded
    return " ".join(_uncovered(_uncovered(text).casefold()).split())


@lru_cache(maxsize=256)
def _uncovered(text: str) -> str:
    """The text with its capitals, without accents and what hides between its characters."""
    if text.isascii():
        bare = text.replace("\n", " ").replace("\\", "").replace("-", "")
        if bare.isprintable():
            return bare
    else:
        # Marks go first: to put 200 KB of them in order takes a quarter of a minute.
        text = unicodedata.normalize("NFKD", text.translate(_SEEN))
    return text.translate(_SEEN)


@lru_cache(maxsize=256)
def _solid(text: str) -> str:
    """The letters, digits and blanks of what `plain` gave."""
    return _MARK.sub("", text)


@lru_cache(maxsize=256)
def _squeezed(text: str) -> str:
    return "".join(_solid(text).split())


def stands_in(value: str, words: str) -> bool:
    """Whether a private value can be read in these words; a number only where no other digit touches it."""
    sought, text = plain(value), plain(words)
    digits = re.sub(r"\D", "", sought)
    if len(digits) >= _SHORTEST and _NUMBER.fullmatch(sought):
        between = _BETWEEN if len(digits) < _MANY else _BETWEEN_MANY
        return re.search(rf"(?<!\d){between.join(digits)}(?!\d)", text) is not None
    if len(sought) < _SHORTEST:
        return False
    if sought in text:
        return True
    squeezed = _squeezed(sought)
    return (
        (len(squeezed) >= _SOLID and _solid(sought) in _solid(text))
        or (len(squeezed) >= _LONG and squeezed in _squeezed(text))
        or (
            _SHORTEST <= len(squeezed) <= _SPELLED
            and squeezed in _squeezed(text)
            and _is_spelled(squeezed, text)
        )
    )


def _is_spelled(letters: str, text: str) -> bool:
    """Whether they stand there with something between each and the next: `e n t r o p y`."""
    return re.search(rf"(?<![^\W_]){_APART.join(letters)}(?![^\W_])", text) is not None


def password_in(text: str) -> str | None:
    """A password in some address of the text, with its name, as it is written there: `?pwd=Qx7b8`."""
    match = _SECRET_QUERY.search(text) if "=" in text else None
    if match:
        return match[0]
    if "%" not in text:
        return None
    encoded = (word for word in text.split() if "%" in word and _SECRET_QUERY.search(unquote(unquote(word))))
    return next(encoded, None)


def within(url: str) -> list[str]:
    """What is a secret by itself in the address of a meeting: its password, its number, the address as
    people write it without https."""
    passwords = [match["value"] for match in _SECRET_QUERY.finditer(url)]
    named = [*_MEETING_NUMBER.findall(url.partition("?")[0]), *_MEETING_WORD.findall(url)]
    return [*passwords, *named, *([_SCHEME.sub("", url)] if _SCHEME.match(url) else [])]
