"""`announcer serve`: a timer in one process, which survives a bad edit and ends when asked."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession

from tests.command_line import COMMAND, surroundings
from tests.departments import Folder
from tests.servers import Inbox, aiosmtpd

Service = subprocess.Popen[bytes]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")


def served(folder: Folder, tick: str = "0.3", *, stdout: int | None = None, **environ: str) -> Service:
    """`announcer serve`, looking more often than once a minute; what it says goes into a file."""
    with log_of(folder).open("ab") as file:
        return subprocess.Popen(
            [*COMMAND, "serve", "--every", tick],
            cwd=folder.path,
            env=surroundings(PYTHONUNBUFFERED="1", **environ),
            stdout=file if stdout is None else stdout,
            stderr=subprocess.STDOUT,
        )


def log_of(folder: Folder) -> Path:
    """Where it is kept what a service of that folder says."""
    return folder.path / "service.log"


def hears(folder: Folder, words: str) -> None:
    """Waits until the service says that."""
    until(lambda: words in log_of(folder).read_text(encoding="utf-8"))


def until(true: Callable[[], bool]) -> None:
    """Waits, two minutes at most."""
    for _ in range(1200):
        if true():
            return
        time.sleep(0.1)
    raise TimeoutError


def ended(folder: Folder, service: Service) -> str:
    """What it said until SIGTERM ended it."""
    service.send_signal(signal.SIGTERM)
    code = service.wait(timeout=120)
    output = log_of(folder).read_text(encoding="utf-8")
    assert code == 0, output
    return output


def test_a_bad_edit_is_said_once_and_survived(folder: Folder) -> None:
    """The talk that becomes due after the edit is mended is sent."""
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        process = served(folder)
        hears(folder, "Serving")
        folder.edit("announcer.yaml", "timezone:", "timezoom:")
        hears(folder, "timezoom")
        time.sleep(1)
        folder.edit("announcer.yaml", "timezoom:", "timezone:")
        folder.make_due()
        until(lambda: len(inbox.accepted) == 2)
        output = ended(folder, process)
    assert output.count("timezoom") in (1, 2)  # the line and its excerpt, once
    assert "Traceback" not in output
    assert output.endswith("Stopped.\n")


def test_a_config_that_is_away_for_a_moment(folder: Folder) -> None:
    """Moved away and back, as editors do: said once, survived, and looked at again when it is back."""
    config, aside = folder.path / "announcer.yaml", folder.path / "x"
    process = served(folder)
    hears(folder, "Serving")
    config.rename(aside)
    hears(folder, "announcer.yaml:1:1: error")
    time.sleep(1)
    assert process.poll() is None
    aside.rename(config)
    folder.make_due()
    until(lambda: len(folder.outbox()) == 2)
    output = ended(folder, process)
    assert output.count("announcer.yaml:1:1: error") == 1
    assert "Traceback" not in output


def test_a_config_that_is_away_is_not_looked_for_above(make_folder: Callable[[str], Folder]) -> None:
    """The department of the folder above is another's: its mail is not sent by this service."""
    above = make_folder("department")
    above.make_due()
    inner = make_folder("department/group")
    process = served(inner)
    hears(inner, "Serving")
    (inner.path / "announcer.yaml").rename(inner.path / "x")
    hears(inner, "announcer.yaml")
    time.sleep(1)
    ended(inner, process)
    assert not (above.path / "outbox").exists()


@pytest.mark.parametrize("where", ["a full disk", "a closed pipe"])
def test_what_cannot_be_said_stops_no_mail(folder: Folder, where: str) -> None:
    """Where nobody can hear it, serve sends all the same, and ends in good order."""
    inbox = Inbox()
    folder.make_due()
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        if where == "a full disk":
            with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
                process = served(folder, stdout=full.fileno())
        else:
            process = served(folder, stdout=subprocess.PIPE)
            assert process.stdout is not None
            process.stdout.close()
        until(lambda: len(inbox.accepted) == 2)
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=120) == 0


def test_a_fault_of_its_own_is_said_once_and_survived(folder: Folder) -> None:
    """What announcer did not reckon with, here a damaged row, is told as its own fault."""
    folder.announcer("run", "--now", "2026-11-30 09:00")
    damage(folder, "told || 'x'")
    process = served(folder)
    hears(folder, "announcer itself failed")
    time.sleep(1)
    assert process.poll() is None
    damage(folder, "rtrim(told, 'x')")
    hears(folder, "all is well again")
    output = ended(folder, process)
    assert output.count("announcer itself failed") == 1
    assert "Traceback" not in output


def damage(folder: Folder, expression: str) -> None:
    """Changes what the ledger's rows were told."""
    with sqlite3.connect(folder.path / ".announcer" / "ledger.sqlite") as ledger:
        ledger.execute(f"UPDATE announcer_entry SET told = {expression}")  # noqa: S608


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
            assert "Traceback" not in ended(folder, process)
    assert sorted(recipient for _, recipient, _ in inbox.accepted) == [
        "colloquium@lists.example.edu",
        "public-lectures@lists.example.edu",
    ]


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGHUP], ids=["SIGTERM", "a closed terminal"])
def test_a_run_ends_after_the_message_in_hand(folder: Folder, asked: signal.Signals) -> None:
    """The first list's message is in hand and is accepted; the second list's stays due."""
    inbox = Slow()
    folder.make_due()
    # Who runs the tests under nohup has it ignored, and so would the run, which heeds that.
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        with aiosmtpd(inbox) as port:
            folder.deliver_to(port)
            process = subprocess.Popen(
                [*COMMAND, "run"],
                cwd=folder.path,
                env=surroundings(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            assert inbox.has_one.wait(timeout=120)
            process.send_signal(asked)
            inbox.may_reply.set()
            output, _ = process.communicate(timeout=120)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert output.count("accepted  ") == 1
    assert len(inbox.accepted) == 1
    plan = json.loads(folder.announcer("plan", "--json").stdout)["mailings"][0]
    assert [outcome["state"] for outcome in plan["outcomes"]] == ["accepted", "due"]


def test_nohup_is_heeded(folder: Folder) -> None:
    """Where SIGHUP was ignored from the start, closing the terminal ends nothing."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = served(folder)
    finally:
        signal.signal(signal.SIGHUP, before)
    hears(folder, "Serving")
    process.send_signal(signal.SIGHUP)
    time.sleep(1)
    assert process.poll() is None
    ended(folder, process)


class Slow(Inbox):
    """Replies to the final dot when it may."""

    def __init__(self) -> None:
        super().__init__()
        self.has_one = threading.Event()
        self.may_reply = threading.Event()

    async def handle_DATA(self, server: SMTP, session: SmtpSession, envelope: Envelope) -> str:
        """Says so, waits, and keeps the message."""
        self.has_one.set()
        await asyncio.to_thread(self.may_reply.wait, 120)
        return await super().handle_DATA(server, session, envelope)
