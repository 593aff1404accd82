"""The email's frame, the message's anatomy and the words around them, case by case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.domain.occasion import Occasion
from announcer.preview import mime_parts, words
from announcer.preview.sandbox import framed
from tests.message.samples import composer, full, group, seed

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MESSAGE = composer().compose(group(full()), date=NOW)


@pytest.mark.parametrize(
    ("mode", "query", "shown"),
    [
        ("light", "@media (prefers-color-scheme: dark)", "@media (max-width: 0px)"),
        ("dark", "@media (prefers-color-scheme: dark)", "@media (min-width: 0px)"),
        ("inverted", "@media (prefers-color-scheme:dark)", "@media (max-width: 0px)"),
        ("dark", "@media screen and ( PREFERS-color-scheme : light )", "@media screen and (max-width: 0px)"),
        ("light", "@media (prefers-color-scheme: light)", "@media (min-width: 0px)"),
        ("light", "@media (max-width: 520px)", "@media (max-width: 520px)"),
    ],
)
def test_the_mode_answers_questions_about_the_color_scheme(mode: str, query: str, shown: str) -> None:
    """Whatever the browser prefers."""
    page = framed(f"<html><head><style>{query} {{}}</style></head></html>", b"\r\n\r\n", mode)
    assert page.partition("<style>")[2].partition(" {}")[0] == shown


def test_pictures_of_the_message_stand_in_the_page() -> None:
    """No cid: is left, and nothing else of the page differs but one style."""
    page = framed(MESSAGE.html or "", MESSAGE.data, "light")
    assert ("cid:" in (MESSAGE.html or ""), "cid:" in page) == (True, False)
    assert "data:image/png;base64," in page
    assert "<style>:root{color-scheme:light!important}</style></head>" in page


def test_header_fields_are_those_of_the_message() -> None:
    """In their order, decoded, with the encoded form beside it where it differs."""
    fields = mime_parts.fields(MESSAGE.data)
    assert [field.name for field in fields] == message_from_bytes(MESSAGE.data, policy=policy.default).keys()
    (subject,) = [field for field in fields if field.name == "Subject"]
    assert subject.value == MESSAGE.subject
    assert subject.raw.startswith("=?utf-8?") or subject.raw == ""


def test_the_tree_has_every_part_with_its_size() -> None:
    """The top is the whole message, to the byte; what has parts is not decoded."""
    parts = mime_parts.parts(MESSAGE.data)
    assert [(part.depth, part.kind) for part in parts] == [
        (0, "multipart/mixed"),
        (1, "multipart/alternative"),
        (2, "text/plain"),
        (2, "multipart/related"),
        (3, "text/html"),
        (3, "image/png"),
        (1, "text/calendar"),
    ]
    assert parts[0].size == len(MESSAGE.data)
    assert parts[4].content == len((MESSAGE.html or "").replace("\n", "\r\n").encode())
    assert [part.content is None for part in parts] == [True, True, False, True, False, False, False]


def test_the_calendar_is_read_as_a_calendar_reads_it() -> None:
    """The time on the talk's clocks, the place, the method."""
    (event,) = mime_parts.events(MESSAGE.calendar or b"", "America/Chicago")
    assert (event.method, event.month, event.number) == ("PUBLISH", "Dec", "9")
    assert event.when == "Wednesday, December 9, 4:00 pm to 5:00 pm CST"
    assert event.location.startswith("Crow 201, Crow Hall")
    assert [name for name, _ in event.rows][:3] == ["UID", "SEQUENCE", "DTSTAMP"]


@pytest.mark.parametrize(
    ("page", "first", "beside"),
    [
        ('<body><div style="display:none">Before</div><p>After it</p></body>', "Before", "Before After it"),
        ('<div style="color:red; DISPLAY : none">A</div>B', "A", "A B"),
        ("<head><title>No</title><style>p{}</style></head><p>Yes <b>it</b> is</p>", "", "Yes it is"),
        ('<div style="display:none">A<br>B<span>C</span></div><p>D</p>', "ABC", "A B C D"),
        ('<div style="display:none">A &zwnj;&nbsp;&zwnj; &amp;</div>', "A &", "A &"),
    ],
)
def test_the_preheader_is_what_is_hidden(page: str, first: str, beside: str) -> None:
    """And an inbox shows the first words, hidden or not."""
    assert mime_parts.preheader(page, "") == (first, beside)


def test_a_text_without_html_begins_with_itself() -> None:
    """A list that takes text only has no preheader."""
    assert mime_parts.preheader(None, "PHYSICS\n\nAda  Example\n") == ("", "PHYSICS Ada Example")


@pytest.mark.parametrize("occasion", list(Occasion)[:2])
def test_the_unsent_draft_keeps_all_but_what_a_client_writes(occasion: Occasion) -> None:
    """Its body is untouched, and folded fields go whole or stay whole."""
    exact = composer().compose(group(seed(), occasion), date=NOW).data
    draft = mime_parts.unsent(exact)
    before = message_from_bytes(exact, policy=policy.default)
    after = message_from_bytes(draft, policy=policy.default)
    gone = {"Date", "Message-ID", "Auto-Submitted"}
    assert after.keys() == ["X-Unsent", *(name for name in before if name not in gone)]
    assert draft.partition(b"\r\n\r\n")[2] == exact.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize(
    ("ahead", "distance"),
    [
        (timedelta(0), "now"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(minutes=-59), "59 minutes ago"),
        (timedelta(hours=3), "in 3 hours"),
        (timedelta(hours=13), "tomorrow"),
        (timedelta(hours=-13), "yesterday"),
        (timedelta(days=7), "in 7 days"),
        (timedelta(days=-2), "2 days ago"),
    ],
)
def test_distances_are_by_the_date(ahead: timedelta, distance: str) -> None:
    """Thirteen hours from noon is tomorrow."""
    assert words.distance(NOW + ahead, NOW) == distance


@given(st.timedeltas(min_value=timedelta(days=-4000), max_value=timedelta(days=4000)))
def test_every_distance_has_a_direction(ahead: timedelta) -> None:
    """What is ahead is never `ago`."""
    distance = words.distance(NOW + ahead, NOW)
    if distance.startswith("in "):
        assert ahead > timedelta(0)
    if distance.endswith("ago"):
        assert ahead < timedelta(0)


@pytest.mark.parametrize(
    ("octets", "size"), [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1.0 KB"), (20685, "20.2 KB")]
)
def test_sizes_are_in_kilobytes_of_1024(octets: int, size: str) -> None:
    """As servers count."""
    assert words.size(octets) == size


def test_what_stays_raw_is_marked() -> None:
    """TeX that nobody understood, in the words of the page alone: an attribute or an address stays whole."""
    words = '<html><head></head><body><p title="\\x">as \\cite{Example2020}, C:\\temp</p></body></html>'
    page = framed(words, b"\r\n\r\n", "light")
    assert '<p title="\\x">as <mark title=' in page
    assert ">\\cite{Example2020}</mark>, C:\\temp</p>" in page
