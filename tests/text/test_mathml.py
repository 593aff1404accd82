"""MathML on pages: the mail's formula with its shape, and nothing else than the mail says."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from announcer.text.formulas import render_maths
from announcer.text.mathml import mathml
from announcer.text.reading import markdown


@pytest.mark.parametrize(
    ("latex", "made"),
    [
        ("E=mc^2", "<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>"),
        (r"\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"),
        ("x^2_1", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
        (r"\nu_{\rm eff}", "<msub><mi>ν</mi><mrow><mi>eff</mi></mrow></msub>"),
        (
            r"73 \pm 1",
            "<mn>73</mn><mo>±</mo><mn>1</mn>",
        ),
        ("a=-b", '<mi>a</mi><mo>=</mo><mo form="prefix">−</mo><mi>b</mi>'),
        (r"\Gamma_{\max}", '<msub><mi mathvariant="normal">Γ</mi><mrow><mi>max</mi></mrow></msub>'),
        (r"\mathbb{R}", "<mrow><mi>ℝ</mi></mrow>"),
        (r"\text{if } x<0", "<mtext>if\u00a0</mtext><mi>x</mi><mo>&lt;</mo><mn>0</mn>"),
        (r"\int_0^1", '<msubsup><mo class="big">∫</mo><mn>0</mn><mn>1</mn></msubsup>'),
        (
            r"\sum_{n}^\infty",
            '<munderover><mo class="big">∑</mo><mrow><mi>n</mi></mrow>'
            '<mi mathvariant="normal">∞</mi></munderover>',
        ),
    ],
)
def test_a_formula_keeps_its_shape(latex: str, made: str) -> None:
    """Fractions, roots and scripts stand as on paper; words are upright; signs are no operations."""
    assert mathml(latex, display=False) == f"<math>{made}</math>"


@pytest.mark.parametrize(
    "latex",
    [
        r"\foo x",
        r"\begin{pmatrix} a & b \end{pmatrix}",
        r"x_1{}_2",
        r"{n \choose k}",
        r"\substack{a \\ b}",
        "a^",
        "",
    ],
)
def test_what_is_not_known_stays_as_in_the_mail(latex: str) -> None:
    """Nothing is guessed."""
    assert mathml(latex, display=False) is None


def test_an_abstract_has_both() -> None:
    """A formula that cannot be written is the mail's own, beside one that can; the text is the mail's."""
    full = r"On $\frac{k}{m}$ and $\begin{pmatrix} a \end{pmatrix}$."
    made = markdown(full, maths=mathml).html
    assert "<mfrac>" in made
    assert r"\begin{pmatrix}" in made
    assert markdown(full, maths=mathml).text == markdown(full).text


_ATOMS = st.sampled_from(
    [*"abxyz", "12", "3.5", r"\alpha", r"\Lambda", r"\infty", r"\hbar", r"\mathbf{v}", r"\mathcal{H}"]
)
_SIGNS = st.sampled_from(["+", "-", "=", r"\pm", r"\sim", r"\le ", r"\to", ",", r"\,", " ", r"\cdot "])


def letters(text: str) -> Counter[str]:
    """Its letters and digits, however they are set."""
    plain = unicodedata.normalize("NFKD", text.replace("∛", "3").replace("∜", "4"))
    return Counter(char for char in plain if char.isalnum())


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(r"\frac{{{}}}{{{}}}".format, inner, inner),
        st.builds(r"\sqrt{{{}}}".format, inner),
        st.builds("{}^{{{}}}".format, _ATOMS, inner),
        st.builds("{}_{{{}}}".format, _ATOMS, inner),
        st.builds(r"\left({}\right)".format, inner),
        st.builds(r"\hat{{{}}}".format, _ATOMS),
        st.builds("{}{}{}".format, inner, _SIGNS, inner),
    )


@settings(max_examples=300, deadline=None)
@given(st.recursive(_ATOMS, _larger, max_leaves=8))
def test_it_is_well_formed_and_says_what_the_text_says(latex: str) -> None:
    """Whatever is put together of what people write: XML that holds, the text's letters and digits in it."""
    made = mathml(latex, display=False)
    rendered = render_maths(latex)
    if made is not None:
        assert rendered is not None
        assert letters("".join(etree.fromstring(made).itertext())) == letters(rendered.text)
