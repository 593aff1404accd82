"""pylatexenc's tree of a formula -> pieces to be set side by side; none where that would lie."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from announcer.text import symbols
from announcer.text.maths_commands import (
    TEXT_ACCENTS,
    accent,
    cases,
    choose,
    enclosed,
    in_font,
    lines_joined,
    modulo,
    numbered,
    stacked,
)
from announcer.text.maths_layout import (
    Kind,
    Piece,
    UnfaithfulError,
    accented,
    bracketed,
    fraction,
    is_one_thing,
    join,
    negated,
    root,
    with_script,
)
from announcer.text.maths_letters import character, letter, special


def row(nodes: Sequence[Any], font: str) -> list[Piece]:
    """The pieces of a group: scripts attached, declarations like `\\rm` obeyed."""
    tokens = list(_tokens(nodes))
    for number, token in enumerate(tokens):
        if _name(token) in _INFIX:
            return _infix(_name(token), tokens[:number], tokens[number + 1 :], font)
    return _side_by_side(tokens, font)


_INFIX = ("over", "choose", "atop")


def _infix(name: str, before: list[Any], after: list[Any], font: str) -> list[Piece]:
    """Plain TeX's `{a \\over b}`."""
    if any(_name(token) in _INFIX for token in after):
        raise UnfaithfulError(f"\\{name}")
    above, below = _side_by_side(before, font), _side_by_side(after, font)
    if name == "atop":
        return [replace(lines_joined([above, below], ", "), kind="atop")]
    return [fraction(above, below) if name == "over" else choose(above, below)]


def _side_by_side(tokens: list[Any], font: str) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if _is(token, "^_"):
            script, at = _argument(tokens, at + 1, font)
            pieces.append(with_script(_base(pieces), script, raised=_is(token, "^")))
        elif _name(token) in symbols.DECLARATIONS:
            other, at = symbols.FONTS[_name(token)], at + 1
            if at < len(tokens) and _is_group(tokens[at]):  # `\cal{O}`, as if it took an argument
                pieces += in_font(_name(token), row([tokens[at]], other))
                at += 1
            else:
                font = other
        elif (
            _name(token) in ("left", "right", "middle") and at + 1 < len(tokens) and _is(tokens[at + 1], ".")
        ):
            at += 2
        else:
            made, at = _pieces(tokens, at, font)
            if _is_group(token) and at < len(tokens) and _is(tokens[at], "^_") and not is_one_thing(made):
                made = [bracketed(join(made))]
            elif _is_group(token) and not made:
                made = [Piece(text="", html="", kind="empty")]
            pieces += made
    return pieces


def _base(pieces: list[Piece]) -> Piece:
    """What a script stands at; nothing, where nothing is before it."""
    while pieces and pieces[-1].kind == "space":
        pieces.pop()
    if not pieces or pieces[-1].kind == "gap":
        return Piece(text="", html="")
    base = pieces.pop()
    if base.kind == "empty" and pieces and pieces[-1].kind not in ("space", "gap"):
        return pieces.pop()
    return base


def _is_group(token: Any) -> bool:
    return (
        not isinstance(token, str) and hasattr(token, "delimiters") and not hasattr(token, "environmentname")
    )


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
    if at >= len(tokens) or _is(tokens[at], "^_"):
        raise UnfaithfulError
    return _pieces(tokens, at, font)


def _pieces(tokens: list[Any], at: int, font: str) -> tuple[list[Piece], int]:
    """The pieces of the token at `at`, and where the next one is."""
    token = tokens[at]
    if isinstance(token, str):
        return [character(token, font)], at + 1
    if _name(token):
        return _macro(tokens, at, font)
    if hasattr(token, "specials_chars"):
        return [special(token.specials_chars, font)], at + 1
    if hasattr(token, "environmentname"):
        return [_environment(token)], at + 1
    if not hasattr(token, "delimiters"):
        raise UnfaithfulError
    if token.delimiters[0] == "[":  # `[G : H]` where the reader took it for an option
        inside = row(token.nodelist, font)
        return [character("[", font), *inside, character("]", font)], at + 1
    if token.delimiters[0] not in ("{", "", "$"):
        raise UnfaithfulError
    if token.delimiters[0] == "$":  # within \text{...}
        font = "ITALIC"
    return row(token.nodelist, font), at + 1


_TABLES: tuple[tuple[dict[str, str], Kind], ...] = (
    (symbols.OPERATORS, "operator"),
    (symbols.BIG, "function"),
    (symbols.OPENING, "opening"),
    (symbols.CLOSING, "closing"),
)


def _macro(tokens: list[Any], at: int, font: str) -> tuple[list[Piece], int]:
    name, after = _name(tokens[at]), at + 1
    if name in symbols.ATOMS:
        return [letter(symbols.ATOMS[name], font)], after
    for table, kind in _TABLES:
        if name in table:
            return [Piece(text=table[name], html=escape(table[name]), kind=kind)], after
    if name in symbols.FUNCTIONS:
        shown = symbols.SPELLED.get(name, name)
        return [Piece(text=shown, html=shown, kind="function", upright=True)], after
    if name in symbols.NOTHING:
        return [], after
    if name in symbols.NARROW_SPACES or name in symbols.WIDE_SPACES:
        if name in ("hspace", "hspace*") and not _read(tokens[at]):
            after += after < len(tokens) and _is_group(tokens[after])
        return [Piece(text=" ", html=" ", kind="gap")], after
    return _with_arguments(tokens, at, font)


def _read(macro: Any) -> list[Any]:
    """The arguments that pylatexenc has read."""
    return [node for node in (getattr(macro.nodeargd, "argnlist", None) or []) if node is not None]


_FRACTIONS = frozenset(["frac", "tfrac", "dfrac", "nicefrac", "sfrac", "cfrac"])
_TRANSPARENT = frozenset(["textcolor", "mathop", "mathrel", "mathbin", "mathord", "ensuremath", "smash"])
_ABOVE = frozenset(["overset", "stackrel", "underset", "xrightarrow", "xleftarrow", "xlongrightarrow"])


def _with_arguments(tokens: list[Any], at: int, font: str) -> tuple[list[Piece], int]:
    """A macro that takes arguments: those that pylatexenc has read, else those that follow."""
    name = _name(tokens[at])
    read = _read(tokens[at])
    after = at + 1

    def take(font: str) -> list[Piece]:
        nonlocal after
        if read:
            node = read.pop(0)
            is_option = _is_group(node) and node.delimiters[0] == "["
            return row(node.nodelist if is_option else [node], font)
        taken, after = _argument(tokens, after, font)
        return taken

    if name in symbols.FONTS:
        after += name == "operatorname" and after < len(tokens) and _is(tokens[after], "*")
        content = take(symbols.FONTS[name])
        return in_font(name, content), after
    if name in symbols.ACCENTS:
        return [accented(take(font), symbols.ACCENTS[name], name)], after
    if name in _FRACTIONS:
        return [fraction(take(font), take(font))], after
    if name == "sqrt":
        degree = join(take(font)).text if len(read) == 2 else ""
        return [root(degree, take(font))], after
    if name == "vphantom":  # as high as its argument, and as wide as nothing
        take(font)
        return [], after
    if name == "not":
        return [negated(take(font))], after
    made = enclosed(name, lambda: take(font), lambda: after < len(tokens) and _is_group(tokens[after]))
    if made is not None:
        return [made], after
    if name in TEXT_ACCENTS:
        return [accent(name, join(take(font)))], after
    if name == "unicode":
        return [numbered(join(take("WORDS")).text)], after
    if name in ("binom", "dbinom", "tbinom"):
        return [choose(take(font), take(font))], after
    if name in ("pmod", "mod", "pod"):
        return modulo(name, join(take(font))), after
    if name in _ABOVE:
        first = take(font)
        return [stacked(name, first, None if name.startswith("x") else take(font))], after
    if name == "substack":
        return [_rows(tokens, at, read, font)], after + (0 if read else 1)
    if name in _TRANSPARENT:
        if name == "textcolor":
            take("WORDS")
        return take(font), after
    raise UnfaithfulError("\\" + name)


def _rows(tokens: list[Any], at: int, read: list[Any], font: str) -> Piece:
    """`\\substack{a \\\\ b}`: its lines with commas between them."""
    group = read[0] if read else (tokens[at + 1] if at + 1 < len(tokens) else None)
    if group is None or not _is_group(group):
        raise UnfaithfulError("\\substack")
    return lines_joined(_split(group.nodelist, font), ", ")


def _split(nodes: Sequence[Any], font: str) -> list[list[Piece]]:
    """The lines of a group or an environment, each as one row of cells' pieces."""
    lines: list[list[Any]] = [[]]
    for node in nodes:
        if _name(node) == "\\":
            lines.append([])
        else:
            lines[-1].append(node)
    return [row(line, font) for line in lines]


def _environment(node: Any) -> Piece:
    """`cases`, and lines that are one below the other, in one line; a matrix has no line."""
    name = node.environmentname.rstrip("*")
    if name not in ("cases", "aligned", "gathered", "split", "alignedat"):
        raise UnfaithfulError(f"\\begin{{{node.environmentname}}}")
    rows: list[list[list[Any]]] = [[[]]]
    for child in node.nodelist:
        if _name(child) == "\\":
            rows.append([[]])
        elif getattr(child, "specials_chars", "") == "&":
            rows[-1].append([])
        else:
            rows[-1][-1].append(child)
    cells = [[row(cell, "ITALIC") for cell in line] for line in rows]
    if name == "cases":
        return cases(cells)
    return lines_joined([[piece for cell in line for piece in cell] for line in cells], "; ")
