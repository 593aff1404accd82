"""Several runs at once on one ledger: every mailing goes to every list, once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.kills import Deadly, department
from tests.command_line import ROOT
from tests.ledger.postgres import PASSWORD, Server, running
from tests.servers import aiosmtpd
from tests.thoroughness import IS_LONG

TALKS, PROCESSES = (50, 8) if IS_LONG else (20, 8)
LONG = [("sqlite", 0), ("postgresql", 1)] if IS_LONG else []


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for this module."""
    with running() as server:
        yield server


@pytest.mark.parametrize(("kind", "killed"), [("sqlite", 1), ("postgresql", 0), *LONG])
def test_eight_runs_at_the_same_instant(
    tmp_path: Path, kind: str, killed: int, request: pytest.FixtureRequest
) -> None:
    """All that is due is accepted, each once; where one of the eight is killed, what it held is not lost."""
    ledger = "sqlite"
    if kind == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        ledger = server.new_database()
    sink = Deadly()
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "ANNOUNCER_LEDGER_PASSWORD": PASSWORD}
    run = [sys.executable, "-m", "announcer", "run", "--json"]
    with aiosmtpd(sink) as port:
        department(tmp_path, port, talks=TALKS, ledger=ledger)
        started = [
            subprocess.Popen(
                run, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            for _ in range(PROCESSES)
        ]
        if killed:
            sink.stage, sink.after, sink.victim = "dot", 3, started[0]
        outputs = [process.communicate(timeout=120) for process in started]
        last = subprocess.run(run, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert max(sink.taken.values()) == 1
    survivors = [
        text for process, (text, _) in zip(started, outputs, strict=True) if process.returncode != -9
    ]
    assert len(survivors) >= PROCESSES - killed
    plan = [sys.executable, "-m", "announcer", "plan", "--json"]
    planned = json.loads(
        subprocess.run(plan, cwd=tmp_path, env=environ, capture_output=True, check=True).stdout
    )
    states = Counter(o["state"] for mailing in planned["mailings"] for o in mailing["outcomes"])
    assert states.total() == 2 * TALKS
    assert set(states) <= {"accepted", "unknown"}
    # A process that is killed has four messages in hand at most, one on each connection.
    assert states["unknown"] <= 4 * killed
    assert states["accepted"] <= len(sink.taken) <= 2 * TALKS
    assert "Traceback" not in "".join(error for _, error in outputs) + last.stderr
