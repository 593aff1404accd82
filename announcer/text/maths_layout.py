"""Pieces of a formula set side by side: blanks, brackets, fractions and scripts, in text and in HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from announcer.text import symbols

Kind = Literal["atom", "operator", "function", "space", "opening", "closing", "fraction", "mark"]


class UnfaithfulError(Exception):
    """The expression has something that neither Unicode text nor plain HTML can show."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A symbol, or something that has become as firm as one."""

    text: str
    html: str
    kind: Kind = "atom"


def fraction(above: list[Piece], below: list[Piece]) -> Piece:
    above, below = ([piece for piece in side if piece.kind != "space"] for side in (above, below))
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
    inner = [piece for piece in pieces if piece.kind != "space"]
    if len(inner) > 1 and any(piece.kind == "function" for piece in inner):
        return True
    return any(
        piece.kind in ("operator", "fraction") or (piece.kind == "mark" and piece.text not in "!.,|")
        for piece in inner
    )


def _is_firm(pieces: list[Piece]) -> bool:
    """Whether it reads as one thing: a symbol, a number, a differential."""
    text = "".join(piece.text for piece in pieces)
    inner = [piece for piece in pieces if piece.kind != "space"]
    differential = len(inner) == 2 and re.match(r"[dδ∂]", text) is not None
    return len(inner) == 1 or differential or bool(re.fullmatch(r"\d+(\.\d+)?", text))


def bracketed(inside: Piece) -> Piece:
    return Piece(text=f"({inside.text})", html=f"({inside.html})")


def root(degree: str, pieces: list[Piece]) -> Piece:
    inside = join(pieces)
    if not _is_firm(pieces):
        inside = bracketed(inside)
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
    if sign is None:
        small = small_letters(degree, symbols.SUPERSCRIPTS)
        if small is None:
            raise UnfaithfulError
        sign = small + "√"
    return Piece(text=sign + inside.text, html=sign + inside.html)


def accented(pieces: list[Piece], mark: str) -> Piece:
    if len(pieces) != 1 or len(pieces[0].text) != 1:
        raise UnfaithfulError
    base = pieces[0]
    html = re.sub(r"(?<=[^<>/])(?=</)|(?<=[^>])$", mark, base.html, count=1)
    return Piece(text=base.text + mark, html=html)


def negated(pieces: list[Piece]) -> Piece:
    shown = symbols.NEGATED.get(pieces[0].text) if len(pieces) == 1 else None
    if shown is None:
        raise UnfaithfulError
    return Piece(text=shown, html=shown, kind="operator")


def with_script(base: Piece, script: list[Piece], *, raised: bool) -> Piece:
    inside = join(script, spaces=False)
    if not inside.text:
        return base
    if base.kind == "fraction":
        base = replace(bracketed(base), kind="atom")
    kind: Kind = base.kind if base.kind in ("function", "closing") else "atom"
    if raised and inside.text in ("∘", "°"):
        return Piece(text=base.text + "°", html=base.html + "°", kind=kind)
    if raised and set(inside.text) <= symbols.RAISED:
        high = inside.text.replace("∗", "*")
        return Piece(text=base.text + high, html=base.html + high, kind=kind)
    small = small_letters(inside.text, symbols.SUPERSCRIPTS if raised else symbols.SUBSCRIPTS)
    if small is None:
        mark = "^" if raised else "_"
        small = mark + (inside.text if len(inside.text) == 1 else f"{{{inside.text}}}")
    tag = "sup" if raised else "sub"
    return Piece(text=base.text + small, html=f"{base.html}<{tag}>{inside.html}</{tag}>", kind=kind)


def small_letters(text: str, alphabet: dict[str, str]) -> str | None:
    characters = [alphabet.get(char) for char in text]
    return "".join(char for char in characters if char) if all(characters) else None


_SPACED = frozenset("+−=<>|")


def join(
    pieces: Sequence[Piece], *, spaces: bool = True, verbatim: bool = False, kind: Kind = "atom"
) -> Piece:
    """Pieces side by side. Operators get blanks except where they are signs; functions get one before
    their argument. `spaces` False sets tight, `verbatim` keeps blanks as they are."""
    text, html = "", ""
    previous: Piece | None = None
    for index, piece in enumerate(pieces):
        following = next((other for other in pieces[index + 1 :] if other.kind != "space"), None)
        shown = piece
        if piece.kind == "fraction" and spaces and _touches(previous, following):
            shown = bracketed(piece)
        gap = spaces and not verbatim and _gap(previous, piece)
        blank = " " if gap and text and not text.endswith(" ") else ""
        spaced = piece.text in _SPACED and index + 1 < len(pieces) and pieces[index + 1].kind == "space"
        if spaces and spaced and text and not text.endswith(" ") and not _signs(previous):
            blank = " "  # a macro before it has swallowed the blank that the author typed
        if piece.kind == "space" and not verbatim:
            beside = (previous and previous.kind == "opening") or (following and following.kind == "closing")
            if beside or not spaces or not text or text.endswith(" "):
                continue
        text, html = text + blank + shown.text, html + blank + shown.html
        if (
            piece.kind == "operator"
            and spaces
            and not verbatim
            and previous is not None
            and not _signs(previous)
        ):
            text, html = text + " ", html + " "
        if piece.kind != "space":
            previous = piece
    for tag in ("i", "b"):
        html = html.replace(f"</{tag}><{tag}>", "")
    if not verbatim:
        text, html = text.strip(), html.strip()
    return Piece(text=text, html=html, kind=kind)


def _signs(previous: Piece | None) -> bool:
    """Whether what follows `previous` has nothing on its left: a sign, not an operation."""
    return previous is None or previous.kind in ("operator", "opening", "function") or previous.text in "=,<>"


def _gap(previous: Piece | None, piece: Piece) -> bool:
    if previous is None:
        return False
    if piece.kind == "operator":
        return not _signs(previous)
    if previous.kind == "function":
        return piece.kind in ("atom", "function", "fraction")
    return piece.kind == "function" and previous.kind in ("atom", "closing", "fraction")


def _touches(previous: Piece | None, following: Piece | None) -> bool:
    """Whether a fraction stands in a product, where a bare solidus would bind wrongly."""
    firm = ("atom", "closing", "fraction")
    left = previous is not None and (previous.kind in firm or previous.kind == "function")
    right = following is not None and following.kind in ("atom", "opening", "fraction", "function")
    return left or right
