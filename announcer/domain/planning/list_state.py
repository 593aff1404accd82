"""Where one list of one mailing stands: what its row, the clock and the holds make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from announcer.domain.department import MailingList
from announcer.domain.mailing import NOT_SENT, Entry, EntryState, ListOutcome, State
from announcer.domain.reason import Code, Reason

_SETTLED = {
    EntryState.ACCEPTED: State.ACCEPTED,
    EntryState.UNKNOWN: State.UNKNOWN,
    EntryState.REFUSED: State.REFUSED,
    EntryState.CLAIMED: State.SENDING,
    EntryState.ATTEMPTING: State.SENDING,
}
_WHY = {
    EntryState.UNKNOWN: Code.UNKNOWN,
    EntryState.CLAIMED: Code.UNDER_WAY,
    EntryState.ATTEMPTING: Code.UNDER_WAY,
    EntryState.REFUSED: Code.REFUSED,
}

_UNWANTED = {EntryState.SKIPPED: Code.SKIPPED, EntryState.EMPTY: Code.EMPTY}


LONGEST_WAIT = timedelta(hours=1)
"""Between two tries of what a server puts off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """The clock's part in it."""

    now: datetime
    due: datetime
    expires: datetime
    hold: Reason | None = None
    """Why it may not go, whatever the clock says."""
    withdrawn: Reason | None = None
    """Why it is not wanted."""
    instead: Reason | None = None
    """Which other mail made it needless: it counts as missed."""
    hand: bool = True
    """Whether a person may send what the schedule does not."""


def list_state(mailing_list: MailingList, entry: Entry | None, bounds: Bounds) -> ListOutcome:
    """Where the list stands. A row that is settled or under way has the last word."""
    if entry and entry.state in _SETTLED:
        reply = entry.reply or None
        code = _WHY.get(entry.state)
        return ListOutcome(
            list=mailing_list,
            state=_SETTLED[entry.state],
            reason=Reason.of(code, reply=reply if code is Code.REFUSED else None) if code else None,
            message_id=entry.message_id,
            subject=entry.subject,
            reply=reply,
            at=entry.at,
            by_hand=entry.state is EntryState.REFUSED and _open(bounds) and bounds.hand,
        )
    if entry and entry.state in _UNWANTED:
        unwanted = Reason.of(_UNWANTED[entry.state])
        return ListOutcome(list=mailing_list, state=State.WITHDRAWN, reason=unwanted, is_settled=True)
    state, reason = _by_the_clock(entry, bounds)
    return ListOutcome(
        list=mailing_list,
        state=state,
        reason=reason,
        message_id=entry.message_id if entry else None,
        reply=entry.reply if entry else None,
        by_hand=_open(bounds) and bounds.hand,
    )


def _open(bounds: Bounds) -> bool:
    return bounds.hold is None and bounds.now < bounds.expires


def _by_the_clock(entry: Entry | None, bounds: Bounds) -> tuple[State, Reason | None]:
    over = bounds.now >= bounds.expires
    if bounds.withdrawn:
        return State.WITHDRAWN, bounds.withdrawn
    if bounds.instead:
        return State.MISSED, bounds.instead
    if bounds.hold:
        return (
            (State.MISSED, Reason.of(Code.HELD_TOO_LONG, cause=bounds.hold))
            if over
            else (
                State.HELD,
                bounds.hold,
            )
        )
    if entry and entry.state is EntryState.DEFERRED:
        if over:
            return State.MISSED, Reason.of(Code.PUT_OFF_TOO_LONG, reply=entry.reply)
        # A wait that is longer than any was noted by a clock that was ahead.
        wait = entry.retry_at - bounds.now if entry.retry_at else timedelta(0)
        if wait <= timedelta(0) or wait > LONGEST_WAIT:
            return State.DUE, Reason.of(Code.RETRYING, reply=entry.reply)
        return State.DEFERRED, Reason.of(Code.PUT_OFF, reply=entry.reply)
    stopped = entry.reply if entry and entry.state is EntryState.PENDING else None
    failed = Reason.of(Code.FAILED, problem=stopped) if stopped and stopped != NOT_SENT else None
    if over:
        return State.MISSED, failed or Reason.of(Code.NOTHING_RAN)
    return (State.UPCOMING, None) if bounds.now < bounds.due else (State.DUE, failed)
