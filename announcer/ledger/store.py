"""The ledger on SQLite or PostgreSQL: the same tables, statements and promises on both."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, delete, select, text

from announcer.domain.delivery import Envelope, Realm, Reply
from announcer.domain.department import MailingList
from announcer.domain.mailing import Entry, EntryState, Key
from announcer.domain.planning.past import Past
from announcer.domain.snapshot import Snapshot
from announcer.ledger import Claim, Ledger, LoggedAttempt, claims, decisions, recovery
from announcer.ledger.codec import utc_text
from announcer.ledger.database import LATER, READ_ONLY
from announcer.ledger.facts import beginning, know_past, past
from announcer.ledger.faults import fault, translated
from announcer.ledger.opening import OpenedLedger, Setting, open_to_read, open_to_write
from announcer.ledger.queries import (
    drop_messages,
    find_row,
    has_messages,
    insert_new,
    insert_pending,
    is_known,
)
from announcer.ledger.reading import attempts, entries
from announcer.ledger.schema import NOTICE, OWNER

_FREEZING = 0x616E6E6F66


def open_ledger(
    setting: str,
    root: Path,
    *,
    password: str | None = None,
    read_only: bool = False,
    patience: float = 30.0,
    new_id: Callable[[], str] = lambda: uuid4().hex,
    made: datetime | None = None,
) -> Ledger:
    """Opens the department's ledger.

    `setting` is announcer.yaml's: `sqlite`, or a postgresql:// URL without a password. With `read_only`
    nothing is made or written, and where there is no ledger yet it is an empty one. `patience` is how
    long to wait for another's lock, in seconds; `new_id` names a new ledger, which does not know what was
    before the moment `made`. Raises LedgerError.
    """
    chosen = Setting(
        text=setting,
        root=root,
        password=password,
        read_only=read_only,
        patience=patience,
        facts=beginning(made, is_known=made is None),
    )
    with translated(chosen.place):
        opened = open_to_read(chosen) if read_only else open_to_write(chosen, new_id)
    return Store(opened, read_only=read_only)


@dataclass(kw_only=True, slots=True)
class _Claimed:
    """What this process knows of a row it claimed."""

    owner: int
    attempt: int | None = None
    """Once it is within DATA."""


class Store:
    """The Ledger of a database. Every method that writes is one transaction, committed on return."""

    def __init__(self, opened: OpenedLedger, *, read_only: bool) -> None:
        self._opened = opened
        self._read_only = read_only
        self._owner: int | None = None
        self._first: int | None = None
        """The first attempt of its own."""
        self._claims: dict[int, _Claimed] = {}
        """By row."""

    @property
    def id(self) -> str:
        return self._opened.id

    @property
    def past(self) -> Past:
        return past(self._opened.facts)

    def know_past(self) -> None:
        with self._writing() as connection:
            know_past(connection)

    def entries(self, realm: Realm, subjects: Collection[str] | None = None) -> list[Entry]:
        with self._reading() as connection:
            return entries(connection, self._opened.owners, realm, subjects)

    def attempts(
        self, realm: Realm | None = None, *, with_messages: bool = False, key: Key | None = None
    ) -> list[LoggedAttempt]:
        with self._reading() as connection:
            return attempts(connection, realm, with_messages=with_messages, key=key)

    def recover(self, now: datetime) -> int:
        with self._reading() as connection:
            if not recovery.is_needed(connection, self._opened.owners):
                return 0
        with self._writing() as connection:
            return recovery.recover(connection, self._opened.owners, now)

    def freeze(self, realm: Realm, key: Key, lists: Sequence[MailingList], now: datetime) -> None:
        with self._writing(later=True) as connection:
            if connection.dialect.name == "postgresql":
                # Two hosts whose files differ must not freeze half of their lists each.
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _FREEZING})
            if not is_known(connection, realm, key):
                for mailing_list in lists:
                    insert_pending(connection, realm, key, mailing_list, now)

    def add(self, realm: Realm, key: Key, mailing_list: MailingList, now: datetime) -> None:
        with self._writing(later=True) as connection:
            insert_pending(connection, realm, key, mailing_list, now)

    def claim(
        self, realm: Realm, key: Key, mailing_list: MailingList, now: datetime, *, refused: bool = False
    ) -> Claim | None:
        owner = self._own(now)
        allowed = [EntryState.PENDING, EntryState.DEFERRED, *([EntryState.REFUSED] if refused else [])]
        with self._writing(later=True) as connection:
            row = find_row(connection, realm, key, mailing_list)
            if row is None:
                return None
            tries = claims.claim(connection, row.id, owner, allowed, now)
        if tries is None:
            return None
        self._claims[row.id] = _Claimed(owner=owner)
        return Claim(row=row.id, key=key, list=mailing_list, tries=tries)

    def attempt(
        self,
        claim: Claim,
        *,
        now: datetime,
        date: datetime,
        message: bytes,
        message_id: str,
        envelope: Envelope,
        snapshots: Sequence[Snapshot],
        subject: str | None = None,
    ) -> bool:
        claimed = self._claims[claim.row]
        with self._writing() as connection:
            if not claims.begin(connection, claim.row, claimed.owner, snapshots, message_id, subject, now):
                return False
            number = claims.attempt(connection, claim.row, message, message_id, envelope, date=date, now=now)
        self._opened.seen.note(number)
        self._first = self._first or number
        claimed.attempt = number
        return True

    def settle(
        self,
        claim: Claim,
        reply: Reply,
        *,
        now: datetime,
        snapshots: Sequence[Snapshot] = (),
        retry_at: datetime | None = None,
    ) -> None:
        claimed = self._claims[claim.row]
        with self._writing() as connection:
            claims.settle(
                connection,
                claim.row,
                claimed.owner,
                claimed.attempt,
                reply,
                now=now,
                snapshots=snapshots,
                retry_at=retry_at,
            )
        del self._claims[claim.row]

    def release(self, claim: Claim, now: datetime, *, why: str | None = None) -> None:
        claimed = self._claims.pop(claim.row)
        with self._writing(later=True) as connection:
            claims.release(connection, claim.row, claimed.owner, now, why)

    def decide(
        self,
        realm: Realm,
        key: Key,
        mailing_list: MailingList,
        *,
        decision: str,
        now: datetime,
        snapshots: Sequence[Snapshot] = (),
        message_id: str | None = None,
    ) -> None:
        with self._writing() as connection:
            decisions.decide(
                connection,
                self._opened.owners,
                realm,
                key,
                mailing_list,
                decision=decision,
                now=now,
                snapshots=snapshots,
                message_id=message_id,
            )

    def noticed(self, realm: Realm, matters: Collection[str], now: datetime) -> set[str]:
        if not matters:
            return set()
        with self._reading() as connection:
            known = set(connection.execute(select(NOTICE.c.matter).where(NOTICE.c.realm == realm)).scalars())
        fresh = sorted(set(matters) - known)
        if not fresh:
            return set()
        with self._writing() as connection:
            return {
                matter
                for matter in fresh
                if insert_new(connection, NOTICE, realm=realm, matter=matter, at=utc_text(now))
            }

    def noticed_at(self, realm: Realm, matters: Collection[str]) -> dict[str, datetime]:
        if not matters:
            return {}
        wanted = select(NOTICE.c.matter, NOTICE.c.at).where(NOTICE.c.realm == realm)
        with self._reading() as connection:
            rows = connection.execute(wanted.where(NOTICE.c.matter.in_(matters))).all()
        return {row.matter: datetime.fromisoformat(row.at) for row in rows}

    def forget(self, realm: Realm, matters: Collection[str]) -> None:
        with self._writing() as connection:
            for matter in matters:
                connection.execute(delete(NOTICE).where(NOTICE.c.realm == realm, NOTICE.c.matter == matter))

    def drop_messages(self, before: datetime) -> int:
        with self._reading() as connection:
            if not has_messages(connection, before, self._first):
                return 0
        with self._writing() as connection:
            return drop_messages(connection, before)

    def close(self) -> None:
        with translated(self._opened.place):
            self._opened.owners.end()
            self._owner = None
            self._opened.engine.dispose()

    def _own(self, now: datetime) -> int:
        """This process's number, which it holds the lock of; a new one where the lock was lost."""
        with translated(self._opened.place):
            if self._owner is not None and self._opened.owners.lives():
                return self._owner
        for _ in range(5):
            with self._writing() as connection:
                owner: int = connection.execute(
                    OWNER.insert()
                    .values(host=socket.gethostname(), process=os.getpid(), since=utc_text(now))
                    .returning(OWNER.c.id)
                ).scalar_one()
            with translated(self._opened.place):
                if self._opened.owners.begin(owner):
                    self._owner = owner
                    return owner
        raise fault("ledger-locked", self._opened.place)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with (
            translated(self._opened.place),
            self._opened.engine.connect().execution_options(**{READ_ONLY: True}) as connection,
        ):
            yield connection

    @contextmanager
    def _writing(self, *, later: bool = False) -> Iterator[Connection]:
        """A transaction. What is written `later` a power cut may lose: nothing was sent upon it."""
        if self._read_only:
            raise fault("ledger-read-only", self._opened.place)
        engine = self._opened.engine.execution_options(**{LATER: True}) if later else self._opened.engine
        with translated(self._opened.place), engine.begin() as connection:
            yield connection
