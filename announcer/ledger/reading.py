"""What the ledger says: its entries as the plan sees them, its attempts as `log` shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from announcer.domain.delivery import Envelope, Realm, Reply, Result
from announcer.domain.mailing import Entry, EntryState, Key
from announcer.domain.occasion import DIGESTS
from announcer.domain.talk import Audience
from announcer.ledger import LoggedAttempt
from announcer.ledger.codec import Snapshots, read, unpacked
from announcer.ledger.owners import Owners
from announcer.ledger.schema import ATTEMPT, ENTRY, MESSAGE

DIED = "the process that was sending it ended before the server's reply"

_AT_ONCE = 5_000
"""Subjects in one statement: both databases bound the number of its values."""

# Looked up, not called: a call for each row is a tenth of the time that many rows take.
_AUDIENCES = {audience.value: audience for audience in Audience}
_STATES = {state.value: state for state in EntryState}

_COLUMNS = (
    ENTRY.c.subject,
    ENTRY.c.occasion,
    ENTRY.c.period,
    ENTRY.c.slot,
    ENTRY.c.list,
    ENTRY.c.address,
    ENTRY.c.audience,
    ENTRY.c.state,
    ENTRY.c.owner,
    ENTRY.c.was,
    ENTRY.c.told,
    ENTRY.c.message_id,
    ENTRY.c.headline,
    ENTRY.c.reply,
    ENTRY.c.at,
    ENTRY.c.retry_at,
)

_OWNERS = select(ENTRY.c.owner).where(ENTRY.c.owner.is_not(None)).distinct()
_ALL = select(*_COLUMNS).where(ENTRY.c.realm == bindparam("of_realm")).order_by(ENTRY.c.id)
_SOME = _ALL.where(ENTRY.c.subject.in_(bindparam("of_subjects", expanding=True)))
_TOLD = _ALL.where(ENTRY.c.occasion.in_(DIGESTS), ENTRY.c.told.is_not(None))


def claimed_by(connection: Connection) -> list[int]:
    """The owners of the rows that are claimed or within DATA."""
    rows = connection.execute(_OWNERS)
    return [owner for (owner,) in rows]


def entries(
    connection: Connection, owners: Owners, realm: Realm, subjects: Collection[str] | None
) -> list[Entry]:
    """A realm's rows in the order in which they were made; a dead owner's as what they will become."""
    claiming = claimed_by(connection)
    dead = owners.dead(claiming, connection) if claiming else set()
    snapshots = Snapshots()
    if subjects is None:
        return [_entry(row, dead, snapshots) for row in connection.execute(_ALL, {"of_realm": realm}).all()]
    matches = [_entry(row, dead, snapshots) for row in _rows(connection, realm, subjects)]
    for row in connection.execute(_TOLD, {"of_realm": realm}).all():
        if row.subject in subjects:
            continue
        entry = _entry(row, dead, snapshots)
        about = tuple(snapshot for snapshot in entry.snapshots if snapshot.talk in subjects)
        if about:
            matches.append(replace(entry, snapshots=about))
    return matches


def _rows(connection: Connection, realm: Realm, subjects: Collection[str]) -> Iterator[Any]:
    wanted = sorted(subjects)
    for start in range(0, len(wanted), _AT_ONCE):
        part = {"of_realm": realm, "of_subjects": wanted[start : start + _AT_ONCE]}
        yield from connection.execute(_SOME, part).all()


def _entry(row: Any, dead: Collection[int], snapshots: Snapshots) -> Entry:
    (
        subject,
        occasion,
        period,
        slot,
        name,
        address,
        audience,
        state,
        owner,
        was,
        announced,
        message_id,
        headline,
        reply,
        at,
        retry,
    ) = row
    if owner is not None and owner in dead:
        if state == EntryState.ATTEMPTING:
            state, reply = EntryState.UNKNOWN, DIED
        else:
            state = was or EntryState.PENDING
    has_snapshots = state in (
        EntryState.ACCEPTED,
        EntryState.UNKNOWN,
        EntryState.REFUSED,
        EntryState.SKIPPED,
    )
    return Entry(
        key=Key(subject, occasion, period, slot),
        list=name,
        address=address,
        audience=_AUDIENCES[audience],
        state=_STATES[state],
        snapshots=snapshots.read(announced) if has_snapshots else (),
        message_id=message_id,
        subject=headline,
        reply=reply,
        at=read(at),
        retry_at=read(retry),
    )


def attempts(
    connection: Connection, realm: Realm | None, *, with_messages: bool, key: Key | None = None
) -> list[LoggedAttempt]:
    """The attempts of a realm or of both, or of one mailing, oldest first."""
    wanted = [
        ENTRY.c.realm,
        ENTRY.c.subject,
        ENTRY.c.occasion,
        ENTRY.c.period,
        ENTRY.c.slot,
        ENTRY.c.list,
        ENTRY.c.headline,
        *(column for column in ATTEMPT.c if column.name not in ("id", "entry", "message")),
    ]
    query = select(*wanted).join_from(ATTEMPT, ENTRY, ATTEMPT.c.entry == ENTRY.c.id)
    if with_messages:
        query = query.add_columns(MESSAGE.c.data).outerjoin(MESSAGE, ATTEMPT.c.message == MESSAGE.c.hash)
    if realm is not None:
        query = query.where(ENTRY.c.realm == realm)
    if key is not None:
        query = query.where(
            ENTRY.c.subject == key.subject,
            ENTRY.c.occasion == key.occasion,
            ENTRY.c.period == key.period,
            ENTRY.c.slot == key.slot,
        )
    return list(_attempts(connection.execute(query.order_by(ATTEMPT.c.id)), with_messages))


def _attempts(rows: Iterable[Any], with_messages: bool) -> Iterator[LoggedAttempt]:
    for row in rows:
        reply = None
        if row.result is not None:
            reply = Reply(result=Result(row.result), stage=row.stage, code=row.code, text=row.text)
        yield LoggedAttempt(
            realm=Realm(row.realm),
            key=Key(row.subject, row.occasion, row.period, row.slot),
            list=row.list,
            began=datetime.fromisoformat(row.began),
            ended=read(row.ended),
            message_id=row.message_id,
            date=datetime.fromisoformat(row.date),
            envelope=Envelope(sender=row.sender, recipient=row.recipient),
            reply=reply,
            subject=row.headline,
            message=unpacked(row.data) if with_messages and row.data is not None else None,
        )
