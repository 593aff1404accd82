"""The departments of the tests: the sample of the repository, and a small one whose parts can be chosen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

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
        """Replaces text in one of its files, at once."""
        path = self.path / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_text(text.replace(old, new), encoding="utf-8")
        age(fresh)
        fresh.replace(path)  # as editors save: who watches the folder never reads half of it

    def deliver_to(self, port: int) -> None:
        """Sends over SMTP to that port on loopback from now on, with a ledger that `init` made long ago."""
        self.have_ledger()
        path = self.path / "announcer.yaml"
        head, _, _ = path.read_text(encoding="utf-8").partition("delivery:\n")
        path.write_text(head + SERVER.format(port=port), encoding="utf-8")
        age(path)

    def have_ledger(self) -> None:
        """It has the ledger that `init` made long ago: a new one holds what was due before it."""
        if not (self.path / ".announcer" / "ledger-id").exists():
            renew("sqlite", self.path, made=datetime(2020, 1, 1, tzinfo=UTC))

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


def age(path: Path) -> None:
    """Makes a file one of WRITTEN, whatever this machine's clock says: an edit by `--now`'s clock."""
    os.utime(path, (WRITTEN.timestamp(),) * 2)


def sample(path: Path) -> Folder:
    """The sample department in that folder."""
    shutil.copy(ROOT / "announcer.yaml", path)
    shutil.copytree(ROOT / "talks", path / "talks")
    for file in (path / "announcer.yaml", *(path / "talks").rglob("*.yaml")):
        age(file)
    return Folder(path)


_AUDIENCE = {"internal": ", audience: internal", "public": ""}
LISTS = {"colloquium": "internal", "public-lectures": "public"}
SCHEDULE = ("announcement, when: Monday of the same week at 9:00 am", "reminder, when: same day at 8:00 am")
USUAL = {
    "day": "Wednesday",
    "time": "4:00 pm",
    "duration": "60 minutes",
    "location": "{room: Crow 201, building: Crow Hall}",
}


def config(
    *more: str,
    lists: Mapping[str, str] = LISTS,
    schedule: Sequence[str] = SCHEDULE,
    usual: Mapping[str, str] = USUAL,
) -> str:
    """The announcer.yaml of a small department with one series, `colloquium`.

    `lists` are names and audiences, `schedule` what its rules send and when, `usual` what its talks have
    where they do not say; `more` are lines for the end.
    """
    lines = [
        "organization: Department of Physics, Example University",
        "timezone: America/Chicago",
        "from: Physics Colloquium <colloquium@physics.example.edu>",
        "lists:",
        *(f"  {name}: {{address: {name}@lists.example.edu{_AUDIENCE[of]}}}" for name, of in lists.items()),
        "series:",
        "  colloquium:",
        "    name: Physics Colloquium",
        f"    lists: [{', '.join(lists)}]",
        *(f"    {field}: {value}" for field, value in usual.items()),
        "    schedule:",
        *(f"      - {{send: {rule}}}" for rule in schedule),
        *more,
    ]
    return "".join(f"{line}\n" for line in lines)


CONFIG = config()
