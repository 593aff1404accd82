"""A word on a mailing that no server said: it went by hand, it did not go, it is not wanted, it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, update

from announcer.domain.delivery import Realm
from announcer.domain.department import MailingList
from announcer.domain.mailing import NOT_SENT, EntryState, Key
from announcer.domain.snapshot import Snapshot
from announcer.ledger import LedgerError
from announcer.ledger.codec import encoded, utc_text
from announcer.ledger.owners import Owners
from announcer.ledger.queries import find_row, insert_pending
from announcer.ledger.schema import ENTRY

_DECISIONS = {
    "accepted": (EntryState.ACCEPTED, "marked as accepted by hand"),
    "not-sent": (EntryState.PENDING, NOT_SENT),
    "skip": (EntryState.SKIPPED, "not wanted"),
    "empty": (EntryState.EMPTY, "there was nothing to tell"),
}


def decide(
    connection: Connection,
    owners: Owners,
    realm: Realm,
    key: Key,
    mailing_list: MailingList,
    *,
    decision: str,
    now: datetime,
    snapshots: Sequence[Snapshot],
    message_id: str | None,
) -> None:
    """Writes the word, over whatever the row says. Raises LedgerError while a living process sends it."""
    state, words = _DECISIONS[decision]
    values: dict[str, object] = {
        "state": state,
        "owner": None,
        "was": None,
        "reply": words,
        "at": utc_text(now),
        "retry_at": None,
    }
    if state is not EntryState.ACCEPTED:
        values |= {"told": None, "attempt": None, "tries": 0}
    if snapshots:
        values["told"] = encoded(snapshots)
    if message_id is not None:
        values["message_id"] = message_id
    insert_pending(connection, realm, key, mailing_list, now)
    row = find_row(connection, realm, key, mailing_list)
    assert row is not None  # noqa: S101 - it was just made where it was not there
    if row.owner is not None and not owners.dead([row.owner], connection):
        raise LedgerError(
            "ledger-being-sent",
            str(key),
            f"it is being sent to {mailing_list.name} at this moment",
            "wait until that run has ended, and look at `announcer plan` again",
        )
    if state is EntryState.ACCEPTED and row.state in (EntryState.UNKNOWN, EntryState.ATTEMPTING):
        # A person says that it arrived: what it told, and when, the row knows better than the files.
        values = {name: value for name, value in values.items() if name not in ("told", "message_id", "at")}
    connection.execute(update(ENTRY).where(ENTRY.c.id == row.id).values(**values))
