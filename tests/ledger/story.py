"""The words in which the ledger's tests tell their stories."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from announcer.domain.delivery import Envelope, Realm, Reply, Result
from announcer.domain.department import MailingList
from announcer.domain.mailing import EntryState, Key
from announcer.domain.snapshot import Snapshot
from announcer.domain.talk import Audience, Status
from announcer.ledger import Claim, Ledger
from announcer.ledger.store import open_ledger

NOW = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LIVE = Realm.LIVE
ANNOUNCEMENT = Key("2026-noether", "announcement", "2026-W49")
REMINDER = Key("2026-noether", "reminder", "2026-12-02")
COLLOQUIUM = MailingList(
    name="colloquium", address="Colloquium@lists.example.edu", audience=Audience.INTERNAL
)
PUBLIC = MailingList(name="public-lectures", address="public-lectures@lists.example.edu")
ENVELOPE = Envelope(sender="bounces@physics.example.edu", recipient="colloquium@lists.example.edu")
MESSAGE = b"Subject: Physics Colloquium\r\n\r\nThe passcode is 0204.\r\n"
MESSAGE_ID = "<noether.w49@physics.example.edu>"
ACCEPTED = Reply(result=Result.ACCEPTED, stage="dot", code=250, text="2.0.0 Ok: queued as 4Xy")
DEFERRED = Reply(result=Result.DEFERRED, stage="dot", code=451, text="4.3.0 try again later")
REFUSED = Reply(result=Result.REFUSED, stage="rcpt", code=550, text="5.1.1 no such list")
UNKNOWN = Reply(result=Result.UNKNOWN, stage="dot", text="the connection was lost")
TOLD = Snapshot(
    talk="2026-noether",
    series="colloquium",
    status=Status.CONFIRMED,
    start=datetime(2026, 12, 2, 22, 0, tzinfo=UTC),
    end=datetime(2026, 12, 2, 23, 0, tzinfo=UTC),
    offset=timedelta(hours=-6),
    zone="America/Chicago",
    place="Crow 201, Crow Hall",
    speakers=("Emmy Noether", "Paul Erdős"),
    title="Problem #7 and beyond",
    uid="2026-noether@physics.example.edu",
    sequence=1,
    dtstamp=datetime(2026, 11, 30, 6, 0, 1, tzinfo=UTC),
    revision=2,
)


@dataclass
class Department:
    """A department's folder, and the ledger that it goes with."""

    root: Path
    setting: str
    password: str | None
    opened: list[Ledger] = field(default_factory=list)

    @property
    def is_sqlite(self) -> bool:
        """Whether its ledger is a file."""
        return self.setting == "sqlite"

    @property
    def file(self) -> Path:
        """The SQLite ledger."""
        return self.root / ".announcer" / "ledger.sqlite"

    @property
    def marker(self) -> Path:
        """What names the ledger."""
        return self.root / ".announcer" / "ledger-id"

    def open(self, *, read_only: bool = False, patience: float = 30) -> Ledger:
        """Opens the ledger as another process would."""
        ledger = open_ledger(
            self.setting, self.root, password=self.password, read_only=read_only, patience=patience
        )
        self.opened.append(ledger)
        return ledger

    def close_all(self) -> None:
        """Ends what the test opened."""
        for ledger in self.opened:
            ledger.close()

    def process(self, *words: str) -> subprocess.Popen[str]:
        """Another process with the ledger open, which does what `tests/ledger/actor.py` says."""
        command = [sys.executable, "-m", "tests.ledger.actor", self.setting, str(self.root), *words]
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            env={"PYTHONPATH": ".", "PGPASSWORD": self.password or ""},
        )


def claimed(ledger: Ledger, key: Key = ANNOUNCEMENT, mailing_list: MailingList = COLLOQUIUM) -> Claim:
    """A claim on a mailing's list, which is frozen into it where it was not."""
    ledger.freeze(LIVE, key, [mailing_list], NOW)
    claim = ledger.claim(LIVE, key, mailing_list, NOW)
    assert claim is not None
    return claim


def attempted(ledger: Ledger, claim: Claim, message: bytes = MESSAGE) -> bool:
    """Takes a claim into DATA."""
    return ledger.attempt(
        claim,
        now=NOW,
        date=NOW,
        message=message,
        message_id=MESSAGE_ID,
        envelope=ENVELOPE,
        snapshots=[TOLD],
    )


def sent(ledger: Ledger, reply: Reply = ACCEPTED, key: Key = ANNOUNCEMENT) -> None:
    """Sends a mailing to the colloquium's list, with this end."""
    claim = claimed(ledger, key)
    assert attempted(ledger, claim)
    ledger.settle(claim, reply, now=LATER)


def states(ledger: Ledger, realm: Realm = LIVE) -> dict[str, EntryState]:
    """Where each list stands, for mailings of one key each."""
    return {entry.list: entry.state for entry in ledger.entries(realm)}
