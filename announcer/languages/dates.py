"""Dates and times in words, as a locale writes them; the zone is always named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from announcer.domain.clock import zone

if TYPE_CHECKING:
    from babel import Locale


_NOON = ("en", "fr")
"""Languages that say noon as they say any hour: Italian has `alle 12:00` and `a mezzogiorno`."""


@lru_cache(maxsize=16)
def known_locale(name: str) -> Locale:
    """The locale of that name (`en_US`, `de-DE`). Raises ValueError or babel.UnknownLocaleError."""
    from babel import Locale

    return Locale.parse(name.replace("-", "_"))


def language_tag(language: str, locale: str) -> str | None:
    """`en`, of `en`; None where it is the locale's own, and where it is said in words."""
    from babel import Locale, UnknownLocaleError

    try:
        spoken = Locale.parse(language.strip().replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
    return None if spoken.language == known_locale(locale).language else str(spoken).replace("_", "-")


def language_name(language: str, locale: str, others: Sequence[str] = ()) -> str | None:
    """`English`, of `en` and of `English`; None where it is the locale's own, and that of all others which
    a mail is in."""
    from babel import Locale, UnknownLocaleError

    own = {known_locale(locale_name).language: known_locale(locale_name) for locale_name in (locale, *others)}
    try:
        spoken = Locale.parse(language.strip().replace("-", "_"))
    except (UnknownLocaleError, ValueError):  # it is said in words
        names = [str(own_locale.get_language_name(str(own_locale))).casefold() for own_locale in own.values()]
        return None if all(name == language.strip().casefold() for name in names) else language
    name = spoken.get_language_name(locale)
    if name is None or set(own) == {spoken.language}:
        return None
    return name[:1].upper() + name[1:]


def long_date(day: date, locale: str) -> str:
    """`Wednesday, December 2, 2026`."""
    from babel.dates import format_date

    return str(format_date(day, "full", locale=known_locale(locale)))


def short_date(day: date, locale: str) -> str:
    """`Wed Dec 2`: for subjects and lists."""
    from babel.dates import format_skeleton

    made = format_skeleton("MMMEd", datetime.combine(day, time()), locale=known_locale(locale))
    return made.replace(",", "")


def day_of_year(day: date, locale: str) -> str:
    """`Wednesday, November 18`: a day whose year is plain."""
    from babel.dates import format_date

    # No locale has a form of its own for this: the one with abbreviations, its words written out.
    known = known_locale(locale).datetime_skeletons
    short = str(known.get("MMMMEd", known["MMMEd"]))
    pattern = re.sub("M{3,}|L{3,}", "MMMM", re.sub("E+|c+", "EEEE", short))
    return _plain_blanks(str(format_date(day, pattern, locale=known_locale(locale))))


def month_and_day(day: date, locale: str) -> str:
    """`Dec 2`."""
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMd", datetime.combine(day, time()), locale=known_locale(locale)))


def with_weekdays(text: str, locale: str) -> str:
    """Text in which each date that is written as `2026-12-01` is `Tuesday, December 1`."""

    def in_words(match: re.Match[str]) -> str:
        try:
            return day_of_year(date.fromisoformat(match[0]), locale)
        except ValueError:
            return match[0]

    return re.sub(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", in_words, text)


def weekday(day: date, locale: str, *, short: bool = False) -> str:
    """`Wednesday`, or `Wed`."""
    from babel.dates import format_date

    made = format_date(day, "ccc" if short else "EEEE", locale=known_locale(locale))
    return str(made).rstrip(".")


def month(day: date, locale: str) -> str:
    """`Dec`, without a full stop."""
    from babel.dates import format_date

    return str(format_date(day, "LLL", locale=known_locale(locale))).rstrip(".")


def days(first: date, last: date, locale: str) -> str:
    """`Mon Nov 30 – Sun Dec 6`, of one day `Mon Nov 30`."""
    begins, ends = short_date(first, locale), short_date(last, locale)
    return begins if first == last else f"{begins} – {ends}"


def months(first: date, last: date, locale: str) -> str:
    """`July – December 2026`."""
    from babel.dates import format_interval

    return _plain_blanks(format_interval(first, last, "yMMMM", locale=known_locale(locale)))


def time_of_day(moment: datetime, locale: str) -> str:
    """`4:00 pm`, `16:00`, `noon`: the time without its zone."""
    from babel.dates import format_time

    known = known_locale(locale)
    if moment.minute == 0 and moment.hour in (0, 12) and known.language in _NOON:
        word = known.day_periods["format"]["wide"].get("noon" if moment.hour else "midnight")
        if word:
            return str(word)
    made = _plain_blanks(format_time(moment, "short", locale=known))
    return re.sub(r"\b[AP]M\b", lambda half: half[0].lower(), made)


def times(start: datetime, end: datetime, locale: str) -> str:
    """`4:00–5:00 pm`, `11:30 am – 12:30 pm`, and with its date the end of another day."""
    first, last = time_of_day(start, locale), time_of_day(end, locale)
    if end.date() != start.date():
        return f"{first} – {last}, {short_date(end.date(), locale)}"
    half = re.search(r" [ap]m$", first)
    if half and last.endswith(half[0]):
        first = first.removesuffix(half[0])
        return f"{first}–{last}"
    plain = first[-1].isdigit() and last[-1].isdigit()
    return f"{first}–{last}" if plain else f"{first} – {last}"


def zone_name(moment: datetime, zone_id: str, locale: str) -> str:
    """`CST`: the zone's abbreviation at that moment, else its offset (`GMT-3`)."""
    from babel.dates import get_timezone_name

    local = moment.astimezone(zone(zone_id))
    for name in (
        get_timezone_name(local, width="short", locale=known_locale(locale)),
        local.tzname() or "",
    ):
        if re.fullmatch(r"[^\W\d]{2,6}", name):
            return name
    return offset_name(local)


def offset_name(moment: datetime) -> str:
    """`GMT+5:30`: the moment's offset from UTC."""
    offset = moment.utcoffset()
    assert offset is not None  # noqa: S101 - the domain refuses naive datetimes
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"GMT{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "GMT"


def city(zone_id: str, locale: str) -> str:
    """`New York`, of `America/New_York`; `Nueva York` in Spanish."""
    if locale.partition("_")[0] == "en":
        return zone_id.rpartition("/")[2].replace("_", " ")
    from babel.dates import get_timezone_location

    location = get_timezone_location(zone(zone_id), locale=known_locale(locale), return_city=True)
    return location.rpartition("/")[2]


def _plain_blanks(text: str) -> str:
    return re.sub(r"[\u202f\u2009\u00a0]", " ", text)
