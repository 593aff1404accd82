"""Public holidays, where the `holidays` package is installed and the department names its country."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from announcer.records.fields.errors import FaultyValueError

if TYPE_CHECKING:
    from holidays import HolidayBase


def check_place(place: str) -> None:
    """Raises FaultyValueError where a place (`US`, `US-MO`) has no calendar, or none is installed."""
    _calendar(place)


def holiday(place: str, day: date) -> str | None:
    """The name of the public holiday on that day, None for none."""
    return _calendar(place).get(day)


def days_off(place: str, years: range) -> frozenset[date]:
    """The public holidays of these years."""
    calendar = _calendar(place)
    days = (date(years.start, 1, 1) + timedelta(days=number) for number in range(366 * len(years)))
    return frozenset(day for day in days if day in calendar)


@lru_cache(maxsize=8)
def _calendar(place: str) -> HolidayBase:
    try:
        import holidays
    except ImportError as error:
        raise FaultyValueError(
            "no-calendar",
            "the calendar of holidays is not installed",
            "install it with pip install holidays, or delete this line",
        ) from error
    country, _, region = place.partition("-")
    try:
        return holidays.country_holidays(country.strip().upper(), subdiv=region.strip().upper() or None)
    except NotImplementedError as error:
        raise FaultyValueError(
            "no-calendar",
            f'there is no calendar of holidays for "{place}"',
            "write a country's code, with its region's where it has any: US, US-MO, DE-BY",
        ) from error
