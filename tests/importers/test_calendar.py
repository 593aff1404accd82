"""Calendars: the traps of their dates, what stands in their texts, and the habits of each program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from announcer.importers.contract import Draft, SourceFaultError
from tests.importers.conftest import codes, only, reading

Event = Callable[..., Draft]
AT_FOUR = (date(2026, 12, 2), time(16))


@pytest.mark.parametrize(
    ("start", "head"),
    [
        ("DTSTART:20261202T220000Z", ()),
        ("DTSTART;TZID=Europe/Berlin:20261202T220000Z", ()),
        ('DTSTART;TZID="Europe/Berlin":20261202T220000Z', ()),
        ("DTSTART;TZID=America/Chicago:20261202T160000", ()),
        ("DTSTART;TZID=/America/Chicago:20261202T160000", ()),
        ("DTSTART;TZID=Central Standard Time:20261202T160000", ()),
        ("DTSTART;TZID=W. Europe Standard Time:20261202T230000", ()),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261202T230000", ()),
        ("DTSTART:20261202T160000", ()),
        ("DTSTART:20261202T230000", ("X-WR-TIMEZONE:Europe/Berlin",)),
        ("DTSTART;VALUE=DATE-TIME:20261202T220000Z", ()),
    ],
)
def test_every_way_to_write_four_o_clock(event: Event, start: str, head: tuple[str, ...]) -> None:
    """UTC also where a zone stands beside it, a Windows zone, a floating time with and without a zone."""
    draft = event(start, "SUMMARY:Ada Example", head=head)
    assert (draft.day, draft.at) == AT_FOUR
    assert draft.skip is None


def test_a_zone_with_its_own_rules_is_the_instant_that_they_give() -> None:
    """A VTIMEZONE of any name counts."""
    rules = (
        "BEGIN:VTIMEZONE\r\nTZID:Our Zone\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    text = (
        f"BEGIN:VCALENDAR\r\n{rules}BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Our Zone:20261202T170000\r\n"
        "SUMMARY:Ada\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    draft = only(reading(text))
    assert (draft.day, draft.at) == AT_FOUR


def test_the_zone_that_a_person_says_counts_more(event: Event) -> None:
    """Calendars carry the zone of whoever made them."""
    draft = event(
        "DTSTART:20261202T230000", head=("X-WR-TIMEZONE:Asia/Tokyo",),
        zone="Europe/Berlin", zone_is_told=True, home="America/Chicago",
    )  # fmt: skip
    assert (draft.day, draft.at) == AT_FOUR


def test_a_zone_that_nobody_knows_is_said() -> None:
    """Its times are read as the department's, and the zone is named."""
    text = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Customized Time Zone:20261202T160000\r\n"
        "SUMMARY:Ada\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    contents = reading(text)
    assert (only(contents).day, only(contents).at) == AT_FOUR
    assert [remark.code for remark in contents.remarks] == ["unknown-zone"]
    assert "Customized Time Zone" in contents.remarks[0].text


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("DTSTART;VALUE=DATE:20261202", "all-day"),
        ("DTSTART:2026-13-99", "no-start"),
        ("X-NOTHING:1", "no-start"),
    ],
)
def test_a_date_that_is_not_certain_makes_no_talk(event: Event, start: str, code: str) -> None:
    """All day, unreadable, none: left out, with the reason."""
    draft = event(start, "SUMMARY:Ada Example")
    assert draft.skip is not None
    assert draft.skip.code == code


def test_no_end_is_left_to_the_series(event: Event) -> None:
    """icalendar says that it ends when it begins; nobody else does."""
    assert event("DTSTART:20261202T220000Z").length is None
    assert event("DTSTART:20261202T220000Z", "DTEND:20261202T233000Z").length == timedelta(minutes=90)
    assert event("DTSTART:20261202T220000Z", "DURATION:PT1H").length == timedelta(hours=1)
    long = event("DTSTART:20261202T220000Z", "DTEND:20261209T220000Z")
    assert (long.length, codes(long)) == (None, ["long"])


def test_a_rule_that_repeats_is_free_dates_by_the_wall_clock() -> None:
    """Four o'clock stays four o'clock across the change of clocks; an entry of its own is a talk."""
    text = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:r\r\nDTSTART;TZID=America/Chicago:20270224T160000\r\n"
        "RRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE;TZID=America/Chicago:20270303T160000\r\nSUMMARY:Colloquium\r\n"
        "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:r\r\nRECURRENCE-ID;TZID=America/Chicago:20270310T160000\r\n"
        "DTSTART;TZID=America/Chicago:20270310T160000\r\nSUMMARY:Ada\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    drafts = reading(text).drafts
    assert [(draft.day, draft.at, draft.skip.code if draft.skip else None) for draft in drafts] == [
        (date(2027, 2, 24), time(16), "slot"),
        (date(2027, 3, 17), time(16), "slot"),
        (date(2027, 3, 10), time(16), None),
    ]
    assert drafts[-1].uid == "r#20270310T220000Z"


def test_labels_in_a_description_are_fields_even_glued_together(event: Event) -> None:
    """A system that drops its tags leaves no blank between them."""
    draft = event(
        "DTSTART:20261202T220000Z",
        "SUMMARY:Ada Example",
        "DESCRIPTION:Title: On codesAbstract: We study\\, at length\\, &nbsp\\;codes.\\nHost: Max Sample",
        summary="speaker",
    )
    assert draft.values == {
        "title": "On codes",
        "abstract": "We study, at length, codes.",
        "host": "Max Sample",
        "speaker": "Ada Example",
    }


def test_html_in_a_description_becomes_markdown_and_maths_stays(event: Event) -> None:
    """Google writes HTML; what is a formula is left alone."""
    draft = event(
        "DTSTART:20261202T220000Z",
        "SUMMARY:Ada",
        'DESCRIPTION:<html-blob><p>We <b>study</b> $a_i*b$.</p><p>See <a href="https://example.org/x">it</a>'
        "</p></html-blob>",
        summary="speaker",
    )
    assert draft.values["abstract"] == "We **study** $a_i*b$.\n\nSee [it](https://example.org/x)"


def test_the_block_that_google_appends_is_no_abstract(event: Event) -> None:
    """Its link goes to `online`."""
    mark = "-::~:~::~:~:~:~:~:~:~:~::-"
    draft = event(
        "DTSTART:20261202T220000Z",
        f"DESCRIPTION:We study.\\n\\n{mark}\\nJoin with Google Meet: https://meet.google.com/abc-defg-hij\\n"
        f"Or dial: (US) +1 555-0100 PIN: 123 456#\\n{mark}",
        "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij",
    )
    assert draft.values["abstract"] == "We study."
    assert draft.values["online"] == {
        "url": "https://meet.google.com/abc-defg-hij",
        "note": "PIN for the phone: 123 456",
    }


def test_a_location_that_is_a_meeting_is_no_place(event: Event) -> None:
    """Outlook and Zoom write the link there."""
    draft = event("DTSTART:20261202T220000Z", "LOCATION:https://example.zoom.us/j/123456789")
    assert draft.values == {"online": {"url": "https://example.zoom.us/j/123456789"}}
    assert event("DTSTART:20261202T220000Z", "LOCATION:Microsoft Teams Meeting").values == {}


@pytest.mark.parametrize(
    ("location", "room"),
    [
        ("Hall 3 and Zoom: https://example.zoom.us/j/123456789", "Hall 3"),
        ("Hall 3 (https://example.zoom.us/j/123456789)", "Hall 3"),
        ("Hybrid: Hall 3 / https://example.zoom.us/j/123456789", "Hybrid: Hall 3"),
        ("Zoom https://example.zoom.us/j/123456789", None),
    ],
)
def test_a_place_beside_a_link_stays_a_place(event: Event, location: str, room: str | None) -> None:
    """The link alone goes to `online`."""
    draft = event("DTSTART:20261202T220000Z", f"LOCATION:{location}")
    assert draft.values.get("location") == room
    assert draft.values["online"] == {"url": "https://example.zoom.us/j/123456789"}


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "SUMMARY:CANCELLED: Ada Example"])
def test_an_entry_can_say_that_it_is_off(event: Event, line: str) -> None:
    """By its status, or in its title."""
    assert event("DTSTART:20261202T220000Z", line).cancelled


def test_a_private_entry_makes_no_talk(event: Event) -> None:
    """What is marked so is not for a list."""
    draft = event("DTSTART:20261202T220000Z", "CLASS:PRIVATE")
    assert draft.skip is not None
    assert draft.skip.code == "internal-there"


@pytest.mark.parametrize(
    ("product", "lines", "title", "speaker", "cancelled"),
    [
        ("-//CERN//INDICO//EN", ["SUMMARY:On codes [Cancelled]"], "On codes", None, True),
        ("-//pretalx//EN", ["SUMMARY:On codes - Ada Example"], "On codes", "Ada Example", False),
        ("-//talks.cam.ac.uk//v3//EN", ["SUMMARY:On codes by Ada Example"], "On codes", "Ada Example", False),
        ("-//researchseminars.org//EN", ["SUMMARY:Ada Example"], None, "Ada Example", False),
    ],
)
def test_a_program_that_is_known_needs_no_question(
    event: Event, product: str, lines: list[str], title: str | None, speaker: str | None, cancelled: bool
) -> None:
    """What its title line means is known."""
    draft = event("DTSTART:20261202T220000Z", *lines, head=(f"PRODID:{product}",))
    assert (draft.values.get("title"), draft.values.get("speaker")) == (title, speaker)
    assert (draft.line, draft.cancelled) == (None, cancelled)


def test_what_a_title_line_means_is_left_open(event: Event) -> None:
    """Only a person can tell whether it is a title or a name."""
    draft = event("DTSTART:20261202T220000Z", "SUMMARY:Ada Example: On codes")
    assert (draft.line, draft.values) == ("Ada Example: On codes", {})


def test_an_outlook_field_of_its_own_is_unescaped(event: Event) -> None:
    """X- properties keep their backslashes until somebody takes them off; the HTML one has the paragraphs."""
    draft = event(
        "DTSTART:20261202T220000Z",
        "DESCRIPTION:One\\, two. Three.",
        "X-ALT-DESC;FMTTYPE=text/html:<p>One\\, two.</p>\\n<p>Three.</p>",
    )
    assert draft.values["abstract"] == "One, two.\n\nThree."


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:2026", "cut-off"),
        ("<!DOCTYPE html><html><body><form><input type=password></form></body></html>", "login-page"),
        ("", "empty-source"),
    ],
)
def test_what_is_no_whole_calendar_says_what_it_is(content: str, code: str) -> None:
    """Cut off, a login page, nothing."""
    with pytest.raises(SourceFaultError) as error:
        reading(content)
    assert error.value.code == code


def test_an_empty_calendar_is_no_fault() -> None:
    """In summer there are no talks."""
    assert reading("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n").drafts == ()
