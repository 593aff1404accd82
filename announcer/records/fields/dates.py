"""Dates, times of day and durations as people write them; what is ambiguous is refused with both readings."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, time, timedelta

from announcer.domain.clock import WEEKDAYS, AmbiguousTimeError, UnreadableTimeError, parse_time
from announcer.domain.when import weekday_number
from announcer.records.fields.errors import FaultyValueError
from announcer.records.fields.unreadable import DASH, LIKE, unreadable_date, unreadable_time

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_WEEKDAY = r"(?:(?P<weekday>[a-z]{3,9})\.?,?\s+)?"
_SUFFIX = r"(?:st|nd|rd|th)?"
_FORMS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})",
        r"(?P<weekday>)(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"{_WEEKDAY}(?P<month>[a-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}}){_SUFFIX},?\s+(?P<year>\d{{4}})",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}}){_SUFFIX}\.?\s+(?:of\s+)?(?P<month>[a-z]{{3,9}})\.?,?\s+(?P<year>\d{{4}})",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})-(?P<month>[a-z]{{3,9}})-(?P<year>\d{{4}})",
    )
]
_NUMERIC = re.compile(r"(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})", re.IGNORECASE)
_TYPESET = re.compile(rf"\d{{4}}{DASH}\d\d?{DASH}\d\d?")
"""A date whose hyphens a word processor has made dashes."""


def parse_date(text: str) -> date:
    """Reads `2026-12-02`, `Dec 2, 2026`, `2 December 2026`, `Wed 2 Dec 2026`. Raises FaultyValueError."""
    plain = " ".join(text.split()).rstrip(".")
    plain = re.sub(rf"(?<=\d){DASH}(?=\d)", "-", plain) if _TYPESET.fullmatch(plain) else plain
    if match := _NUMERIC.fullmatch(plain):
        return _numeric(plain, match)
    for form in _FORMS:
        if match := form.fullmatch(plain):
            month = _month(match["month"])
            if month is None:
                continue
            day = _calendar_date(text, int(match["year"]), month, int(match["day"]))
            _check_weekday(match["weekday"], day)
            return day
    raise unreadable_date(text, plain)


def written(day: date) -> str:
    """A date with its weekday, as it is shown to people: `Wednesday 2 December 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def in_prose(day: date) -> str:
    """A date with its weekday, as a sentence has it: `Wednesday, December 2`."""
    return f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}"


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    plain = text.lower()
    for number, name in enumerate(MONTHS, 1):
        if name.lower().startswith(plain) or (plain == "sept" and number == 9):
            return number
    return None


def _calendar_date(text: str, year: int, month: int, day: int) -> date:
    with suppress(ValueError):
        return date(year, month, day)
    if not 1 <= month <= 12:
        raise FaultyValueError("bad-date", f'"{text}" has a month {month}', LIKE)
    days = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day if 1 <= year < 9999 else 31
    raise FaultyValueError(
        "bad-date",
        f'"{text}" does not exist: {MONTHS[month - 1]} {year} has {days} days',
        "look the day up in a calendar; " + LIKE,
    )


def _check_weekday(name: str | None, day: date) -> None:
    if not name:
        return
    number = weekday_number(name)
    if number is None:
        raise FaultyValueError("bad-date", f'"{name}" is not a weekday', f"write {day.isoformat()}")
    if number != day.weekday():
        raise FaultyValueError(
            "weekday-mismatch",
            f"{day.day} {MONTHS[day.month - 1]} {day.year} is a {WEEKDAYS[day.weekday()]}, "
            f"not a {WEEKDAYS[number]}",
            "correct the weekday or the date, whichever is wrong",
        )


def _numeric(text: str, match: re.Match[str]) -> date:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if len(match[3]) < 4:
        raise FaultyValueError(
            "bad-date",
            f'"{text}" has a year of {len(match[3])} digits',
            "write all four digits, " + LIKE[9:],
        )
    readings = []
    for month, day in ((second, first), (first, second)):
        try:
            reading = date(year, month, day)
        except ValueError:
            continue
        if reading not in readings:
            readings.append(reading)
    if not readings:
        raise FaultyValueError("bad-date", f'"{text}" is not a date', LIKE)
    if len(readings) == 2:
        day_first, month_first = readings
        raise FaultyValueError(
            "ambiguous-date",
            f'"{text}" is {day_first.day} {MONTHS[day_first.month - 1]} to some and {month_first.day} '
            f"{MONTHS[month_first.month - 1]} to others",
            f"write {day_first.isoformat()} or {month_first.isoformat()}",
        )
    return readings[0]


def parse_hour(text: str) -> time:
    """Reads a time of day as clock.parse_time does. Raises FaultyValueError."""
    try:
        return parse_time(text)
    except AmbiguousTimeError as error:
        morning, afternoon = error.readings
        raise FaultyValueError(
            "ambiguous-time", f'"{text}" may be morning or afternoon', f"write {morning} or {afternoon}"
        ) from error
    except UnreadableTimeError as error:
        raise unreadable_time(text) from error


_UNITS = {"d": 1440, "day": 1440, "w": 10080, "week": 10080, "h": 60, "hr": 60, "hour": 60, "m": 1, "min": 1,
          "minute": 1}  # fmt: skip
_PART = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?|an?|one|two|three|half an)\s*(?P<unit>[a-z]+)\.?", re.IGNORECASE
)
_WORDS = {"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "half an": 0.5}


def parse_duration(text: str) -> timedelta:
    """Reads `60 minutes`, `1 h 30 min`, `1h30`, `1.5 hours`, `7 days`. Raises FaultyValueError."""
    plain = " ".join(text.lower().split())
    like = "write it like 60 minutes or 1 h 30 min"
    if re.fullmatch(r"\d+", plain):
        raise FaultyValueError(
            "bad-duration",
            f'"{text}" has no unit',
            f"write {plain} minutes" + (f" or {plain} hours" if len(plain) == 1 else ""),
        )
    if match := re.fullmatch(r"(\d{1,2})\s*h\s*(\d{2})", plain):
        return timedelta(hours=int(match[1]), minutes=int(match[2]))
    if match := re.fullmatch(r"(\d{1,2}):(\d{2})", plain):
        raise FaultyValueError(
            "bad-duration", f'"{text}" has no unit', f"write {int(match[1])} h {int(match[2])} min"
        )
    minutes, rest = 0.0, plain
    while match := _PART.match(rest):
        unit = match["unit"]
        scale = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s"))
        if scale is None:
            break
        number = match["number"]
        minutes += scale * _WORDS[number] if number in _WORDS else scale * float(number.replace(",", "."))
        rest = re.sub(r"^[\s,]*(and\s+)?", "", rest[match.end() :])
    if rest or not 0 < minutes <= 366 * 1440:
        raise FaultyValueError("bad-duration", f'"{text}" is not a length of time', like)
    return timedelta(minutes=round(minutes))
