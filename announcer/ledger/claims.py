"""What becomes of a claimed row: its attempt before DATA, its outcome after, or its release."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, or_, update

from announcer.domain.delivery import Envelope, Reply
from announcer.domain.mailing import EntryState
from announcer.domain.snapshot import Snapshot
from announcer.ledger.codec import encoded, packed, utc_text
from announcer.ledger.queries import insert_new
from announcer.ledger.schema import ATTEMPT, ENTRY, MESSAGE

_ROW = update(ENTRY).where(ENTRY.c.id == bindparam("of_row"))
_CLAIM = (
    _ROW.where(ENTRY.c.state.in_(bindparam("of_states", expanding=True)))
    .values(state=EntryState.CLAIMED, was=ENTRY.c.state, attempt=None)
    .returning(ENTRY.c.tries)
)
_CLAIMED = _ROW.where(ENTRY.c.owner == bindparam("of_owner"), ENTRY.c.state == EntryState.CLAIMED)
_RELEASE = _CLAIMED.values(state=ENTRY.c.was)
_ATTEMPT = ATTEMPT.insert().returning(ATTEMPT.c.id)
_REPLY = update(ATTEMPT).where(ATTEMPT.c.id == bindparam("of_attempt"))
# Taken for dead while it was sending (its lock was lost): what the server said is the truth.
_MINE = _ROW.where(
    or_(
        ENTRY.c.owner == bindparam("of_owner"),
        and_(ENTRY.c.state == EntryState.UNKNOWN, ENTRY.c.attempt == bindparam("of_attempt")),
    )
)
_PUT_OFF = _MINE.values(tries=ENTRY.c.tries + 1)


def claim(
    connection: Connection, row: int, owner: int, allowed: Collection[EntryState], now: datetime
) -> int | None:
    """Takes a row in one of these states; how often it was put off, None where it is in another."""
    values = {"of_row": row, "of_states": list(allowed), "owner": owner, "at": utc_text(now)}
    tries: int | None = connection.execute(_CLAIM, values).scalar_one_or_none()
    return tries


def begin(
    connection: Connection,
    row: int,
    owner: int,
    snapshots: Sequence[Snapshot],
    message_id: str,
    subject: str | None,
    now: datetime,
) -> bool:
    """Notes that a claimed row is within DATA, and what it tells; False where it is no longer claimed."""
    values = {
        "of_row": row,
        "of_owner": owner,
        "state": EntryState.ATTEMPTING,
        "told": encoded(snapshots),
        "message_id": message_id,
        "headline": subject,
        "at": utc_text(now),
    }
    return connection.execute(_CLAIMED, values).rowcount == 1


def attempt(
    connection: Connection,
    row: int,
    message: bytes,
    message_id: str,
    envelope: Envelope,
    *,
    date: datetime,
    now: datetime,
) -> int:
    """Writes the attempt and its message; the attempt's number."""
    digest, data = packed(message)
    insert_new(connection, MESSAGE, hash=digest, data=data)
    values = {
        "entry": row,
        "began": utc_text(now),
        "message_id": message_id,
        "date": date.isoformat(),
        "sender": envelope.sender,
        "recipient": envelope.recipient,
        "message": digest,
    }
    number: int = connection.execute(_ATTEMPT, values).scalar_one()
    connection.execute(_ROW, {"of_row": row, "attempt": number})
    return number


def settle(
    connection: Connection,
    row: int,
    owner: int,
    attempt: int | None,
    reply: Reply,
    *,
    now: datetime,
    snapshots: Sequence[Snapshot],
    retry_at: datetime | None,
) -> None:
    """Writes what a server said; `attempt` is None where it said so before DATA."""
    at, state = utc_text(now), EntryState(reply.result)
    outcome: dict[str, object] = {
        "of_row": row,
        "of_owner": owner,
        "of_attempt": attempt,
        "state": state,
        "owner": None,
        "was": None,
        "reply": str(reply),
        "at": at,
        "retry_at": utc_text(retry_at) if retry_at and state is EntryState.DEFERRED else None,
    }
    if state not in (EntryState.ACCEPTED, EntryState.UNKNOWN):
        outcome["told"] = encoded(snapshots) if snapshots and state is EntryState.REFUSED else None
    if attempt is not None:
        columns = {"result": reply.result, "stage": reply.stage, "code": reply.code, "text": reply.text}
        connection.execute(_REPLY, {"of_attempt": attempt, "ended": at, **columns})
    connection.execute(_PUT_OFF if state is EntryState.DEFERRED else _MINE, outcome)


def release(connection: Connection, row: int, owner: int, now: datetime, why: str | None) -> None:
    """Gives a claimed row back as it was."""
    kept = {} if why is None else {"reply": why}
    values = {"of_row": row, "of_owner": owner, "owner": None, "was": None, "at": utc_text(now)}
    connection.execute(_RELEASE, values | kept)
