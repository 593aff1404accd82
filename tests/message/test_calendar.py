"""The calendar of a message, over a talk's life, as other programs read it."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from announcer.domain.mailing import Group
from announcer.domain.rule import Occasion
from announcer.domain.talk import Audience, Kind, Place, Status, Talk
from tests.message.samples import SENT, composer, digest, full, group, seed, told


def entry(made: Group) -> tuple[str, Any]:
    """The method and the first event of a group's calendar, read by vobject from the message itself."""
    message = composer().compose(made, date=SENT)
    found = [
        one
        for one in email.message_from_bytes(message.data, policy=email.policy.default).walk()
        if one.get_content_type() == "text/calendar"
    ]
    assert len(found) == 1
    calendar = vobject.readOne(str(found[0].get_content()))
    assert found[0]["Content-Type"].params["method"] == calendar.method.value
    return calendar.method.value, calendar.vevent


def test_an_announcement_publishes_the_talk() -> None:
    """METHOD:PUBLISH with an organizer, without attendees, at the right time in UTC."""
    method, event = entry(group())
    assert method == "PUBLISH"
    assert event.uid.value == "2026-bordelon@physics.example.edu"
    assert event.sequence.value == "0"
    assert event.status.value == "CONFIRMED"
    assert event.dtstart.value == datetime(2026, 12, 2, 22, 0, tzinfo=UTC)
    assert event.dtend.value == datetime(2026, 12, 2, 23, 0, tzinfo=UTC)
    assert event.dtstamp.value == datetime(2026, 11, 30, tzinfo=UTC)
    assert event.summary.value == "Blake Bordelon (Harvard): A Physics Approach to Deep Learning Theory"
    assert event.location.value == "Crow 201, Crow Hall"
    assert event.organizer.value == "mailto:colloquium-committee@physics.example.edu"
    assert "attendee" not in event.contents


def test_a_reminder_repeats_the_entry_unchanged() -> None:
    """The same UID, SEQUENCE and DTSTAMP: nobody's calendar stirs."""
    _, first = entry(group())
    _, again = entry(group(occasion=Occasion.REMINDER, before=told(seed())))
    for name in ("uid", "sequence", "dtstamp", "dtstart", "dtend", "location", "summary", "status"):
        assert first.contents[name][0].value == again.contents[name][0].value


def life(talk: Talk, occasion: Occasion, before: Talk) -> tuple[str, Any]:
    """The entry of `talk` for a list that was told `before`."""
    return entry(group(talk, occasion, before=told(before)))


def test_a_correction_updates_the_entry() -> None:
    """Another PUBLISH of the same UID, its SEQUENCE and DTSTAMP raised."""
    _, first = entry(group())
    method, event = life(seed(place=Place(room="Crow 305")), Occasion.CORRECTION, seed())
    assert (method, event.sequence.value, event.location.value) == ("PUBLISH", "1", "Crow 305")
    assert event.uid.value == first.uid.value
    assert event.dtstamp.value > first.dtstamp.value


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED])
def test_a_cancellation_takes_the_entry_back(status: Status) -> None:
    """METHOD:CANCEL, the same UID, a higher SEQUENCE, STATUS:CANCELLED (RFC 5546 3.2.5)."""
    method, event = life(seed(status=status), Occasion.CANCELLATION, seed())
    assert (method, event.sequence.value, event.status.value) == ("CANCEL", "1", "CANCELLED")
    assert event.uid.value == "2026-bordelon@physics.example.edu"


def test_on_again_publishes_anew() -> None:
    """After a cancellation, PUBLISH with the next SEQUENCE."""
    off = seed(status=Status.CANCELLED)
    method, event = life(seed(), Occasion.CORRECTION, off)
    assert (method, event.sequence.value, event.status.value) == ("PUBLISH", "1", "CONFIRMED")


@pytest.mark.parametrize(
    ("zone", "day", "utc"),
    [
        ("America/Chicago", (2026, 10, 31), (2026, 10, 31, 21)),
        ("America/Chicago", (2026, 11, 1), (2026, 11, 1, 22)),
        ("Europe/Berlin", (2026, 10, 24), (2026, 10, 24, 14)),
        ("Europe/Berlin", (2026, 10, 25), (2026, 10, 25, 15)),
        ("Asia/Tokyo", (2026, 10, 31), (2026, 10, 31, 7)),
        ("Asia/Tokyo", (2026, 11, 1), (2026, 11, 1, 7)),
    ],
)
def test_times_are_right_on_both_sides_of_a_clock_change(
    zone: str, day: tuple[int, int, int], utc: tuple[int, int, int, int]
) -> None:
    """Four in the afternoon is another instant once the clocks have changed."""
    tz = ZoneInfo(zone)
    start = datetime(*day, 16, 0, tzinfo=tz)
    _, event = entry(group(seed(zone=zone, start=start, end=start.replace(hour=17))))
    assert event.dtstart.value == datetime(*utc, tzinfo=UTC)


def test_prose_is_plain_text() -> None:
    """Neither HTML nor Markdown nor TeX in SUMMARY and DESCRIPTION."""
    _, event = entry(group(full()))
    assert event.summary.value == (
        "Ada Example and Bo Sample: The Hubble tension: H₀ and ν_{eff} after a decade"
    )
    for mark in ("<", "**", "\\sigma", "$", "]("):
        assert mark not in event.description.value


def test_a_confidential_talk_is_opaque_on_a_public_list() -> None:
    """Its UID tells nothing; series, time and place are all there is."""
    _, event = entry(group(seed(confidential=True), audience=Audience.PUBLIC))
    assert "bordelon" not in event.uid.value
    assert event.summary.value == "Physics Colloquium: Speaker to be announced"
    assert event.location.value == "Crow 201, Crow Hall"


def test_no_talk_this_week_is_no_entry() -> None:
    """What does not take place has no place in a calendar."""
    message = composer().compose(group(seed(kind=Kind.NONE, notice="Thanksgiving.")), date=SENT)
    assert message.calendar is None
    assert b"text/calendar" not in message.data


def test_a_digest_has_all_its_talks() -> None:
    """One calendar, an event for each talk."""
    message = composer().compose(digest(seed(), full()), date=SENT)
    calendar = vobject.readOne((message.calendar or b"").decode())
    assert [event.uid.value for event in calendar.vevent_list] == [
        "2026-bordelon@physics.example.edu",
        "2026-example@physics.example.edu",
    ]
