"""A department's folder of its own for each test, and the command line as a person runs it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from announcer.ledger.admin import renew
from tests import command_line
from tests.command_line import ROOT, Done

WRITTEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""When the sample department's files were written; every `--now` in the tests comes later."""
SERVER = """\
delivery:
  transport: smtp
  host: 127.0.0.1
  port: {port}
  security: none
  envelope_from: colloquium-bounces@physics.example.edu
"""


@dataclass
class Folder:
    """A department's folder, and `announcer` run in it."""

    path: Path

    def announcer(self, *args: str, typed: str = "", **environ: str) -> Done:
        """Runs the command line within the tests' process, with these lines typed."""
        return command_line.within(*args, cwd=self.path, typed=typed, **environ)

    def process(self, *args: str, **environ: str) -> Done:
        """Runs the command line in a process of its own, where that is the point."""
        return command_line.process(*args, cwd=self.path, **environ)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replaces text in one of its files."""
        path = self.path / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        _age(path)

    def deliver_to(self, port: int) -> None:
        """Sends over SMTP to that port on loopback from now on, with a ledger that `init` made long ago."""
        if not (self.path / ".announcer" / "ledger-id").exists():
            renew("sqlite", self.path, made=datetime(2020, 1, 1, tzinfo=UTC))
        path = self.path / "announcer.yaml"
        head, _, _ = path.read_text(encoding="utf-8").partition("delivery:\n")
        path.write_text(head + SERVER.format(port=port), encoding="utf-8")
        _age(path)

    def make_due(self) -> None:
        """The first talk begins the day after tomorrow by this machine's clock, its announcement is due."""
        soon = datetime.now(UTC).date() + timedelta(days=2)
        self.edit("talks/colloquium/2026-bordelon.yaml", "date: 2026-12-02", f"date: {soon}")
        self.edit("announcer.yaml", "begin: 2026-11-23", "begin: 2020-01-01")
        self.edit("announcer.yaml", "day: Wednesday", "# any day")
        self.edit("announcer.yaml", "Monday of the same week at 9:00 am", "7 days before at 9:00 am")

    def outbox(self) -> list[EmailMessage]:
        """The messages in outbox/, oldest first."""
        files = sorted((self.path / "outbox" / "new").glob("*"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]  # type: ignore[misc]


def _age(path: Path) -> None:
    """Makes a file one of WRITTEN, whatever this machine's clock says: an edit by `--now`'s clock."""
    os.utime(path, (WRITTEN.timestamp(),) * 2)


def _sample(path: Path) -> Folder:
    """The sample department in that folder."""
    shutil.copy(ROOT / "announcer.yaml", path)
    shutil.copytree(ROOT / "talks", path / "talks")
    for file in (path / "announcer.yaml", *(path / "talks").rglob("*.yaml")):
        _age(file)
    return Folder(path)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The sample department, in a folder of its own."""
    return _sample(tmp_path)


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[[str], Folder]:
    """Makes the sample department in a folder of that name."""

    def make(name: str) -> Folder:
        path = tmp_path / name
        path.mkdir()
        return _sample(path)

    return make
