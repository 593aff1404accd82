"""A paragraph is one line in its box and lines in the file, and says the same in both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.preview.desk.boxes import boxes_of, changes
from announcer.preview.desk.paragraphs import flowed, in_lines
from announcer.records.editing import values_of, with_field

FILE = """\
date: 2026-12-02  # Wednesday
speaker:
  name: Ada Example   # a comment
  bio: |
    Ada Example has written many things on a great variety of matters, all of them invented,
    and some of them twice.
abstract: |
  Recent developments have produced models that exhibit remarkable capabilities in a variety
  of domains.

  - one
  - two

  In this talk we ask why.
"""
WORDS = st.lists(
    st.sampled_from(
        ["a", "word", "considerably", "$E = mc^2$", "1.", "-", "+", "#", "(a)", "x" * 120, "\\emph{so}"]
    ),
    min_size=1,
    max_size=60,
).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=4).map("\n\n".join))
def test_what_is_written_in_lines_reads_as_it_was_typed(text: str) -> None:
    """Whatever a line would begin with."""
    assert flowed(in_lines(text, "")) == flowed(text)
    assert flowed(flowed(text)) == flowed(text)


@given(st.text(alphabet="ab \n-*$\\", max_size=300))
def test_no_character_is_lost(text: str) -> None:
    """But for blanks and line ends, whatever somebody typed."""
    for made in (flowed(text), in_lines(text, ""), in_lines(text, text)):
        assert made.split() == text.split()


def _changed(**boxes: str) -> str:
    values = values_of(FILE.encode())
    assert values is not None
    text = FILE
    entered = {name.replace("__", "."): value for name, value in boxes.items()}
    for key, value in changes({**boxes_of(values).boxes, **entered}, values).items():
        text = with_field(text, key, value)
    return text


def test_paragraphs_that_nobody_touched_keep_their_lines() -> None:
    """Also those of a speaker whose name changes."""
    assert _changed() == FILE
    assert _changed(speaker__0__name="Ada B. Example") == FILE.replace("name: Ada", "name: Ada B.")
    box = boxes_of(values_of(FILE.encode()) or {}).boxes["abstract"]
    assert box.split("\n")[0].endswith("in a variety of domains.")
    assert _changed(abstract=box.replace("we ask why", "we ask how")) == FILE.replace("ask why", "ask how")


@pytest.mark.parametrize(
    "text",
    [
        "A line that is long enough to have been ended by an editor:\n1. one\n2. two",
        "A line that is long enough to have been ended by an editor,\n  and one that is set in",
        "Short lines\nare meant",
        "A line that is long enough to have been ended by an editor,\n$$x$$\nand goes on",
        "A line that is long enough, and that ends in a hard break\\\nwhich stays",
    ],
)
def test_lines_that_mean_something_stay(text: str) -> None:
    """Lists, formulas of their own, verses and breaks."""
    assert flowed(text) == text
    assert in_lines(text, "") == text


def test_a_long_paragraph_gets_lines_of_a_page() -> None:
    """As a careful person writes it; no formula is broken."""
    text = "Every symmetry has a conservation law, and we say why. The talk begins with $L(q, \\dot q)$ " * 3
    lines = in_lines(text.strip(), "").split("\n")
    assert len(lines) > 2
    assert max(map(len, lines)) <= 96
    assert all(line.count("$") % 2 == 0 for line in lines)
