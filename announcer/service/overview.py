"""Which mailings of a plan a person is shown, in the terminal as in the browser."""

from __future__ import annotations

from datetime import datetime

from announcer.domain.mailing import Mailing, State

_NEEDS_A_PERSON = (State.UNKNOWN, State.REFUSED, State.HELD, State.MISSED, State.DEFERRED)


def is_shown(mailing: Mailing, now: datetime, until: datetime) -> bool:
    """Whether it is due by `until` and its talk has not begun, or it needs a person, or it has no time."""
    if mailing.due and mailing.due > until:
        return False
    is_over = mailing.expires is not None and mailing.expires <= now
    return not is_over or mailing.state in _NEEDS_A_PERSON or mailing.due is None
