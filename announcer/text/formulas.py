"""A formula in both media, or what of it cannot be shown: it then stays LaTeX, whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from announcer.text import symbols
from announcer.text.maths import row
from announcer.text.maths_layout import UnfaithfulError, join


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """One expression in both media."""

    text: str
    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Unshown:
    """An expression that stays LaTeX."""

    about: str
    """The command that cannot be shown; empty where the expression itself is broken."""


_LONGEST, _DEEPEST = 4000, 25
_IN_WORDS = "S P l L o O ae AE oe OE aa AA ss % $ # & _ | { } dag ddag dagger dots ldots copyright pounds"
MATHS = (
    frozenset([*symbols.ATOMS, *symbols.OPERATORS, *symbols.BIG, *symbols.ACCENTS, "langle", "rangle"])
    | symbols.FUNCTIONS
    | frozenset(name for name in symbols.FONTS if name.startswith(("math", "operator", "bold")))
    | {"frac", "sqrt", "ket", "bra", "braket", "binom", "pmod"}
    | {f"{letter}sun" for letter in "MRLmrl"}
) - frozenset(_IN_WORDS.split())
"""Commands that are maths wherever they stand."""


def render_maths(latex: str) -> Rendered | None:
    """An expression, without its dollars, in both media; None where it must stay LaTeX."""
    made = reading_of(latex)
    return made if isinstance(made, Rendered) else None


def render_lines(latex: str) -> list[Rendered] | None:
    """The lines of a display equation in both media; None where one of them must stay LaTeX."""
    made = []
    for line in lines_of(latex):
        rendered = render_maths(line)
        if rendered is None:
            return None
        made.append(rendered)
    return made or None


_WRAPPED = re.compile(r"\\begin\{(aligned|gathered|split|array)\}(?:\[[a-z]\])?(?:\{[lcr|@ ]*\})?")
_UNWRAPPED = re.compile(r"\\end\{(aligned|gathered|split|array)\}\s*([.,;]?)")
_PART = re.compile(r"\\\\(?:\*?\[[^\]]*\])?|\\(?:begin|end)(?![A-Za-z])|\\.|[{}&]", re.DOTALL)
_DEEPER = {"{": 1, "}": -1, "\\begin": 1, "\\end": -1}


def lines_of(latex: str) -> list[str]:
    """The lines of a display equation, without its label and its marks for aligning. What is within braces
    or another environment is one line's own."""
    latex = re.sub(r"\\(?:label|tag)\*?\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])", "", latex).strip()
    latex = _unwrapped(latex)
    lines, line, at, depth = [], "", 0, 0
    for part in _PART.finditer(latex):
        depth += _DEEPER.get(part[0], 0)
        if depth == 0 and (part[0] == "&" or part[0].startswith("\\\\")):
            line += latex[at : part.start()]
            at = part.end()
            if part[0] != "&":
                lines.append(line)
                line = ""
    lines.append(line + latex[at:])
    return [line.strip() for line in lines if line.strip()]


def _unwrapped(latex: str) -> str:
    """What one environment of lines holds, where it is all that there is."""
    opening = _WRAPPED.match(latex)
    if opening is None:
        return latex
    depth = 0
    for part in _PART.finditer(latex):
        depth += _DEEPER.get(part[0], 0)
        if depth == 0 and part[0] == "\\end":
            closing = _UNWRAPPED.fullmatch(latex, part.start())
            return latex[opening.end() : part.start()].rstrip() + closing[2] if closing else latex
    return latex


@lru_cache(maxsize=4096)
def reading_of(latex: str) -> Rendered | Unshown:
    """An expression in both media, or what of it cannot be shown."""
    from pylatexenc.latexwalker import LatexWalkerParseError

    if len(latex) > _LONGEST or _depth(latex) > _DEEPEST:
        return Unshown(about="")
    try:
        joined = join(row(parsed(latex), "ITALIC"))
    except UnfaithfulError as error:
        return Unshown(about=str(error))
    except (LatexWalkerParseError, RecursionError):
        return Unshown(about="")
    return Rendered(text=joined.text, html=joined.html) if joined.text else Unshown(about="")


def parsed(latex: str) -> Sequence[Any]:
    """An expression's nodes. Raises LatexWalkerParseError."""
    from pylatexenc.latexwalker import LatexCharsNode, LatexWalker

    if _CHARACTERS.fullmatch(latex) and "--" not in latex:
        return [LatexCharsNode(chars=latex)]
    walker = LatexWalker(_cut_apart(latex), latex_context=_known(), tolerant_parsing=False)
    nodes: Sequence[Any] = walker.get_latex_nodes()[0]
    return nodes


_CHARACTERS = re.compile(r"[A-Za-z0-9=+<>()\[\],.;:/|!*^_ -]*")
"""What pylatexenc gives back as it is: one formula of four."""


@lru_cache(maxsize=1)
def _known() -> Any:
    """The commands whose arguments pylatexenc knows; of a `\\braket` it takes one, as the braket package."""
    from pylatexenc.latexwalker import get_default_latex_context_db
    from pylatexenc.macrospec import MacroSpec

    known = get_default_latex_context_db()
    known.add_context_category("braket", macros=[MacroSpec("braket", "{")], prepend=True)
    return known


_KERN = re.compile(r"\\(?:m?kern|[mh]skip)\s*-?[0-9.]+\s*(?:mu|pt|em|ex|mm|cm)\s?")
_OF_THE_SUN = re.compile(r"\\([MRLmrl])sun(?![A-Za-z])")
"""The Sun's mass, radius and luminosity, which all who name them print so."""


def _depth(latex: str) -> int:
    deepest = depth = 0
    for match in re.finditer(r"\\begin|\\end|\\left|\\right|\\.|[{}]", latex, re.DOTALL):
        depth += {"{": 1, "}": -1, r"\begin": 1, r"\end": -1}.get(match[0], 0)
        deepest = max(deepest, depth)
    return deepest


def _cut_apart(latex: str) -> str:
    """LaTeX as TeX would take it: a command ends before a letter beyond ASCII. A per cent sign is one."""
    if not latex.isascii():
        latex = re.sub(r"(\\[A-Za-z]+)(?=[^\W\d_A-Za-z])", r"\1 ", latex)
    if "sun" in latex:
        latex = _OF_THE_SUN.sub(lambda name: rf"{{{name[1].upper()}_\odot}}", latex)
    if "kern" in latex or "skip" in latex:
        latex = _KERN.sub(lambda kern: r"\!" if "-" in kern[0] else r"\,", latex)
    if "line" in latex:
        latex = re.sub(
            r"(\\(?:over|under)line)\s*(\\math(?:bb|cal|rm|bf|frak)\s*(?:[A-Za-z]|\{[A-Za-z]\}))",
            r"\1{\2}",
            latex,
        )
    return re.sub(r"(?<!\\)%", r"\\%", latex) if "%" in latex else latex
