"""One sign or letter of a formula as a piece, in its font."""

from __future__ import annotations

from html import escape

from announcer.text import symbols
from announcer.text.maths_layout import Kind, Piece, UnfaithfulError


def special(characters: str, font: str) -> Piece:
    """Characters that mean one sign together; quotation marks and dashes in words (`font` WORDS). Raises
    UnfaithfulError."""
    if characters == "~":
        return Piece(text=" ", html=" ", kind="gap")
    if font == "WORDS":
        known = {"``": "“", "''": "”", "--": "–", "---": "—", "`": "‘", "'": "’"}
    else:
        known = {"''": "″", "--": "−−", "!`": "!`", "?`": "?`", "`": "‘", "``": "“"}
    if characters not in known:
        raise UnfaithfulError
    shown = known[characters]
    return Piece(text=shown, html=shown, kind="mark" if shown != "″" else "atom")


_CHARACTERS: dict[str, tuple[str, Kind]] = {
    " ": (" ", "space"), "-": ("−", "mark"), "'": ("′", "atom"), "*": ("∗", "operator"),
    "(": ("(", "opening"),
    "[": ("[", "opening"), ")": (")", "closing"), "]": ("]", "closing"),
}  # fmt: skip


def character(char: str, font: str) -> Piece:
    """A character as TeX sets it: a hyphen is a minus but in words."""
    if font == "WORDS" and char in "-'*":
        shown = {"'": "’"}.get(char, char)
        return Piece(text=shown, html=shown)
    if char in _CHARACTERS:
        text, kind = _CHARACTERS[char]
        return Piece(text=text, html=text, kind=kind)
    if not char.isalnum():
        return Piece(text=char, html=escape(char), kind="mark")
    return letter(char, font)


def letter(char: str, font: str) -> Piece:
    """A letter or digit in one of Unicode's alphabets, slanted where no font is said."""
    if font == "BOLD":
        return Piece(text=symbols.lettered(char, font) or char, html=f"<b>{char}</b>")
    if font in ("SCRIPT", "DOUBLE-STRUCK", "FRAKTUR"):
        shown = symbols.lettered(char, font)
        if shown is not None:
            return Piece(text=shown, html=shown)
        font = "ITALIC"  # as in TeX: these fonts have no Greek
    slanted = font == "ITALIC" and char.isalpha() and not ("Α" <= char <= "Ω") and char < "℀"
    upright = font in ("UPRIGHT", "WORDS")
    return Piece(text=char, html=f"<i>{char}</i>" if slanted else char, upright=upright)
