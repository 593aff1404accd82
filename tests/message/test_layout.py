"""The text part's page: wrapped under its own first column, blank lines in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.message.layout import laid_out

LONG = "words and more words that go on for a while until the line is longer than it may be, at last"

PAGES = [
    ("a paragraph", LONG, ""),
    ("a list", f"- {LONG}", "  "),
    ("a numbered list", f"10. {LONG}", "    "),
    ("a nested list", f"  - {LONG}", "    "),
    ("a sign that is no quotation", f"> {LONG}", ""),
    ("a fact", f"Where:          {LONG}", " " * 16),
    ("a fact's second line", f"{' ' * 16}{LONG}", " " * 16),
    ("indented", f"    {LONG}", "    "),
]


@pytest.mark.parametrize(("case", "line", "hang"), PAGES, ids=[page[0] for page in PAGES])
def test_long_lines_hang_under_their_first_column(case: str, line: str, hang: str) -> None:
    """A list item under its words, a fact's value under its value."""
    made = laid_out(line).rstrip("\n").split("\n")
    assert len(made) > 1
    assert max(map(len, made)) <= 72
    for following in made[1:]:
        assert following.startswith(hang)
        assert not following.removeprefix(hang).startswith(" "), case


def test_addresses_are_not_broken() -> None:
    """A URL longer than the line stands on a line of its own."""
    url = "https://meet.example.edu/" + "a-very-long-path/" * 6
    assert url in laid_out(f"Join online:    {url}").split("\n")[-2]


def test_blank_lines_do_not_pile_up() -> None:
    """One at most, none at the ends, one line end at the last."""
    assert laid_out("\n\n\none\n\n\n\ntwo   \n\n") == "one\n\ntwo\n"


def test_the_signature_keeps_its_blank() -> None:
    """RFC 3676 4.3."""
    assert laid_out("one\n\n-- \ntwo") == "one\n\n-- \ntwo\n"


@given(st.text(alphabet="ab -:>\n.1", max_size=400))
def test_no_word_is_lost(text: str) -> None:
    """Wrapping adds line ends and blanks, never takes words."""
    plain = "".join(laid_out(text).split())
    assert plain.replace(">", "") == "".join(text.split()).replace(">", "")
