"""Opening a ledger: found or made, of a version that is understood, and this department's."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection, Engine, select, text

from announcer.ledger import LedgerError, schema
from announcer.ledger.database import (
    READ_ONLY,
    is_sqlite,
    memory_engine,
    postgresql_engine,
    postgresql_url,
    shown_place,
    sqlite_engine,
    sqlite_path,
)
from announcer.ledger.facts import read_facts
from announcer.ledger.faults import fault
from announcer.ledger.files import FOLDER, empty_file, private_file, private_folder, sync_folder
from announcer.ledger.high_water_mark import HighWaterMark, behind
from announcer.ledger.ledger_id import missing, other, read_marker, unmarked, write_marker
from announcer.ledger.owners import FileOwners, Owners, SessionOwners
from announcer.ledger.queries import insert_new, newest_attempt
from announcer.ledger.schema import FACT
from announcer.ledger.secret import SECRET, read_secret

CREATING = 0x616E6E6F
"""The advisory lock under which a PostgreSQL ledger's tables are made or upgraded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedLedger:
    """A ledger that may be used."""

    engine: Engine
    id: str
    """Empty where there is no ledger yet."""
    place: str
    owners: Owners
    seen: HighWaterMark
    facts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """Which ledger, and how it is reached."""

    text: str
    """`sqlite`, or a postgresql:// URL."""
    root: Path
    """The department's folder."""
    password: str | None = None
    read_only: bool = False
    patience: float = 30.0
    """How long to wait for another's lock, in seconds."""
    new_secret: str = field(default_factory=lambda: token_hex(32), repr=False)
    """The department's secret, where it has none yet."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What a ledger that is made knows of itself."""

    @property
    def place(self) -> str:
        """The file or URL, without a password."""
        return shown_place(self.text, self.root)

    def engine(self) -> Engine | None:
        """A way to reach the ledger; None where there is no file yet."""
        if not is_sqlite(self.text):
            return postgresql_engine(
                postgresql_url(self.text),
                password=self.password,
                read_only=self.read_only,
                patience=self.patience,
            )
        path = sqlite_path(self.root)
        if not path.exists():
            return None
        return sqlite_engine(path, read_only=self.read_only, patience=self.patience)

    def owners(self, engine: Engine, ledger_id: str) -> Owners:
        """Who owns what in it."""
        if is_sqlite(self.text):
            return FileOwners(self.root / FOLDER / "owners")
        return SessionOwners(engine, int(ledger_id[:7], 16))


def identify(engine: Engine, where: str) -> tuple[str, int] | None:
    """The ledger's id and its tables' version; None where the database has no tables of ours."""
    with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        try:
            return schema.read(connection)
        except schema.NoSchemaError:
            return None
        except schema.NewerSchemaError as error:
            raise LedgerError(
                "ledger-newer",
                where,
                f"the ledger was written by a newer announcer: its tables are of version {error.version}, "
                f"and this program knows {schema.VERSION}",
                "upgrade announcer on this machine; nothing is sent until then",
            ) from error


def open_to_read(setting: Setting) -> OpenedLedger:
    """Opens a ledger and changes nothing; where there is none yet, one that is empty."""
    marker = read_marker(setting.root)
    engine = setting.engine()
    identity = identify(engine, setting.place) if engine else None
    if engine is None or identity is None:
        if engine is not None and is_sqlite(setting.text):
            raise fault("ledger-corrupt", setting.place)
        if marker is not None:
            raise missing(setting.place)
        empty = memory_engine()
        with empty.begin() as connection:
            schema.create(connection, "", setting.facts)
        return _opened(setting, empty, "", owners=setting.owners(empty, "0"))
    ledger_id, version = identity
    if version < schema.READABLE:
        raise LedgerError(
            "ledger-older",
            setting.place,
            f"the ledger's tables are of version {version}, and this program reads {schema.VERSION}",
            "`announcer ledger` upgrades them, as does the next run",
        )
    _check_marker(setting, engine, marker, ledger_id)
    return _opened(setting, engine, ledger_id)


def open_to_write(setting: Setting, new_id: Callable[[], str]) -> OpenedLedger:
    """Opens a ledger, making or upgrading it where needed."""
    private_folder(setting.root / FOLDER)
    marker = read_marker(setting.root)
    engine = setting.engine()
    if engine is None:
        if marker is not None:
            raise missing(setting.place)
        make_sqlite(setting, new_id())
        engine = setting.engine()
        assert engine is not None  # noqa: S101 - it was just made
    identity = identify(engine, setting.place)
    if identity is None:
        if is_sqlite(setting.text):
            raise fault("ledger-corrupt", setting.place)
        if marker is not None:
            raise missing(setting.place)
        identity = make_postgresql(setting, engine, new_id())
    ledger_id, version = identity
    if version < schema.VERSION:
        _upgrade(setting, engine, version)
    if _check_marker(setting, engine, marker, ledger_id):
        write_marker(setting.root, ledger_id)
    with engine.begin() as connection:
        _keep_secret(setting.root, connection, setting.new_secret)
    return _opened(setting, engine, ledger_id)


def _opened(
    setting: Setting, engine: Engine, ledger_id: str, *, owners: Owners | None = None
) -> OpenedLedger:
    """The ledger, once it is known to have all that this folder has seen in it. Raises LedgerError."""
    seen = HighWaterMark(setting.root, ledger_id)
    # In this order: another process commits an attempt before it notes it.
    noted = seen.newest()
    if noted:
        with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
            newest = newest_attempt(connection)
        if newest < noted:
            engine.dispose()
            raise behind(setting.place, noted - newest)
    owners = owners or setting.owners(engine, ledger_id)
    with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        facts = read_facts(connection)
    return OpenedLedger(
        engine=engine, id=ledger_id, place=setting.place, owners=owners, seen=seen, facts=facts
    )


def make_sqlite(setting: Setting, ledger_id: str) -> None:
    """Makes an SQLite ledger, whole or not at all; where another process was first, that one's stays."""
    path = sqlite_path(setting.root)
    private_folder(path.parent)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    empty_file(new)
    try:
        engine = sqlite_engine(new, patience=setting.patience)
        with engine.begin() as connection:
            schema.create(connection, ledger_id, setting.facts)
        # Kept in the file; it cannot be set within a transaction, hence past SQLAlchemy's.
        _outside_transaction(engine, "PRAGMA journal_mode = WAL")
        engine.dispose()
        if not path.exists():
            try:
                os.link(new, path)
            except FileExistsError:
                return
            sync_folder(path.parent)
    finally:
        new.unlink(missing_ok=True)


def make_postgresql(setting: Setting, engine: Engine, ledger_id: str) -> tuple[str, int]:
    """Makes the tables, unless another process was first; the ledger's id and version."""
    with engine.begin() as connection:
        _lock(connection)
        try:
            return schema.read(connection)
        except schema.NoSchemaError:
            schema.create(connection, ledger_id, setting.facts)
    return ledger_id, schema.VERSION


def _upgrade(setting: Setting, engine: Engine, version: int) -> None:
    if is_sqlite(setting.text):
        path = sqlite_path(setting.root)
        backup = path.with_name(f"ledger-version-{version}.sqlite")
        if not backup.exists():
            empty_file(backup)
            _outside_transaction(engine, "VACUUM INTO ?", str(backup))
    with engine.begin() as connection:
        _lock(connection)
        _, version = schema.read(connection)
        schema.upgrade(connection, version, schema.STEPS)


def _outside_transaction(engine: Engine, statement: str, *values: str) -> None:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(statement, values)
        cursor.close()
    finally:
        connection.close()


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CREATING})


def _check_marker(setting: Setting, engine: Engine, marker: str | None, ledger_id: str) -> bool:
    """Raises LedgerError where the ledger is not this department's. Whether the marker is to be written."""
    if marker == ledger_id:
        return False
    if marker is not None:
        raise other(setting.place, marker, ledger_id)
    with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        is_used = connection.execute(select(schema.ENTRY.c.id).limit(1)).first() is not None
    # Another process may have made and used it since the marker was read; its marker came first.
    if is_used and read_marker(setting.root) != ledger_id:
        raise unmarked(setting.place, ledger_id)
    return not is_used


def _keep_secret(root: Path, connection: Connection, new: str) -> None:
    """Sees that the ledger and the folder have the same secret: the ledger's, else the folder's, else `new`.

    So a lost ledger loses no UID, and two machines with one ledger agree.
    """
    beside = read_secret(root)
    if SECRET not in read_facts(connection):
        insert_new(connection, FACT, name=SECRET, value=beside or new)
    kept = read_facts(connection)[SECRET]
    if kept != beside:
        private_file(root / FOLDER / SECRET, kept + "\n")
