"""A day and a half of a department, seen twice: by runs that are spared where they can be, and by none."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from announcer.domain.clock import zone
from announcer.service import last_run
from announcer.service.last_run import LastRun, begin, spared
from announcer.service.project import Clock, Project
from announcer.service.run import run
from tests.departments import Folder, config

BEGINS = datetime(2026, 11, 30, 14, 1, tzinfo=UTC)
"""Monday, 8:01 am in Chicago."""
STEP = timedelta(minutes=37)
STEPS = 57
RULES = ("announcement, when: 1 day before at 9:00 am", "reminder, when: 2 hours before")
MORE = (
    "organizer: office@physics.example.edu",
    "weekly_line: yes",
    "corrections: send",
    "digests:",
    "  this-week: {when: Monday at 11:10 am, covers: 7 days, series: [colloquium], lists: [colloquium]}",
)
TALK = "date: 2026-12-{day}\ntitle: {title}\nspeaker: Ada Example\n"


def written(folder: Folder, name: str, text: str, now: datetime) -> None:
    """A file, saved at that moment."""
    path = folder.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (now.timestamp(),) * 2)


def talk(
    folder: Folder, stem: str, now: datetime, day: str = "01", title: str = "Waves", more: str = ""
) -> None:
    """A talk's file, saved at that moment."""
    text = TALK.format(day=day, title=title) + more
    written(folder, f"talks/colloquium/2026-{stem}.yaml", text, now)


EDITS: dict[int, Callable[[Folder, datetime], None]] = {
    0: lambda folder, now: (
        written(folder, "announcer.yaml", config(*MORE, schedule=RULES), now),
        talk(folder, "waves", now),
        talk(folder, "untitled", now, title="TBA", more="time: 5:40 pm\n"),
        talk(folder, "late", now, day="02"),
    )[0],
    5: lambda folder, now: talk(folder, "waves", now, more="location: Crow 206\n"),
    10: lambda folder, now: talk(folder, "untitled", now, title="Quarks", more="time: 5:40 pm\n"),
    16: lambda folder, now: talk(folder, "new", now, more="time: 6:25 pm\n"),
    21: lambda folder, now: talk(folder, "late", now, day="02", more="status: cancelled\nnotice: Ill.\n"),
    34: lambda folder, now: talk(folder, "waves", now, more="location: Crow 201\n"),
    35: lambda folder, now: talk(folder, "waves", now, more="time: 4:30 pm\nlocation: Crow 201\n"),
    41: lambda folder, now: (folder.path / "talks/colloquium/2026-new.yaml").unlink(),
}
"""What somebody does before the run of that number."""


def days(folder: Folder, *, sparing: bool) -> tuple[list[tuple[int, list[str]]], int]:
    """What each run did and told, and how many were spared."""
    seen, number_spared = [], 0
    for number in range(STEPS):
        now = BEGINS + number * STEP
        if number in EDITS:
            EDITS[number](folder, now)
        look = begin(folder.path)
        if sparing and spared(folder.path, now):
            number_spared += 1
            continue
        clock = Clock(machine=lambda now=now: now, now=lambda name, now=now: now.astimezone(zone(name)))  # type: ignore[misc]
        done = run(Project(root=folder.path, timepiece=clock, environ={}))
        look.note(LastRun(at=now, code=0, quiet=done.quiet))
        did = [f"{attempt.key} {attempt.list.name} {attempt.reply}" for attempt in done.report.attempts]
        titles = [alert.title for alert in done.news]
        mails = len(folder.outbox())
        if did or titles:
            seen.append((number, [*did, *titles, f"{mails} mails"]))
    return seen, number_spared


def test_nothing_is_sent_or_told_later_where_runs_are_spared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change, a title that comes late, a new talk, a cancellation, a file that vanishes: each run that did
    something without sparing does the same with it, and many of the others are spared."""
    monkeypatch.setattr(last_run, "RACY", -(10**18))
    folders = [Folder(tmp_path / name) for name in ("all", "spared")]
    for folder in folders:
        folder.path.mkdir()
    every, none = days(folders[0], sparing=False)
    some, number = days(folders[1], sparing=True)
    assert some == every
    assert len(every) >= 8
    assert none == 0
    assert number > STEPS / 4
