"""An older copy of a ledger is not taken for the ledger: what went since would go a second time."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from announcer.domain.delivery import Realm
from announcer.domain.mailing import EntryState, Key
from announcer.ledger.admin import adopt, describe, renew
from announcer.ledger.high_water_mark import HighWaterMark
from tests.ledger.postgres import Server
from tests.ledger.story import (
    ANNOUNCEMENT,
    COLLOQUIUM,
    LIVE,
    NOW,
    REMINDER,
    Department,
    attempted,
    sent,
    states,
)
from tests.ledger.test_opening import refused


@pytest.fixture
def go_back(department: Department, request: pytest.FixtureRequest) -> Callable[[], Callable[[], None]]:
    """Makes a backup; what it gives puts the backup in the place of the ledger."""

    def backup() -> Callable[[], None]:
        department.close_all()
        if not department.is_sqlite:
            server: Server = request.getfixturevalue("server")
            ((newest,),) = server.execute("SELECT max(id) FROM announcer_attempt", department.setting)
            return lambda: _forget(server, department.setting, newest)
        copy = department.root / "backup.sqlite"
        with sqlite3.connect(department.file) as ledger:
            ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(department.file, copy)
        return lambda: _restore(department, copy)

    return backup


def _restore(department: Department, copy: Path) -> None:
    department.close_all()
    for suffix in ("-wal", "-shm"):
        department.file.with_name(department.file.name + suffix).unlink(missing_ok=True)
    # A file of its own, as backup programs write it: what still has the old one open keeps that.
    shutil.copy(copy, copy.with_suffix(".new"))
    copy.with_suffix(".new").replace(department.file)


def _forget(server: Server, setting: str, newest: object) -> None:
    server.execute(f"UPDATE announcer_entry SET state = 'pending' WHERE attempt > {newest}", setting)  # noqa: S608
    server.execute(f"DELETE FROM announcer_attempt WHERE id > {newest}", setting)  # noqa: S608


def test_an_older_copy_is_refused_until_adopted(
    department: Department, go_back: Callable[[], Callable[[], None]]
) -> None:
    """With the number of attempts that it lacks; adopted, it is as good as any, and guarded from there."""
    sent(department.open())
    restore = go_back()
    sent(department.open(), key=REMINDER)
    restore()
    for read_only in (False, True):
        assert refused(lambda read_only=read_only: department.open(read_only=read_only)) == "ledger-behind"  # type: ignore[misc]
    description = adopt(department.setting, department.root, password=department.password)
    assert (description.is_adopted, description.attempts) == (True, 1)
    ledger = department.open()
    sent(ledger, key=REMINDER)
    assert len(department.open(read_only=True).attempts()) == 2
    restore()
    assert refused(department.open) == "ledger-behind"


def test_a_rehearsal_s_attempts_count_too(sqlite_department: Department) -> None:
    """What a rehearsal went through shows the copy's age as well."""
    department = sqlite_department
    department.open()
    department.close_all()
    copy = department.root / "backup.sqlite"
    shutil.copy(department.file, copy)
    ledger = department.open()
    ledger.freeze(Realm.REHEARSAL, ANNOUNCEMENT, [COLLOQUIUM], NOW)
    claim = ledger.claim(Realm.REHEARSAL, ANNOUNCEMENT, COLLOQUIUM, NOW)
    assert claim is not None
    assert attempted(ledger, claim)
    _restore(department, copy)
    assert refused(department.open) == "ledger-behind"


def test_a_new_ledger_is_behind_nothing(sqlite_department: Department) -> None:
    """`ledger --new` begins to count anew, and the file of before goes with the ledger of before."""
    sent(sqlite_department.open())
    sqlite_department.close_all()
    renew("sqlite", sqlite_department.root)
    ledger = sqlite_department.open()
    assert ledger.attempts() == []
    sent(ledger)
    assert len(sqlite_department.open().attempts()) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"{id}",
        b"{id} " + b"9" * 18 + b" 00000000\n",
        b"{id} -1",
        b"0123456789abcdef0123456789abcdef 000000000000000009 9f4f8a33\n",
        b"{id} " + b"9" * 5000,
        b"{whole}{whole}",
    ],
    ids=["empty", "no text", "half", "torn", "negative", "another ledger's", "endless", "twice"],
)
def test_a_damaged_number_refuses_nothing(department: Department, content: bytes) -> None:
    """A power cut may leave anything there; the next attempt writes it anew."""
    ledger = department.open()
    sent(ledger)
    seen = department.root / ".announcer" / "ledger-seen"
    whole = seen.read_bytes()
    seen.write_bytes(content.replace(b"{id}", ledger.id.encode()).replace(b"{whole}", whole))
    sent(department.open(), key=REMINDER)
    assert HighWaterMark(department.root, ledger.id).newest() == 2
    assert len(seen.read_bytes()) == len(whole)


def test_a_number_that_cannot_be_written_holds_up_nothing(department: Department) -> None:
    """The attempt is in the ledger, which is what counts."""
    (department.root / ".announcer" / "ledger-seen").mkdir(parents=True)
    ledger = department.open()
    sent(ledger)
    assert states(ledger) == {"colloquium": EntryState.ACCEPTED}
    assert states(department.open()) == {"colloquium": EntryState.ACCEPTED}


def test_a_slower_process_lowers_nothing(tmp_path: Path) -> None:
    """One that notes its attempt after a newer one was noted leaves the higher number."""
    (tmp_path / ".announcer").mkdir()
    for attempt in (1, 3, 2):
        HighWaterMark(tmp_path, "0123456789abcdef").note(attempt)
    assert HighWaterMark(tmp_path, "0123456789abcdef").newest() == 3
    assert HighWaterMark(tmp_path, "fedcba9876543210").newest() == 0


def test_many_processes_at_once_are_never_refused(department: Department) -> None:
    """Four open and write at the same time, again and again: the number is never ahead of the ledger."""
    department.open()
    racing = [department.process("race", "25") for _ in range(4)]
    for process in racing:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in racing:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    while any(process.poll() is None for process in racing):
        department.open().close()
        department.open(read_only=True).close()
    for process in racing:
        process.communicate()
        assert process.returncode == 0
    ledger = department.open()
    assert len(ledger.attempts()) == 25
    assert 0 < HighWaterMark(department.root, ledger.id).newest() <= 25
    assert ledger.claim(LIVE, Key("talk-0", "announcement", "2026-W49"), COLLOQUIUM, NOW) is None


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00\x80", b"\0" * 33, b"<html>"], ids=["no text", "zeros", "other"]
)
def test_a_damaged_marker_is_said_as_such(department: Department, content: bytes) -> None:
    """It names no ledger: nothing is sent, the ledger can be looked at, and adopted."""
    sent(department.open())
    department.close_all()
    department.marker.write_bytes(content)
    assert refused(department.open) == "ledger-marker"
    assert refused(lambda: department.open(read_only=True)) == "ledger-marker"
    description = describe(department.setting, department.root, password=department.password)
    assert (description.marker, description.is_adopted) == ("damaged", False)
    assert adopt(department.setting, department.root, password=department.password).is_adopted
    assert states(department.open()) == {"colloquium": EntryState.ACCEPTED}
