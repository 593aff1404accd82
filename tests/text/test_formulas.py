"""A rendering is never wrong: formulas that mean different things never look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.text.formulas import render_lines, render_maths
from tests.text.formulas import FORMULAS, Formula


@given(st.lists(FORMULAS, min_size=40, max_size=40))
def test_formulas_that_mean_different_things_look_different(formulas: list[Formula]) -> None:
    """Sums, products, fractions, roots and scripts in both orders, in text and in HTML."""
    seen: dict[str, Formula] = {}
    for formula in formulas:
        rendered = render_maths(formula.latex)
        if rendered is None:
            continue
        for shown in (rendered.text, rendered.html):
            other = seen.setdefault(shown, formula)
            assert other.meaning == formula.meaning, f"{other.latex} and {formula.latex} are both {shown}"


DIFFERENT = [
    (r"\sqrt{x}y", "√(x)y", r"\sqrt{xy}", "√(xy)"),
    (r"\sqrt{x}^2", "(√x)²", r"\sqrt{x^2}", "√(x²)"),
    (r"\sqrt{x}/2", "√x/2", r"\sqrt{x/2}", "√(x/2)"),
    (r"\sqrt{\frac{k}{m}}", "√(k/m)", r"\frac{\sqrt{k}}{m}", "√k/m"),
    (r"\frac{a}{b}/c", "(a/b)/c", r"a/\frac{b}{c}", "a/(b/c)"),
    (r"\frac{a}{b}^2", "(a/b)²", r"\frac{a}{b^2}", "a/b²"),
    (r"\frac{x}{y}!", "(x/y)!", r"\frac{x}{y!}", "x/(y!)"),
    (r"\frac{1}{2}x", "½x", r"\frac{1}{2x}", "1/(2x)"),
    ("{x^a}^b", "(xᵃ)ᵇ", "x^{ab}", "xᵃᵇ"),
    ("x^{a^b}", "x^{aᵇ}", "x^{ab}", "xᵃᵇ"),
    ("A_BC", "A_{B}C", "A_{BC}", "A_{BC}"),
    ("x_12", "x₁2", "x_{12}", "x₁₂"),
    ("{ab}^2", "(ab)²", "ab^2", "ab²"),
    ("T^*M", "T*M", "T*M", "T ∗ M"),
    (r"x_{\max}y", "x_{max}y", r"x_{\max y}", "x_{max y}"),
    (r"\binom{n}{k}", "(n choose k)", "C(n,k)", "C(n,k)"),
    (r"\overline{AB}", "A̅B̅", r"\bar A\bar B", "A\u0304B\u0304"),
]


@pytest.mark.parametrize(
    ("formula", "reads", "other", "differs"), DIFFERENT, ids=[row[0] for row in DIFFERENT]
)
def test_what_is_easily_mixed_up_is_not(formula: str, reads: str, other: str, differs: str) -> None:
    """Each beside the formula that it must not be taken for."""
    made = [render_maths(latex) for latex in (formula, other)]
    assert [rendered.text if rendered else None for rendered in made] == [reads, differs]


READINGS = [
    (r"a \equiv b \pmod{p}", "a ≡ b (mod p)"),
    (r"a \bmod n", "a mod n"),
    (r"X \xrightarrow{f} Y", "X →ᶠ Y"),
    (r"\overset{d}{\to}", "→ᵈ"),
    (r"x \stackrel{\rm def}{=} y", "x =^{def} y"),
    (r"A \boxtimes B", "A ⊠ B"),
    (r"A \smallsetminus B", "A ∖ B"),
    (r"A \not\sim B", "A ≁ B"),
    (
        r"|x| = \begin{cases} x & x \ge 0 \\ -x & \text{otherwise} \end{cases}",
        "|x| = { x, x ≥ 0; −x, otherwise",
    ),
    (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "a = b; c = d"),
    (r"\sum_{\substack{i<n\\ i\,\mathrm{odd}}} a_i", "∑_{i<n, i odd} aᵢ"),
    (r"\widehat{CFK}", "hat(CFK)"),
    (r"m\geν", "m ≥ ν"),
    (r"\fracπ{2}", "π/2"),
    (r"S^3\backslash K", "S³ ∖ K"),
    (r"\operatorname*{argmax}_{x} f(x)", "argmaxₓ f(x)"),
    (r"q\text{-analogue}", "q-analogue"),
    (r"{a+b \over c}", "(a+b)/c"),
    (r"50%", "50%"),
    (r"\cal{O}(\alpha_s)", "𝒪(αₛ)"),
    (r"T_{\min}", "T_min"),
    (r"M_{Planck}", "M_{Planck}"),
    (r"a_{ijk}", "aᵢⱼₖ"),
    (r"\R^n \to \Q_p", "ℝⁿ → ℚₚ"),
    (r"\frac{\Z}{6\Z}", "ℤ/(6ℤ)"),
    (r"\GL_2(\ZZ)", "GL₂(ℤ)"),
    (r"\sum_{i+j=p \atop i,j>0} a_i", "∑_{i+j=p, i,j>0} aᵢ"),
    (r"\pi_1^{\text{\'et}}(X)", "π₁^{ét}(X)"),
    (r"\set{x | y}", "{x | y}"),
    (r"\braket{a|b} = 1", "⟨a|b⟩ = 1"),
    (r"\braket{a}{b}", "⟨a|b⟩"),
    (r"\ketbra{0}{1}", "|0⟩⟨1|"),
    (r"\mel{a}{H}{b}", "⟨a|H|b⟩"),
    (r"\comm{A}{B}", "[A, B]"),
    (r"\dv{f}{x} = \pdv{x}", "df/dx = ∂/∂x"),
    (r"a\unicode{x2013}b", "a–b"),
    (r"n^{\rm th}", "nᵗʰ"),
    (r"\hspace{1cm}{x}", "x"),
    (r"A \mathbin{/\mkern-5mu/} B", "A // B"),
    (r"\left(\vphantom{\big|} x\right)", "(x)"),
    (r"\EuScript{C} \varsubsetneqq D", "𝒞 ⫋ D"),
]


@pytest.mark.parametrize(("latex", "text"), READINGS, ids=[row[0] for row in READINGS])
def test_what_people_write_has_a_reading(latex: str, text: str) -> None:
    """Constructs of real abstracts."""
    rendered = render_maths(latex)
    assert rendered is not None
    assert rendered.text == text


EQUATIONS = [
    (r"a &= \begin{cases} x & y\\ z & w\end{cases} \\ c &= d", ["a = { x, y; z, w", "c = d"]),
    (
        r"\begin{aligned} a &= \begin{cases} x \\ y\end{cases} \\ c &= d \end{aligned}.",
        ["a = { x; y", "c = d."],
    ),
    (r"\sum_{\substack{a\in S\\ b<c}} a &= 1", ["∑_{a ∈ S, b<c} a = 1"]),
    (r"\{a\} \\[2pt] \&b & c", ["{a}", "&b c"]),
]


@pytest.mark.parametrize(("latex", "lines"), EQUATIONS, ids=[row[0] for row in EQUATIONS])
def test_an_equation_ends_its_line_only_outside_of_braces_and_environments(
    latex: str, lines: list[str]
) -> None:
    """A `\\\\` or `&` within them is theirs."""
    made = render_lines(latex)
    assert made is not None
    assert [line.text for line in made] == lines


@pytest.mark.parametrize(
    "latex",
    [
        r"x = \begin{aligned} a &= \begin{cases} x \\ y\end{cases} \\ c &= d \end{aligned}",
        r"\begin{cases} a \\ \begin{cases} b \\ c \end{cases} \end{cases}",
        r"\sum_{x{a \atop b}} y",
        r"q \in \C",
        r"\Sp_{2n}(F)",
        r"\dv{x^2}{t}",
        r"\unicode{x202e}",
    ],
)
def test_what_could_be_two_things_stays_latex(latex: str) -> None:
    """Cases whose brace never closes, names that authors use differently."""
    assert render_maths(latex) is None
