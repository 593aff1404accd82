"""The ledger's tables, their version, and the way from an older version to this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    event,
    inspect,
    select,
    text,
    update,
)

METADATA = MetaData()

VERSION = 2
"""The version of the tables below."""

STEPS: tuple[tuple[str, ...], ...] = (
    ("CREATE TABLE announcer_fact (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",),
)
"""SQL that leads from version 1 to 2, from 2 to 3, ...; what both databases understand."""

READABLE = 1
"""The oldest version that is read as it is: what came since is more tables."""

LEDGER = Table(
    "announcer_ledger",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)

OWNER = Table(
    "announcer_owner",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("host", Text, nullable=False),
    Column("process", Integer, nullable=False),
    Column("since", Text, nullable=False),
    # Without it SQLite gives a deleted owner's number to another, which would then own its rows.
    sqlite_autoincrement=True,
)

# Moments are ISO 8601 in UTC: both databases compare them as text, and a person can read them.
ENTRY = Table(
    "announcer_entry",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("realm", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("list", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Integer),
    Column("was", Text),
    Column("attempt", Integer),
    Column("told", Text),
    Column("message_id", Text),
    Column("headline", Text),
    Column("reply", Text),
    Column("at", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("retry_at", Text),
    UniqueConstraint("realm", "subject", "occasion", "period", "slot", "list", name="announcer_entry_list"),
    UniqueConstraint(
        "realm", "subject", "occasion", "period", "slot", "address", name="announcer_entry_address"
    ),
    # Digests, which tell of talks that are not their subject, are looked for before each message.
    Index("announcer_entry_occasion", "realm", "occasion"),
)


@event.listens_for(ENTRY, "after_create")
def _index_owners(_table: Table, connection: Connection, **_: object) -> None:
    # As SQL for both databases: an Index with a condition for PostgreSQL imports all of its dialect.
    connection.execute(
        text("CREATE INDEX announcer_entry_owner ON announcer_entry (owner) WHERE owner IS NOT NULL")
    )


MESSAGE = Table(
    "announcer_message",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

ATTEMPT = Table(
    "announcer_attempt",
    METADATA,
    Column("id", Integer, Identity(), primary_key=True),
    Column("entry", Integer, ForeignKey(ENTRY.c.id), nullable=False, index=True),
    Column("began", Text, nullable=False),
    Column("ended", Text),
    Column("message_id", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("result", Text),
    Column("stage", Text),
    Column("code", Integer),
    Column("text", Text),
    Column("message", Text, ForeignKey(MESSAGE.c.hash), index=True),
)

FACT = Table(
    "announcer_fact",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

NOTICE = Table(
    "announcer_notice",
    METADATA,
    Column("realm", Text, primary_key=True),
    Column("matter", Text, primary_key=True),
    Column("at", Text, nullable=False),
)


class NewerSchemaError(Exception):
    """The tables were written by a newer program; `version` is theirs."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


class NoSchemaError(Exception):
    """The database has no ledger in it."""


def create(connection: Connection, ledger_id: str, facts: Mapping[str, str]) -> None:
    """Makes the tables of a new ledger, within the connection's transaction."""
    METADATA.create_all(connection)
    connection.execute(LEDGER.insert().values(id=ledger_id, version=VERSION))
    for name, value in facts.items():
        connection.execute(FACT.insert().values(name=name, value=value))


def read(connection: Connection) -> tuple[str, int]:
    """The ledger's id and its tables' version.

    Raises NoSchemaError where there is none, NewerSchemaError where this program is too old for it.
    """
    if not inspect(connection).has_table(LEDGER.name):
        raise NoSchemaError
    row = connection.execute(select(LEDGER.c.id, LEDGER.c.version)).first()
    if row is None:
        raise NoSchemaError
    if row.version > VERSION:
        raise NewerSchemaError(row.version)
    return row.id, row.version


def upgrade(connection: Connection, version: int, steps: Sequence[Sequence[str]]) -> int:
    """Leads tables of `version` to the newest one, within the connection's transaction.

    Returns the version reached.
    """
    for step in steps[version - 1 :]:
        for statement in step:
            connection.execute(text(statement))
        version += 1
        connection.execute(update(LEDGER).values(version=version))
    return version
