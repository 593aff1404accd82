"""The calendar of a message, over a talk's life, as other programs read it."""

from __future__ import annotations

import email
import email.policy
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import Occasion
from announcer.domain.talk import Audience, Kind, Place, Status, Talk
from tests.message.programs import node_file, program
from tests.message.samples import SENT, composer, digest, full, group, seed, snapshot_of


def entry(made: AudienceGroup) -> tuple[str, Any]:
    """The method and the first event of a group's calendar, read by vobject from the message itself."""
    message = composer().compose(made, date=SENT)
    calendars = [
        part
        for part in email.message_from_bytes(message.data, policy=email.policy.default).walk()
        if part.get_content_type() == "text/calendar"
    ]
    assert len(calendars) == 1
    calendar = vobject.readOne(str(calendars[0].get_content()))
    assert calendars[0]["Content-Type"].params["method"] == calendar.method.value
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
    _, again = entry(group(occasion=Occasion.REMINDER, before=snapshot_of(seed())))
    for name in ("uid", "sequence", "dtstamp", "dtstart", "dtend", "location", "summary", "status"):
        assert first.contents[name][0].value == again.contents[name][0].value


def life(talk: Talk, occasion: Occasion, before: Talk) -> tuple[str, Any]:
    """The entry of `talk` for a list that was told `before`."""
    return entry(group(talk, occasion, before=snapshot_of(before)))


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
    _, event = entry(group(seed(confidential="Faculty candidate talk"), audience=Audience.PUBLIC))
    assert "bordelon" not in event.uid.value
    assert event.summary.value == "Faculty candidate talk"
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


def moment(value: datetime) -> str:
    """A UTC instant as JavaScript writes it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def by_vobject(data: str) -> dict[str, Any]:
    """A calendar as vobject reads it."""
    calendar = vobject.readOne(data)

    def text(event: Any, name: str) -> str | None:
        return event.contents[name][0].value if name in event.contents else None

    return {
        "method": calendar.method.value,
        "events": [
            {
                "uid": event.uid.value,
                "sequence": int(event.sequence.value),
                "status": event.status.value,
                "start": moment(event.dtstart.value),
                "end": moment(event.dtend.value),
                "stamp": moment(event.dtstamp.value),
                "summary": event.summary.value,
                "location": text(event, "location"),
                "description": event.description.value,
                "organizer": event.organizer.value,
                "url": text(event, "url"),
                "attendees": 0,
            }
            for event in calendar.vevent_list
        ],
    }


def zoned(zone: str, day: int) -> Talk:
    """The full talk at four in the afternoon of a day around that zone's clock change."""
    start = datetime(2026, 10, day, 16, 0, tzinfo=ZoneInfo(zone))
    return full(zone=zone, start=start, end=start.replace(hour=17))


LIFE = {
    "announcement": lambda: group(full()),
    "reminder": lambda: group(full(), Occasion.REMINDER, before=snapshot_of(full())),
    "correction": lambda: group(
        full(place=Place(room="Crow 305")), Occasion.CORRECTION, before=snapshot_of(full())
    ),
    "cancellation": lambda: group(
        full(status=Status.CANCELLED), Occasion.CANCELLATION, before=snapshot_of(full())
    ),
    "on again": lambda: group(full(), Occasion.CORRECTION, before=snapshot_of(full(status=Status.CANCELLED))),
    "digest": lambda: digest(seed(), full()),
    "quotes": lambda: group(full(title='a;b,c\\n "d": e\\', contact="x\ny")),
    "Chicago, summer": lambda: group(zoned("America/Chicago", 31)),
    "Berlin, winter": lambda: group(zoned("Europe/Berlin", 25)),
    "Tokyo": lambda: group(zoned("Asia/Tokyo", 31)),
}


@pytest.mark.parametrize("stage", LIFE)
def test_another_reader_reads_the_same(stage: str) -> None:
    """ical.js and vobject agree on every property of every stage."""
    node = program("node", "apt-get install nodejs")
    node_file("ical.js/package.json")
    data = (composer().compose(LIFE[stage](), date=SENT).calendar or b"").decode()
    script = Path(__file__).parents[1] / "read_calendar.mjs"
    done = subprocess.run(
        [node, str(script)], input=data, capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(done.stdout) == by_vobject(data)
