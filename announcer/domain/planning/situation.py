"""The situation in which a talk is planned: the department, what was told, and the time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from announcer.domain.clock import instant, zone
from announcer.domain.department import Department
from announcer.domain.mailing import Entry
from announcer.domain.planning.history import History


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """A department at one moment."""

    department: Department
    history: History
    now: datetime
    """In UTC, because Python compares two times of one zone by their wall clocks."""

    @staticmethod
    def of(department: Department, entries: Iterable[Entry], now: datetime) -> Situation:
        """A department with the ledger's rows of one realm, at an aware moment."""
        return Situation(department=department, history=History(entries), now=now.astimezone(UTC))

    @property
    def begin(self) -> datetime | None:
        """The instant before which nothing is due, where announcer.yaml names a day."""
        if self.department.begin is None:
            return None
        return instant(self.department.begin, time(0), zone(self.department.timezone))
