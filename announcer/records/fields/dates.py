"""Dates, times of day and durations as people write them; what is ambiguous is refused with both readings."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, time, timedelta

from announcer.domain.clock import WEEKDAYS, AmbiguousTimeError, UnreadableTimeError, parse_time
from announcer.domain.when import weekday_number
from announcer.records.fields.errors import FaultyValueError

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
ABBREVIATED_ZONES = {
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York",
    "CST": "America/Chicago", "CDT": "America/Chicago", "CT": "America/Chicago",
    "MST": "America/Denver", "MDT": "America/Denver", "MT": "America/Denver",
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
    "HST": "Pacific/Honolulu", "AKST": "America/Anchorage", "GMT": "Europe/London",
    "BST": "Europe/London", "WET": "Europe/Lisbon", "CET": "Europe/Berlin", "CEST": "Europe/Berlin",
    "MET": "Europe/Berlin", "EET": "Europe/Helsinki", "MSK": "Europe/Moscow", "IST": "Asia/Kolkata",
    "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
    "NZST": "Pacific/Auckland", "EST5EDT": "America/New_York", "CST6CDT": "America/Chicago",
    "EASTERN": "America/New_York", "CENTRAL": "America/Chicago", "MOUNTAIN": "America/Denver",
    "PACIFIC": "America/Los_Angeles", "MST7MDT": "America/Denver", "PST8PDT": "America/Los_Angeles",
}  # fmt: skip
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
_DASH = "[-‐‑‒–—−]"
_TYPESET = re.compile(rf"\d{{4}}{_DASH}\d\d?{_DASH}\d\d?")
"""A date whose hyphens a word processor has made dashes."""
_ISO = r"\d{4}-\d\d?-\d\d?"
_CLOCKS = re.compile(
    rf"^(?P<date>{_ISO}|\D*\d.*?\b\d{{4}})(?:,| at|T)?\s*"
    rf"(?P<time>(?:noon|\d\d?(?:[:.]\d\d){{0,2}}\s*(?:[ap]\.?m\.?)?)"
    rf"(?:\s*(?:{_DASH}{{1,3}}|to|until)\s*\d\d?(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?)?)$",
    re.IGNORECASE,
)
"""A date with a time of day, or with two, behind it."""
_LIKE = "write it like 2026-12-02 (year, month, day) or 2 December 2026"


def parse_date(text: str) -> date:
    """Reads `2026-12-02`, `Dec 2, 2026`, `2 December 2026`, `Wed 2 Dec 2026`. Raises FaultyValueError."""
    plain = " ".join(text.split()).rstrip(".")
    plain = re.sub(rf"(?<=\d){_DASH}(?=\d)", "-", plain) if _TYPESET.fullmatch(plain) else plain
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
    raise _unreadable_date(text, plain)


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
        raise FaultyValueError("bad-date", f'"{text}" has a month {month}', _LIKE)
    days = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day if 1 <= year < 9999 else 31
    raise FaultyValueError(
        "bad-date",
        f'"{text}" does not exist: {MONTHS[month - 1]} {year} has {days} days',
        "look the day up in a calendar; " + _LIKE,
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
            "write all four digits, " + _LIKE[9:],
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
        raise FaultyValueError("bad-date", f'"{text}" is not a date', _LIKE)
    if len(readings) == 2:
        one, other = readings
        raise FaultyValueError(
            "ambiguous-date",
            f'"{text}" is {one.day} {MONTHS[one.month - 1]} to some and {other.day} '
            f"{MONTHS[other.month - 1]} to others",
            f"write {one.isoformat()} or {other.isoformat()}",
        )
    return readings[0]


def _unreadable_date(text: str, plain: str) -> FaultyValueError:
    if re.search(r"\b(today|tomorrow|next|this|coming)\b", plain, re.IGNORECASE):
        return FaultyValueError("bad-date", f'"{text}" is another day every time it is read', _LIKE)
    if match := _CLOCKS.fullmatch(plain):
        span = _SPAN.fullmatch(match["time"])
        seconds = re.sub(r"^(\d\d?[:.]\d\d)[:.]\d\d", r"\1", match["time"])
        lines = f", {_in_two_lines(span)}" if span else f" and time: {seconds}"
        return FaultyValueError(
            "bad-date",
            f'"{text}" is a date and a time',
            f"write them on {'three' if span else 'two'} lines: date: {match['date'].rstrip(' ,')}{lines}",
        )
    if re.search(rf"\d\s*(?:\s{_DASH}\s|to|until)\s*\d", plain) or (
        re.search(rf"\d\s*{_DASH}\s*\d", plain) and not re.search(r"\d{4}-\d", plain)
    ):
        return FaultyValueError(
            "bad-date", f'"{text}" is more than one day', "write one file for each talk, " + _LIKE[9:]
        )
    if not re.search(r"\d{4}", plain) and re.search(r"\d", plain):
        return FaultyValueError("bad-date", f'"{text}" has no year', "add the year, " + _LIKE[9:])
    return FaultyValueError("bad-date", f'"{text}" is not a date that can be read', _LIKE)


def read_time(text: str) -> time:
    """Reads a time of day as clock.parse_time does. Raises FaultyValueError."""
    try:
        return parse_time(text)
    except AmbiguousTimeError as error:
        one, other = error.readings
        raise FaultyValueError(
            "ambiguous-time", f'"{text}" may be morning or afternoon', f"write {one} or {other}"
        ) from error
    except UnreadableTimeError as error:
        raise _unreadable_time(text) from error


_SPAN = re.compile(rf"(.*\d.*?)\s*(?:{_DASH}{{1,3}}|to|until)\s*(.*\d.*)")


def _start(span: re.Match[str]) -> str:
    """The start of a span, with the am or pm that only its end has; that of the other half of the day
    where it would begin behind its end."""
    half = re.search(r"[ap]\.?m\.?$", span[2], re.IGNORECASE)
    if not half or re.search(r"[ap]\.?m\.?$", span[1], re.IGNORECASE):
        return span[1]
    begins = f"{span[1]} {half[0]}"
    with suppress(UnreadableTimeError, AmbiguousTimeError):
        if parse_time(begins) >= parse_time(span[2]):
            return f"{span[1]} {'am' if half[0][0] in 'pP' else 'pm'}"
    return begins


def _in_two_lines(span: re.Match[str]) -> str:
    """What to type for a start and an end: `time: 11:30 am and end: 12:30 pm`."""
    return f"time: {_clear(_start(span))} and end: {_clear(span[2])}"


def _clear(clock: str) -> str:
    """A time of day that can be read: of two readings the afternoon, with the other one named."""
    try:
        parse_time(clock)
    except AmbiguousTimeError as error:
        return f"{error.readings[1]} (or am)"
    except UnreadableTimeError:
        bare = re.fullmatch(r"(\d{1,2})", clock.strip())
        if bare and 1 <= int(bare[1]) <= 12:
            return f"{bare[1]} pm (or am)"
    return clock


def _readings(digits: str) -> str:
    """What a bare `4`, `16` or `4.30` may mean."""
    hour, _, minute = digits.replace(".", ":").partition(":")
    if not 1 <= int(hour) <= 12:
        return f"{hour}:{minute or '00'}"
    return f"{hour}{':' if minute else ''}{minute} am or {hour}{':' if minute else ''}{minute} pm"


def _unreadable_time(text: str) -> FaultyValueError:
    plain = " ".join(text.split())
    like = "write it like 4:00 pm or 16:00"
    hours = re.fullmatch(r"(\d{1,2}(?:[:.]\d\d)?)\s*(?:Uhr|o['’]?clock|hours|hrs?)\.?", plain, re.IGNORECASE)
    if hours:
        return FaultyValueError("bad-time", f'"{text}" is not a time of day', f"write {_readings(hours[1])}")
    zoned = re.fullmatch(r"(.*\S)\s+\(?([A-Z]{2,5})\)?", plain)
    if zoned and zoned[2] in ABBREVIATED_ZONES:
        span = _SPAN.fullmatch(zoned[1])
        alone = _in_two_lines(span) if span else f"time: {zoned[1]}"
        return FaultyValueError(
            "bad-time",
            f'"{text}" has a time zone in it',
            f"write {alone} and, if it is not the department's zone, "
            f"timezone: {ABBREVIATED_ZONES[zoned[2]]} on a line of its own",
        )
    span = _SPAN.fullmatch(plain)
    if span:
        return FaultyValueError(
            "bad-time",
            f'"{text}" is a start and an end',
            f"write them on two lines: {_in_two_lines(span)}",
        )
    if match := re.fullmatch(r"(1[3-9]|2[0-3])([:.]\d\d)?\s*p\.?m\.?", plain, re.IGNORECASE):
        twelve = f"{int(match[1]) - 12}{match[2] or ''} pm"
        return FaultyValueError("bad-time", f'"{text}" has 24 hours and pm', f"write {twelve}")
    if re.fullmatch(r"\d{1,2}", plain):
        return FaultyValueError(
            "ambiguous-time", f'"{text}" alone is not a time of day', f"write {_readings(plain)}"
        )
    return FaultyValueError("bad-time", f'"{text}" is not a time of day', like)


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
