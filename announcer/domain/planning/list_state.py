"""Where one list of one mailing stands: what its row, the clock and the holds make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from announcer.domain.department import MailingList
from announcer.domain.mailing import Entry, EntryState, ListOutcome, State

_SETTLED = {
    EntryState.ACCEPTED: State.ACCEPTED,
    EntryState.UNKNOWN: State.UNKNOWN,
    EntryState.REFUSED: State.REFUSED,
    EntryState.CLAIMED: State.SENDING,
    EntryState.ATTEMPTING: State.SENDING,
}
_WORDS = {
    EntryState.UNKNOWN: (
        "the connection was lost after the message was handed over: it may or may not have arrived; "
        "look in the list's archive, then say so with `announcer resolve`"
    ),
    EntryState.CLAIMED: "another run is sending it",
    EntryState.ATTEMPTING: "another run is sending it",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """The clock's part in it."""

    now: datetime
    due: datetime
    expires: datetime
    hold: str | None = None
    """Why it may not go, whatever the clock says."""
    withdrawn: str | None = None
    """Why it is not wanted."""
    instead: str | None = None
    """Which other mail made it needless: it counts as missed."""
    hand: bool = True
    """Whether a person may send what the schedule does not."""


def standing(mailing_list: MailingList, entry: Entry | None, bounds: Bounds) -> ListOutcome:
    """Where the list stands. A row that is settled or under way has the last word."""
    if entry and entry.state in _SETTLED:
        reply = entry.reply or None
        reason = _WORDS.get(entry.state) or (reply if entry.state is EntryState.REFUSED else None)
        return ListOutcome(
            list=mailing_list,
            state=_SETTLED[entry.state],
            reason=reason,
            message_id=entry.message_id,
            subject=entry.subject,
            reply=reply,
            at=entry.at,
            by_hand=entry.state is EntryState.REFUSED and _open(bounds) and bounds.hand,
        )
    if entry and entry.state is EntryState.SKIPPED:
        return ListOutcome(
            list=mailing_list, state=State.WITHDRAWN, reason="skipped: somebody did not want it"
        )
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


def _by_the_clock(entry: Entry | None, bounds: Bounds) -> tuple[State, str | None]:
    over = bounds.now >= bounds.expires
    if bounds.withdrawn:
        return State.WITHDRAWN, bounds.withdrawn
    if bounds.instead:
        return State.MISSED, bounds.instead
    if bounds.hold:
        return (
            (State.MISSED, f"it was held until it was too late: {bounds.hold}")
            if over
            else (
                State.HELD,
                bounds.hold,
            )
        )
    if entry and entry.state is EntryState.DEFERRED:
        if over:
            return State.MISSED, f"the server kept putting it off: {entry.reply}"
        if entry.retry_at is None or bounds.now >= entry.retry_at:
            return State.DUE, f"trying again after: {entry.reply}"
        return State.DEFERRED, entry.reply
    if over:
        return State.MISSED, "nothing ran while it could be sent"
    return (State.UPCOMING, None) if bounds.now < bounds.due else (State.DUE, None)
