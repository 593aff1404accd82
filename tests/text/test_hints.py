"""A hint is something that works when it is obeyed."""

from __future__ import annotations

import pytest

from announcer.text.reading import markdown
from announcer.text.remains import remains

OBEYED = [
    (r"as in \cite{Sample2021}", r"\cite{Sample2021}", "[Sample2021]", "as in [Sample2021]"),
    (r"so it is \footnote{mostly}", r"\footnote{mostly}", "(mostly)", "so it is (mostly)"),
    (r"for \mathbb{R}^n", r"\mathbb{R}^n", r"$\mathbb{R}^n$", "for ℝⁿ"),
    (r"with \alpha > 0", r"\alpha", r"$\alpha$", "with α > 0"),
    ("a mass M_{CDM} here", "M_{CDM}", "$M_{CDM}$", "a mass M_{CDM} here"),
    ("of rho_{late-type} so", "rho_{late-type}", r"$rho_{late\text{-}type}$", "of rho_{late-type} so"),
    ("for $10 and $a_i so", "$a_i so", r"\$a_i so", "for $10 and $a_i so"),
]


@pytest.mark.parametrize(("source", "about", "typed", "text"), OBEYED, ids=[row[0] for row in OBEYED])
def test_what_a_hint_says_to_type_is_read(source: str, about: str, typed: str, text: str) -> None:
    """In place of the piece that the remark is about."""
    (remark,) = remains(source)
    assert remark.about == about
    assert typed in remark.hint or typed[:2] in remark.hint
    better = source.replace(about, typed)
    assert list(remains(better)) == []
    assert markdown(better).text == text


def test_the_definition_that_a_hint_writes_defines() -> None:
    """Typed before the formula, with the command's name as what it stands for."""
    source = r"Let $\cpn(G)$ act."
    (remark,) = remains(source)
    definition = remark.hint.rpartition(": ")[2]
    assert definition == r"\newcommand{\cpn}{\mathrm{cpn}}"
    assert list(remains(definition + source)) == []
    assert markdown(definition + source).text == "Let cpn(G) act."


def test_a_deleted_tag_and_a_typed_accent_are_silent() -> None:
    """The other hints."""
    for bad, good in (("a <hr> b", "a b"), ("M ¨uller", 'M\\"uller')):
        assert len(list(remains(bad))) == 1
        assert list(remains(good)) == []
