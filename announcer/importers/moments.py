"""Days and times as tables and letters write them, in each language; what is not certain is no date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from announcer.domain.clock import WEEKDAYS, AmbiguousTimeError, UnreadableTimeError, parse_time
from announcer.importers.contract import Remark
from announcer.languages.vocabularies import VOCABULARIES

LANGUAGES = tuple(name for name, vocabulary in VOCABULARIES.items() if vocabulary.has_blanks)
_ISO = re.compile(
    r"\b(?P<year>\d{4})(?:[-/.]|\s?年\s?)(?P<month>\d{1,2})(?:[-/.]|\s?月\s?)(?P<day>\d{1,2})(?!\d)(?:\s?日)?"
)
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<left>\d{1,2})(?P<mark>[./-])\s?(?P<right>\d{1,2})(?P=mark)\s?(?P<year>\d{4}|\d{2})(?!\d)"
)
_WORD = r"[^\W\d_]{3,12}\.?"
_DAY_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s*(?:de\s+|of\s+)?[- ]?(?P<month>{_WORD})"
    r"(?:,?\s*(?:de\s+|del\s+)?(?P<year>\d{4})\b)?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b(?P<month>{_WORD})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(?P<year>\d{{4}})\b)?",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:\d{1,2}\s*(?:[:.h]\s*\d{2}(?::\d{2})?)?\s*(?:[ap]\.?\s?m\b\.?)|"
    r"\d{1,2}\s*[:.]\s*\d{2}(?::\d{2})?(?:\s*uhr)?|\d{1,2}\s*h\s*\d{0,2}\b|"
    r"(?<=ore )\d{1,2}\b|(?<=um )\d{1,2}\b|\d{1,2}\s*(?:uhr|heures?|horas?|o['’]clock)|noon|midday|mittags?)"
)
_BARE = r"\d{1,2}(?:[:.]\d{2})?"
_TIMES = re.compile(
    rf"(?<![\d:.])(?P<start>{_CLOCK}|{_BARE}(?=\s*(?:-|–|—|to|bis|until|à|a)\s*{_CLOCK}))"
    rf"(?:\s*(?:-|–|—|to|bis|until|till|à|al?le|a|às|hasta|jusqu['’]à)\s*(?P<end>{_CLOCK}|{_BARE}(?!\d)))?"
    r"\s*(?P<quarter>\(?(?:c\.?\s?t\.?|s\.?\s?t\.?)(?!\w)\)?)?",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    rf"\b\d{{1,2}}\.?\s*(?:,|and|und|et|y|e|&|-|–|/|to|bis)\s*\d{{1,2}}\.?\s+(?:de\s+)?(?P<month>{_WORD})|"
    rf"\b(?P<first>{_WORD})\s+\d{{1,2}}\s*(?:and|&|-|–|/|to)\s*\d{{1,2}}(?!\d|:|\s*[ap]\.?m)",
    re.IGNORECASE,
)
_QUARTER_ALONE = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?:uhr\s*)?c\.?\s?t\.?(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """What a text says of when."""

    day: date | None = None
    at: time | None = None
    length: timedelta | None = None
    remarks: tuple[Remark, ...] = ()
    near: date | None = None
    """The day that a date without a year would be within the coming twelve months: to ask, never to take."""


def read_moment(text: str, *, today: date, month_first: bool | None = None) -> Moment:
    """Reads `Wednesday, December 2, 2026, 4-5 pm`, `Mi 02.12.2026 17 c.t.`, `2026-12-02T16:00`.

    `month_first` tells how `02/12/2026` is meant; None leaves it open, and then it is no date.
    """
    if (several := _several(text)) is not None:
        remark = Remark(code="several-dates", text=f'"{several}" is more than one day, so none was taken')
        at, length, more = read_time_of_day(_SEVERAL.sub(" ", text))
        return Moment(at=at, length=length, remarks=(remark, *more))
    day, near, remarks, rest = _read_day(text, today, month_first)
    at, length, more = read_time_of_day(rest)
    return Moment(day=day, at=at, length=length, remarks=(*remarks, *more), near=near)


def read_time_of_day(text: str) -> tuple[time | None, timedelta | None, tuple[Remark, ...]]:
    """The time of day, how long it takes where both ends are said, and what to say of it."""
    text = re.sub(r"T(\d{2}:\d{2})", r" \1", text)
    if match := _QUARTER_ALONE.search(text):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour < 24 and minute < 45:
            academic = time(hour, minute + 15)
            remark = Remark(code="c.t.", text=f'"{match[0].strip()}" is {academic:%H:%M}: a quarter past')
            return academic, None, (remark,)
    match = _TIMES.search(text)
    if match is None:
        return None, None, ()
    start, end = match["start"], match["end"]
    half = re.search(r"[ap]\.?\s?m", end or "", re.IGNORECASE)
    until = _clock(end) if end else None
    bare = half and not re.search(r"[ap]\.?\s?m|noon", start, re.IGNORECASE)
    at = _clock(f"{start} {half[0]}") if bare and half else _clock(start)
    if bare and at and until and at > until:  # "11-1 pm"
        at = _clock(f"{start} am")
    if at is None:
        remark = Remark(
            code="unclear-time", text=f'"{match[0].strip()}" may be morning or afternoon, so it is no time'
        )
        return None, None, (remark,)
    if until is not None and end and not half and until < at and until.hour < 12 and at.hour < 12:
        until = None
    return at, _between(at, until), ()


def month_comes_first(texts: Iterable[str]) -> bool | None:
    """How the dates of one column are meant: told by a day past the twelfth; None where none tells."""
    orders = set()
    for text in texts:
        if match := _NUMERIC.search(text):
            left, right = int(match["left"]), int(match["right"])
            if match["mark"] == "." or left > 12:
                orders.add(False)
            elif right > 12:
                orders.add(True)
    return orders.pop() if len(orders) == 1 else None


def _between(at: time, until: time | None) -> timedelta | None:
    if until is None:
        return None
    anchor = date(2000, 1, 1)
    length = datetime.combine(anchor, until) - datetime.combine(anchor, at)
    return length if timedelta() < length <= timedelta(hours=12) else None


def _clock(text: str) -> time | None:
    plain = re.sub(r"\s*(?:uhr|heures?|horas?|o['’]clock)", "", text.strip().lower())
    plain = re.sub(r"\s*([:.])\s*", r"\1", plain)
    if re.fullmatch(r"mittags?", plain):
        return time(12)
    if re.fullmatch(r"\d{1,2}", plain):
        plain = f"{plain}h" if text.strip() != plain or int(plain) > 12 else plain
    plain = re.sub(r"^(\d{1,2}[:.]\d{2})[:.]\d{2}", r"\1", plain)
    plain = re.sub(r"^(\d{1,2})h(\d{2})$", r"\1:\2", plain) if re.match(r"1[3-9]|2|0\d", plain) else plain
    try:
        return parse_time(plain)
    except AmbiguousTimeError as error:
        # "9 Uhr", "9h30": where hours are named like that, they are counted to 24.
        return parse_time(f"{error.readings[0]}") if re.search(r"uhr|h|heure|hora", text.lower()) else None
    except UnreadableTimeError:
        return None


def _read_day(
    text: str, today: date, month_first: bool | None
) -> tuple[date | None, date | None, tuple[Remark, ...], str]:
    """The day, the near day of a date without a year, remarks, and the text without what was read."""
    days, near, unclear, rest = _days(text, today, month_first)
    if unclear:
        return None, near, tuple(Remark(code="unclear-date", text=doubt) for doubt in unclear), rest
    if len(days) > 1:
        listed = " and ".join(day.isoformat() for day in days[:3])
        remark = Remark(code="several-dates", text=f"it names several days, {listed}, so none was taken")
        return None, None, (remark,), rest
    if not days:
        return None, near, (), rest
    (day,) = days
    wrong = _other_weekday(text, day)
    if wrong:
        remark = Remark(
            code="weekday-mismatch",
            text=f'it says "{wrong}", and {day.isoformat()} is a {WEEKDAYS[day.weekday()]}: none was taken',
        )
        return None, None, (remark,), rest
    return day, None, (), rest


def _days(text: str, today: date, month_first: bool | None) -> tuple[list[date], date | None, list[str], str]:
    days: dict[date, None] = {}
    near: date | None = None
    unclear: list[str] = []
    rest = text
    for match in _ISO.finditer(text):
        if day := _date(int(match["year"]), int(match["month"]), int(match["day"])):
            days[day] = None
        else:
            unclear.append(f'"{match[0]}" does not exist')
        rest = rest.replace(match[0], " ", 1)
    for match in _NUMERIC.finditer(rest):
        day, why = _numeric(match, month_first)
        if day:
            days[day] = None
        else:
            unclear.append(why)
        rest = rest.replace(match[0], " ", 1)
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(rest):
            month = _months().get(match["month"].rstrip(".").casefold())
            if month is None:
                continue
            rest = rest.replace(match[0].rstrip(), " ", 1)
            if not match["year"]:
                near = _coming(month, int(match["day"]), today)
                unclear.append(f'"{match[0].strip()}" has no year')
            elif day := _date(int(match["year"]), month, int(match["day"])):
                days[day] = None
            else:
                unclear.append(f'"{match[0].strip()}" does not exist')
    if days and all("no year" in doubt for doubt in unclear):
        years = {(day.month, day.day) for day in days}
        unclear = [] if near is None or (near.month, near.day) in years else unclear
    return list(days), near, unclear, rest


def _numeric(match: re.Match[str], month_first: bool | None) -> tuple[date | None, str]:
    left, right, year = int(match["left"]), int(match["right"]), int(match["year"])
    if len(match["year"]) == 2:
        return None, f'"{match[0]}" has a year of two digits'
    if match["mark"] == ".":
        month_first = False
    readings = {
        first: day
        for first, day in ((True, _date(year, left, right)), (False, _date(year, right, left)))
        if day is not None
    }
    if not readings:
        return None, f'"{match[0]}" does not exist'
    if month_first is not None:
        day = readings.get(month_first)
        return day, f'"{match[0]}" does not exist'
    if len(set(readings.values())) > 1:
        first, second = readings[False], readings[True]
        return None, f'"{match[0]}" is {first.isoformat()} to some and {second.isoformat()} to others'
    return next(iter(readings.values())), ""


def _several(text: str) -> str | None:
    """The words that name a span or a list of days: `2-4 December`, `December 2 and 9`."""
    for match in _SEVERAL.finditer(text):
        if (match["month"] or match["first"]).rstrip(".").casefold() in _months():
            return match[0]
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _coming(month: int, day: int, today: date) -> date | None:
    """The day of that name within the coming twelve months."""
    for year in (today.year, today.year + 1):
        if (candidate := _date(year, month, day)) and today <= candidate:
            return candidate
    return None


def _other_weekday(text: str, day: date) -> str | None:
    """The weekday that stands in a text and is not the day's."""
    named = [
        (word, number)
        for word in re.findall(r"[^\W\d_]{2,}(?:-feira)?", text)
        if (number := _weekdays().get(word.casefold())) is not None
    ]
    wrong = [str(word) for word, number in named if number != day.weekday()]
    return wrong[0] if wrong and len(wrong) == len(named) else None


@cache
def _months() -> dict[str, int]:
    """Every name and abbreviation of a month, in small letters."""
    from babel.dates import get_month_names

    names: dict[str, int] = {"sept": 9}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                names.setdefault(str(name).rstrip(".").casefold(), number)
    return names


@cache
def _weekdays() -> dict[str, int]:
    """Every name of a weekday, 0 is Monday; abbreviations of three letters or more, and German's of two."""
    from babel.dates import get_day_names

    names: dict[str, int] = dict(zip(("mo", "di", "mi", "do", "fr", "sa", "so"), range(7), strict=True))
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_day_names(width, locale=language).items():
                word = str(name).rstrip(".").casefold()
                if len(word) > 2:
                    names.setdefault(word, number)
    # Words that are also others': "mar" is March and mardi, "do", "so", "di" are Italian and German words.
    return {
        word: number for word, number in names.items() if word not in ("do", "so", "di", "mar", "sex", "sab")
    }
