"""Random formulas with their meaning: what LaTeX an author would write, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Meaning = Any
"""Nested tuples: equal where two formulas say the same."""


@dataclass(frozen=True)
class Formula:
    """What is written, and what it means."""

    latex: str
    meaning: Meaning
    kind: str = "atom"

    @property
    def factor(self) -> str:
        """As it stands in a product."""
        return (
            f"({self.latex})"
            if self.kind in ("sum", "negative", "quotient", "function", "dot")
            else self.latex
        )


def _script(base: Formula, script: Formula, sign: str, braces: bool) -> Formula:
    if base.kind == "atom":
        written = base.latex
    elif base.kind in ("script", "fraction") or (braces and base.kind != "root"):
        written = f"{{{base.latex}}}"
    else:
        written = base.latex if base.kind == "root" else f"({base.latex})"
    scripts = {(sign, script.meaning)}
    inner = base.meaning
    if (
        isinstance(inner, tuple)
        and inner[0] == "script"
        and len(inner[2]) == 1
        and sign not in dict(inner[2])
    ):
        scripts, inner = scripts | inner[2], inner[1]  # x_i^2 says what x^2_i says
    return Formula(f"{written}{sign}{{{script.latex}}}", ("script", inner, frozenset(scripts)), "script")


def _several(name: str, first: Formula, other: Formula) -> Meaning:
    parts: list[Meaning] = []
    for meaning in (first.meaning, other.meaning):
        same = isinstance(meaning, tuple) and meaning[0] == name
        parts += meaning[1:] if same else [meaning]
    return (name, *parts)


def _sum(first: Formula, other: Formula) -> Formula:
    second = f"({other.latex})" if other.kind == "negative" else other.latex
    return Formula(f"{first.latex}+{second}", _several("sum", first, other), "sum")


def _product(first: Formula, other: Formula) -> Formula:
    second = f"({other.factor})" if other.factor[0].isdigit() else other.factor
    return Formula(first.factor + second, _several("product", first, other), "product")


def _quotient(numerator: Formula, other: Formula) -> Formula:
    below = other.latex if other.kind in ("atom", "script", "root") else f"({other.latex})"
    return Formula(f"{numerator.factor}/{below}", ("quotient", numerator.meaning, other.meaning), "quotient")


def _fraction(numerator: Formula, other: Formula) -> Formula:
    meaning = ("quotient", numerator.meaning, other.meaning)
    return Formula(rf"\frac{{{numerator.latex}}}{{{other.latex}}}", meaning, "fraction")


def _root(radicand: Formula) -> Formula:
    return Formula(rf"\sqrt{{{radicand.latex}}}", ("root", radicand.meaning), "root")


def _negative(formula: Formula) -> Formula:
    written = f"({formula.latex})" if formula.kind in ("sum", "negative") else formula.latex
    return Formula(f"-{written}", ("negative", formula.meaning), "negative")


def _set(content: Formula) -> Formula:
    return Formula(rf"\set{{{content.latex}}}", ("set", content.meaning))


def _braket(bra: Formula, other: Formula) -> Formula:
    return Formula(rf"\braket{{{bra.latex}|{other.latex}}}", ("braket", bra.meaning, other.meaning))


ATOMS = st.sampled_from("abxnkABN").map(lambda letter: Formula(letter, letter)) | st.sampled_from(
    [
        Formula("2", "2"),
        Formula("10", "10"),
        Formula(r"\mu ", "μ"),
        Formula(r"\bar{x}", ("bar", "x")),
        Formula(r"\R ", "ℝ"),
        Formula(r"\mathbb{R}", "ℝ"),
        Formula(r"\Msun ", ("script", "M", frozenset({("_", "⊙")}))),
    ]
)


def _bigger(smaller: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    two = st.tuples(smaller, smaller)
    return st.one_of(
        two.map(lambda pair: _sum(*pair)),
        two.map(lambda pair: _product(*pair)),
        two.map(lambda pair: _fraction(*pair)),
        two.map(lambda pair: _quotient(*pair)),
        smaller.map(_root),
        smaller.map(_negative),
        smaller.map(_set),
        two.map(lambda pair: _braket(*pair)),
        st.builds(_script, smaller, smaller, st.sampled_from("^_"), st.booleans()),
    )


FORMULAS = st.recursive(ATOMS, _bigger, max_leaves=6)
