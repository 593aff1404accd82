"""The next days of a series, each with what stands in its way: a talk that is there, or a holiday."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from announcer.domain.department import Series
from announcer.domain.talk import Status
from announcer.preview.state import DepartmentState
from announcer.preview.upcoming import names_of_speakers, title_of

_AHEAD = 8
_WEEK = timedelta(days=7)
_OFF = (Status.CANCELLED, Status.POSTPONED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One day on which a series may have a talk."""

    day: date
    label: str
    taken: str
    """By which talk; empty where by none."""
    holiday: str

    @property
    def is_free(self) -> bool:
        """Whether nothing stands in its way."""
        return not self.taken and not self.holiday


def next_days(
    state: DepartmentState, series: Series, holiday: Callable[[date], str | None]
) -> tuple[Choice, ...]:
    """The series' coming days; none where it has no weekday."""
    if series.day is None:
        return ()
    today = state.now.date()
    first = today + timedelta(days=(series.day - today.weekday()) % 7)
    if first == today and series.time and series.time <= state.now.time():
        first += _WEEK
    of_day = {
        talk.date: names_of_speakers(talk) or title_of(talk)
        for talk in state.talks.values()
        if talk.series == series.key and talk.status not in _OFF
    }
    days = [first + number * _WEEK for number in range(_AHEAD)]
    return tuple(
        Choice(
            day=day,
            label=f"{day:%b} {day.day}",
            taken=of_day.get(day, ""),
            holiday=holiday(day) or "",
        )
        for day in days
    )
