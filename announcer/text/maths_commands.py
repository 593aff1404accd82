"""What commands of maths make of their arguments: pieces of a formula from pieces."""

from __future__ import annotations

from collections.abc import Sequence

from announcer.text import symbols
from announcer.text.maths_layout import Piece, UnfaithfulError, bracketed, join, with_script

BRACKETS = {
    "ket": ("|", "⟩"),
    "bra": ("⟨", "|"),
    "braket": ("⟨", "⟩"),
    "abs": ("|", "|"),
    "norm": ("‖", "‖"),
    "lvert": ("|", "|"),
}


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
    made = [join(row) for row in rows]
    made = [row for row in made if row.text]
    if not made:
        raise UnfaithfulError
    return Piece(text=between.join(row.text for row in made), html=between.join(row.html for row in made))


def cases(rows: Sequence[Sequence[list[Piece]]]) -> Piece:
    """Cases one behind the other, behind a brace that never closes."""
    shown = [[join(cell) for cell in cells] for cells in rows]
    lines = [[cell for cell in cells if cell.text] for cells in shown]
    text = "; ".join(", ".join(cell.text.rstrip(",") for cell in cells) for cells in lines if cells)
    html = "; ".join(", ".join(cell.html.rstrip(",") for cell in cells) for cells in lines if cells)
    if not text:
        raise UnfaithfulError
    return Piece(text=f"{{ {text}", html=f"{{ {html}", kind="cases")
