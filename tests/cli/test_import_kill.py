"""An import that is killed at any moment: the next one finds the same states, and no file is half there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Folder
from tests.command_line import surroundings
from tests.thoroughness import IS_LONG

NOW = ("--now", "2026-11-23 09:00")
PROGRAM = """
import os, sys
left = int(sys.argv.pop(1))
def counted(name):
    real = getattr(os, name)
    def call(*args, **more):
        global left
        if "imports" in str(args) or "talks" in str(args):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), 9)
        return real(*args, **more)
    setattr(os, name, call)
for name in ("open", "replace", "link", "unlink"):
    counted(name)
from announcer.cli.main import main
main(sys.argv[1:])
"""
"""The command line, killed at the given one of the calls by which a file is made, moved or taken away."""
BEFORE = "Date,Speaker,Title\n2027-01-13,Ada Example,On codes\n2027-01-20,Bob Sample,On noise\n"
AFTER = BEFORE.replace("On codes", "On better codes") + "2027-01-27,Eve Muster,On heat\n"


def killed(folder: Path, after: int) -> bool:
    """Whether the import was killed, at that call."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(after), "import", "plan.csv", "--yes", *NOW],
        cwd=folder,
        env=surroundings(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in (0, -9), done.stderr
    return done.returncode == -9


def states_by_speaker(folder: Folder) -> dict[str, str]:
    """The state of each talk by its speaker."""
    done = folder.announcer("import", "plan.csv", "--json", *NOW)
    return {talk["speakers"][0]: talk["state"] for talk in json.loads(done.stdout)["talks"]}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_at_any_call_leaves_states_that_are_true(folder: Folder) -> None:
    """Each talk is as before or as after, never yours, never doubled; and the next import completes it."""
    (folder.path / "plan.csv").write_text(BEFORE, encoding="utf-8")
    assert folder.announcer("import", "plan.csv", "--yes", *NOW).returncode == 0
    (folder.path / "plan.csv").write_text(AFTER, encoding="utf-8")
    talks = folder.path / "talks/colloquium"
    kept = {
        path: path.read_bytes()
        for path in [*talks.glob("2027*"), *(folder.path / ".announcer/imports").glob("*.json")]
    }
    kills = 0
    step = 1 if IS_LONG else 3
    while True:
        was_killed = killed(folder.path, kills)
        states = states_by_speaker(folder)
        assert states["Ada Example"] in ("changed", "same")
        assert states["Bob Sample"] == "same"
        assert states["Eve Muster"] in ("new", "same")
        assert folder.announcer("import", "plan.csv", "--yes", *NOW).returncode == 0
        assert set(states_by_speaker(folder).values()) == {"same"}
        assert len(list(talks.glob("2027*.yaml"))) == 3
        assert json.loads(folder.announcer("check", "--json").stdout) == {"problems": []}
        if not was_killed:
            break
        kills += step
        for path in talks.glob("2027*"):
            path.unlink()
        for path, data in kept.items():
            path.write_bytes(data)
    assert kills >= 8
