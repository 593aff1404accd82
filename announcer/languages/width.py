"""How many columns a text takes where each letter has one and a Chinese or Japanese character two."""

from __future__ import annotations

from unicodedata import combining, east_asian_width


def width(text: str) -> int:
    """Columns (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(map(_COLUMNS.__getitem__, text))


class _Widths(dict[str, int]):
    """A character's columns, found out once."""

    def __missing__(self, character: str) -> int:
        wide = east_asian_width(character) in "WF"
        self[character] = columns = 0 if combining(character) else 2 if wide else 1
        return columns


_COLUMNS = _Widths()


def padded(text: str, columns: int) -> str:
    """The text with blanks up to so many columns."""
    return text + " " * (columns - width(text))
