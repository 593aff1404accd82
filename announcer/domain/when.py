"""When a mailing is due, in words: `Monday of the same week at 9:00 am`, `7 days before at 9:00 am`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from announcer.domain.clock import WEEKDAYS, instant, parse_time, zone

_NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: number for number, word in enumerate(_NUMBER_WORDS)}
EXAMPLES = (
    "7 days before at 9:00 am",
    "Monday of the same week at 9:00 am",
    "Monday before at 9:00 am",
    "Friday of the week before at 4:00 pm",
    "same day at 8:00 am",
    "2 hours before",
)


class UnreadableWhenError(ValueError):
    """The text is no when-phrase; `hint` says what would be."""

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self.hint = hint or "write it like one of: " + "; ".join(f'"{example}"' for example in EXAMPLES)


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """A moment relative to a talk: a day and a wall-clock time in the talk's zone, or an elapsed time.

    One of three forms: `elapsed` before the start; `days` before the talk's date; or `weekday`, in the
    week `weeks` before the talk's (weeks begin on Monday), or with `weeks` None the last one strictly
    before the talk's date.
    """

    text: str
    """What the person wrote, with its blanks made plain."""
    elapsed: timedelta | None = None
    days: int | None = None
    weekday: int | None = None
    """0 is Monday."""
    weeks: int | None = None
    at: time | None = None
    """The wall-clock time; None for an elapsed one."""
    of_announcement: bool = False
    """Whether it is relative to the talk's first announcement instead."""

    def due(self, start: datetime, tz_name: str) -> datetime:
        """The instant at which this falls for a talk that starts at `start` in the IANA zone `tz_name`."""
        tz = zone(tz_name)
        local = start.astimezone(tz)
        if self.elapsed is not None:
            return (start.astimezone(UTC) - self.elapsed).astimezone(tz)
        assert self.at is not None  # noqa: S101 - the parser sets it for every wall-clock form
        return instant(self._day(local.date()), self.at, tz)

    def _day(self, day: date) -> date:
        if self.days is not None:
            return day - timedelta(days=self.days)
        assert self.weekday is not None  # noqa: S101 - as above
        if self.weeks is None:
            return day - timedelta(days=(day.weekday() - self.weekday - 1) % 7 + 1)
        monday = day - timedelta(days=day.weekday())
        return monday + timedelta(days=self.weekday, weeks=-self.weeks)

    @property
    def day_phrase(self) -> str:
        """The day without the time, as a slug: the slot of a rule that has no name (`1-day-before`)."""
        day = re.sub(r"\s+(at|@)\s+.*$", "", self.text, flags=re.IGNORECASE)
        return re.sub(r"[^a-z0-9]+", "-", day.lower()).strip("-")


def parse_when(text: str) -> When:
    """Reads a when-phrase. Raises UnreadableWhenError, or clock.AmbiguousTimeError for `at 4:00`."""
    plain = " ".join(text.split())
    if match := re.fullmatch(r"(\w+) (hour|minute)s? before", plain, re.IGNORECASE):
        amount, unit = _count(match[1], text), match[2].lower()
        return When(text=plain, elapsed=timedelta(**{f"{unit}s": amount}))
    day, _, clock = re.sub(r"\s@\s", " at ", plain).rpartition(" at ")
    if not day:
        # "1 day before 17:00" is a day too: a list of examples would hide how little is missing.
        begun, _, last = re.sub(r"\s+(?=[ap]m$)", "", plain, flags=re.IGNORECASE).rpartition(" ")
        if re.fullmatch(r"\d\d?(:\d\d)?([ap]m)?", last, re.IGNORECASE) and _looks_like_a_day(begun):
            raise UnreadableWhenError(text, f'put "at" before the time: "{begun} at {last}"')
        raise UnreadableWhenError(text, "" if _looks_like_a_day(plain) is None else _missing_time(plain))
    try:
        at = parse_time(clock)
    except ValueError as error:
        if hasattr(error, "readings"):
            raise
        raise UnreadableWhenError(text, f'"{clock}" is not a time: write it like "9:00 am"') from error
    form = _looks_like_a_day(day)
    if form is None:
        raise UnreadableWhenError(text)
    days, weekday, weeks = form
    return When(text=plain, days=days, weekday=weekday, weeks=weeks, at=at)


def parse_request_when(text: str) -> When:
    """Reads a when-phrase that may be relative to the announcement: `2 days before announcement at 9:00 am`.
    Raises as `parse_when`."""
    plain = " ".join(text.split())
    of_talk, count = re.subn(r"\bbefore (?:the )?announcement\b", "before", plain, flags=re.IGNORECASE)
    read = parse_when(of_talk)
    return replace(read, text=plain, of_announcement=True) if count else read


def _missing_time(plain: str) -> str:
    return f'say at what time: "{plain} at 9:00 am"'


def _count(word: str, text: str) -> int:
    number = _NUMBERS.get(word.lower(), int(word) if word.isdecimal() and len(word) < 4 else None)
    if number is None:
        raise UnreadableWhenError(text)
    return number


def _looks_like_a_day(day: str) -> tuple[int | None, int | None, int | None] | None:
    """(days before, weekday, weeks before) of a day phrase, or None."""
    plain = re.sub(r"^(on |the )", "", day.lower())
    if plain in ("same day", "day of the talk", "on the day"):
        return (0, None, None)
    if plain in ("day before",):
        return (1, None, None)
    if match := re.fullmatch(r"(\w+) (day|week)s? before", plain):
        try:
            count = _count(match[1], day)
        except UnreadableWhenError:
            count = None
        if count is not None:
            return (count * (7 if match[2] == "week" else 1), None, None)
    if match := re.fullmatch(r"(\w+) (before|of the (same week|week before)|(\w+) weeks? before)", plain):
        weekday = weekday_number(match[1])
        if weekday is None:
            return None
        if match[2] == "before":
            return (None, weekday, None)
        if match[3]:
            return (None, weekday, 0 if match[3] == "same week" else 1)
        return (None, weekday, _count(match[4], day))
    return None


def weekday_number(name: str) -> int | None:
    """0 for Monday to 6 for Sunday; None where `name` is no English weekday or its first letters."""
    plain = name.strip().rstrip(".").lower()
    if len(plain) < 3:
        return None
    for number, weekday in enumerate(WEEKDAYS):
        if weekday.lower().startswith(plain):
            return number
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Weekly:
    """A moment that returns each week: a digest's `Monday at 8:00 am`, in the department's zone."""

    text: str
    weekday: int
    at: time

    def in_week_of(self, day: date, tz_name: str) -> datetime:
        """The instant at which this falls in the week (from Monday) that contains `day`."""
        monday = day - timedelta(days=day.weekday())
        return instant(monday + timedelta(days=self.weekday), self.at, zone(tz_name))


def parse_weekly(text: str) -> Weekly:
    """Reads a digest's `when`. Raises UnreadableWhenError or clock.AmbiguousTimeError."""
    plain = " ".join(text.split())
    hint = 'write a weekday and a time: "Monday at 8:00 am"'
    match = re.fullmatch(r"(?:every )?(\w+?)s? at (.+)", plain, re.IGNORECASE)
    weekday = weekday_number(match[1]) if match else None
    if match is None or weekday is None:
        raise UnreadableWhenError(text, hint)
    try:
        at = parse_time(match[2])
    except ValueError as error:
        if hasattr(error, "readings"):
            raise
        raise UnreadableWhenError(text, f'"{match[2]}" is not a time: write it like "8:00 am"') from error
    return Weekly(text=plain, weekday=weekday, at=at)
