"""What a person does with a ledger as a whole: look at it, adopt it, begin a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, func, select, text

from announcer.ledger import LedgerError, schema
from announcer.ledger.database import READ_ONLY, is_sqlite, sqlite_path
from announcer.ledger.facts import beginning
from announcer.ledger.faults import fault, translated
from announcer.ledger.files import FOLDER, private_folder
from announcer.ledger.high_water_mark import HighWaterMark
from announcer.ledger.ledger_id import read_marker, write_marker
from announcer.ledger.opening import Setting, identify, make_postgresql, make_sqlite
from announcer.ledger.owners import held_files
from announcer.ledger.queries import newest_attempt


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """A ledger as a whole."""

    place: str
    """Its file, or its URL without a password."""
    id: str | None
    """None where there is no ledger yet."""
    marker: str | None
    """The id that the department's folder goes with; `damaged` where it cannot be told."""
    version: int | None
    """Of its tables."""
    size: int
    """In bytes, on the disk."""
    entries: int
    attempts: int
    messages: int
    """Messages whose bytes are kept."""

    @property
    def is_adopted(self) -> bool:
        """Whether the department goes with it."""
        return self.id is not None and self.id == self.marker


def describe(setting: str, root: Path, *, password: str | None = None) -> Description:
    """What there is to know of a ledger; changes nothing. Raises LedgerError where it cannot be read."""
    chosen = Setting(text=setting, root=root, password=password, read_only=True)
    with translated(chosen.place):
        marker, engine = _marker(root), chosen.engine()
        identity = identify(engine, chosen.place) if engine else None
        if engine is None or identity is None:
            if engine is not None and is_sqlite(setting):
                raise fault("ledger-corrupt", chosen.place)
            return Description(
                place=chosen.place,
                id=None,
                marker=marker,
                version=None,
                size=0,
                entries=0,
                attempts=0,
                messages=0,
            )
        with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
            counts = [
                connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (schema.ENTRY, schema.ATTEMPT, schema.MESSAGE)
            ]
            size = _size(connection, root)
        engine.dispose()
    ledger_id, version = identity
    return Description(
        place=chosen.place,
        id=ledger_id,
        marker=marker,
        version=version,
        size=size,
        entries=counts[0],
        attempts=counts[1],
        messages=counts[2],
    )


def adopt(
    setting: str, root: Path, *, password: str | None = None, made: datetime | None = None
) -> Description:
    """Makes the department's folder go with the ledger that is there; where there is none, with a new one
    that does not know its past. `made` is the moment. Raises LedgerError."""
    description = describe(setting, root, password=password)
    if description.id is None:
        return renew(setting, root, password=password, made=made, knows_past=False)
    chosen = Setting(text=setting, root=root, password=password, read_only=True)
    with translated(description.place):
        write_marker(root, description.id)
        # It is trusted as it is now, even where the folder has seen more of it.
        HighWaterMark(root, description.id).reset(_newest(chosen))
    return describe(setting, root, password=password)


def renew(
    setting: str,
    root: Path,
    *,
    password: str | None = None,
    new_id: Callable[[], str] = lambda: uuid4().hex,
    made: datetime | None = None,
    knows_past: bool = True,
) -> Description:
    """Begins an empty ledger at the moment `made`, and makes the department's folder go with it.

    An SQLite ledger that is there is kept under another name beside the new one. Raises LedgerError,
    also while another process uses the old one, and where a PostgreSQL database already has a ledger.
    """
    facts = beginning(made, is_known=knows_past)
    chosen = Setting(text=setting, root=root, password=password, facts=facts)
    ledger_id = new_id()
    with translated(chosen.place):
        if is_sqlite(setting):
            private_folder(root / FOLDER)
            if held_files(root / FOLDER / "owners"):
                raise LedgerError(
                    "ledger-in-use",
                    chosen.place,
                    "another process is sending with this ledger",
                    "stop `announcer serve`, or wait until the run has ended",
                )
            _put_aside(sqlite_path(root), ledger_id)
            make_sqlite(chosen, ledger_id)
        else:
            engine = chosen.engine()
            assert engine is not None  # noqa: S101 - only a file can be missing
            _make_in_server(chosen, engine, ledger_id)
        write_marker(root, ledger_id)
    return describe(setting, root, password=password)


def _marker(root: Path) -> str | None:
    try:
        return read_marker(root)
    except LedgerError:  # what is looked at is what to do about it
        return "damaged"


def _newest(chosen: Setting) -> int:
    engine = chosen.engine()
    assert engine is not None  # noqa: S101 - it was just described
    with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        newest = newest_attempt(connection)
    engine.dispose()
    return newest


def _put_aside(path: Path, ledger_id: str) -> None:
    aside = path.with_name(f"ledger-until-{ledger_id[:8]}.sqlite")
    # SQLite finds the newest pages of a database in files named after it.
    for suffix in ("", "-wal", "-shm"):
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.rename(aside.with_name(aside.name + suffix))


def _make_in_server(chosen: Setting, engine: Engine, ledger_id: str) -> None:
    actual_id, _ = make_postgresql(chosen, engine, ledger_id)
    engine.dispose()
    if actual_id != ledger_id:
        raise LedgerError(
            "ledger-exists",
            chosen.place,
            f"the database already has a ledger, {actual_id[:8]}, and its record is not thrown away",
            "go with it: `announcer ledger --adopt`; or name an empty database in announcer.yaml",
        )


def _size(connection: Connection, root: Path) -> int:
    if connection.dialect.name == "postgresql":
        total = text(
            "SELECT coalesce(sum(pg_total_relation_size(to_regclass(name))), 0)"
            " FROM unnest(CAST(:names AS text[])) AS name"
        )
        return int(connection.execute(total, {"names": list(schema.METADATA.tables)}).scalar_one())
    path = sqlite_path(root)
    files = (path.with_name(path.name + suffix) for suffix in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
