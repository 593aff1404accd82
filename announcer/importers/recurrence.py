"""A calendar's rule that repeats -> its occurrences within the coming twelve months, by wall clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from announcer.domain.clock import instant, zone

if TYPE_CHECKING:
    from icalendar import Component

_AHEAD = timedelta(days=366)
_MOST = 400


def occurrences(event: Component, start: datetime, now: datetime) -> Iterator[datetime]:
    """The instants, from now on. The rule is expanded on the clocks of the start's zone, so that a talk at
    16:00 stays at 16:00 when the clocks change."""
    from dateutil.rrule import rrulestr

    wall = start.replace(tzinfo=None)
    recurrence: Any = event["RRULE"]
    text = recurrence.to_ical().decode()
    until = recurrence.get("UNTIL")
    if until:
        text = ";".join(part for part in text.split(";") if not part.upper().startswith("UNTIL"))
    try:
        rule = rrulestr(text, dtstart=wall)
    except (ValueError, TypeError):
        return
    out = set(_excluded(event))
    here = now.astimezone(start.tzinfo).replace(tzinfo=None)
    for occurrence in rule.xafter(here, count=_MOST, inc=True):
        if occurrence > here + _AHEAD or (until and _after(occurrence, until[0], start)):
            return
        moment = _at(occurrence, start)
        if moment.astimezone(UTC) not in out:
            yield moment


def _at(wall: datetime, start: datetime) -> datetime:
    key = getattr(start.tzinfo, "key", None)
    return instant(wall.date(), wall.time(), zone(key)) if key else wall.replace(tzinfo=start.tzinfo)


def _after(moment: datetime, until: object, start: datetime) -> bool:
    if isinstance(until, datetime):
        return _at(moment, start) > (until if until.tzinfo else until.replace(tzinfo=start.tzinfo))
    return isinstance(until, date) and moment.date() > until  # RFC 5545 3.3.10 allows a date


def _excluded(event: Component) -> Iterator[datetime]:
    groups = event.get("EXDATE")
    for group in groups if isinstance(groups, list) else [groups] if groups else []:
        for stamp in group.dts:
            if isinstance(stamp.dt, datetime) and stamp.dt.tzinfo:
                yield stamp.dt.astimezone(UTC)
