"""At most once, and never silently not at all, whenever the process is killed."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.cli.kills import REQUESTS, TALKS, one_folder
from tests.thoroughness import IS_LONG

KILLS = 40 if IS_LONG else 12


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_kills_send_nothing_twice_and_forget_nothing(tmp_path: Path) -> None:
    """The server took each (mailing, list) at most once; each is accepted, or unknown and then not lost."""
    killed, states, server = one_folder(tmp_path, KILLS, random.Random(40))
    assert max(server.taken.values()) == 1
    assert 2 * TALKS < states.total() <= 2 * TALKS + REQUESTS
    assert set(states) <= {"accepted", "unknown"}
    # What counts as accepted was taken; what is unknown may have been; and each took a kill.
    assert states["accepted"] <= len(server.taken) <= states["accepted"] + states["unknown"]
    # A run has four messages in hand at most, one on each connection.
    assert states["unknown"] <= 4 * killed.total()
