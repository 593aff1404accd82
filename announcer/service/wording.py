"""What is said to a person: dates, states and reasons in plain words."""

from __future__ import annotations

from datetime import datetime


def moment(when: datetime, now: datetime | None = None) -> str:
    """`Mon Nov 30, 9:00 am CST`, with the year where it is not this one."""
    year = f" {when.year}" if now is None or when.year != now.year else ""
    clock = f"{when:%I:%M %p}".lstrip("0").lower()
    return f"{when:%a %b} {when.day}{year}, {clock} {when:%Z}"
