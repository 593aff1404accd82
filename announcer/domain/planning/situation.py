"""The situation in which a talk is planned: the department, what was told, and the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from types import MappingProxyType

from announcer.domain.clock import instant, zone
from announcer.domain.department import Department
from announcer.domain.mailing import Entry, EntryState
from announcer.domain.occasion import Occasion
from announcer.domain.planning.history import History

_WENT = (EntryState.ACCEPTED, EntryState.UNKNOWN)


Switched = Mapping[tuple[str, Occasion], datetime]
"""Since when a series, by its key, has an occasion that it need not have."""
UNKNOWN: Switched = MappingProxyType({})
"""Nothing is known of it: what is on was never off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """A department at one moment."""

    department: Department
    history: History
    now: datetime
    """In UTC, because Python compares two times of one zone by their wall clocks."""
    asked: frozenset[str] = frozenset()
    """The series of which somebody was asked for something: their first request was sent by a person."""
    switched: Switched = field(default_factory=dict)

    @staticmethod
    def of(
        department: Department, entries: Iterable[Entry], now: datetime, switched: Switched = UNKNOWN
    ) -> Situation:
        """A department with the ledger's rows of one realm, at an aware moment."""
        known = list(entries)
        asked = (
            snapshot.series
            for entry in known
            if entry.key.row.is_to_people and entry.state in _WENT
            for snapshot in entry.snapshots
        )
        return Situation(
            department=department,
            history=History(known),
            now=now.astimezone(UTC),
            asked=frozenset(asked),
            switched=switched,
        )

    def switched_on(self, series: str, occasion: Occasion) -> datetime | None:
        """The instant before which nothing of this occasion is due, where it is known."""
        return self.switched.get((series, occasion))

    @property
    def begin(self) -> datetime | None:
        """The instant before which nothing is due, where announcer.yaml names a day."""
        if self.department.begin is None:
            return None
        return instant(self.department.begin, time(0), zone(self.department.timezone))
