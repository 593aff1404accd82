"""What commands of maths make of their arguments: pieces of a formula from pieces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from announcer.text import symbols
from announcer.text.maths_layout import Piece, UnfaithfulError, bracketed, fraction, join, with_script

BRACKETS = {
    "ket": ("|", "⟩"), "bra": ("⟨", "|"), "braket": ("⟨", "⟩"), "Ket": ("|", "⟩"), "Bra": ("⟨", "|"),
    "Braket": ("⟨", "⟩"), "expval": ("⟨", "⟩"), "set": ("{", "}"), "Set": ("{", "}"),
    "abs": ("|", "|"), "norm": ("‖", "‖"), "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉"),
}  # fmt: skip
"""What stands around an argument, as braket, physics and mathtools have it."""
BETWEEN = {
    "ketbra": ("|", "⟩⟨", "|"), "dyad": ("|", "⟩⟨", "|"), "innerproduct": ("⟨", "|", "⟩"),
    "mel": ("⟨", "|", "|", "⟩"), "matrixel": ("⟨", "|", "|", "⟩"),
    "comm": ("[", ", ", "]"), "commutator": ("[", ", ", "]"), "acomm": ("{", ", ", "}"),
    "anticommutator": ("{", ", ", "}"),
}  # fmt: skip
"""The same of two arguments and of three (physics)."""

_DERIVATIVES = {"dv": "d", "derivative": "d", "pdv": "∂", "partialderivative": "∂"}


def enclosed(name: str, take: Callable[[], list[Piece]], follows: Callable[[], bool]) -> Piece | None:
    """What signs around its arguments make of a command; None for one that is no such command. `follows`
    says whether another group comes."""
    signs = BETWEEN.get(name)
    if name in BRACKETS:
        inside = take()
        left, right = BRACKETS[name]
        signs = (left, right)
        if name == "braket" and follows():  # physics' two arguments
            return _between(("⟨", "|", "⟩"), [inside, take()])
        return _between(signs, [inside])
    if signs is not None:
        return _between(signs, [take() for _ in signs[1:]])
    if name in _DERIVATIVES:
        sign = _DERIVATIVES[name]
        above = take()
        below = take() if follows() else None
        if below is None:
            above, below = [], above
        letter = Piece(text=sign, html="<i>d</i>" if sign == "d" else sign)
        if any(len(join(pieces).text) > 1 for pieces in (above, below)):
            raise UnfaithfulError("\\" + name)
        return fraction([letter, *above], [letter, *below])
    return None


def _between(signs: Sequence[str], inside: Sequence[list[Piece]]) -> Piece:
    made = [join(pieces) for pieces in inside]
    text = "".join(sign + piece.text for sign, piece in zip(signs, made, strict=False)) + signs[-1]
    html = "".join(sign + piece.html for sign, piece in zip(signs, made, strict=False)) + signs[-1]
    return Piece(text=text, html=html)


def accent(name: str, letter: Piece) -> Piece:
    """TeX's accent of words, `\\'e`, which people write in formulas too."""
    whole = unicodedata.normalize("NFC", letter.text + TEXT_ACCENTS[name])
    if len(letter.text) != 1 or len(whole) != 1:
        raise UnfaithfulError("\\" + name)
    return replace(letter, text=whole, html=letter.html.replace(letter.text, whole))


TEXT_ACCENTS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308"}


def numbered(code: str) -> Piece:
    """MathJax's `\\unicode{x2013}`: a character by its number."""
    digits = code.strip().lower()
    number = int(digits[1:], 16) if re.fullmatch(r"x[0-9a-f]{1,6}", digits) else 0
    number = number or (int(digits) if re.fullmatch(r"[0-9]{1,7}", digits) else 0)
    shown = chr(number) if 0xA0 < number < 0x110000 else ""
    if not shown.isprintable() or shown.isspace() or unicodedata.category(shown or " ") in ("Mn", "Cf", "Co"):
        raise UnfaithfulError("\\unicode")
    return Piece(text=shown, html=shown)


def choose(above: list[Piece], below: list[Piece]) -> Piece:
    top, bottom = join(above), join(below)
    return Piece(text=f"({top.text} choose {bottom.text})", html=f"({top.html} choose {bottom.html})")


def in_font(name: str, content: list[Piece]) -> list[Piece]:
    if name.startswith("operatorname"):
        return [join(_hyphenated(content), spaces=False, kind="function", upright=True)]
    if name in symbols.WORDS:
        return [join(content, verbatim=True, upright=True)]
    return _hyphenated(content) if symbols.FONTS[name] == "UPRIGHT" else content


def _hyphenated(pieces: list[Piece]) -> list[Piece]:
    """Upright words with their hyphens: between two letters it is no minus."""
    made = list(pieces)
    for at in range(1, len(made) - 1):
        if made[at].text == "−" and made[at - 1].text[-1:].isalpha() and made[at + 1].text[:1].isalpha():
            made[at] = Piece(text="-", html="-", upright=True)
    return made


def modulo(name: str, inside: Piece) -> list[Piece]:
    blank = Piece(text=" ", html=" ", kind="gap")
    words = {"pmod": ("(mod ", ")"), "pod": ("(", ")"), "mod": ("mod ", "")}[name]
    return [blank, Piece(text=words[0] + inside.text + words[1], html=words[0] + inside.html + words[1])]


def stacked(name: str, first: list[Piece], second: list[Piece] | None) -> Piece:
    """Something above or below a sign, as its script."""
    if second is None:
        shown = "←" if name == "xleftarrow" else "→"
        return with_script(Piece(text=shown, html=shown, kind="operator"), first, raised=True)
    if len(second) != 1:
        second = [bracketed(join(second))]
    return with_script(second[0], first, raised=name != "underset")


def lines_joined(rows: list[list[Piece]], between: str) -> Piece:
    """Lines one behind the other; cases, whose brace never closes, may only end the last one."""
    if any(piece.kind == "cases" for row in rows[:-1] for piece in row):
        raise UnfaithfulError("\\begin{cases}")
    made = [join(row) for row in rows]
    made = [row for row in made if row.text]
    if not made:
        raise UnfaithfulError
    return Piece(text=between.join(row.text for row in made), html=between.join(row.html for row in made))


def cases(rows: Sequence[Sequence[list[Piece]]]) -> Piece:
    """Cases one behind the other, behind a brace that never closes."""
    if any(piece.kind == "cases" for cells in rows for cell in cells for piece in cell):
        raise UnfaithfulError("\\begin{cases}")
    shown = [[join(cell) for cell in cells] for cells in rows]
    lines = [[cell for cell in cells if cell.text] for cells in shown]
    text = "; ".join(", ".join(cell.text.rstrip(",") for cell in cells) for cells in lines if cells)
    html = "; ".join(", ".join(cell.html.rstrip(",") for cell in cells) for cells in lines if cells)
    if not text:
        raise UnfaithfulError
    return Piece(text=f"{{ {text}", html=f"{{ {html}", kind="cases")
