"""When-phrases: what they mean, on ordinary days and on days when the clocks change."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from announcer.domain.clock import AmbiguousTimeError, UnreadableTimeError, instant, parse_time
from announcer.domain.when import UnreadableWhenError, parse_weekly, parse_when

CHICAGO = "America/Chicago"
WEDNESDAY = datetime(2026, 12, 2, 16, 0, tzinfo=ZoneInfo(CHICAGO))


@pytest.mark.parametrize(
    ("text", "due", "slot"),
    [
        ("7 days before at 9:00 am", "2026-11-25 09:00", "7-days-before"),
        ("1 day before at 16:00", "2026-12-01 16:00", "1-day-before"),
        ("one day before at noon", "2026-12-01 12:00", "one-day-before"),
        ("the day before at 5 pm", "2026-12-01 17:00", "the-day-before"),
        ("2 weeks before at 09:00", "2026-11-18 09:00", "2-weeks-before"),
        ("Monday of the same week at 09:00", "2026-11-30 09:00", "monday-of-the-same-week"),
        ("Sunday of the same week at 09:00", "2026-12-06 09:00", "sunday-of-the-same-week"),
        ("Monday before at 09:00", "2026-11-30 09:00", "monday-before"),
        ("Wednesday before at 09:00", "2026-11-25 09:00", "wednesday-before"),
        ("Thursday before at 09:00", "2026-11-26 09:00", "thursday-before"),
        ("Friday of the week before at 16:00", "2026-11-27 16:00", "friday-of-the-week-before"),
        ("Friday 2 weeks before at 16:00", "2026-11-20 16:00", "friday-2-weeks-before"),
        ("same day at 8:00 am", "2026-12-02 08:00", "same-day"),
        ("2 hours before", "2026-12-02 14:00", "2-hours-before"),
        ("45 minutes before", "2026-12-02 15:15", "45-minutes-before"),
    ],
)
def test_a_phrase_means_its_instant(text: str, due: str, slot: str) -> None:
    """Each form of the grammar, for a talk on Wednesday 2 December 2026 at 4 pm in Chicago."""
    when = parse_when(text)
    assert when.due(WEDNESDAY, CHICAGO).replace(tzinfo=None).isoformat(" ", "minutes") == due
    assert when.day_phrase == slot


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("7 days before", 'say at what time: "7 days before at 9:00 am"'),
        ("same day at 25:00", '"25:00" is not a time: write it like "9:00 am"'),
        ("Someday of the same week at 9:00 am", "write it like one of"),
        ("", "write it like one of"),
        ("Monday", "write it like one of"),
        ("2 fortnights before", "write it like one of"),
    ],
)
def test_what_is_no_phrase_says_what_would_be(text: str, hint: str) -> None:
    """The hint is something to type."""
    with pytest.raises(UnreadableWhenError) as error:
        parse_when(text)
    assert error.value.hint.startswith(hint)


def test_a_wall_clock_rule_keeps_its_wall_clock_and_an_elapsed_one_its_hours() -> None:
    """The clocks of Chicago went forward on 8 March 2026 at 2 am."""
    start = datetime(2026, 3, 8, 16, 0, tzinfo=ZoneInfo(CHICAGO))
    assert parse_when("1 day before at 16:00").due(start, CHICAGO).isoformat() == "2026-03-07T16:00:00-06:00"
    assert parse_when("24 hours before").due(start, CHICAGO).isoformat() == "2026-03-07T15:00:00-06:00"


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        (date(2026, 3, 8), time(2, 30), CHICAGO, "2026-03-08T03:00:00-05:00"),
        (date(2026, 11, 1), time(1, 30), CHICAGO, "2026-11-01T01:30:00-05:00"),
        (date(2026, 3, 29), time(2, 15), "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        (date(2026, 10, 4), time(2, 10), "Australia/Lord_Howe", "2026-10-04T02:30:00+11:00"),
        (date(2011, 12, 30), time(12, 0), "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
    ],
)
def test_a_skipped_time_is_the_transition_and_a_repeated_one_its_first(
    day: date, at: time, zone: str, expected: str
) -> None:
    """The first instant at or after the time that was written."""
    assert instant(day, at, ZoneInfo(zone)).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4:00 pm", time(16)),
        ("4pm", time(16)),
        ("4:00 p.m.", time(16)),
        ("4.30 PM", time(16, 30)),
        ("16:00", time(16)),
        ("16.00", time(16)),
        ("16h", time(16)),
        ("16h30", time(16, 30)),
        ("04:00", time(4)),
        ("12:00", time(12)),
        ("12 am", time(0)),
        ("12:30 am", time(0, 30)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("0:15", time(0, 15)),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(text: str, expected: time) -> None:
    """12- and 24-hour clocks, with and without minutes."""
    assert parse_time(text) == expected


def test_a_bare_hour_below_twelve_is_two_times() -> None:
    """Neither reading is guessed."""
    with pytest.raises(AmbiguousTimeError) as error:
        parse_time("4:00")
    assert error.value.readings == ("4:00 am", "4:00 pm")


@pytest.mark.parametrize("text", ["", "4", "25:00", "4:60 pm", "13 pm", "0 am", "tea time", "4:0 pm"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """No guess is made."""
    with pytest.raises(UnreadableTimeError):
        parse_time(text)


def test_a_digest_returns_each_week() -> None:
    """Its week begins on Monday."""
    weekly = parse_weekly("Mondays at 8:00 am")
    assert weekly.in_week_of(date(2026, 12, 6), CHICAGO).isoformat() == "2026-11-30T08:00:00-06:00"
