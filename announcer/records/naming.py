"""What a new talk's file is called, and which day is free for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from announcer.domain.department import Series
from announcer.domain.talk import Talk
from announcer.records.fields.texts import identifier_like


def stem(year: int, *names: str | None, taken: Collection[str]) -> str:
    """A free name for its file: the year, and the first of the names that has letters for it.

    Of a speaker give the last name, of a title the text: its first four words count.
    """
    words = ["-".join((name or "").split()[:4]) for name in names]
    name = next(filter(None, (identifier_like(text) for text in words)), "talk")
    base = f"{year}-{name}"
    free, number = base, 2
    while free in taken:
        free, number = f"{base}-{number}", number + 1
    return free


def last_name(speaker: str | None) -> str | None:
    """The last word of a name."""
    return speaker.split()[-1] if speaker and speaker.split() else None


def next_free(series: Series, talks: Sequence[Talk], today: date) -> date | None:
    """The series' next day without a talk of it, after today; None where the series has no day."""
    if series.day is None:
        return None
    taken = {talk.date for talk in talks if talk.series == series.key}
    ordinal = today.toordinal() + 1 + (series.day - today.weekday() - 1) % 7
    while date.fromordinal(ordinal) in taken:
        ordinal += 7
    return date.fromordinal(ordinal)
