"""Many processes, one ledger: each mailing is had by one of them."""

from __future__ import annotations

from collections import Counter

from announcer.domain.mailing import EntryState
from tests.ledger.story import LIVE, NOW, Department

PROCESSES = 8
MAILINGS = 40


def test_eight_processes_send_each_mailing_once(department: Department) -> None:
    """Started at the same instant on a ledger that is not even made, they share the work and nothing is
    sent twice or forgotten."""
    processes = [department.process("race", str(MAILINGS)) for _ in range(PROCESSES)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    won = Counter(name for process in processes for name in process.communicate()[0].split())
    assert [process.returncode for process in processes] == [0] * PROCESSES
    assert won == Counter({f"talk-{number}": 1 for number in range(MAILINGS)})
    ledger = department.open()
    assert ledger.recover(NOW) == 0
    assert Counter(entry.state for entry in ledger.entries(LIVE)) == Counter({EntryState.ACCEPTED: MAILINGS})
    assert len(ledger.attempts()) == MAILINGS


def test_the_work_of_a_killed_process_is_taken_over(department: Department) -> None:
    """Of two clients one is killed in the middle: the other finishes; what was within DATA is unknown."""
    ledger = department.open()
    victim = department.process("race", str(MAILINGS))
    other = department.process("race", str(MAILINGS))
    for process in (victim, other):
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    while len(ledger.attempts()) < MAILINGS // 4:
        assert other.poll() is None or len(ledger.attempts()) >= MAILINGS
    victim.kill()
    victim.communicate()
    other.communicate()
    assert other.returncode == 0
    ledger.recover(NOW)
    states = Counter(entry.state for entry in ledger.entries(LIVE))
    assert sum(states.values()) == MAILINGS
    assert states[EntryState.UNKNOWN] + states[EntryState.PENDING] <= 1
    assert states[EntryState.ACCEPTED] >= MAILINGS - 1
    attempts = Counter(attempt.key for attempt in ledger.attempts())
    assert max(attempts.values()) == 1
