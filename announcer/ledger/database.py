"""The ledger's database: a connection to SQLite or PostgreSQL that keeps what it has committed."""

from __future__ import annotations

import ipaddress
import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from announcer.ledger import LedgerError
from announcer.ledger.files import FOLDER

READ_ONLY = "announcer_read_only"
"""The execution option of a connection that takes no write lock."""
LATER = "announcer_later"
"""The execution option of a commit that need not be on the disk yet: the next one that must be takes it along
(SQLite's `synchronous = NORMAL` in WAL mode). Other processes see it at once."""

_SYNCHRONOUS = {False: "PRAGMA synchronous = FULL", True: "PRAGMA synchronous = NORMAL"}
"""By whether it may be later. Otherwise a commit returns when it is on the disk: an attempt that a power cut
forgets is a second copy."""


def is_sqlite(setting: str) -> bool:
    """Whether announcer.yaml's `ledger` names the file beside it."""
    return setting.strip().lower() == "sqlite"


def sqlite_path(root: Path) -> Path:
    """Where a department's SQLite ledger is."""
    return root / FOLDER / "ledger.sqlite"


def shown_place(setting: str, root: Path) -> str:
    """The ledger's file or URL, as a person may see it: without a password."""
    if is_sqlite(setting):
        return str(sqlite_path(root))
    return postgresql_url(setting).set(drivername="postgresql").render_as_string()


def postgresql_url(setting: str) -> URL:
    """Reads a postgresql:// URL. Raises LedgerError where it is none, or has a password in it."""
    try:
        url = make_url(setting.strip())
    except (ArgumentError, ValueError) as error:
        raise _bad_setting("the ledger setting cannot be read as a URL") from error
    if url.get_backend_name() != "postgresql":
        raise _bad_setting(f"a ledger of the kind {url.get_backend_name()!r} is not known")
    if url.password is not None or "password" in url.query:
        raise LedgerError(
            "ledger-password-in-url",
            "announcer.yaml: ledger",
            "a password stands in the ledger's URL",
            "take it out of the URL, change it on the server, and give it by environment or file",
        )
    return url.set(drivername="postgresql+psycopg")


def _bad_setting(message: str) -> LedgerError:
    return LedgerError(
        "ledger-setting",
        "announcer.yaml: ledger",
        message,
        "write `ledger: sqlite`, or a URL like postgresql://announcer@db.example.edu/announcer",
    )


def sqlite_engine(path: Path, *, read_only: bool = False, patience: float) -> Engine:
    """An engine for an SQLite file that exists.

    `patience` is how long to wait for another's lock, in seconds.
    """
    if read_only:
        query = {"mode": "ro", "uri": "true"}
        if _cannot_change(path):
            # SQLite makes a file for readers too; where it cannot, it must be told that nobody writes.
            query["immutable"] = "1"
        url = URL.create("sqlite", database=path.absolute().as_uri(), query=query)
    else:
        url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": patience}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own transactions begin late and without the write lock; ours say BEGIN themselves.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            connection.execute(_SYNCHRONOUS[False])

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # IMMEDIATE waits for its turn at the start; a read that turns into a write cannot wait at all.
        options = connection.get_execution_options()
        reads = read_only or options.get(READ_ONLY)
        if not reads:
            connection.exec_driver_sql(_SYNCHRONOUS[bool(options.get(LATER))])
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _cannot_change(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    is_settled = not wal.exists() or wal.stat().st_size == 0
    effective = os.access in os.supports_effective_ids
    return is_settled and not os.access(path.parent, os.W_OK, effective_ids=effective)


def memory_engine() -> Engine:
    """An engine for an SQLite database that is empty and vanishes: what is read where no ledger is yet."""
    from sqlalchemy.pool import StaticPool

    return create_engine("sqlite://", poolclass=StaticPool)


def postgresql_engine(url: URL, *, password: str | None, read_only: bool, patience: float) -> Engine:
    """An engine for a PostgreSQL server; `patience` is how long to wait for another's lock, in seconds."""
    options = f"-c lock_timeout={int(patience * 1000)} -c statement_timeout={int(patience * 4000)}"
    if read_only:
        options += " -c default_transaction_read_only=on"
    if "options" in url.query:
        options = f"{url.query['options']} {options}"
        url = url.difference_update_query(["options"])
    arguments: dict[str, Any] = {
        "connect_timeout": 10,
        "application_name": "announcer",
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "options": options,
    }
    if not _is_local(url.host):
        # Stored messages hold passcodes: on the network they travel encrypted unless the URL says otherwise.
        arguments["sslmode"] = "require"
    # What the URL says itself goes first.
    arguments = {name: value for name, value in arguments.items() if name not in url.query}
    if password is not None:
        arguments["password"] = password
    engine = create_engine(url, connect_args=arguments, pool_pre_ping=True, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        # Where an administrator traded safety for speed, the ledger does not: a commit is on the disk.
        connection.execute(
            "SELECT set_config('synchronous_commit', 'on', false)"
            " WHERE current_setting('synchronous_commit') = 'off'"
        )
        connection.commit()

    return engine


def _is_local(host: str | None) -> bool:
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
