"""`announcer serve`: a timer in one process, which survives a bad edit and ends when asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.cli.conftest import ROOT, Folder
from tests.servers import Inbox, aiosmtpd

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")


def served(folder: Folder, tick: str = "0.3") -> subprocess.Popen[str]:
    """`announcer serve`, looking more often than once a minute."""
    return subprocess.Popen(
        [sys.executable, "-m", "announcer", "serve", "--every", tick],
        cwd=folder.path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def until(true: Callable[[], bool]) -> None:
    """Waits, half a minute at most."""
    for _ in range(300):
        if true():
            return
        time.sleep(0.1)
    raise TimeoutError


def ended(process: subprocess.Popen[str]) -> str:
    """What it said until SIGTERM ended it."""
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0, said
    return said


def test_a_bad_edit_is_said_once_and_survived(folder: Folder) -> None:
    """The talk that becomes due after the edit is mended is sent."""
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        process = served(folder)
        folder.edit("announcer.yaml", "timezone:", "timezoom:")
        time.sleep(3)
        folder.edit("announcer.yaml", "timezoom:", "timezone:")
        folder.make_due()
        until(lambda: len(inbox.accepted) == 2)
        said = ended(process)
    assert said.count("timezoom") in (1, 2)  # the line and its excerpt, once
    assert "Traceback" not in said
    assert said.endswith("Stopped.\n")


def test_two_at_once_do_no_harm(folder: Folder) -> None:
    """Each list gets one copy."""
    inbox = Inbox()
    folder.make_due()
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        processes = [served(folder), served(folder)]
        until(lambda: len(inbox.accepted) >= 2)
        time.sleep(2)
        for process in processes:
            assert "Traceback" not in ended(process)
    assert sorted(recipient for _, recipient, _ in inbox.accepted) == [
        "colloquium@lists.example.edu",
        "public-lectures@lists.example.edu",
    ]
