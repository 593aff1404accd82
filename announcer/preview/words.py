"""Moments, sizes and states in the words of the pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from announcer.domain.clock import clock_time
from announcer.domain.mailing import ListOutcome, Mailing, State
from announcer.service.wording import counted, reason_text

STATES = {
    State.UPCOMING: "not due yet",
    State.DUE: "the next run sends it",
    State.HELD: "waits for a person",
    State.MISSED: "was not sent in time",
    State.SENDING: "is being sent",
    State.ACCEPTED: "a server took it",
    State.DEFERRED: "will be tried again",
    State.REFUSED: "a server refused it",
    State.UNKNOWN: "may or may not have arrived",
    State.WITHDRAWN: "is not wanted any more",
}
"""What a state means."""


def day(when: datetime, now: datetime) -> str:
    """`Mon Nov 30`, with the year where it is not this one."""
    year = f", {when.year}" if when.year != now.year else ""
    return f"{when:%a %b} {when.day}{year}"


def moment(when: datetime, now: datetime) -> str:
    """`Mon Nov 30, 9:00 am CST`, with the year where it is not this one."""
    return f"{day(when, now)}, {clock_time(when)} {when:%Z}"


def distance(when: datetime, now: datetime) -> str:
    """`in 6 days`, `tomorrow`, `in 20 minutes`, `3 hours ago`: by dates where those are apart."""
    days = (when.date() - now.astimezone(when.tzinfo).date()).days
    if days == 1:
        return "tomorrow"
    if days == -1:
        return "yesterday"
    if days:
        return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"
    ahead = when - now
    minutes = round(abs(ahead) / timedelta(minutes=1))
    if minutes < 1:
        return "now"
    how = counted(minutes, "minute") if minutes < 60 else counted(round(minutes / 60), "hour")
    return f"in {how}" if ahead > timedelta(0) else f"{how} ago"


def size(octets: int) -> str:
    """`812 bytes`, `19.4 KB` (of 1024 bytes)."""
    return f"{octets} bytes" if octets < 1024 else f"{octets / 1024:.1f} KB"


def reason(mailing: Mailing) -> str | None:
    """Why a mailing stands where it does."""
    return reason_text(mailing.reason) if mailing.reason else None


def outcome_words(outcome: ListOutcome) -> str:
    """Why one list stands where it does, or what its state means."""
    explanation = reason_text(outcome.reason) if outcome.reason else outcome.reply
    return explanation or STATES[outcome.state]


def coded(text: str) -> list[tuple[bool, str]]:
    """A sentence in pieces, each with whether it stands between backticks: `run this` is code."""
    return [(bool(number % 2), piece) for number, piece in enumerate(text.split("`")) if piece]
