"""Where an abstract's lines end means nothing: wrapped at any width, it reads the same."""

from __future__ import annotations

import textwrap
import time

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.message.layout import laid_out
from announcer.text.prose import Picture
from announcer.text.reading import markdown, titled
from announcer.text.remains import remains

ABSTRACTS = [
    r"""The spectrum of $-\Delta + V$ on $\mathbb{R}^n$ has gaps, $\lambda_1 - \lambda_0 \geq c$, if
$V = \sum_i
v_i + w$ is *small*: see [the notes](https://foo.example/a_(b)_c) or
https://foo.example/~ada/_x_/y?q=$z$. We follow Erd\H{o}s, i.e.\ we count (``greedily'') the points of
$A + A - A$, $|A| = 10^{6}$, and get 2 - 3 + 4 of them; 'tis `known' since 1905. That year is no list,
nor is # 7, > 5, or * alone.

Joint work with M. Sample \& B. Example --- at $T < 5\,\mathrm{K}$, at~last.""",
    r"""We search for $H \to \gamma\gamma$ in $139$ fb$^{-1}$ of $pp$ collisions at $\sqrt{s}$ = 13 TeV, with
$$m_H = 125.1 \pm 0.2 + \frac{a}{b} - \frac{c}{d}$$ and find nothing + nothing. \begin{align} a &= b + c
\\ d &= e - f \end{align} Tickets are $5, or $7 for two; *really* all of it is __free__ and well-known,
state-of-the-art, **bold words** and `code here` too.""",
    r"""C*-algebras, *-homomorphisms and 2*3*4 = 24; the functional E[u](t) on [0,1](closed),
[1]: Example2020,
\emph{emphasis that goes on for more than one line of text, with $x + y$ in it}, \textbf{bold} and
<i>tags that go on for quite some words too</i>, CO<sub>2</sub>, \alpha + \beta without dollars, and
\cite{Example2020, Sample2021} with \unknown{a + b} at the end.""",
]
_PIECES = [
    "word", "another", "well-known", "$x + y$", "$a - b = c^{2}$", "$n$-dimensional", "+", "-", "*",
    ">", "#", "12.", "1905.", "*so*", "**two words**", "_it_", "``quoted words''", "`a word'",
    "https://foo.example/a_b*c", "(see", "that)", "[the text](https://foo.example/x)",
    "\\emph{some words}", "\\alpha", "Fig.~3", "10\\,GeV", "i.e.\\ so", "$5", "a_b", "C*-algebra",
    "\\\\ ", "M\\\"uller", "<i>in vivo</i>", "--", "5--6", "\\(z - 1\\)", "=", "===", "|",
]  # fmt: skip
PROSE = st.lists(st.sampled_from(_PIECES), min_size=12, max_size=60).map(
    lambda words: "We see " + " ".join(words)
)


def shown(source: str) -> tuple[str, str]:
    """What is read, in text and in HTML, its blanks folded."""
    made = markdown(source)
    words = "".join(lxml.html.fromstring(f"<div>{made.html}</div>").itertext())
    return " ".join(laid_out(made.text).split()), " ".join(words.split())


def wrapped(source: str, width: int, *, at_hyphens: bool) -> str:
    """The paragraphs of a text in lines of that width."""
    return "\n\n".join(
        textwrap.fill(paragraph, width, break_long_words=False, break_on_hyphens=at_hyphens)
        for paragraph in source.split("\n\n")
    )


@pytest.mark.parametrize("at_hyphens", [False, True])
@pytest.mark.parametrize("source", ABSTRACTS)
def test_an_abstract_reads_the_same_at_any_width(source: str, at_hyphens: bool) -> None:
    """From 50 to 120 columns, as an editor or a letter program wraps it."""
    expected = shown(source)
    for width in range(50, 121):
        assert shown(wrapped(source, width, at_hyphens=at_hyphens)) == expected


@given(PROSE, st.integers(50, 120))
def test_any_words_read_the_same_at_any_width(source: str, width: int) -> None:
    """Signs, formulas, addresses and marks in any order."""
    assert shown(wrapped(source, width, at_hyphens=False)) == shown(source)


ADVERSARIES = [
    "{", "}", "\\(", "\\[x ", "$$x ", "$x ", "${", "$\\x", "`", "``a ", "`a' ", "[", "](", "*a ",
    "*a* ", "_a", "<", "<b>", "<a href=", "&", "&amp;", "a--b ", "a~", "\\", "\\emph{", "\\emph{a} ",
    "\\alpha{", "{\\it ", "- a\n", "1. a\n", "a:\n1. b\n", "a\n\n", " ", "a@", "a@b.c ", "http://",
    "https://a.b/(((", "\\begin{align}", "\\begin{itemize}\\item ", "$$a=b$$\n\n",
    "\\def\\a{\\a\\a}$\\a$", "\\newcommand{\\a}{$\\b$}", "´", "M¨u ", "\\\\ ", "<p>", "<br>",
    "\U000f0000 ", "ab-\nab", "$\\left(x\\right)$", "\\\"", "![a](http://x.y)", "&#1", "' ",
    "\ue000a\n", "$^{", "x^{", "x_{1}^{", "M_{CDM} ", "\\frac{1}{x_{2}} ", "\\def\\a{", "\\newcommand{\\a}{",
    "\\newcommand{\\a}[1]{b}\\(\\a{\\a{\\a{", "\\textcolor{a}{", "\\unicode{", "\\Msun ", "$ 5n + ", "[[",
    "**", "<!--", "|", "\"'", "e\u0301\u0323", "\u0323", "\u200d", "\u202e", "\U0001f600\u200d",
    "\\SI{", "\\SI{a}{", "\\num{1 ", "\\SI{1}{\\m} ", "\\R",
]  # fmt: skip


@pytest.mark.parametrize("piece", ADVERSARIES)
def test_no_input_takes_long(piece: str) -> None:
    """60 KB of anything, which is more than a mail holds: work grows with the length, not with its square.

    CPU time, not the clock's, and far above what it takes.
    """
    source = (piece * (60_000 // len(piece) + 1))[:60_000]
    begun = time.process_time()
    markdown(source)
    titled(source)
    assert all(remain.about for remain in remains(source))
    assert time.process_time() - begun < 8


def test_maths_without_dollars_is_looked_for_within_bounds() -> None:
    """What comes after very much of it stays as it was typed, and is said."""
    source = " ".join(f"x^{{{number}}}" for number in range(3000))
    read = markdown(source).text.split()
    assert (read[0], read[-1]) == ("x⁰", "x^{2999}")
    assert {remain.code for remain in remains(source)} == {"raw-tex"}
    assert len(list(remains(source))) == 3000


def test_what_is_longer_than_a_mail_is_left_as_typed() -> None:
    """200 KB are paragraphs of text, escaped."""
    made = markdown("a <b> $x$\n\n" * 20_000)
    assert made.text.startswith("a <b> $x$\n\na <b> $x$")
    assert made.html.startswith("<p>a &lt;b&gt; $x$</p>\n")


def test_deep_and_endless_formulas_stay_latex() -> None:
    """Neither a stack nor a memory runs over."""
    for latex in ("{" * 900 + "x" + "}" * 900, "x_" * 900, "\\frac" * 900, "\\left(" * 900):
        source = f"$ {latex} $ and ${latex}$"
        assert latex in markdown(source).text.replace("\u00a0", " ")


def test_at_most_twelve_equations_are_drawn() -> None:
    """A mail has no room for more pictures; the others are text."""

    def draw(latex: str) -> tuple[Picture, int, int]:
        return Picture(cid=latex, data=b"", subtype="png", filename="equation.png"), 1, 1

    source = "\n\n".join(f"$$\\int f_{{{number}}} = {number}$$" for number in range(40))
    made = markdown(source, draw)
    assert made.text.count("∫") == 40
    assert len(made.pictures) == made.html.count("<img") == 12
