"""Kills `announcer run` again and again, and counts what the server took.

    python -m tests.cli.kills 1000

kills it a thousand times, in folders of sixty talks and two lists each, and prints what became of them.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from announcer.domain.delivery import Realm
from announcer.ledger.admin import renew
from announcer.ledger.store import open_ledger
from tests.command_line import ROOT
from tests.departments import config
from tests.ledger.postgres import PASSWORD
from tests.servers import aiosmtpd

STAGES = ("any instant", "mail", "rcpt", "data", "dot", "reply")
TALKS = 60
REQUESTS = 10
ORGANIZER = "committee@physics.example.edu"
_WAITING = ("held", "upcoming")
PATIENCE = 300
"""Seconds that a run may take on a machine that has much else to do; then it hangs."""


@dataclass
class Deadly:
    """A server that takes everything, and kills its client at a stage of the conversation."""

    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often it took each (Message-ID, recipient). Counted when the final dot is read: what the
    client may not know yet is taken all the same."""
    stage: str = ""
    after: int = 0
    delay: float = 0.0
    victim: subprocess.Popen[Any] | None = None

    def reached(self, stage: str) -> None:
        """Kills the client, at once or a moment later, where this is the stage and the turn."""
        if stage != self.stage or self.victim is None:
            return
        self.after -= 1
        if self.after < 0:
            threading.Timer(self.delay, self.victim.kill).start()

    async def handle_MAIL(  # the names are aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """After MAIL."""
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        self.reached("mail")
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """After RCPT; the DATA that follows a moment later is killed within."""
        envelope.rcpt_tos.append(address)
        self.reached("rcpt")
        self.reached("data")
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """After the final dot, before the reply; and after the reply."""
        assert isinstance(envelope.content, bytes)
        match = re.search(rb"^Message-ID: (\S+)", envelope.content, re.MULTILINE)
        assert match is not None
        for recipient in envelope.rcpt_tos:
            if recipient != ORGANIZER:  # whose mail stands beside the mailings
                self.taken[match[1].decode(), recipient] += 1
        self.reached("dot")
        self.reached("reply")
        return "250 taken"


def department(
    path: Path, port: int, *, talks: int = TALKS, ledger: str = "sqlite", requests: int = 0
) -> None:
    """A folder with talks that are to be announced now, each to two lists, and a ledger of long ago.

    `requests` more talks have no title, and a speaker who is to be asked for it now.
    """
    asks = ["    request: [{when: 20 days before at 0:01, to: speaker}]", f"organizer: {ORGANIZER}"]
    (path / "talks" / "colloquium").mkdir(parents=True)
    made = config(
        *(asks if requests else ()),
        f"delivery: {{transport: smtp, host: 127.0.0.1, port: {port}, security: none}}",
        f"ledger: {ledger}",
        schedule=["announcement, when: 30 days before at 9:00 am"],
        usual={"time": "4:00 pm", "duration": "1 h"},
    )
    (path / "announcer.yaml").write_text(made, encoding="utf-8")
    renew(ledger, path, password=PASSWORD, made=datetime(2020, 1, 1, tzinfo=UTC))
    if requests:
        # Since long: neither is this the first request, nor was it switched on just now.
        opened = open_ledger(ledger, path, password=PASSWORD)
        opened.noticed(Realm.LIVE, ["on: request colloquium"], datetime(2020, 1, 1, tzinfo=UTC))
        opened.close()
    soon = datetime.now(UTC).date() + timedelta(days=3)
    for number in range(requests):
        file = path / "talks" / "colloquium" / f"asked-{number:02}.yaml"
        file.write_text(
            f"date: {soon + timedelta(days=number % 9)}\n"
            f"speaker: {{name: Speaker Asked{number}, email: asked-{number}@far.example.org}}\n",
            encoding="utf-8",
        )
        os.utime(file, (datetime(2020, 1, 2, tzinfo=UTC).timestamp(),) * 2)
    for number in range(talks):
        (path / "talks" / "colloquium" / f"talk-{number:02}.yaml").write_text(
            f"date: {soon + timedelta(days=number % 9)}\ntitle: Talk number {number}\n"
            f"speaker: Speaker Number{number}\nlocation: Room {number}\nabstract: One line.\n",
            encoding="utf-8",
        )


def run(path: Path) -> subprocess.Popen[bytes]:
    """`announcer run` in a process of its own, which leaves its stack in `stderr` when it is aborted."""
    with (path / "stderr").open("wb") as stderr:
        return subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "announcer", "run", "-q"],
            cwd=path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=stderr,
        )


def ended(path: Path, victim: subprocess.Popen[Any]) -> int:
    """The process's exit code. Raises AssertionError with its stack where it does not end."""
    try:
        return victim.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        victim.send_signal(signal.SIGABRT)
        victim.wait()
        stack = (path / "stderr").read_text(errors="replace")
        raise AssertionError(f"it did not end within {PATIENCE} s:\n{stack}") from None


def kill_some(path: Path, server: Deadly, kills: int, chance: random.Random) -> Counter[str]:
    """Kills runs until that many were killed or nothing is left; how many at which stage."""
    killed: Counter[str] = Counter()
    while killed.total() < kills:
        server.stage = chance.choice(STAGES)
        server.after = chance.randrange(4)
        server.delay = 0.0 if server.stage in ("mail", "rcpt", "dot") else chance.uniform(0, 0.004)
        server.victim = run(path)
        if server.stage == "any instant":
            threading.Timer(chance.uniform(0.1, 1.6), server.victim.kill).start()
        if ended(path, server.victim) == -9:
            killed[server.stage] += 1
        elif not _due(path):
            break
    server.victim = None
    return killed


def states(path: Path, *occasions: str) -> Counter[str]:
    """How many lists of mailings of these occasions are in which state."""
    done = subprocess.run(
        [sys.executable, "-m", "announcer", "plan", "--json"],
        cwd=path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    mailings = [
        mailing for mailing in json.loads(done.stdout)["mailings"] if mailing["occasion"] in occasions
    ]
    return Counter(outcome["state"] for mailing in mailings for outcome in mailing["outcomes"])


def _ask_one(path: Path) -> None:
    """A person sends the first request; the others go by themselves then, on a working day."""
    done = subprocess.run(
        [sys.executable, "-m", "announcer", "send", "asked-00", "request", "--yes"],
        cwd=path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _due(path: Path) -> int:
    return states(path, "announcement", "request")["due"]


def one_folder(path: Path, kills: int, chance: random.Random) -> tuple[Counter[str], Counter[str], Deadly]:
    """Kills, then lets one run finish: kills by stage, states in the end, and the server."""
    server = Deadly()
    with aiosmtpd(server) as port:
        department(path, port, requests=REQUESTS)
        _ask_one(path)
        killed = kill_some(path, server, kills, chance)
        ended(path, run(path))
        counts = states(path, "announcement", "request")
        # Held for want of a title, as it should be; on a weekend nobody is asked.
        went = Counter({state: number for state, number in counts.items() if state not in _WAITING})
        return killed, went, server


def main(kills: int) -> None:
    """Folder after folder until that many were killed; prints the sums. Fails on a second copy."""
    chance = random.Random(kills)
    killed: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    taken = twice = 0
    while killed.total() < kills:
        path = Path(tempfile.mkdtemp(prefix="announcer-kills-"))
        some, counts, server = one_folder(path, min(40, kills - killed.total()), chance)
        killed += some
        ends += counts
        taken += len(server.taken)
        twice += sum(1 for count in server.taken.values() if count > 1)
        shutil.rmtree(path)
        print(f"{killed.total()} kills, {taken} taken, {twice} twice, {dict(ends)}", flush=True)
    print(f"killed at: {dict(killed)}")
    sys.exit(1 if twice else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
