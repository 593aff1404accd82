"""`announcer serve` while the machine's clock jumps: a suspended laptop, a clock that is set back."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.cli.test_serve import ended, hears, served, until
from tests.departments import Folder
from tests.servers import Inbox, aiosmtpd

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
INSTALL = "apt-get install faketime"


@pytest.fixture(autouse=True)
def faketime() -> None:
    """Another clock for one process."""
    if LIBRARY is None:
        missing = f"libfaketime is not installed: {INSTALL}"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)


def test_a_clock_that_jumps_forward_and_back_sends_each_mail_once(folder: Folder) -> None:
    """Asleep from Friday to Monday: announced then. Set back and forth: nothing goes twice."""
    inbox = Inbox()
    clock = folder.path / "clock"
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        clock.write_text("@2026-11-27 17:00:00", encoding="utf-8")
        process = served(
            folder,
            "0.5",
            LD_PRELOAD=str(LIBRARY),
            FAKETIME_TIMESTAMP_FILE=str(clock),
            FAKETIME_NO_CACHE="1",
            FAKETIME_DONT_FAKE_MONOTONIC="1",
            TZ="America/Chicago",
        )
        hears(folder, "Serving")
        time.sleep(2)
        assert inbox.accepted == []
        clock.write_text("@2026-11-30 12:00:00", encoding="utf-8")
        until(lambda: len(inbox.accepted) == 2)
        for moment in ("@2026-11-27 17:00:00", "@2026-11-30 12:00:00", "@2026-12-01 12:00:00"):
            clock.write_text(moment, encoding="utf-8")
            time.sleep(2)
        assert len(inbox.accepted) == 2
        clock.write_text("@2026-12-02 12:00:00", encoding="utf-8")
        until(lambda: len(inbox.accepted) == 4)
        assert "Traceback" not in ended(folder, process)
    assert [recipient for _, recipient, _ in inbox.accepted] == [
        "colloquium@lists.example.edu",
        "public-lectures@lists.example.edu",
    ] * 2
