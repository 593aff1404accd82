"""Wall clocks and instants: reading a time of day, finding the instant when a clock shows it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_TIME = re.compile(
    r"(?P<hour>\d{1,2})\s*(?:[:.h]\s*(?P<minute>\d{2})|(?P<bare>h))?\s*(?P<half>[ap]\.?\s?m\.?)?",
    re.IGNORECASE,
)


class UnreadableTimeError(ValueError):
    """The text is no time of day."""


class AmbiguousTimeError(ValueError):
    """The text is two times of day; `readings` has both, as a person would type them."""

    def __init__(self, text: str, readings: tuple[str, str]) -> None:
        super().__init__(text)
        self.readings = readings


def iso_week(day: date) -> str:
    """`2026-W49`: the ISO 8601 week that contains `day`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def parse_time(text: str) -> time:
    """Reads a time of day: `4:00 pm`, `4pm`, `16:00`, `16.00`, `16h`, `04:00`, `noon`, `midnight`.

    `4:00` alone may be morning or afternoon and raises AmbiguousTimeError; `04:00` and `13:00` are
    24-hour, `12:00` is noon. Raises UnreadableTimeError for anything else.
    """
    plain = " ".join(text.split()).lower()
    if plain in ("noon", "12 noon", "midday"):
        return time(12)
    if plain in ("midnight", "12 midnight"):
        return time(0)
    match = _TIME.fullmatch(plain)
    if not match:
        raise UnreadableTimeError(text)
    digits, minute = match["hour"], int(match["minute"] or 0)
    hour = int(digits)
    if minute > 59:
        raise UnreadableTimeError(text)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise UnreadableTimeError(text)
        return time(hour % 12 + (12 if match["half"][0] == "p" else 0), minute)
    if not match["minute"] and not match["bare"]:
        raise UnreadableTimeError(text)
    if hour > 23:
        raise UnreadableTimeError(text)
    if 1 <= hour <= 11 and len(digits) == 1:
        raise AmbiguousTimeError(text, (f"{hour}:{minute:02} am", f"{hour}:{minute:02} pm"))
    return time(hour, minute)


@lru_cache(maxsize=256)
def clock_time(at: time | datetime) -> str:
    """A time of day as people write it, and as parse_time reads it: `4:00 pm`."""
    return f"{at.hour % 12 or 12}:{at:%M} {'pm' if at.hour >= 12 else 'am'}"


def zone(name: str) -> ZoneInfo:
    """The IANA time zone of that name; raises zoneinfo.ZoneInfoNotFoundError or ValueError for others."""
    return ZoneInfo(name)


def instant(day: date, at: time, tz: ZoneInfo) -> datetime:
    """The first instant at or after the moment when the clocks of `tz` show `at` on `day`, in `tz`.

    A time that is shown twice is its first showing; one that the clocks skip is the transition.
    """
    wall = datetime.combine(day, at, tzinfo=tz)
    utc = wall.astimezone(UTC)
    if utc.astimezone(tz).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return wall
    # PEP 495: in a gap, fold=1 takes the offset after the transition and so lies before it.
    low, high = wall.replace(fold=1).astimezone(UTC), utc
    before = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(tz).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.astimezone(tz)


def require_aware(**moments: datetime | None) -> None:
    """Raises ValueError where a datetime given by name has no time zone."""
    for name, moment in moments.items():
        if moment is not None and moment.utcoffset() is None:
            raise ValueError(f"{name} has no time zone: {moment!r}")
