"""A ledger is made once, goes with its department, and is refused where it cannot be trusted."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from announcer.domain.mailing import EntryState
from announcer.domain.planning.past import Past
from announcer.ledger import LedgerError
from announcer.ledger.admin import adopt, describe, renew
from announcer.ledger.store import open_ledger
from tests.ledger.story import ANNOUNCEMENT, COLLOQUIUM, LIVE, NOW, Department, claimed, sent, states


def refused(act: Callable[[], object]) -> str:
    """The code of the LedgerError that this raises, which has a sentence and a hint."""
    with pytest.raises(LedgerError) as caught:
        act()
    assert caught.value.message
    assert caught.value.hint
    return caught.value.code


def test_looking_makes_nothing(department: Department) -> None:
    """Where there is no ledger yet, one opened to read is empty, and the folder stays as it was."""
    ledger = department.open(read_only=True)
    assert (ledger.id, ledger.entries(LIVE), ledger.attempts()) == ("", [], [])
    assert list(department.root.iterdir()) == []
    assert describe(department.setting, department.root, password=department.password).id is None


def test_looking_writes_nothing(department: Department) -> None:
    """One opened to read sees everything and refuses every change."""
    sent(department.open())
    ledger = department.open(read_only=True)
    assert states(ledger) == {"colloquium": EntryState.ACCEPTED}
    assert refused(lambda: ledger.freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM], NOW)) == "ledger-read-only"
    assert refused(lambda: ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW)) == "ledger-read-only"


def test_a_ledger_keeps_its_identity(department: Department) -> None:
    """Opened again it is the same ledger, which the folder's marker names."""
    first = department.open()
    assert first.id == department.open().id == department.open(read_only=True).id
    assert department.marker.read_text(encoding="utf-8") == first.id + "\n"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077], ids=oct)
def test_the_ledger_is_private(sqlite_department: Department, umask: int) -> None:
    """Folders are 0700 and files 0600, whatever the umask: stored messages hold passcodes."""
    before = os.umask(umask)
    try:
        claimed(sqlite_department.open())
        modes = {
            str(path.relative_to(sqlite_department.root)): stat.S_IMODE(path.stat().st_mode)
            for path in sqlite_department.root.rglob("*")
        }
    finally:
        os.umask(before)
    assert modes == {
        ".announcer": 0o700,
        ".announcer/ledger-id": 0o600,
        ".announcer/ledger.sqlite": 0o600,
        ".announcer/ledger.sqlite-shm": 0o600,
        ".announcer/ledger.sqlite-wal": 0o600,
        ".announcer/owners": 0o700,
        ".announcer/owners/1.lock": 0o600,
        ".announcer/secret": 0o600,
    }


def test_a_lost_ledger_is_refused(sqlite_department: Department) -> None:
    """A department whose ledger vanished does not begin anew by itself, nor pretend that nothing was sent."""
    sent(sqlite_department.open())
    sqlite_department.close_all()
    sqlite_department.file.unlink()
    assert refused(sqlite_department.open) == "ledger-missing"
    assert refused(lambda: sqlite_department.open(read_only=True)) == "ledger-missing"
    assert not sqlite_department.file.exists()


def test_adopting_a_lost_ledger_begins_one_that_does_not_know_its_past(sqlite_department: Department) -> None:
    """Since when it remembers, and that nobody said what was before; until somebody does."""
    sent(sqlite_department.open())
    sqlite_department.close_all()
    sqlite_department.file.unlink()
    assert adopt("sqlite", sqlite_department.root, made=NOW).is_adopted
    ledger = sqlite_department.open()
    assert ledger.past == Past(made=NOW, is_known=False)
    ledger.know_past()
    assert sqlite_department.open(read_only=True).past == Past(made=NOW)


def test_a_new_ledger_is_a_person_s_decision(sqlite_department: Department) -> None:
    """`ledger --new` begins an empty one, and the old one is kept beside it under another name."""
    sent(sqlite_department.open())
    sqlite_department.close_all()
    old = describe("sqlite", sqlite_department.root)
    new = renew("sqlite", sqlite_department.root)
    assert (old.entries, old.attempts, old.messages, old.is_adopted) == (1, 1, 1, True)
    assert (new.entries, new.attempts, new.messages, new.is_adopted) == (0, 0, 0, True)
    assert new.id != old.id
    assert sqlite_department.open().entries(LIVE) == []
    (kept,) = sqlite_department.file.parent.glob("ledger-until-*.sqlite")
    with sqlite3.connect(kept) as connection:
        assert connection.execute("SELECT id FROM announcer_ledger").fetchall() == [(old.id,)]


def test_no_new_ledger_while_another_process_sends(sqlite_department: Department) -> None:
    """The ledger of a living process is not taken away from under it."""
    claimed(sqlite_department.open())
    assert refused(lambda: renew("sqlite", sqlite_department.root)) == "ledger-in-use"


def test_a_database_with_a_ledger_is_not_emptied(served: Department) -> None:
    """On a server `--new` needs an empty database: nobody's record is thrown away."""
    first = renew(served.setting, served.root, password=served.password)
    assert first.is_adopted
    sent(served.open())
    assert refused(lambda: renew(served.setting, served.root, password=served.password)) == "ledger-exists"
    assert states(served.open()) == {"colloquium": EntryState.ACCEPTED}
    assert describe(served.setting, served.root, password=served.password).size > 8192


def test_another_department_s_ledger_is_refused_until_adopted(department: Department) -> None:
    """A folder goes with one ledger; with another only when a person says so."""
    sent(department.open())
    department.close_all()
    department.marker.write_text("0123456789abcdef\n", encoding="utf-8")
    assert refused(department.open) == "ledger-other"
    assert refused(lambda: department.open(read_only=True)) == "ledger-other"
    adopted = adopt(department.setting, department.root, password=department.password)
    assert adopted.is_adopted
    assert states(department.open()) == {"colloquium": EntryState.ACCEPTED}


def test_a_used_ledger_without_a_marker_is_refused_until_adopted(department: Department) -> None:
    """A fresh folder on a ledger with entries may be a second host, or a mistake: a person knows."""
    sent(department.open())
    department.close_all()
    department.marker.unlink()
    assert refused(department.open) == "ledger-not-adopted"
    adopt(department.setting, department.root, password=department.password)
    assert states(department.open()) == {"colloquium": EntryState.ACCEPTED}


def test_an_unused_ledger_without_a_marker_is_taken(department: Department) -> None:
    """A process killed between making the ledger and its marker leaves nothing to decide."""
    first = department.open().id
    department.close_all()
    department.marker.unlink()
    assert department.open().id == first
    assert department.marker.exists()


def test_two_hosts_share_one_ledger(served: Department, tmp_path: Path) -> None:
    """Two folders on one database see each other's claims once the second has adopted it."""
    claimed(served.open())
    other = replace(served, root=tmp_path / "elsewhere", opened=[])
    other.root.mkdir()
    adopt(other.setting, other.root, password=other.password)
    ledger = other.open()
    assert ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW) is None
    assert ledger.recover(NOW) == 0
    other.close_all()


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("postgresql://announcer:hunter2@db.example.edu/x", "ledger-password-in-url"),
        ("postgresql://announcer@db.example.edu/x?password=hunter2", "ledger-password-in-url"),
        ("mysql://announcer@db.example.edu/x", "ledger-setting"),
        ("ledger.sqlite", "ledger-setting"),
        ("", "ledger-setting"),
    ],
)
def test_a_setting_that_is_no_ledger(tmp_path: Path, setting: str, code: str) -> None:
    """What cannot be a ledger is refused with what to write instead, and without repeating a password."""
    with pytest.raises(LedgerError) as caught:
        open_ledger(setting, tmp_path)
    assert caught.value.code == code
    assert "hunter2" not in repr(caught.value)
