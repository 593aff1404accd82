"""Half-years: how talks are put together, whatever a university calls its terms; full ones by month."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FULL = 180
"""Talks of a half-year beyond which each of its months has a page of its own."""


@dataclass(frozen=True, order=True, slots=True)
class Term:
    """Some months of one year: January to June, July to December, or a single one."""

    year: int
    month: int
    """Its first."""
    months: int = 6

    @property
    def name(self) -> str:
        """What its page is called: `2026-2`, the second half of 2026, or `2026-m12`."""
        return f"{self.year}-{(self.month + 5) // 6}" if self.months == 6 else f"{self.year}-m{self.month:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        end = self.month + self.months - 1
        return date(self.year, end, monthrange(self.year, end)[1])

    @property
    def before(self) -> Term:
        """The half-year before it."""
        return half_year(self.first - timedelta(days=1))

    def has(self, day: date) -> bool:
        """Whether a day is one of its."""
        return self.first <= day <= self.last


def half_year(day: date) -> Term:
    """The half-year of a day."""
    return Term(day.year, 1 if day.month <= 6 else 7)


def terms(days: Iterable[date]) -> list[Term]:
    """The terms of some talks' days, in order."""
    often: Counter[Term] = Counter()
    months: dict[Term, set[Term]] = {}
    for day in days:
        half = half_year(day)
        often[half] += 1
        months.setdefault(half, set()).add(Term(day.year, day.month, 1))
    periods: set[Term] = set()
    for half, number in often.items():
        periods |= {half} if number <= FULL else months[half]
    return sorted(periods)
