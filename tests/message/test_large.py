"""Large and odd texts cost little: what is looked for in them is bounded, so that these tests end at all."""

from __future__ import annotations

import unicodedata

import pytest

from announcer.message.template_remains import leftovers
from announcer.text.characters import apart, clean
from tests.departments import CONFIG
from tests.records.conftest import Folder, folder

__all__ = ["folder"]
HUGE = 200_000
LARGEST = 150_000
MARKS = ("{", "{{ a ", "{% ", "{# ", "@@a", "<built-in ", "object at 0x1")
LONG = {
    "abstract": ("{", 20_000),
    "title": ("$x$ ", 2_000),
    "notice": ("漢", 2_000),
    "contact": ("a@b.c ", 2_000),
    "notes": ("$$x$$\n", 20_000),
}


@pytest.mark.parametrize("mark", MARKS)
def test_what_opens_and_never_closes_is_no_remain_of_a_template(mark: str) -> None:
    """A line of 200 KB of it is gone through once."""
    assert all(len(remain) <= 200 for remain in leftovers(mark * (HUGE // len(mark)), [mark * 90]))


def test_a_letter_has_thirty_marks_at_most() -> None:
    """To put a hundred thousand in order would take minutes; what people write is as it was."""
    heap = clean("a" + "\u0301\u0316" * (HUGE // 2) + "b")
    assert len(unicodedata.normalize("NFD", heap)) == len("a") + 30 + len("b")
    assert clean("Nguye\u0302\u0303n \u0928\u092e\u0938\u094d\u0924\u0947") == "Nguyễn नमस्ते"


def test_a_long_word_has_no_accent_beside_a_letter() -> None:
    """Chinese has no blanks; nor does somebody's DNA."""
    assert apart("漢" * HUGE) == []


@pytest.mark.parametrize("field", LONG)
def test_what_is_too_long_for_a_mail_is_said(folder: Folder, field: str) -> None:
    """At its field, with how long it may be, and before anything is made of it."""
    piece, limit = LONG[field]
    folder.write("announcer.yaml", CONFIG)
    lines = (piece * (LARGEST // len(piece.encode()))).replace("\n", "\n  ")
    folder.write("talks/colloquium/2026-ada.yaml", f"date: 2026-12-02\n{field}: |\n  {lines}\n")
    (problem,) = [problem for problem in folder.load().problems if problem.code == "too-long"]
    assert problem.hint == f"write at most {limit} characters"
