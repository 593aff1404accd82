"""Whatever comes, it is read or refused in words: no text and no bytes make an importer fail."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.domain.plain import in_words
from announcer.importers.contract import Given, SourceFaultError
from announcer.importers.detecting import NAMES, detected, importer
from announcer.importers.meetings import MEETING, extracted
from announcer.importers.moments import read_moment
from announcer.importers.titles import OFFERED, parts_of
from tests.importers.conftest import HOW
from tests.importers.test_json import INDICO, LOCALIST

_PIECES = """
BEGIN:VCALENDAR BEGIN:VEVENT END:VEVENT END:VCALENDAR DTSTART ;TZID= : , ; " { } [ ] 20261202T160000Z
UID:1 SUMMARY: RRULE:FREQ=WEEKLY <html> <p> </ <rss> <item> Title: Speaker: Date: 4pm 2026-12-02 Date,Speaker
"events" "results" null Passcode:x é 🎉 https://example.zoom.us/j/1 &amp; From:a@example.edu MIME-Version:1.0
Subject:x <![CDATA[ PK
"""
PIECES = st.sampled_from([*_PIECES.split(), " ", "\n", "\r\n", "\t", "\x00"])
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join)


def read_or_refused(source: Given, name: str | None) -> None:
    """Reads it; the only error is one that is ready to be shown."""
    fault = None
    try:
        (importer(name) if name else detected(source)).read(source, HOW)
    except SourceFaultError as error:
        fault = error
    assert fault is None or (fault.code and fault.hint)


@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    """In the format that it looks like."""
    given_text = Given(data=text.encode("utf-8", "replace"), address="https://example.edu/x")
    read_or_refused(given_text, None)


@pytest.mark.parametrize("name", NAMES)
@given(TEXTS)
def test_any_text_is_read_or_refused_by_the_format_that_was_named(name: str, text: str) -> None:
    """`--format` can be wrong."""
    given_text = Given(data=text.encode("utf-8", "replace"))
    read_or_refused(given_text, name)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from([INDICO, LOCALIST]), st.data())
def test_any_value_in_the_place_of_another_is_read(document: object, data: st.DataObject) -> None:
    """Documents of other programs hold anything anywhere."""
    import json

    def changed(value: object, depth: int) -> object:
        if depth > 1 and data.draw(st.integers(0, 6)) == 0:
            return data.draw(JSON)
        if isinstance(value, dict):
            return {key: changed(child, depth + 1) for key, child in value.items()}
        if isinstance(value, list):
            return [changed(child, depth + 1) for child in value]
        return value

    given_text = Given(data=json.dumps(changed(document, 0)).encode())
    read_or_refused(given_text, None)


@given(st.text(max_size=60) | TEXTS)
def test_any_text_has_a_date_or_none(text: str) -> None:
    """And never one whose year does not stand in it."""
    moment = read_moment(text, today=date(2026, 11, 23))
    if moment.day is not None:
        digits = "".join(char if char.isdecimal() else " " for char in text)
        assert str(moment.day.year) in "".join(str(int(char)) if char.isdecimal() else " " for char in digits)


@given(TEXTS)
def test_no_meeting_is_left_in_a_text(text: str) -> None:
    """Its link is taken out, wherever it stands."""
    assert MEETING.search(extracted(text).text) is None


@given(st.sampled_from(OFFERED), st.text(max_size=60))
def test_a_title_line_loses_no_part(pattern: str, line: str) -> None:
    """What a pattern finds stands in the line."""
    for part in (parts_of(line, pattern) or {}).values():
        assert in_words(part) in in_words(line)
