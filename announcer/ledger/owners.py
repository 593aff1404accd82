"""Who owns a claim, and whether they still live: a lock that the system frees when a process dies."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, bindparam, text
from sqlalchemy.exc import DBAPIError

from announcer.ledger.files import given, private_folder


class Owners(Protocol):
    """Owners are numbers that the ledger gives out and never gives again."""

    def begin(self, owner: int) -> bool:
        """Takes the lock of a new owner; False where it is not to be had."""

    def lives(self) -> bool:
        """Whether this process still holds the lock it took."""

    def dead(self, owners: Collection[int], connection: Connection) -> set[int]:
        """Those of `owners` whose process is gone."""

    def end(self) -> None:
        """Gives up this process's lock."""


class FileOwners:
    """A locked file for each owner, beside an SQLite ledger."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: FileLock | None = None

    def begin(self, owner: int) -> bool:
        private_folder(self._folder)
        self._remove_stale()
        # Whichever thread lets it go: the ledger is written by one and closed by another.
        lock = FileLock(self._path(owner), mode=0o600, blocking=False, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        given(self._path(owner))
        self._held = lock
        return True

    def lives(self) -> bool:
        return self._held is not None and Path(self._held.lock_file).exists()

    def dead(self, owners: Collection[int], connection: Connection) -> set[int]:
        mine = self._held.lock_file if self._held else None
        return {
            owner for owner in owners if str(self._path(owner)) != mine and not _is_locked(self._path(owner))
        }

    def end(self) -> None:
        if self._held is None:
            return
        Path(self._held.lock_file).unlink(missing_ok=True)
        self._held.release()
        self._held = None

    def _path(self, owner: int) -> Path:
        return self._folder / f"{owner}.lock"

    def _remove_stale(self) -> None:
        for path in self._folder.glob("*.lock"):
            _is_locked(path, remove=True)


def held_files(folder: Path) -> list[Path]:
    """The lock files of the processes that live."""
    return [path for path in folder.glob("*.lock") if _is_locked(path)]


def _is_locked(path: Path, *, remove: bool = False) -> bool:
    """Whether a living process holds the lock; a file that is gone was given up.

    With `remove`, the file of a dead one is unlinked, while its lock is held: an owner that was about
    to lock it then finds that it is gone, and begins anew.
    """
    if not path.exists():
        return False
    if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        # Somebody else's: what cannot be asked is taken for alive, so that nothing of theirs is sent again.
        return True
    lock = FileLock(path, mode=0o600, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        return True
    if remove:
        path.unlink(missing_ok=True)
    lock.release()
    return False


class SessionOwners:
    """A session-level advisory lock for each owner, in the PostgreSQL server."""

    def __init__(self, engine: Engine, namespace: int) -> None:
        """`namespace` tells the locks of several ledgers in one database apart (31 bits)."""
        self._engine = engine
        self._namespace = namespace
        self._session: Connection | None = None

    def begin(self, owner: int) -> bool:
        # A connection of its own, which no transaction of the ledger ever uses or returns to a pool.
        self.end()
        session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        got = session.execute(
            text("SELECT pg_try_advisory_lock(:space, :owner)"), {"space": self._namespace, "owner": owner}
        ).scalar_one()
        if not got:
            session.close()
            return False
        self._session = session
        return True

    def lives(self) -> bool:
        if self._session is None:
            return False
        try:
            # The lock lasts exactly as long as its session.
            self._session.execute(text("SELECT 1"))
        except DBAPIError as error:
            if error.connection_invalidated:
                self._session = None
                return False
            raise
        return True

    def dead(self, owners: Collection[int], connection: Connection) -> set[int]:
        locks = connection.execute(
            text(
                "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2"
                " AND classid = :space AND objid IN :owners"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            ).bindparams(bindparam("owners", expanding=True)),
            {"space": self._namespace, "owners": list(owners)},
        )
        return set(owners) - {int(number) for (number,) in locks}

    def end(self) -> None:
        if self._session is not None:
            # A server hears of a closed connection in its own time; a session that is gone has no lock.
            with suppress(DBAPIError):
                self._session.execute(text("SELECT pg_advisory_unlock_all()"))
            # Not back into the pool: only a closed session surely gives up its lock.
            if not self._session.invalidated:
                self._session.detach()
            self._session.close()
            self._session = None
