"""`announcer serve`: a timer in one process, which survives a bad edit and ends when asked."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession

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


def test_sigterm_ends_a_run_after_the_message_in_hand(folder: Folder) -> None:
    """The first list's message is in hand and is accepted; the second list's stays due."""
    inbox = Slow()
    folder.make_due()
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        process = subprocess.Popen(
            [sys.executable, "-m", "announcer", "run"],
            cwd=folder.path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        until(inbox.has_one.is_set)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=30)
    assert said.count("accepted  ") == 1
    assert len(inbox.accepted) == 1
    plan = json.loads(folder.announcer("plan", "--json").stdout)["mailings"][0]
    assert [outcome["state"] for outcome in plan["outcomes"]] == ["accepted", "due"]


class Slow(Inbox):
    """Takes its time over the reply to the final dot."""

    def __init__(self) -> None:
        super().__init__()
        self.has_one = threading.Event()

    async def handle_DATA(self, server: SMTP, session: SmtpSession, envelope: Envelope) -> str:
        """Says so, waits, and keeps the message."""
        self.has_one.set()
        await asyncio.sleep(1.5)
        return await super().handle_DATA(server, session, envelope)
