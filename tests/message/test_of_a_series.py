"""What a series has of its own in its mail: sender, answers, links to web calendars."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from announcer.domain.department import Address, Series
from announcer.domain.occasion import Occasion
from announcer.domain.talk import Kind, Status
from announcer.message import Message
from tests.message.samples import SENT, composer, department, full, group, snapshot_of

OWN = Address(name="Cosmology Seminar", address="seminar@cosmo.example.edu")
CHAIR = Address(name="", address="chair@cosmo.example.edu")


def made(series: dict[str, object], **settings: object) -> Message:
    """The announcement of a talk whose series has that."""
    talk = full()
    known = department().series
    own = replace(known.get(talk.series, Series(key=talk.series, name="Seminar")), **series)  # type: ignore[arg-type]
    return composer(series={**known, talk.series: own}, **settings).compose(group(talk), date=SENT)


def test_a_series_has_a_sender_and_somebody_who_answers() -> None:
    """In the header, in the footer and as the entry's organizer; the Message-ID stays the department's."""
    message = made({"sender": OWN, "reply_to": CHAIR})
    parsed = email.message_from_bytes(message.data, policy=email.policy.default)
    assert (parsed["From"], parsed["Reply-To"]) == (f"Cosmology Seminar <{OWN.address}>", CHAIR.address)
    assert parsed["Message-ID"].endswith("@physics.example.edu>")
    assert CHAIR.address in message.text
    assert b"mailto:chair@cosmo.example.edu" in (message.calendar or b"").replace(b"\r\n ", b"")


def test_answers_to_a_sender_of_its_own_go_there() -> None:
    """And not to who answers for the department."""
    parsed = email.message_from_bytes(made({"sender": OWN}).data, policy=email.policy.default)
    assert parsed["Reply-To"] is None


def test_web_calendars_are_linked_where_somebody_wants_it() -> None:
    """The department or the series, which goes before it; with the talk's time in UTC."""
    assert "calendar.google.com" not in made({}).text
    assert "calendar.google.com" not in made({"calendar_links": False}, calendar_links=True).text
    message = made({"calendar_links": True})
    (address,) = [word for word in message.text.split() if "calendar.google.com" in word]
    query = parse_qs(urlsplit(address).query)
    assert query["dates"] == ["20261209T220000Z/20261209T230000Z"]
    assert "outlook.office.com" in (message.html or "")


def test_a_week_without_a_talk_is_put_into_no_calendar() -> None:
    """There is nothing to keep."""
    none = replace(full(), kind=Kind.NONE, notice="The hall is being painted.")
    made = composer(calendar_links=True).compose(group(none), date=SENT)
    assert "calendar.google.com" not in made.text + (made.html or "")


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED])
def test_a_talk_that_is_off_is_put_into_no_calendar(status: Status) -> None:
    """Its links would add what does not take place."""
    off = replace(full(), status=status)
    made = composer(calendar_links=True).compose(
        group(off, Occasion.CANCELLATION, before=snapshot_of(full())), date=SENT
    )
    assert "calendar.google.com" not in made.text + (made.html or "")
