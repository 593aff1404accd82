"""Working days: when a person may be asked for something."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from announcer.domain.clock import instant, zone

_DAY = timedelta(days=1)


def is_working(day: date, holidays: Collection[date]) -> bool:
    """Whether it is no Saturday, no Sunday and no holiday."""
    return day.weekday() < 5 and day not in holidays


def next_working(day: date, holidays: Collection[date]) -> date:
    """The first working day after `day`."""
    return _working(day, holidays, _DAY)


def last_working(day: date, holidays: Collection[date]) -> date:
    """The last working day before `day`."""
    return _working(day, holidays, -_DAY)


def _working(day: date, holidays: Collection[date], step: timedelta) -> date:
    day += step
    while not is_working(day, holidays):
        day += step
    return day


def at_work(
    wanted: datetime,
    *,
    earliest: datetime,
    before: datetime | None,
    now: datetime,
    at: time,
    tz_name: str,
    holidays: Collection[date],
) -> datetime:
    """`wanted` where that is a working day, else `at` on the next one; where that is not before `before`,
    on the last one that is not before `earliest`. What was not sent in time waits for a working day, too.
    """
    tz = zone(tz_name)
    day, today = wanted.astimezone(tz).date(), now.astimezone(tz).date()
    if not is_working(day, holidays):
        following = instant(next_working(day, holidays), at, tz)
        preceding = instant(last_working(day, holidays), at, tz)
        is_late = before is not None and wanted < before <= following
        wanted = preceding if is_late and preceding >= earliest else following
    if wanted <= now and not is_working(today, holidays):
        return instant(next_working(today, holidays), at, tz)
    return wanted
