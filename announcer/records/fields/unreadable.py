"""What to type instead of a date or a time of day that cannot be read."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from announcer.domain.clock import AmbiguousTimeError, UnreadableTimeError, parse_time
from announcer.languages.spoken_dates import MONTH, WEEKDAY
from announcer.records.fields.errors import FIELD, FaultyValueError

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
DASH = "[-‐‑‒–—−]"
_ISO = r"\d{4}-\d\d?-\d\d?"
_CLOCKS = re.compile(
    rf"^(?P<date>{_ISO}|\D*\d.*?\b\d{{4}})(?:,| at|T)?\s*"
    rf"(?P<time>(?:noon|\d\d?(?:[:.]\d\d){{0,2}}\s*(?:[ap]\.?m\.?)?)"
    rf"(?:\s*(?:{DASH}{{1,3}}|to|until)\s*\d\d?(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?)?)$",
    re.IGNORECASE,
)
"""A date with a time of day, or with two, behind it."""
_MOMENT = re.compile(
    rf"(?P<date>{_ISO})[T ](?P<time>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(?P<offset>Z|[+-]\d\d:?\d\d)"
)
"""A date with a time of day and how far that is from UTC (ISO 8601)."""
_ELSEWHERE = re.compile(
    r"(?:(?P<weekday>\w{4,12}),?\s+(?:den\s+)?)?(?P<day>\d{1,2})(?:\.|º|er)?\s+(?:de\s+)?(?P<month>\w{3,10})\.?"
    r"\s+(?:de\s+)?(?P<year>\d{4})"
)
LIKE = "write it like 2026-12-02 (year, month, day) or 2 December 2026"
_SPAN = re.compile(rf"(.*\d.*?)\s*(?:{DASH}{{1,3}}|to|until|bis)\s*(.*\d.*)")
_AROUND = re.compile(r"^(?:from|von|at|um)\s+|\s*\([^()]*\)$|\s+sharp$|\s+s\.?\s?t\.?$", re.IGNORECASE)
"""What stands around a time of day."""
_HOURS = re.compile(r"(\d{1,2}(?:[:.]\d\d)?)\s*(?:Uhr|o['’]?clock|hours|hrs?|h)\.?", re.IGNORECASE)


def _in_another_language(plain: str) -> date | None:
    """`17. Dez. 2026`, `mercredi 2 décembre 2026`, `2 de diciembre de 2026`: what to type instead."""
    match = _ELSEWHERE.fullmatch(plain)
    if match is None:
        return None
    months = {number for name, number in MONTH.items() if name.startswith(match["month"].lower())}
    weekday = WEEKDAY.get((match["weekday"] or "").lower())
    with suppress(ValueError):
        for month in months if len(months) == 1 else ():
            day = date(int(match["year"]), month, int(match["day"]))
            return day if weekday in (None, day.weekday()) else None
    return None


def unreadable_date(text: str, plain: str) -> FaultyValueError:
    """What is wrong with a date, and what to type; `plain` is the text with single blanks."""
    if re.search(r"\b(today|tomorrow|next|this|coming)\b", plain, re.IGNORECASE):
        return FaultyValueError("bad-date", f'"{text}" is another day every time it is read', LIKE)
    if day := _in_another_language(plain):
        return FaultyValueError("bad-date", f'"{text}" is not a date that can be read', f"write {day}")
    if (match := _MOMENT.fullmatch(plain)) and (":" in match["offset"] or match["offset"] == "Z"):
        is_utc = re.fullmatch(r"Z|[+-]00:?00", match["offset"])
        wall_time = "4:00 pm, or what the clocks on the wall say" if is_utc else match["time"]
        return FaultyValueError(
            "bad-date",
            f'"{text}" is a date and a time with its distance from UTC, which follows from the zone',
            f"write them on two lines: date: {match['date']} and time: {wall_time}",
        )
    if match := _CLOCKS.fullmatch(plain):
        span = _SPAN.fullmatch(match["time"])
        seconds = re.sub(r"^(\d\d?[:.]\d\d)[:.]\d\d", r"\1", match["time"])
        lines = f", {_in_two_lines(span)}" if span else f" and time: {_clear(seconds)}"
        return FaultyValueError(
            "bad-date",
            f'"{text}" is a date and a time',
            f"write them on {'three' if span else 'two'} lines: date: {match['date'].rstrip(' ,')}{lines}",
        )
    if re.search(rf"\d\s*(?:\s{DASH}\s|to|until)\s*\d", plain) or (
        re.search(rf"\d\s*{DASH}\s*\d", plain) and not re.search(r"\d{4}-\d", plain)
    ):
        return FaultyValueError(
            "bad-date", f'"{text}" is more than one day', "write one file for each talk, " + LIKE[9:]
        )
    if not re.search(r"\d{4}", plain) and re.search(r"\d", plain):
        return FaultyValueError("bad-date", f'"{text}" has no year', "add the year, " + LIKE[9:])
    return FaultyValueError("bad-date", f'"{text}" is not a date that can be read', LIKE)


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
    clock = _AROUND.sub("", clock).strip()
    hours = _HOURS.fullmatch(clock)
    clock = hours[1] if hours else clock
    try:
        parse_time(clock)
    except AmbiguousTimeError as error:
        return f"{error.readings[1]} (or am)"
    except UnreadableTimeError:
        if re.fullmatch(r"\d{1,2}", clock):
            return f"{clock} pm (or am)" if 1 <= int(clock) <= 12 else f"{clock}:00"
    return clock


def _quarter_past(plain: str) -> str | None:
    """When `16 Uhr c.t.` begins: cum tempore, as universities say for a quarter past."""
    match = re.fullmatch(r"(.*\d.*?),?\s*c\.?\s?t\.?", plain)
    with suppress(UnreadableTimeError, AmbiguousTimeError):
        if match and (hour := parse_time(_clear(match[1]))).minute == 0:
            return f"{hour.hour:02}:15"
    return None


def _readings(digits: str) -> str:
    """What a bare `4`, `16` or `4.30` may mean."""
    hour, _, minute = digits.replace(".", ":").partition(":")
    if not 1 <= int(hour) <= 12:
        return f"{hour}:{minute or '00'}"
    return f"{hour}{':' if minute else ''}{minute} am or {hour}{':' if minute else ''}{minute} pm"


def unreadable_time(text: str) -> FaultyValueError:
    """What is wrong with a time of day, and what to type."""
    plain = " ".join(text.split())
    like = "write it like 4:00 pm or 16:00"
    if hours := _HOURS.fullmatch(plain):
        return FaultyValueError("bad-time", f'"{text}" is not a time of day', f"write {_readings(hours[1])}")
    zoned = re.fullmatch(r"(.*\S)\s+\(?([A-Z]{2,5})\)?", plain)
    if zoned and zoned[2] in ABBREVIATED_ZONES:
        span = _SPAN.fullmatch(zoned[1])
        alone = _in_two_lines(span) if span else f"{FIELD}: {_clear(zoned[1])}"
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
    if quarter := _quarter_past(plain):
        return FaultyValueError("bad-time", f'"{text}" is a quarter past', f"write {quarter}")
    if _AROUND.search(plain):
        return FaultyValueError("bad-time", f'"{text}" is more than a time', f"write {_clear(plain)}")
    if match := re.fullmatch(r"([01]\d|2[0-3])([0-5]\d)", plain):
        return FaultyValueError("bad-time", f'"{text}" has no colon', f"write {match[1]}:{match[2]}")
    if match := re.fullmatch(r"(1[3-9]|2[0-3])([:.]\d\d)?\s*p\.?m\.?", plain, re.IGNORECASE):
        twelve = f"{int(match[1]) - 12}{match[2] or ''} pm"
        return FaultyValueError("bad-time", f'"{text}" has 24 hours and pm', f"write {twelve}")
    if re.fullmatch(r"\d{1,2}", plain):
        return FaultyValueError(
            "ambiguous-time", f'"{text}" alone is not a time of day', f"write {_readings(plain)}"
        )
    return FaultyValueError("bad-time", f'"{text}" is not a time of day', like)
