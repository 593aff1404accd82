"""What a dead process had is found, and what a living one has is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from announcer.domain.mailing import EntryState
from announcer.ledger import Ledger
from announcer.ledger.files import given
from tests.accounts import nobody
from tests.ledger.postgres import Server
from tests.ledger.story import (
    ACCEPTED,
    ANNOUNCEMENT,
    COLLOQUIUM,
    DEFERRED,
    LATER,
    LIVE,
    NOW,
    REFUSED,
    REMINDER,
    TOLD,
    Department,
    attempted,
    claimed,
    sent,
    states,
)


def _started(department: Department, verb: str) -> subprocess.Popen[str]:
    """Another process, which has done `verb` and lives."""
    process = department.process(verb)
    assert process.stdout is not None
    assert process.stdout.readline() == f"{verb}\n"
    return process


def _killed(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


@pytest.mark.parametrize(
    ("verb", "while_alive", "after"),
    [
        ("claim", EntryState.CLAIMED, EntryState.PENDING),
        ("attempt", EntryState.ATTEMPTING, EntryState.UNKNOWN),
    ],
)
def test_what_a_killed_process_had(
    department: Department, verb: str, while_alive: EntryState, after: EntryState
) -> None:
    """SIGKILL: a claim is as it was, an attempt is unknown; before recovery it is already shown so."""
    ledger = department.open()
    ledger.freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM], NOW)
    process = _started(department, verb)
    assert states(ledger) == {"colloquium": while_alive}
    assert ledger.recover(LATER) == 0
    _killed(process)
    assert _eventually_dead(ledger) == {"colloquium": after}
    assert ledger.recover(LATER) == 1
    assert states(ledger) == {"colloquium": after}
    assert ledger.recover(LATER) == 0
    assert (ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, LATER) is not None) == (verb == "claim")


def _eventually_dead(ledger: Ledger) -> dict[str, EntryState]:
    """The states, once the server has noticed that the process is gone (which takes a moment)."""
    for _ in range(1000):
        by_list = states(ledger)
        if not {EntryState.CLAIMED, EntryState.ATTEMPTING} & set(by_list.values()):
            break
    return by_list


def test_a_lost_attempt_says_so(department: Department) -> None:
    """An attempt that nobody finished is told with its snapshot, and its record says why it is unknown."""
    ledger = department.open()
    ledger.freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM], NOW)
    _killed(_started(department, "attempt"))
    _eventually_dead(ledger)
    before = ledger.entries(LIVE)
    ledger.recover(LATER)
    (entry,) = ledger.entries(LIVE)
    (attempt,) = ledger.attempts()
    assert entry.snapshots == (TOLD,)
    assert [(entry.snapshots, entry.reply) for entry in before] == [(entry.snapshots, entry.reply)]
    assert attempt.reply is not None
    assert (attempt.ended, attempt.reply.text) == (LATER, entry.reply)


@pytest.mark.parametrize("reply", [DEFERRED, REFUSED], ids=["deferred", "refused"])
def test_a_killed_try_leaves_what_was_before_it(department: Department, reply: object) -> None:
    """A refused mail that a person tried again is not made due by the death of that try."""
    first = department.open()
    sent(first, reply)  # type: ignore[arg-type]
    assert first.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW, refused=True) is not None
    first.close()
    assert states(department.open(read_only=True)) == {"colloquium": EntryState(reply.result)}  # type: ignore[attr-defined]
    second = department.open()
    assert second.recover(LATER) == 1
    assert states(second) == {"colloquium": EntryState(reply.result)}  # type: ignore[attr-defined]


def test_closing_gives_up_what_was_claimed(department: Department) -> None:
    """A process that ends in good order is as dead as a killed one."""
    first, second = department.open(), department.open()
    claimed(first)
    first.close()
    assert second.recover(LATER) == 1
    assert second.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, LATER) is not None


def test_a_row_that_was_taken_away_cannot_be_attempted(department: Department, server: Server) -> None:
    """A process whose lock was lost, and whose claim another has by now, sends nothing."""
    first, second = department.open(), department.open()
    claim = claimed(first)
    _lose_lock(department, server)
    assert second.recover(LATER) == 1
    assert second.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, LATER) is not None
    assert attempted(first, claim) is False
    assert first.attempts() == []


def test_the_server_s_word_is_better_than_a_presumption(department: Department, server: Server) -> None:
    """A process whose lock was lost within DATA still writes what the server said."""
    first, second = department.open(), department.open()
    claim = claimed(first)
    assert attempted(first, claim)
    _lose_lock(department, server)
    assert second.recover(LATER) == 1
    assert states(second) == {"colloquium": EntryState.UNKNOWN}
    first.settle(claim, ACCEPTED, now=LATER)
    assert states(second) == {"colloquium": EntryState.ACCEPTED}


@pytest.mark.parametrize(
    ("decision", "state"),
    [("accepted", EntryState.ACCEPTED), ("not-sent", EntryState.PENDING), ("skip", EntryState.SKIPPED)],
)
def test_a_person_s_word_is_better_than_a_late_outcome(
    department: Department, server: Server, decision: str, state: EntryState
) -> None:
    """What somebody decided after the presumption stays, whatever the late process learnt."""
    first, second = department.open(), department.open()
    claim = claimed(first)
    assert attempted(first, claim)
    _lose_lock(department, server)
    second.recover(LATER)
    second.decide(LIVE, ANNOUNCEMENT, COLLOQUIUM, decision=decision, now=LATER)
    first.settle(claim, REFUSED, now=LATER)
    assert states(second) == {"colloquium": state}
    assert [attempt.reply for attempt in second.attempts()] == [REFUSED]


def test_a_lost_lock_is_taken_anew(department: Department, server: Server) -> None:
    """A process whose lock was lost claims under a new number, and lives."""
    first, second = department.open(), department.open()
    claimed(first)
    _lose_lock(department, server)
    second.recover(LATER)
    assert first.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, LATER) is not None
    assert states(second) == {"colloquium": EntryState.CLAIMED}


def _lose_lock(department: Department, server: Server) -> None:
    """What a network cut does to a session, or somebody tidying up to a file."""
    if department.is_sqlite:
        for path in (department.root / ".announcer" / "owners").iterdir():
            path.unlink()
        return
    server.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory'",
        department.setting,
    )


def test_the_lock_files_of_the_dead_are_swept(sqlite_department: Department) -> None:
    """Nothing piles up beside the ledger; only the living have a file there."""
    owners = sqlite_department.root / ".announcer" / "owners"
    ledger = sqlite_department.open()
    ledger.freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM], NOW)
    _killed(_started(sqlite_department, "claim"))
    assert _names(owners) == ["1.lock"]
    ledger.recover(NOW)
    assert ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW) is not None
    assert _names(owners) == ["2.lock"]
    ledger.close()
    assert _names(owners) == []


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root leaves root's files")
def test_what_root_began_is_the_account_s_to_finish() -> None:
    """After a run with sudo that was killed, the account of the timer judges and settles what it left."""
    with nobody() as folder:
        account = os.geteuid()
        department = Department(root=folder, setting="sqlite", password=None)
        os.seteuid(0)
        department.open().freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM], NOW)
        _killed(_started(department, "attempt"))
        assert {path.stat().st_uid for path in folder.rglob("*")} == {account}
        assert (folder / ".announcer" / "owners" / "1.lock").exists()
        department.close_all()
        os.seteuid(account)
        ledger = department.open()
        assert ledger.recover(LATER) == 1
        assert states(ledger) == {"colloquium": EntryState.UNKNOWN}
        sent(ledger, key=REMINDER)
        department.close_all()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root leaves root's files")
def test_root_gives_nothing_away_that_is_another_s(tmp_path: Path) -> None:
    """Where the ledger's folder is one account's and the department's another's, both stay so; and what lies
    behind a link is nobody's business."""
    os.chown(tmp_path, 4001, 4001)
    department = Department(root=tmp_path, setting="sqlite", password=None)
    (tmp_path / ".announcer").mkdir(mode=0o700)
    os.chown(tmp_path / ".announcer", 4002, 4002)
    sent(department.open())
    department.close_all()
    assert {path.stat().st_uid for path in (tmp_path / ".announcer").rglob("*")} == {4002}
    assert (tmp_path / ".announcer").stat().st_uid == 4002
    (tmp_path / "shadow").touch()
    (tmp_path / ".announcer" / "link").symlink_to(tmp_path / "shadow")
    given(tmp_path / ".announcer" / "link")
    assert (tmp_path / "shadow").stat().st_uid == 0
