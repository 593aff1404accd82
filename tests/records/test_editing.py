"""One field of a file is changed, and nothing else of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.records.editing import NotEditableError, values_of, with_field, with_source
from announcer.records.yaml.decoding import writable

TALK = """\
# what the editor needs
date: 2026-12-02   # a Wednesday
# the speaker writes on Friday
title: 'Old: title'
speaker:
  name: Ada Example   # friend of Max
abstract: |
  One.

  # Two is no comment.

# at the end
notes: Buy flowers.
"""


def test_a_line_is_put_anew_and_every_other_stays() -> None:
    """Comments above and below, and the order, are as they were."""
    changed = with_field(TALK, "title", "New: title")
    assert changed == TALK.replace("'Old: title'", "'New: title'")


def test_prose_is_put_anew_whole_and_of_a_record_what_is_other() -> None:
    """With all of their lines, and without the comment that follows them."""
    changed = with_field(TALK, "abstract", "Three.\n\nFour.")
    assert changed == TALK.replace("  One.\n\n  # Two is no comment.\n", "  Three.\n\n  Four.\n")
    changed = with_field(TALK, "speaker", {"name": "Bob", "affiliation": "Example University"})
    assert changed == TALK.replace(
        "Ada Example   # friend of Max", "Bob   # friend of Max\n  affiliation: Example University"
    )
    again = with_field(
        changed, "speaker", {"name": "Bob", "affiliation": "Another", "url": "https://example.edu"}
    )
    assert again == changed.replace("Example University", "Another\n  url: 'https://example.edu'")
    assert with_field(changed, "speaker", {"name": "Bob"}) == changed.replace(
        "  affiliation: Example University\n", ""
    )


def test_a_comment_behind_a_value_stays_and_a_weekday_behind_a_date_goes() -> None:
    """It may be a note of a person's; of another date it would be another weekday."""
    text = "date: 2026-12-02   # a Wednesday\nstatus: draft  # to be confirmed\ntitle: 'A # b'  # \"no\"\n"
    assert with_field(text, "date", "2026-12-09") == text.replace("2026-12-02   # a Wednesday", "2026-12-09")
    assert with_field(text, "status", "confirmed") == text.replace("draft", "confirmed")
    assert with_field(text, "title", "C") == text.replace("'A # b'", "C")


def test_a_new_field_takes_the_place_of_what_the_file_offers_of_it() -> None:
    """As a person would take the `#` away; else it stands below the field that is declared before it."""
    offer = "date: 2026-12-02\n\n# notes: For the organizers; never sent.\n# the end\n"
    assert with_field(offer, "notes", "Buy.") == "date: 2026-12-02\n\nnotes: Buy.\n# the end\n"
    assert with_field(offer, "title", "A") == offer.replace("12-02\n", "12-02\ntitle: A\n")


def test_a_new_field_stands_where_it_is_declared_and_none_takes_one_away() -> None:
    """As a person would add it."""
    assert with_field(TALK, "host", "Max Sample") == TALK.replace(
        "comment.\n", "comment.\nhost: Max Sample\n"
    )
    assert with_field(TALK, "notes", None) == TALK.replace("notes: Buy flowers.\n", "")


def test_line_ends_of_windows_stay() -> None:
    """Notepad's files remain Notepad's."""
    changed = with_field(TALK.replace("\n", "\r\n"), "abstract", "Three.\n\nFour.")
    assert changed == with_field(TALK, "abstract", "Three.\n\nFour.").replace("\n", "\r\n")
    config = with_source(CONFIG.replace("\n", "\r\n"), "b", {"file": "b.csv"})
    assert config == with_source(CONFIG, "b", {"file": "b.csv"}).replace("\n", "\r\n")


def test_several_speakers_take_the_place_of_one() -> None:
    """There are never both."""
    changed = with_field(TALK, "speakers", ["Ada", "Bob"])
    assert "speakers:\n  - Ada\n  - Bob\nabstract" in changed
    assert "speaker:\n" not in changed


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_abstract_can_be_put_anew(text: str) -> None:
    """Whatever it is, the rest of the file says what it said."""
    before, after = values_of(TALK.encode()), values_of(with_field(TALK, "abstract", text).encode())
    assert before is not None
    assert after is not None
    abstract = str(after.pop("abstract", ""))
    before.pop("abstract")
    assert after == before
    assert abstract.split() == writable(text).split()


CONFIG = """\
organization: Example   # the department
sources:
  # the calendar of the faculty
  spring:
    url: https://calendar.example.edu/a.ics
    # asked in May
    series: colloquium
  plan: {file: plan.xlsx}
# how mail leaves
delivery: {transport: maildir}
"""


def test_a_setting_is_added_to_a_source() -> None:
    """Above its other settings, in their indentation."""
    changed = with_source(CONFIG, "spring", {"summary": "{speaker}: {title}"})
    assert changed == CONFIG.replace("    url:", "    summary: '{speaker}: {title}'\n    url:")
    again = with_source(changed, "spring", {"summary": "title"})
    assert again == CONFIG.replace("    url:", "    summary: title\n    url:")


def test_a_source_is_added_below_the_others_or_as_the_first() -> None:
    """With all that is known of it."""
    settings = {"file": "b.csv", "columns": {"Farbe: x": "notes"}}
    block = "  b:\n    file: b.csv\n    columns:\n      'Farbe: x': notes\n"
    assert with_source(CONFIG, "b", settings) == CONFIG.replace("# how mail", f"{block}# how mail")
    assert (
        with_source("organization: Example\n", "b", settings) == f"organization: Example\n\nsources:\n{block}"
    )


@pytest.mark.parametrize("text", ["sources: {a: {url: https://example.edu}}\n", CONFIG])
def test_what_is_written_in_one_line_is_left_to_a_person(text: str) -> None:
    """Rather than guess where to put it."""
    with pytest.raises(NotEditableError):
        with_source(text, "a" if "a:" in text[:12] else "plan", {"summary": "title"})
