"""Pieces of a formula set side by side: blanks, brackets, fractions and scripts, in text and in HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from announcer.text import symbols

Kind = Literal[
    "atom",
    "operator",
    "function",
    "space",
    "gap",
    "opening",
    "closing",
    "fraction",
    "root",
    "mark",
    "cases",
    "atop",
    "empty",
]
"""`atop` is two lines, which only a script may be. A `space` was typed and means little in a formula; a `gap`
is a command for one and stays in a script."""
_SPACES = ("space", "gap")


class UnfaithfulError(Exception):
    """The expression has something that neither Unicode text nor plain HTML can show: its command, if any."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A symbol, or something that has become as firm as one."""

    text: str
    html: str
    kind: Kind = "atom"
    upright: bool = False
    """Whether it is a letter of a word, or a word."""
    scripts: str = ""
    """Which scripts it has: `^`, `_`."""
    loose: tuple[str, str] | None = None
    """Its text and HTML where what follows would be read as part of it: braces, brackets."""


def _inner(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.kind not in (*_SPACES, "empty")]


def fraction(above: list[Piece], below: list[Piece]) -> Piece:
    """One over the other, with a solidus and the brackets that it needs."""
    above, below = _inner(above), _inner(below)
    top, bottom = join(above), join(below)
    if not top.text or not bottom.text:
        raise UnfaithfulError
    vulgar = symbols.FRACTIONS.get(f"{top.text}/{bottom.text}")
    if vulgar:
        return Piece(text=vulgar, html=vulgar)
    if _is_sum(above):
        top = bracketed(top)
    if _is_sum(below) or not _is_firm(below):
        bottom = bracketed(bottom)
    return Piece(text=f"{top.text}/{bottom.text}", html=f"{top.html}/{bottom.html}", kind="fraction")


def _is_sum(pieces: list[Piece]) -> bool:
    """Whether a solidus beside it would bind tighter than something within."""
    inner = _inner(pieces)
    if len(inner) > 1 and any(piece.kind == "function" for piece in inner):
        return True
    return any(
        piece.kind in ("operator", "fraction", "cases") or (piece.kind == "mark" and piece.text not in "!.,|")
        for piece in inner
    )


def _is_firm(pieces: list[Piece]) -> bool:
    """Whether it reads as one thing: a symbol, a number, a differential."""
    text = "".join(piece.text for piece in pieces)
    inner = _inner(pieces)
    differential = len(inner) == 2 and re.match(r"[dδ∂]", text) is not None
    return len(inner) == 1 or differential or bool(re.fullmatch(r"\d+(\.\d+)?", text))


def is_one_thing(pieces: list[Piece]) -> bool:
    """Whether a script at a group of these pieces would be read as a script at all of it."""
    inner = _inner(pieces)
    text = "".join(piece.text for piece in inner)
    if len(inner) <= 1:
        return not inner or not inner[0].scripts
    return bool(re.fullmatch(r"\d+(\.\d+)?", text)) or (
        all(piece.upright and not piece.scripts for piece in inner) and text.isalpha()
    )


def bracketed(inside: Piece) -> Piece:
    """The piece in round brackets."""
    return Piece(text=f"({inside.text})", html=f"({inside.html})")


def root(degree: str, pieces: list[Piece]) -> Piece:
    """A root; bare over one letter or a number alone, and then bracketed where the text reads on."""
    inside = join(pieces)
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
    if sign is None:
        small = small_letters(degree, symbols.SUPERSCRIPTS)
        if small is None:
            raise UnfaithfulError("\\sqrt")
        sign = small + "√"
    if not inside.text:
        raise UnfaithfulError("\\sqrt")
    held = bracketed(inside)
    bare = (len(_inner(pieces)) == 1 and len(inside.text) == 1) or re.fullmatch(r"\d+(\.\d+)?", inside.text)
    if not bare:
        return Piece(text=sign + held.text, html=sign + held.html)
    loose = (sign + held.text, sign + held.html)
    return Piece(text=sign + inside.text, html=sign + inside.html, kind="root", loose=loose)


def accented(pieces: list[Piece], mark: str, name: str) -> Piece:
    """A letter with an accent; several letters under a line, or with the accent's name before them."""
    inner = _inner(pieces)
    if len(inner) == 1 and len(inner[0].text) == 1:
        base = inner[0]
        html = re.sub(r"(?<=[^<>/])(?=</)|(?<=[^>])$", mark, base.html, count=1)
        return Piece(text=base.text + mark, html=html, kind="atom", upright=base.upright)
    inside = join(pieces)
    if not inside.text:
        raise UnfaithfulError("\\" + name)
    plain = all(char.isalpha() or char.isdecimal() for char in inside.text)
    if name in ("overline", "bar") and plain and len(inside.text) <= 12:
        lined = "".join(char + "\u0305" for char in inside.text)
        return Piece(text=lined, html=f'<span style="text-decoration:overline">{inside.html}</span>')
    called = symbols.ACCENT_NAMES.get(name, name)
    return Piece(text=f"{called}({inside.text})", html=f"{called}({inside.html})")


def negated(pieces: list[Piece]) -> Piece:
    """A relation struck out."""
    inner = _inner(pieces)
    if len(inner) != 1 or len(inner[0].text) != 1 or inner[0].kind not in ("operator", "mark"):
        raise UnfaithfulError("\\not")
    shown = symbols.NEGATED.get(inner[0].text) or inner[0].text + "\u0338"
    return Piece(text=shown, html=shown, kind="operator")


def with_script(base: Piece, script: list[Piece], *, raised: bool) -> Piece:
    """A piece with something raised or lowered at its end; in text in small letters, or behind `^` or `_`."""
    if len(script) == 1 and script[0].kind == "atop":
        script = [replace(script[0], kind="atom")]
    inside = join(script, spaces=False)
    if not inside.text:
        return base
    sign = "^" if raised else "_"
    if sign in base.scripts:
        raise UnfaithfulError  # a_1{}_2 would read as a_{12}
    if base.kind in ("fraction", "root", "cases"):
        base = bracketed(base)
    kind: Kind = base.kind if base.kind in ("function", "closing", "operator") else "atom"
    made = replace(base, kind=kind, scripts=base.scripts + sign, upright=False, loose=None)
    before = base.loose[0] if base.loose else base.text
    if raised and inside.text in ("∘", "°"):
        return replace(made, text=before + "°", html=base.html + "°")
    if raised and set(inside.text) <= symbols.RAISED:
        high = inside.text.replace("∗", "*")
        return replace(made, text=before + high, html=base.html + high)
    tag = "sup" if raised else "sub"
    html = f"{base.html}<{tag}>{inside.html}</{tag}>"
    word = _is_word(inside.text, _inner(script)) and not (raised and inside.text in _ORDINALS)
    small = (
        None if word else small_letters(inside.text, symbols.SUPERSCRIPTS if raised else symbols.SUBSCRIPTS)
    )
    if small is not None:
        return replace(made, text=before + small, html=html)
    held = f"{before}{sign}{{{inside.text}}}"
    if len(inside.text) == 1 or (word and len(script) == 1 and script[0].kind == "function"):
        open_ended = inside.text.isascii() and inside.text.isalnum()
        return replace(
            made, text=f"{before}{sign}{inside.text}", html=html, loose=(held, html) if open_ended else None
        )
    return replace(made, text=held, html=html)


_ORDINALS = ("st", "nd", "rd", "th")


def _is_word(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether a script is a word, which nobody could read in tiny letters: `max`, and no `ijk`."""
    if len(text) < 2 or not text.isalpha():
        return False
    row = all(ord(later) - ord(former) == 1 for former, later in pairwise(text))
    return all(piece.upright for piece in pieces) or (len(text) > 2 and text.isascii() and not row)


def small_letters(text: str, alphabet: dict[str, str]) -> str | None:
    """The text in raised or lowered characters; None where one is missing."""
    characters = [alphabet.get(char) for char in text]
    return "".join(char for char in characters if char) if all(characters) else None


_SPACED = frozenset("+−=<>|")


def join(
    pieces: Sequence[Piece],
    *,
    spaces: bool = True,
    verbatim: bool = False,
    kind: Kind = "atom",
    upright: bool = False,
) -> Piece:
    """Pieces side by side. Operators get blanks except where they are signs; functions get one before
    their argument. `spaces` False sets tight, `verbatim` keeps blanks as they are."""
    pieces = [piece for piece in pieces if piece.kind != "empty"]
    text, html = "", ""
    previous: Piece | None = None
    for index, piece in enumerate(pieces):
        following = next((other for other in pieces[index + 1 :] if other.kind not in _SPACES), None)
        if piece.kind == "cases" and following and following.text not in ".,;":
            raise UnfaithfulError("\\begin{cases}")
        if piece.kind == "atop":
            raise UnfaithfulError("\\atop")
        shown = _shown(piece, previous, following, pieces[index + 1 : index + 2], spaces=spaces)
        if piece.kind in _SPACES and not verbatim:
            beside = (previous and previous.kind == "opening") or (following and following.kind == "closing")
            dropped = not spaces and piece.kind == "space"
            if beside or dropped or not text or text.endswith(" "):
                continue
        blank = (
            "" if verbatim else _blank(text, piece, previous, pieces[index + 1 : index + 2], spaces=spaces)
        )
        text, html = text + blank + shown.text, html + blank + shown.html
        if piece.kind == "operator" and spaces and not verbatim and previous and not _signs(previous):
            text, html = text + " ", html + " "
        if piece.kind not in _SPACES:
            previous = piece
    for tag in ("i", "b"):
        html = html.replace(f"</{tag}><{tag}>", "")
    if not verbatim:
        text, html = text.strip(), html.strip()
    only = _inner(pieces)
    loose = only[0].loose if len(only) == 1 else None
    scripts = only[0].scripts if len(only) == 1 else ""
    return Piece(text=text, html=html, kind=kind, upright=upright, scripts=scripts, loose=loose)


def _shown(
    piece: Piece, previous: Piece | None, following: Piece | None, beside: Sequence[Piece], *, spaces: bool
) -> Piece:
    """The piece with the brackets that its neighbours make it need."""
    if piece.kind == "fraction" and (_touches(previous, following) or _solidus(previous, following)):
        return bracketed(piece)
    if not piece.loose or following is None:
        return piece
    near = beside[0]
    apart = near.kind in _SPACES and (near.kind == "gap" or spaces)
    if apart or (spaces and _gap(piece, following)):
        return piece
    after = following.text[:1]
    reads_on = after.isascii() and after.isalnum()
    if piece.kind == "root":
        reads_on = after.isalnum() or after in "{([√!′″" or following.kind in ("root", "fraction")
    return replace(piece, text=piece.loose[0], html=piece.loose[1]) if reads_on else piece


def _solidus(previous: Piece | None, following: Piece | None) -> bool:
    """Whether another solidus, or a factorial, would take a part of the fraction."""
    return (previous is not None and previous.text == "/") or (
        following is not None and following.text in "/!′"
    )


def _blank(text: str, piece: Piece, previous: Piece | None, beside: Sequence[Piece], *, spaces: bool) -> str:
    """The blank before a piece, if it gets one; in a script only where words would run together."""
    if not text or text.endswith(" "):
        return ""
    if not spaces:
        words = [word for word in (previous, piece) if word and word.kind == "function" and word.upright]
        return " " if words and text[-1:].isalpha() and piece.text[:1].isalpha() else ""
    if _gap(previous, piece):
        return " "
    spaced = piece.text in _SPACED and bool(beside) and beside[0].kind in _SPACES
    # A macro before it has swallowed the blank that the author typed.
    if piece.text == "|" and previous and previous.text.isascii():
        return ""  # |x| =
    return " " if spaced and not _signs(previous) else ""


def _signs(previous: Piece | None) -> bool:
    """Whether what follows `previous` has nothing on its left: a sign, not an operation."""
    return previous is None or previous.kind in ("operator", "opening", "function") or previous.text in "=,<>"


def _gap(previous: Piece | None, piece: Piece) -> bool:
    if previous is None:
        return False
    if piece.kind == "operator":
        return not _signs(previous)
    if previous.kind == "function":
        return piece.kind in ("atom", "function", "fraction", "root")
    return piece.kind == "function" and previous.kind in ("atom", "closing", "fraction", "root")


def _touches(previous: Piece | None, following: Piece | None) -> bool:
    """Whether a fraction stands in a product, where a bare solidus would bind wrongly."""
    firm = ("atom", "closing", "fraction", "root")
    left = previous is not None and (previous.kind in firm or previous.kind == "function")
    right = following is not None and following.kind in ("atom", "opening", "fraction", "function", "root")
    return left or right
