"""Odd calendars, each as some program writes it: every one is read, or named for what is wrong with it."""

from __future__ import annotations

from datetime import date, time

import pytest

from announcer.importers.contract import SourceFaultError
from tests.importers.conftest import only, reading

START = "DTSTART:20261202T220000Z\r\n"
FOUR = (date(2026, 12, 2), time(16))


def calendar(entry: str, *, head: str = "VERSION:2.0\r\n", end: str = "END:VCALENDAR\r\n") -> str:
    """One entry in a calendar."""
    return f"BEGIN:VCALENDAR\r\n{head}BEGIN:VEVENT\r\n{entry}END:VEVENT\r\n{end}"


GOOD = calendar(f"UID:1\r\n{START}SUMMARY:Ada Example\r\n")
ODD: dict[str, str | bytes] = {
    "line ends of Unix": GOOD.replace("\r\n", "\n"),
    "line ends of old Macs": GOOD.replace("\r\n", "\r"),
    "line ends of both kinds": GOOD.replace("\r\nUID", "\nUID"),
    "a mark at its beginning": b"\xef\xbb\xbf" + GOOD.encode(),
    "UTF-16": GOOD.encode("utf-16"),
    "blank lines above it": f"\r\n\r\n{GOOD}",
    "blank lines within": GOOD.replace("SUMMARY", "\r\nSUMMARY"),
    "no version": calendar(f"UID:1\r\n{START}SUMMARY:Ada Example\r\n", head=""),
    "small letters": GOOD.replace("DTSTART", "dtstart").replace("SUMMARY", "summary"),
    "a NUL": GOOD.replace("Ada", "A\x00da"),
    "a bell": GOOD.replace("Ada", "A\x07da"),
    "a folded summary": GOOD.replace("Ada Example", "Ada \r\n Example"),
    "a fold within a letter": GOOD.encode().replace(b"Ada Example", b"Ada Exampl\r\n e"),
    "a long line that is not folded": GOOD.replace("END:VEVENT", f"X-LONG:{'x' * 5000}\r\nEND:VEVENT"),
    "a line without a colon": GOOD.replace("END:VEVENT", "THIS IS NONE\r\nEND:VEVENT"),
    "an unknown property": GOOD.replace("END:VEVENT", "FOO;BAR=1:x\r\nEND:VEVENT"),
    "an unknown component": GOOD.replace("BEGIN:VEVENT", "BEGIN:X-ROOM\r\nEND:X-ROOM\r\nBEGIN:VEVENT"),
    "an alarm": GOOD.replace("END:VEVENT", "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT"),
    "its end before its start": GOOD.replace(START, f"DTEND:20261202T230000Z\r\n{START}"),
    "an end that is no date": GOOD.replace(START, f"{START}DTEND:soon\r\n"),
    "an end before the start in time": GOOD.replace(START, f"{START}DTEND:20261202T210000Z\r\n"),
    "a negative duration": GOOD.replace(START, f"{START}DURATION:-PT1H\r\n"),
    "two starts": GOOD.replace(START, f"{START}DTSTART:20261209T220000Z\r\n"),
    "a quoted zone": GOOD.replace(START, 'DTSTART;TZID="America/Chicago":20261202T160000\r\n'),
    "a zone without a name": GOOD.replace(START, "DTSTART;TZID=:20261202T160000\r\n"),
    "a Windows zone": GOOD.replace(START, "DTSTART;TZID=Central Standard Time:20261202T160000\r\n"),
    "a custom zone of Microsoft": GOOD.replace(
        START, "DTSTART;TZID=tzone://Microsoft/Custom:20261202T160000\r\n"
    ),
    "a creation date that is none": GOOD.replace("UID:1", "UID:1\r\nCREATED:00001231T000000Z"),
    "a rule that cannot be read": GOOD.replace("END:VEVENT", "X-RRULE:FREQ=NEVER\r\nEND:VEVENT"),
    "an attachment": GOOD.replace("END:VEVENT", "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\r\nEND:VEVENT"),
    "two calendars": GOOD + "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    "words behind its end": GOOD + "<!-- made by a program -->\r\n",
    "an address with a comma": GOOD.replace("END:VEVENT", "LOCATION:Hall 3\\, Crow Hall\r\nEND:VEVENT"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_calendar_is_read(name: str) -> None:
    """One talk, at the time that it says."""
    draft = only(reading(ODD[name], summary="speaker"))
    assert (draft.day, draft.at) == FOUR
    assert draft.skip is None
    assert draft.values["speaker"] == "Ada Example"


@pytest.mark.parametrize(
    "content",
    [
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
        GOOD[:-20],
        "BEGIN:VCALENDAR\r\n" * 50,
    ],
)
def test_one_that_breaks_off_changes_nothing(content: str) -> None:
    """Half a calendar looks like one whose talks are gone."""
    with pytest.raises(SourceFaultError) as error:
        reading(content)
    assert error.value.code == "cut-off"


def test_one_bad_entry_hides_no_other() -> None:
    """It is skipped with the reason; the rest is read."""
    bad = "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:gone\r\nSUMMARY:Bob\r\nEND:VEVENT\r\nEND:VCALENDAR"
    drafts = reading(GOOD.replace("END:VCALENDAR", bad), summary="speaker").drafts
    assert [(draft.day, draft.skip.code if draft.skip else None) for draft in drafts] == [
        (date(2026, 12, 2), None),
        (None, "no-start"),
    ]
