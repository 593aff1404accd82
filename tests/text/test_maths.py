"""LaTeX maths in Unicode text and in HTML; what is not maths, and what cannot be shown, is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.message.layout import laid_out
from announcer.text.formulas import render_maths
from announcer.text.reading import markdown, titled

EXPRESSIONS = [
    (r"H_0", "H₀", "<i>H</i><sub>0</sub>"),
    (r"\Lambda\mathrm{CDM}", "ΛCDM", "ΛCDM"),
    (
        r"H_0 = 67.4 \pm 0.5\ \mathrm{km\,s^{-1}\,Mpc^{-1}}",
        "H₀ = 67.4 ± 0.5 km s⁻¹ Mpc⁻¹",
        "<i>H</i><sub>0</sub> = 67.4 ± 0.5 km s<sup>−1</sup> Mpc<sup>−1</sup>",
    ),
    (r"10^{-33}", "10⁻³³", "10<sup>−33</sup>"),
    (r"\mathcal{N}=4", "𝒩=4", "𝒩=4"),
    (r"x_{i,j}^{2}", "x_{i,j}²", "<i>x</i><sub><i>i</i>,<i>j</i></sub><sup>2</sup>"),
    (r"\frac{R}{16\pi G}", "R/(16πG)", "<i>R</i>/(16<i>πG</i>)"),
    (r"\nu_{\rm eff}", "ν_{eff}", "<i>ν</i><sub>eff</sub>"),
    (r"\frac{1}{2}mv^2", "½mv²", "½<i>mv</i><sup>2</sup>"),
    (r"\frac{a}{b}c", "(a/b)c", "(<i>a</i>/<i>b</i>)<i>c</i>"),
    (r"\frac{a+b}{c+d}", "(a+b)/(c+d)", "(<i>a</i>+<i>b</i>)/(<i>c</i>+<i>d</i>)"),
    (r"\frac{dx}{dt}", "dx/dt", "<i>dx</i>/<i>dt</i>"),
    (r"\frac{\partial^2 u}{\partial x^2}", "∂²u/∂x²", "∂<sup>2</sup><i>u</i>/∂<i>x</i><sup>2</sup>"),
    (r"E = mc^2", "E = mc²", "<i>E</i> = <i>mc</i><sup>2</sup>"),
    (r"T_c \approx 203\,\mathrm{K}", "T_c ≈ 203 K", "<i>T</i><sub><i>c</i></sub> ≈ 203 K"),
    (r"\sim 10^{12}\,M_\odot", "∼10¹² M_⊙", "∼10<sup>12</sup> <i>M</i><sub>⊙</sub>"),
    (r"z \gtrsim 6", "z ≳ 6", "<i>z</i> ≳ 6"),
    (r"5\sigma", "5σ", "5<i>σ</i>"),
    (r"SU(3)\times SU(2)\times U(1)", "SU(3) × SU(2) × U(1)", "<i>SU</i>(3) × <i>SU</i>(2) × <i>U</i>(1)"),
    (r"\mathbb{Z}_2", "ℤ₂", "ℤ<sub>2</sub>"),
    (r"\mathbb{R}^{3,1}", "ℝ^{3,1}", "ℝ<sup>3,1</sup>"),
    (r"AdS_5 \times S^5", "AdS₅ × S⁵", "<i>AdS</i><sub>5</sub> × <i>S</i><sup>5</sup>"),
    (r"e^{i\pi}+1=0", "e^{iπ}+1=0", "<i>e</i><sup><i>iπ</i></sup>+1=0"),
    (r"|\psi\rangle", "|ψ⟩", "|<i>ψ</i>⟩"),
    (r"\langle \phi | \psi \rangle", "⟨ϕ | ψ⟩", "⟨<i>ϕ</i> | <i>ψ</i>⟩"),
    (r"\ket{\uparrow\downarrow}", "|↑↓⟩", "|↑↓⟩"),
    (r"\hat{H}", "Ĥ", "<i>Ĥ</i>"),
    (r"\bar{\psi}\gamma^\mu\psi", "ψ̄γ^μψ", "<i>ψ̄γ</i><sup><i>μ</i></sup><i>ψ</i>"),
    (r"\vec{k}\cdot\vec{r}", "k⃗ · r⃗", "<i>k⃗</i> · <i>r⃗</i>"),
    (r"a^\dagger a", "a†a", "<i>a</i>†<i>a</i>"),
    (r"\hbar\omega", "ħω", "<i>ħω</i>"),
    (r"\Delta x\,\Delta p \geq \frac{\hbar}{2}", "Δx Δp ≥ ħ/2", "Δ<i>x</i> Δ<i>p</i> ≥ <i>ħ</i>/2"),
    (r"\sqrt{s}=13~\mathrm{TeV}", "√s=13 TeV", "√<i>s</i>=13 TeV"),
    (r"\sqrt{a^2+b^2}", "√(a²+b²)", "√(<i>a</i><sup>2</sup>+<i>b</i><sup>2</sup>)"),
    (r"\sqrt[3]{2}", "∛2", "∛2"),
    (
        r"\sum_{i=1}^{N} x_i",
        "∑ᵢ₌₁ᴺ xᵢ",
        "∑<sub><i>i</i>=1</sub><sup><i>N</i></sup> <i>x</i><sub><i>i</i></sub>",
    ),
    (
        r"\int_0^\infty e^{-x^2}\,dx",
        "∫₀^∞ e^{−x²} dx",
        "∫<sub>0</sub><sup>∞</sup> <i>e</i><sup>−<i>x</i><sup>2</sup></sup> <i>dx</i>",
    ),
    (r"\lim_{n\to\infty} a_n", "lim_{n→∞} aₙ", "lim<sub><i>n</i>→∞</sub> <i>a</i><sub><i>n</i></sub>"),
    (r"O(n \log n)", "O(n log n)", "<i>O</i>(<i>n</i> log <i>n</i>)"),
    (r"\mathcal{O}(\alpha_s^2)", "𝒪(αₛ²)", "𝒪(<i>α</i><sub><i>s</i></sub><sup>2</sup>)"),
    (r"^{136}\mathrm{Xe}", "¹³⁶Xe", "<sup>136</sup>Xe"),
    (r"0\nu\beta\beta", "0νββ", "0<i>νββ</i>"),
    (r"H \to \gamma\gamma", "H → γγ", "<i>H</i> → <i>γγ</i>"),
    (
        r"B^0_s \to \mu^+\mu^-",
        "B⁰ₛ → μ⁺μ⁻",
        "<i>B</i><sup>0</sup><sub><i>s</i></sub> → <i>μ</i><sup>+</sup><i>μ</i><sup>−</sup>",
    ),
    (r"p\bar{p}", "pp̄", "<i>pp̄</i>"),
    (r"90^\circ", "90°", "90°"),
    (r"f''(x)", "f″(x)", "<i>f</i>″(<i>x</i>)"),
    (r"\nabla \times \mathbf{B}", "∇ × 𝐁", "∇ × <b>B</b>"),
    (r"\boldsymbol{\mu}", "𝛍", "<b>μ</b>"),
    (r"\mathfrak{su}(2)", "𝔰𝔲(2)", "𝔰𝔲(2)"),
    (r"\mathrm{Tr}\,\rho\ln\rho", "Tr ρ ln ρ", "Tr <i>ρ</i> ln <i>ρ</i>"),
    (r"\operatorname{sgn}(x)", "sgn(x)", "sgn(<i>x</i>)"),
    (r"x \in [0, 1]", "x ∈ [0, 1]", "<i>x</i> ∈ [0, 1]"),
    (r"\forall \epsilon > 0", "∀ϵ > 0", "∀<i>ϵ</i> &gt; 0"),
    (r"\{x_1, \ldots, x_n\}", "{x₁, …, xₙ}", "{<i>x</i><sub>1</sub>, …, <i>x</i><sub><i>n</i></sub>}"),
    (r"T^*", "T*", "<i>T</i>*"),
    (r"\text{if } x \neq 0", "if x ≠ 0", "if <i>x</i> ≠ 0"),
    (r"\left(\frac{a}{b}\right)^2", "(a/b)²", "(<i>a</i>/<i>b</i>)<sup>2</sup>"),
    (
        r"R_{\mu\nu} - \tfrac{1}{2} R g_{\mu\nu} = 8\pi G T_{\mu\nu}",
        "R_{μν} − ½ R g_{μν} = 8πG T_{μν}",
        "<i>R</i><sub><i>μν</i></sub> − ½ <i>R</i> <i>g</i><sub><i>μν</i></sub>"
        " = 8<i>πG</i> <i>T</i><sub><i>μν</i></sub>",
    ),
    (
        r"S = \int d^4x \sqrt{-g}\,\frac{R}{16\pi G}",
        "S = ∫ d⁴x √(−g) (R/(16πG))",
        "<i>S</i> = ∫ <i>d</i><sup>4</sup><i>x</i> √(−<i>g</i>) (<i>R</i>/(16<i>πG</i>))",
    ),
    (r"{\cal L}_{\rm QCD}", "ℒ_{QCD}", "ℒ<sub>QCD</sub>"),
    (r"\sin^2\theta_{13}", "sin² θ₁₃", "sin<sup>2</sup> <i>θ</i><sub>13</sub>"),
    (r"\log_{10} M", "log₁₀ M", "log<sub>10</sub> <i>M</i>"),
    (r"\ell = 2", "ℓ = 2", "ℓ = 2"),
    (r"\chi^2/\mathrm{dof}", "χ²/dof", "<i>χ</i><sup>2</sup>/dof"),
    (r"2\nu", "2ν", "2<i>ν</i>"),
    (r"\mathrm{H}_2\mathrm{O}", "H₂O", "H<sub>2</sub>O"),
    (r"\mu\mathrm{m}", "μm", "<i>μ</i>m"),
    (r"50\%", "50%", "50%"),
    (r"x \not= y", "x ≠ y", "<i>x</i> ≠ <i>y</i>"),
    (r"\not\in A", "∉A", "∉<i>A</i>"),
    (r"k_B T", "k_B T", "<i>k</i><sub><i>B</i></sub> <i>T</i>"),
    (r"Q^{2}", "Q²", "<i>Q</i><sup>2</sup>"),
    (r"\lambda_{\max}", "λ_max", "<i>λ</i><sub>max</sub>"),
    (r"d_{x^2-y^2}", "d_{x²−y²}", "<i>d</i><sub><i>x</i><sup>2</sup>−<i>y</i><sup>2</sup></sub>"),
    (r"\mathrm{YBa_2Cu_3O_{7-\delta}}", "YBa₂Cu₃O_{7−δ}", "YBa<sub>2</sub>Cu<sub>3</sub>O<sub>7−δ</sub>"),
    (r"\alpha^{-1}(m_Z)", "α⁻¹(m_Z)", "<i>α</i><sup>−1</sup>(<i>m</i><sub><i>Z</i></sub>)"),
    (r"\delta\rho/\rho", "δρ/ρ", "<i>δρ</i>/<i>ρ</i>"),
    (r"\frac{1}{\sqrt{2}}(|0\rangle+|1\rangle)", "(1/√2)(|0⟩+|1⟩)", "(1/√2)(|0⟩+|1⟩)"),
]


@pytest.mark.parametrize(("latex", "text", "html"), EXPRESSIONS, ids=[row[0] for row in EXPRESSIONS])
def test_an_expression_reads_well_in_both_media(latex: str, text: str, html: str) -> None:
    """Letters slanted, numbers upright, fractions with the brackets they need."""
    rendered = render_maths(latex)
    assert rendered is not None
    assert (rendered.text, rendered.html) == (text, html)


def test_the_table_has_sixty_expressions() -> None:
    """A table that shrinks is noticed."""
    assert len(EXPRESSIONS) >= 60


UNFAITHFUL = [
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\underbrace{x+y}_{2}",
    r"\unknown{x}",
    r"\begin{cases} a \\ b \end{cases} + 1",
    r"x_1{}_2",
    r"\frac{a}{",
    r"\phantom{x}y",
    r"\color{red}x",
    r"x^",
    r"\raisebox{2pt}{x}",
    r"{a \atop b}",
]


@pytest.mark.parametrize("latex", UNFAITHFUL)
def test_what_cannot_be_shown_faithfully_stays_latex(latex: str) -> None:
    """Better the source than garbage: the reader of an abstract knows LaTeX."""
    assert render_maths(latex) is None
    source = f"before ${latex}$ after"
    assert markdown(source).text == titled(source).text == source


DELIMITED = [
    (r"the value $H_0$ of", "the value H₀ of"),
    (r"the value \(H_0\) of", "the value H₀ of"),
    (r"it is \[E = mc^2\]", "it is E = mc²"),
    (r"it is $$E = mc^2$$", "it is E = mc²"),
    (r"\begin{equation}E = mc^2\end{equation}", "    E = mc²"),
    (r"\begin{equation*}E = mc^2\end{equation*}", "    E = mc²"),
    ("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}", "    a = b\n    c = d"),
    ("$$\nx\n- y\n$$", "    x − y"),
    ("$$\nx\n= y\n$$", "    x = y"),
    (r"$n$-dimensional", "n-dimensional"),
    (r"the $n$th order", "the nth order"),
    (r"($x$)", "(x)"),
    (r"$H_0^2 \left[ \Omega_m + \Omega_\Lambda \right]$", "H₀² [Ωₘ + Ω_Λ]"),
    (r"$a$, $b$ and $c$.", "a, b and c."),
    (r"$\$5$", "$5"),
]


@pytest.mark.parametrize(("source", "text"), DELIMITED)
def test_every_delimiter_opens_maths(source: str, text: str) -> None:
    """Dollars by pandoc's rule, LaTeX's own brackets, environments."""
    assert markdown(source).text.replace("\u00a0", " ") == text.strip("\n")


def test_a_short_formula_stays_on_its_line() -> None:
    """No line ends at a relation: `0.1` does not begin the next one."""
    text = laid_out(
        markdown("Early dark energy is bounded, at the level of about ten percent: $x \\lesssim 0.1$.").text
    )
    assert text.endswith("ten percent:\nx ≲ 0.1.\n")


NOT_MATHS = [
    "$5 to $6",
    "from $5 to $10 a head",
    "US$ and C$",
    "A$ 30 or NZ$ 40",
    "C$20",
    "a $100 prize",
    "$1,000 and $2,000",
    "tickets are $5, students $3",
    "$ 5 and 6 $",
    "costs 5$",
    "between 5$ and 6$",
    "echo $HOME",
    "echo $HOME/$USER",
    "PATH=$PATH:$HOME/bin",
    "$1 is the first argument",
    "a lone $ sign",
    "Ke$ha",
    "A$AP Rocky",
    "100 % sure",
    "R&D at 5 #1",
    "snake_case and other_names",
    "x^2 without dollars",
    "2 < 3 > 1",
    "a_b_c",
    "$$",
    "$ $",
    "C:/temp/new",
    "10^6 cells",
    "$20-$30",
    "$5/$6",
    "the $SHELL of $USER",
    "cash ($5) or card ($6)",
]


@pytest.mark.parametrize("source", NOT_MATHS)
def test_what_is_not_maths_is_untouched(source: str) -> None:
    """Money, shells and names with dollars stay as they were typed, in titles and in abstracts."""
    assert titled(source).text == source
    assert markdown(source).text == source
    assert "maths" not in markdown(source).html


def test_there_are_thirty_that_are_not_maths() -> None:
    """A table that shrinks is noticed."""
    assert len(NOT_MATHS) >= 30


def test_code_is_not_maths() -> None:
    """Within backquotes a dollar is a dollar."""
    assert markdown("run `echo $x$ and $y$`").text == "run echo $x$ and $y$"


ACCENTS = [
    (r"Schr\"odinger", "Schrödinger"),
    (r"Schr\"{o}dinger", "Schrödinger"),
    (r"Schr{\"o}dinger", "Schrödinger"),
    (r"Erd\H{o}s", "Erdős"),
    (r"Poincar\'e", "Poincaré"),
    (r"Fran\c{c}ois", "François"),
    (r"na\"ive", "naïve"),
    (r"na\"{\i}ve", "naïve"),
    (r"\v{S}tef\'an", "Štefán"),
    (r"Stra{\ss}e", "Straße"),
    (r"\O{}rsted", "Ørsted"),
    (r"\AA{}ngstr\"om", "Ångström"),
    (r"Gda\'nsk and \L{}\'od\'z", "Gdańsk and Łódź"),
    (r"Pe\~na", "Peña"),
    (r"Garc\'\i a", "García"),
]


@pytest.mark.parametrize(("source", "text"), ACCENTS)
def test_accents_outside_maths_become_letters(source: str, text: str) -> None:
    """BibTeX's spelling of a name is read as the name."""
    assert titled(source).text == markdown(source).text == text


@given(st.text(alphabet="ab1 $\\{}^_&#%\"'`~[]()<>*-+=.\n", max_size=60))
def test_no_text_breaks_the_reading(source: str) -> None:
    """Whatever is typed becomes prose, and its HTML has no tag that was typed."""
    html = markdown(source).html + titled(source).html
    assert "<a>" not in html.replace("<a href", "")
    assert "<b1" not in html
