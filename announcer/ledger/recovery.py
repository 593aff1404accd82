"""What becomes of the rows that a dead process left claimed, or within DATA."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from announcer.domain.delivery import Result
from announcer.domain.mailing import EntryState
from announcer.ledger.codec import utc_text
from announcer.ledger.owners import Owners
from announcer.ledger.reading import DIED, claimed_by
from announcer.ledger.schema import ATTEMPT, ENTRY


def is_needed(connection: Connection, owners: Owners) -> bool:
    """Whether a dead process left anything."""
    return bool(owners.dead(claimed_by(connection), connection))


def recover(connection: Connection, owners: Owners, now: datetime) -> int:
    """Gives back what dead owners claimed, and calls unknown what they had within DATA. How many rows."""
    dead = list(owners.dead(claimed_by(connection), connection))
    at = utc_text(now)
    lost = ENTRY.c.owner.in_(dead) & (ENTRY.c.state == EntryState.ATTEMPTING)
    connection.execute(
        update(ATTEMPT)
        .where(ATTEMPT.c.id.in_(select(ENTRY.c.attempt).where(lost)))
        .values(ended=at, result=Result.UNKNOWN, stage="dot", text=DIED)
    )
    unknown = connection.execute(
        update(ENTRY).where(lost).values(state=EntryState.UNKNOWN, owner=None, was=None, reply=DIED, at=at)
    )
    claimed = connection.execute(
        update(ENTRY)
        .where(ENTRY.c.owner.in_(dead))
        .values(state=func.coalesce(ENTRY.c.was, EntryState.PENDING), owner=None, was=None, at=at)
    )
    return unknown.rowcount + claimed.rowcount
