"""A long run on a terminal shows how far it is; into a file or for a script it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.kills import department
from tests.command_line import ROOT
from tests.departments import Folder
from tests.servers import Inbox, aiosmtpd

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


def on_a_terminal(folder: Path, *args: str) -> tuple[int, str]:
    """The exit code of `announcer` on a terminal of its own, and all that it shows there."""
    mine, its = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "announcer", *args],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"},
        stdin=its,
        stdout=its,
        stderr=its,
    )
    os.close(its)
    shown = b""
    while True:
        try:
            more = os.read(mine, 65536)
        except OSError:  # how Linux says that nobody is at the other end any more
            break
        if not more:
            break
        shown += more
    os.close(mine)
    return process.wait(timeout=60), shown.decode()


def test_a_long_run_shows_its_pace_and_the_time_left(tmp_path: Path) -> None:
    """Messages done of all, how many a second; a script's run is silent about it."""
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        department(tmp_path, port, talks=12)
        code, shown = on_a_terminal(tmp_path, "run")
    assert (code, len(inbox.accepted)) == (0, 24)
    assert "24 of 24" in shown
    assert " a second" in shown or " a minute" in shown


@pytest.mark.parametrize("args", [("run", "--json"), ("run", "-q")])
def test_a_script_sees_no_bar(tmp_path: Path, args: tuple[str, ...]) -> None:
    """Nor does who asked for quiet."""
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        department(tmp_path, port, talks=12)
        code, shown = on_a_terminal(tmp_path, *args)
    assert (code, len(inbox.accepted)) == (0, 24)
    assert " of 24" not in shown


def test_into_a_file_goes_no_bar(tmp_path: Path) -> None:
    """What a timer mails stays short."""
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        department(tmp_path, port, talks=12)
        done = Folder(tmp_path).announcer("run")
    assert (done.returncode, done.stderr, len(inbox.accepted)) == (0, "", 24)
    assert " of 24" not in done.stdout
