"""What becomes of a claimed row: its attempt before DATA, its outcome after, or its release."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, update

from announcer.domain.delivery import Envelope, Reply
from announcer.domain.mailing import EntryState
from announcer.domain.snapshot import Snapshot
from announcer.ledger.codec import encoded, packed, written
from announcer.ledger.queries import insert_new
from announcer.ledger.schema import ATTEMPT, ENTRY, MESSAGE


def claim(
    connection: Connection, row: int, owner: int, allowed: Collection[EntryState], now: datetime
) -> int | None:
    """Takes a row in one of these states; how often it was put off, None where it is in another."""
    tries: int | None = connection.execute(
        update(ENTRY)
        .where(ENTRY.c.id == row, ENTRY.c.state.in_(allowed))
        .values(state=EntryState.CLAIMED, was=ENTRY.c.state, owner=owner, attempt=None, at=written(now))
        .returning(ENTRY.c.tries)
    ).scalar_one_or_none()
    return tries


def _is_claimed(row: int, owner: int) -> ColumnElement[bool]:
    return (ENTRY.c.id == row) & (ENTRY.c.owner == owner) & (ENTRY.c.state == EntryState.CLAIMED)


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
    taken = connection.execute(
        update(ENTRY)
        .where(_is_claimed(row, owner))
        .values(
            state=EntryState.ATTEMPTING,
            told=encoded(snapshots),
            message_id=message_id,
            headline=subject,
            at=written(now),
        )
    )
    return taken.rowcount == 1


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
    number: int = connection.execute(
        ATTEMPT.insert()
        .values(
            entry=row,
            began=written(now),
            message_id=message_id,
            date=date.isoformat(),
            sender=envelope.sender,
            recipient=envelope.recipient,
            message=digest,
        )
        .returning(ATTEMPT.c.id)
    ).scalar_one()
    connection.execute(update(ENTRY).where(ENTRY.c.id == row).values(attempt=number))
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
    at, state = written(now), EntryState(reply.result)
    outcome: dict[str, object] = {
        "state": state,
        "owner": None,
        "was": None,
        "reply": str(reply),
        "at": at,
        "retry_at": written(retry_at) if retry_at and state is EntryState.DEFERRED else None,
    }
    if state not in (EntryState.ACCEPTED, EntryState.UNKNOWN):
        outcome["told"] = encoded(snapshots) if snapshots and state is EntryState.REFUSED else None
    if state is EntryState.DEFERRED:
        outcome["tries"] = ENTRY.c.tries + 1
    mine = ENTRY.c.owner == owner
    if attempt is not None:
        # Taken for dead while it was sending (its lock was lost): what the server said is the truth.
        mine |= (ENTRY.c.state == EntryState.UNKNOWN) & (ENTRY.c.attempt == attempt)
        connection.execute(
            update(ATTEMPT)
            .where(ATTEMPT.c.id == attempt)
            .values(ended=at, result=reply.result, stage=reply.stage, code=reply.code, text=reply.text)
        )
    connection.execute(update(ENTRY).where(ENTRY.c.id == row, mine).values(**outcome))


def release(connection: Connection, row: int, owner: int, now: datetime, why: str | None) -> None:
    """Gives a claimed row back as it was."""
    kept = {} if why is None else {"reply": why}
    connection.execute(
        update(ENTRY)
        .where(_is_claimed(row, owner))
        .values(state=ENTRY.c.was, owner=None, was=None, at=written(now), **kept)
    )
