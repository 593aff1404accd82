"""The tests' own runner: a call within their process says and does what a process of its own does."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.departments import Folder

NOW = ("--now", "2026-11-30 09:00")


@pytest.mark.parametrize(
    "args",
    [
        ("plan", *NOW),
        ("show", "2026-bordelon", "announcement", "--format", "source", *NOW),
        ("run", "--dry-run", "-v", *NOW),
        ("check", "no-such-file.yaml"),
        ("rum",),
        ("--help",),
    ],
    ids=" ".join,
)
def test_both_say_the_same(folder: Folder, args: tuple[str, ...]) -> None:
    """Exit code, stdout and stderr, to the byte but for the time of a line of the log."""
    within, process = folder.announcer(*args), folder.process(*args)
    assert within.returncode == process.returncode
    assert within.stdout == process.stdout
    assert _untimed(within.stderr) == _untimed(process.stderr)


def test_a_call_leaves_no_trace(
    make_folder: Callable[[str], Folder], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither where it ran, nor its environment, nor its log, nor how it hears signals."""
    monkeypatch.setenv("ANNOUNCER_LOG", "json")
    log = logging.getLogger("announcer")

    def state() -> object:
        heard = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
        return Path.cwd(), dict(os.environ), list(log.handlers), log.level, log.propagate, heard

    before = state()
    first, other = make_folder("one"), make_folder("other")
    assert "accepted  " in first.announcer("run", "-vv", *NOW, ANNOUNCER_LOG="").stdout
    assert state() == before
    assert "Nothing was sent yet." in other.announcer("log").stdout


def _untimed(log: str) -> list[str]:
    return [line.split(" level=")[-1] for line in log.splitlines()]
