"""Half-years: how past talks are put together, whatever a university calls its terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True, slots=True)
class Term:
    """January to June, or July to December, of one year."""

    year: int
    half: int
    """1 or 2."""

    @property
    def name(self) -> str:
        """`2026-2`: what its page is called."""
        return f"{self.year}-{self.half}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def before(self) -> Term:
        """The one before it."""
        return Term(self.year, 1) if self.half == 2 else Term(self.year - 1, 2)


def term_of(day: date) -> Term:
    """The term of a day."""
    return Term(day.year, 1 if day.month <= 6 else 2)
