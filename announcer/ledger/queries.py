"""The statements that the ledger's methods share: finding a row, making one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from announcer.domain.delivery import Realm
from announcer.domain.department import MailingList, normalized
from announcer.domain.mailing import EntryState, Key
from announcer.ledger.codec import utc_text
from announcer.ledger.schema import ATTEMPT, ENTRY, MESSAGE


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryRow:
    """A row that was found."""

    id: int
    owner: int | None
    state: str


OF = and_(
    ENTRY.c.realm == bindparam("of_realm"),
    ENTRY.c.subject == bindparam("of_subject"),
    ENTRY.c.occasion == bindparam("of_occasion"),
    ENTRY.c.period == bindparam("of_period"),
    ENTRY.c.slot == bindparam("of_slot"),
)
"""The rows of a mailing. Statements are made once, with names for their values: making one takes ten times
as long as carrying it out."""
_ANY = select(ENTRY.c.id).where(OF).limit(1)
_FIND = select(ENTRY.c.id, ENTRY.c.owner, ENTRY.c.state, ENTRY.c.address).where(
    OF, or_(ENTRY.c.list == bindparam("of_list"), ENTRY.c.address == bindparam("of_address"))
)


def of(realm: Realm, key: Key) -> dict[str, object]:
    """The values of `OF` for a mailing."""
    return {
        "of_realm": realm,
        "of_subject": key.subject,
        "of_occasion": key.occasion,
        "of_period": key.period,
        "of_slot": key.slot,
    }


def is_known(connection: Connection, realm: Realm, key: Key) -> bool:
    """Whether a mailing has any row."""
    return connection.execute(_ANY, of(realm, key)).first() is not None


def find_row(connection: Connection, realm: Realm, key: Key, mailing_list: MailingList) -> EntryRow | None:
    """A mailing's row for a list, by its address or else by its name: renaming either keeps the row.

    Where the two name different rows the address decides, for that is whose readers get the copy.
    """
    address = normalized(mailing_list.address)
    rows = connection.execute(
        _FIND, {**of(realm, key), "of_list": mailing_list.name, "of_address": address}
    ).all()
    entry = next((row for row in rows if row.address == address), rows[0] if rows else None)
    return EntryRow(id=entry.id, owner=entry.owner, state=entry.state) if entry else None


def insert_new(connection: Connection, table: Table, **values: object) -> bool:
    """Inserts a row, unless one that is unique by the same columns is there. Whether it was inserted."""
    return bool(connection.execute(_insert(connection.dialect.name, table), values).rowcount)


@cache
def _insert(database: str, table: Table) -> Executable:
    if database == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table).on_conflict_do_nothing()


def insert_pending(
    connection: Connection, realm: Realm, key: Key, mailing_list: MailingList, now: datetime
) -> None:
    """Makes a pending row for a list, unless the mailing already has one for its name or address."""
    insert_new(
        connection,
        ENTRY,
        realm=realm,
        subject=key.subject,
        occasion=key.occasion,
        period=key.period,
        slot=key.slot,
        list=mailing_list.name,
        address=normalized(mailing_list.address),
        audience=mailing_list.audience,
        state=EntryState.PENDING,
        at=utc_text(now),
    )


def newest_attempt(connection: Connection) -> int:
    """The highest number of an attempt; 0 where there is none."""
    return connection.execute(select(func.max(ATTEMPT.c.id))).scalar_one() or 0


def has_messages(connection: Connection, before: datetime, own: int | None) -> bool:
    """Whether bytes are kept of messages whose attempts began before that moment, and mail went since.

    A clock that jumped ahead would have all of them dropped: then the newest attempt before `own`, the
    first that was made by that clock, is as old as they are.
    """
    if connection.execute(select(ATTEMPT.c.id).where(_kept(before)).limit(1)).first() is None:
        return False
    newest = select(ATTEMPT.c.began).order_by(ATTEMPT.c.id.desc()).limit(1)
    if own is not None:
        newest = newest.where(ATTEMPT.c.id < own)
    began = connection.execute(newest).scalar_one_or_none()
    return began is not None and began >= utc_text(before)


def drop_messages(connection: Connection, before: datetime) -> int:
    """Drops the bytes of messages whose attempts began before that moment. How many attempts."""
    dropped = connection.execute(update(ATTEMPT).where(_kept(before)).values(message=None))
    used = select(ATTEMPT.c.message).where(ATTEMPT.c.message.is_not(None))
    connection.execute(delete(MESSAGE).where(MESSAGE.c.hash.not_in(used)))
    return dropped.rowcount


def _kept(before: datetime) -> ColumnElement[bool]:
    return and_(ATTEMPT.c.message.is_not(None), ATTEMPT.c.began < utc_text(before))
