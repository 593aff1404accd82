"""LaTeX mathematics -> Unicode text and HTML, by a walk over pylatexenc's tree; None where that would lie."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from announcer.text import symbols
from announcer.text.maths_layout import (
    Kind,
    Piece,
    UnfaithfulError,
    accented,
    fraction,
    join,
    negated,
    root,
    with_script,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """One expression in both media."""

    text: str
    html: str


@lru_cache(maxsize=1024)
def render_maths(latex: str) -> Rendered | None:
    """An expression, without its dollars, in both media; None where it must stay LaTeX."""
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerParseError

    try:
        nodes, _, _ = LatexWalker(latex, tolerant_parsing=False).get_latex_nodes()
        pieces = _row(nodes, "ITALIC")
    except (LatexWalkerParseError, UnfaithfulError, RecursionError):
        return None
    joined = join(pieces)
    return Rendered(text=joined.text, html=joined.html) if joined.text else None


def _row(nodes: Sequence[Any], font: str) -> list[Piece]:
    """The pieces of a group: scripts attached, declarations like `\\rm` obeyed."""
    tokens = list(_tokens(nodes))
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if _is(token, "^_"):
            script, at = _argument(tokens, at + 1, font)
            base = pieces.pop() if pieces and pieces[-1].kind != "space" else Piece(text="", html="")
            pieces.append(with_script(base, script, raised=_is(token, "^")))
        elif _name(token) in symbols.DECLARATIONS:
            font, at = symbols.FONTS[_name(token)], at + 1
        elif _name(token) in ("left", "right") and at + 1 < len(tokens) and _is(tokens[at + 1], "."):
            at += 2
        else:
            made, at = _pieces(tokens, at, font)
            pieces += made
    return pieces


def _tokens(nodes: Sequence[Any]) -> Iterator[Any]:
    """Characters one by one; macros and groups as nodes."""
    from pylatexenc.latexwalker import LatexCharsNode, LatexCommentNode

    for node in nodes:
        if node is None or isinstance(node, LatexCommentNode):
            continue
        if isinstance(node, LatexCharsNode):
            yield from re.sub(r"\s+", " ", node.chars)
        else:
            yield node


def _is(token: Any, characters: str) -> bool:
    """Whether a token is one of these characters; a node's own `==` fails on text."""
    return isinstance(token, str) and token in characters


def _name(token: Any) -> str:
    return getattr(token, "macroname", "") or ""


def _argument(tokens: list[Any], at: int, font: str) -> tuple[list[Piece], int]:
    """What follows a macro or a script mark: a group, or one symbol."""
    while at < len(tokens) and _is(tokens[at], " "):
        at += 1
    if at >= len(tokens):
        raise UnfaithfulError
    return _pieces(tokens, at, font)


def _pieces(tokens: list[Any], at: int, font: str) -> tuple[list[Piece], int]:
    """The pieces of the token at `at`, and where the next one is."""
    token = tokens[at]
    if isinstance(token, str):
        return [_character(token, font)], at + 1
    if _name(token):
        return _macro(tokens, at, font)
    if hasattr(token, "specials_chars"):
        return [_special(token.specials_chars)], at + 1
    if hasattr(token, "environmentname") or not hasattr(token, "delimiters"):
        raise UnfaithfulError
    return _row(token.nodelist, font), at + 1


def _special(characters: str) -> Piece:
    known = {"~": " ", "``": "“", "''": "″", "--": "–", "---": "—"}
    if characters not in known:
        raise UnfaithfulError
    shown = known[characters]
    return Piece(text=shown, html=shown, kind="space" if shown == " " else "mark")


_CHARACTERS: dict[str, tuple[str, Kind]] = {
    " ": (" ", "space"), "-": ("−", "mark"), "'": ("′", "atom"), "*": ("∗", "mark"), "(": ("(", "opening"),
    "[": ("[", "opening"), ")": (")", "closing"), "]": ("]", "closing"),
}  # fmt: skip


def _character(char: str, font: str) -> Piece:
    if char in _CHARACTERS:
        text, kind = _CHARACTERS[char]
        return Piece(text=text, html=text, kind=kind)
    if not char.isalnum():
        return Piece(text=char, html=escape(char), kind="mark")
    return _letter(char, font)


def _letter(char: str, font: str) -> Piece:
    if font == "BOLD":
        return Piece(text=symbols.lettered(char, font) or char, html=f"<b>{char}</b>")
    if font in ("SCRIPT", "DOUBLE-STRUCK", "FRAKTUR"):
        shown = symbols.lettered(char, font)
        if shown is None:
            raise UnfaithfulError
        return Piece(text=shown, html=shown)
    slanted = font == "ITALIC" and char.isalpha() and not ("Α" <= char <= "Ω") and char < "℀"
    return Piece(text=char, html=f"<i>{char}</i>" if slanted else char)


_TABLES: tuple[tuple[dict[str, str], Kind], ...] = (
    (symbols.OPERATORS, "operator"),
    (symbols.BIG, "function"),
    (symbols.OPENING, "opening"),
    (symbols.CLOSING, "closing"),
)


def _macro(tokens: list[Any], at: int, font: str) -> tuple[list[Piece], int]:
    name, after = _name(tokens[at]), at + 1
    if name in symbols.ATOMS:
        return [_letter(symbols.ATOMS[name], font)], after
    for table, kind in _TABLES:
        if name in table:
            return [Piece(text=table[name], html=escape(table[name]), kind=kind)], after
    if name in symbols.FUNCTIONS:
        return [Piece(text=name, html=name, kind="function")], after
    if name in symbols.NOTHING:
        return [], after
    if name in symbols.NARROW_SPACES or name in symbols.WIDE_SPACES:
        return [Piece(text=" ", html=" ", kind="space")], after
    return _with_arguments(tokens, at, font)


_BRACKETS = {
    "ket": ("|", "⟩"),
    "bra": ("⟨", "|"),
    "braket": ("⟨", "⟩"),
    "abs": ("|", "|"),
    "norm": ("‖", "‖"),
}


def _with_arguments(tokens: list[Any], at: int, font: str) -> tuple[list[Piece], int]:
    """A macro that takes arguments: those that pylatexenc has read, else those that follow."""
    name = _name(tokens[at])
    read = [node for node in (getattr(tokens[at].nodeargd, "argnlist", None) or []) if node is not None]
    after = at + 1

    def take(font: str) -> list[Piece]:
        nonlocal after
        if read:
            return _row([read.pop(0)], font)
        taken, after = _argument(tokens, after, font)
        return taken

    if name in symbols.FONTS:
        content = take(symbols.FONTS[name])
        if name.startswith("operatorname"):
            return [join(content, spaces=False, kind="function")], after
        return ([join(content, verbatim=True)] if name in symbols.WORDS else content), after
    if name in symbols.ACCENTS:
        return [accented(take(font), symbols.ACCENTS[name])], after
    if name in ("frac", "tfrac", "dfrac", "nicefrac", "sfrac"):
        return [fraction(take(font), take(font))], after
    if name == "sqrt":
        degree = join(take(font)).text if len(read) == 2 else ""
        return [root(degree, take(font))], after
    if name == "not":
        return [negated(take(font))], after
    if name in _BRACKETS:
        left, right = _BRACKETS[name]
        inside = join(take(font))
        return [Piece(text=left + inside.text + right, html=left + inside.html + right)], after
    raise UnfaithfulError
