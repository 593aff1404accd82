"""What goes into the ledger comes out as it was, and old tables are led to new ones."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from announcer.domain.planning.past import ALL_KNOWN
from announcer.domain.snapshot import Snapshot
from announcer.domain.talk import Status
from announcer.ledger import schema
from announcer.ledger.codec import Snapshots, encoded, packed, read, unpacked, utc_text
from announcer.ledger.database import sqlite_engine
from tests.ledger.story import TOLD, Department, sent

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
moments = st.integers(0, 4 * 10**15).map(
    lambda n: datetime(1971, 1, 1, tzinfo=UTC) + timedelta(microseconds=n)
)
snapshots = st.builds(
    Snapshot,
    talk=texts,
    series=texts,
    status=st.sampled_from(Status),
    start=moments,
    end=moments,
    offset=st.integers(-50_400, 50_400).map(lambda seconds: timedelta(seconds=seconds)),
    zone=texts,
    place=texts,
    online=texts,
    speakers=st.lists(texts, max_size=3).map(tuple),
    title=texts,
    uid=texts,
    sequence=st.integers(0, 2**31),
    dtstamp=st.none() | moments,
    revision=st.integers(0, 2**31),
)


@given(st.lists(snapshots, max_size=3))
def test_snapshots_survive(announced: list[Snapshot]) -> None:
    """Every snapshot is read as it was written, offsets with seconds and letters of every script too."""
    assert Snapshots().read(encoded(announced)) == tuple(announced)


def test_a_snapshot_of_a_newer_program_is_read() -> None:
    """Facts that this program does not know yet are passed over."""
    text = encoded([TOLD]).replace('"talk":', '"weather":"rain","talk":')
    assert Snapshots().read(text) == (TOLD,)


@given(st.lists(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-6))])), min_size=2))
def test_moments_sort_as_text(given_moments: list[datetime]) -> None:
    """A moment is read as it was written, and the text's order is the moments'."""
    moments = [moment for moment in given_moments if 1971 < moment.year < 9000]
    assert [read(utc_text(moment)) for moment in moments] == moments
    assert sorted(map(utc_text, moments)) == [utc_text(moment) for moment in sorted(moments)]


@given(st.binary(max_size=2000))
def test_a_message_survives(message: bytes) -> None:
    """The bytes are the same, and the same bytes have the same hash."""
    digest, data = packed(message)
    assert unpacked(data) == message
    assert packed(message)[0] == digest


def test_old_tables_are_led_to_new_ones(sqlite_department: Department) -> None:
    """Each step is taken once, from the version that is found; the entries stay."""
    ledger = sqlite_department.open()
    sent(ledger)
    sqlite_department.close_all()
    engine = sqlite_engine(sqlite_department.file, patience=1)
    steps = (
        ("ALTER TABLE announcer_entry ADD COLUMN weather TEXT",),
        ("UPDATE announcer_entry SET weather = 'rain'", "CREATE TABLE announcer_extra (id TEXT)"),
    )
    with engine.begin() as connection:
        assert schema.upgrade(connection, 1, steps) == 3
    with engine.begin() as connection:
        assert schema.upgrade(connection, 3, steps) == 3
        assert connection.exec_driver_sql("SELECT state, weather FROM announcer_entry").all() == [
            ("accepted", "rain")
        ]
        assert connection.execute(select(schema.LEDGER.c.version)).scalar_one() == 3
        assert inspect(connection).has_table("announcer_extra")
    engine.dispose()


def test_an_older_ledger_is_upgraded_by_a_writer_and_kept(
    sqlite_department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader refuses tables that are too old; a writer upgrades them, and keeps a copy of the file."""
    sent(sqlite_department.open())
    sqlite_department.close_all()
    older, newer = schema.VERSION, schema.VERSION + 1
    more = ("ALTER TABLE announcer_entry ADD COLUMN weather TEXT",)
    monkeypatch.setattr(schema, "VERSION", newer)
    monkeypatch.setattr(schema, "READABLE", newer)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, more))
    from tests.ledger.test_opening import refused

    assert refused(lambda: sqlite_department.open(read_only=True)) == "ledger-older"
    sqlite_department.open()
    assert _version(sqlite_department.file) == newer
    assert _version(sqlite_department.file.with_name(f"ledger-version-{older}.sqlite")) == older
    assert sqlite_department.open(read_only=True).attempts() != []


def _version(file: Path) -> int:
    engine = sqlite_engine(file, read_only=True, patience=1)
    with engine.connect() as connection:
        version = connection.execute(select(schema.LEDGER.c.version)).scalar_one()
    engine.dispose()
    return version


def test_a_ledger_of_the_first_version_is_read_and_upgraded(sqlite_department: Department) -> None:
    """Its tables lack what it knows of itself: a reader takes it as it is, a writer adds the table."""
    sent(sqlite_department.open())
    sqlite_department.close_all()
    with sqlite3.connect(sqlite_department.file) as ledger:
        ledger.execute("DROP TABLE announcer_fact")
        ledger.execute("UPDATE announcer_ledger SET version = 1")
    for read_only in (True, False, True):
        opened = sqlite_department.open(read_only=read_only)
        assert (opened.past, len(opened.attempts())) == (ALL_KNOWN, 1)
    assert _version(sqlite_department.file) == schema.VERSION
