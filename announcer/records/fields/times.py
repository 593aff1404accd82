"""The kinds of value that say when: how each is read, and what an editor's schema says of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Annotated, TypeVar

from pydantic import PlainValidator, WithJsonSchema

from announcer.domain.clock import WEEKDAYS, AmbiguousTimeError
from announcer.domain.when import (
    UnreadableWhenError,
    Weekly,
    When,
    parse_request_when,
    parse_weekly,
    parse_when,
    weekday_number,
)
from announcer.languages.spoken_dates import WEEKDAY
from announcer.records.fields import dates
from announcer.records.fields.errors import FaultyValueError
from announcer.records.fields.texts import short
from announcer.records.fields.unreadable import ABBREVIATED_ZONES
from announcer.records.yaml.nodes import Value

_STRING = {"type": "string"}
T = TypeVar("T")


def read_date(value: Value) -> date:
    """A date, as dates.parse_date reads it."""
    return dates.parse_date(short(value))


def read_time(value: Value) -> time:
    """A time of day."""
    return dates.parse_hour(short(value))


def read_duration(value: Value) -> timedelta:
    """A length of time."""
    return dates.parse_duration(short(value))


_NEAR = 0.7
"""How alike a city's name must be to the one that is meant: there are five hundred."""


def read_zone(value: Value) -> str:
    """The IANA name of a time zone."""
    text = short(value)
    known = _zones()
    if text in known and ("/" in text or text == "UTC"):
        return text
    letters = re.sub(r"\s+(?:STANDARD |DAYLIGHT )?TIME$", "", text.upper())
    if letters in ABBREVIATED_ZONES:
        right = ABBREVIATED_ZONES[letters]
        raise FaultyValueError(
            "bad-timezone",
            f'"{text}" is not the time zone of a place: it leaves out summer time, and others use it '
            "for other zones",
            f"write {right}, or the name of your region and city",
        )
    city = text.rsplit("/", 1)[-1].strip().replace(" ", "_")
    named = sorted(name for name in known if name.rsplit("/", 1)[-1].lower() == city.lower() and "/" in name)
    region = text.lower().partition("/")[0]
    near_by = [
        name for name in sorted(known) if name.count("/") == 1 and name.lower().startswith(f"{region}/")
    ]
    cities = {name.rsplit("/", 1)[-1].lower(): name for name in near_by}
    near = get_close_matches(city.lower(), cities, n=1, cutoff=_NEAR)
    right = named[0] if named else cities[near[0]] if near else ""
    raise FaultyValueError(
        "bad-timezone",
        f'"{text}" is not a time zone',
        f"did you mean {right}?"
        if right
        else "write region and city, like America/Chicago or Europe/Berlin"
        if "/" not in text
        else "few cities have one of their own: write the region and the large city whose clocks yours has, "
        "like America/Chicago or Europe/Berlin",
    )


@cache
def _zones() -> set[str]:
    from zoneinfo import available_timezones

    return available_timezones()


def read_when(value: Value) -> When:
    """When a rule is due."""
    return _phrase(value, parse_when)


def read_request_when(value: Value) -> When:
    """When somebody is asked."""
    return _phrase(value, parse_request_when)


def read_weekly(value: Value) -> Weekly:
    """When a digest is due."""
    return _phrase(value, parse_weekly)


def _phrase(value: Value, parse: Callable[[str], T]) -> T:
    text = short(value)
    try:
        return parse(text)
    except AmbiguousTimeError as error:
        morning, afternoon = error.readings
        raise FaultyValueError(
            "ambiguous-time",
            f'the time in "{text}" may be morning or afternoon',
            f"write {morning} or {afternoon}",
        ) from error
    except UnreadableWhenError as error:
        raise FaultyValueError("bad-when", f'"{text}" does not say when', error.hint) from error
    except OverflowError as error:
        raise FaultyValueError("bad-when", f'"{text}" is too long ago', "write fewer days") from error


def read_weekday(value: Value) -> int:
    """A weekday; 0 is Monday."""
    text = short(value)
    number = weekday_number(text.removesuffix("s") if len(text) > 6 else text)
    if number is None:
        spoken = WEEKDAY.get(text.strip().lower())
        right = "like Wednesday" if spoken is None else f"as {WEEKDAYS[spoken]}"
        raise FaultyValueError("bad-weekday", f'"{text}" is not a weekday', f"write it in English, {right}")
    return number


Date = Annotated[date, PlainValidator(read_date), WithJsonSchema({"type": ["string", "integer"]})]
Time = Annotated[time, PlainValidator(read_time), WithJsonSchema({"type": ["string", "number"]})]
Duration = Annotated[timedelta, PlainValidator(read_duration), WithJsonSchema(_STRING)]
Zone = Annotated[
    str, PlainValidator(read_zone), WithJsonSchema({**_STRING, "pattern": "^([A-Za-z_]+/.+|UTC)$"})
]
WhenPhrase = Annotated[When, PlainValidator(read_when), WithJsonSchema(_STRING)]
RequestPhrase = Annotated[When, PlainValidator(read_request_when), WithJsonSchema(_STRING)]
WeeklyPhrase = Annotated[Weekly, PlainValidator(read_weekly), WithJsonSchema(_STRING)]
Weekday = Annotated[int, PlainValidator(read_weekday), WithJsonSchema(_STRING)]
