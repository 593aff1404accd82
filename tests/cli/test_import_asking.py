"""`announcer import` at a terminal: what it asks, once, and what it keeps of the answers."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Folder
from tests.command_line import surroundings

if sys.platform == "win32":
    pytest.skip("a terminal is a pseudo-terminal here", allow_module_level=True)

NOW = ("--now", "2026-11-23 09:00")


def at_a_terminal(folder: Path, answers: list[tuple[str, str]], *args: str) -> tuple[int, str]:
    """Runs the command line at a terminal; each answer is typed when its question is there."""
    mine, its = os.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "announcer", *args],
        cwd=folder,
        env=surroundings(COLUMNS="80", TERM="dumb", NO_COLOR="1"),
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
    )
    os.close(its)
    seen, waiting, end = "", list(answers), time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([mine], [], [], 0.1)[0]:
            try:
                part = os.read(mine, 65536)
            except OSError:  # Linux says so when the other end is closed
                break
            if not part:
                break
            seen += part.decode()
        if waiting and waiting[0][0] in seen:
            question, answer = waiting.pop(0)
            seen = seen.replace(question, question.upper(), 1)
            os.write(mine, answer.encode())
        if running.poll() is not None and not select.select([mine], [], [], 0)[0]:
            break
    code = running.wait(timeout=30)
    os.close(mine)
    assert waiting == [], seen
    return code, seen.replace("\r\n", "\n")


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTART:20270113T220000Z
SUMMARY:Ada Example: On codes
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART:20270120T220000Z
SUMMARY:Bob Sample: TBA
END:VEVENT
END:VCALENDAR
"""


def test_the_meaning_of_a_title_line_is_asked_once_with_examples(folder: Folder) -> None:
    """The answer is tried on the examples, written after a yes, and never asked again."""
    (folder.path / "cal.ics").write_text(CALENDAR, encoding="utf-8")
    code, seen = at_a_terminal(
        folder.path,
        [
            ("Which:", "{name}\n"),
            ("Which:", "{speaker}: {title}\n"),
            ("Is that right?", "y\n"),
            ("Write 2 files?", "y\n"),
            ("Add these lines?", "y\n"),
        ],
        "import", "cal.ics", *NOW,
    )  # fmt: skip
    assert code == 0, seen
    assert "    Ada Example: On codes\n    Bob Sample: TBA\n" in seen
    assert "speaker: Ada Example; title: On codes" in seen
    assert "this does not say what a title line means" in seen
    text = (folder.path / "talks/colloquium/2027-sample.yaml").read_text(encoding="utf-8")
    assert "title: TBA  # nothing is announced before it is known" in text
    config = (folder.path / "announcer.yaml").read_text(encoding="utf-8")
    assert config.endswith("sources:\n  cal:\n    file: cal.ics\n    summary: '{speaker}: {title}'\n")
    code, seen = at_a_terminal(folder.path, [], "import", "cal", *NOW)
    assert code == 0
    assert "Nothing to write." in seen


def test_a_column_and_a_move_are_asked_about(folder: Folder) -> None:
    """And a talk that moved keeps its file."""
    table = folder.path / "plan.csv"
    table.write_text("Date,Speaker,Farbe\n2027-01-13,Ada Example,On codes\n", encoding="utf-8")
    code, seen = at_a_terminal(
        folder.path,
        [("Which field is it", "title\n"), ("Write 1 file?", "y\n"), ("Add these lines?", "y\n")],
        "import", "plan.csv", *NOW,
    )  # fmt: skip
    assert code == 0, seen
    table.write_text("Date,Speaker,Farbe\n2027-01-20,Ada Example,On codes\n", encoding="utf-8")
    code, seen = at_a_terminal(
        folder.path, [("moved to this day?", "y\n"), ("Write 1 file?", "y\n")], "import", "plan", *NOW
    )
    assert code == 0, seen
    assert "date: 2027-01-13 -> 2027-01-20" in seen
    (path,) = (folder.path / "talks/colloquium").glob("2027-*.yaml")
    assert "date: 2027-01-20" in path.read_text(encoding="utf-8")


def test_the_date_of_a_pasted_page_is_asked_for(folder: Folder) -> None:
    """What the text says without a year is offered, to be typed."""
    text = "Title: On codes\nSpeaker: Ada Example\nWhen: January 13, 4 pm\n"
    (folder.path / "page.txt").write_text(text, encoding="utf-8")
    code, seen = at_a_terminal(
        folder.path,
        [
            ("perhaps 2027-01-13", "1/2/2027\n"),
            ("perhaps 2027-01-13", "2027-01-13\n"),
            ("Write 1 file?", "y\n"),
        ],
        "import", "page.txt", *NOW,
    )  # fmt: skip
    assert code == 0, seen
    assert "write 2027-02-01 or 2027-01-02" in seen
    written = (folder.path / "talks/colloquium/2027-example.yaml").read_text(encoding="utf-8")
    assert "date: 2027-01-13  # Wednesday\n" in written


def test_title_and_speaker_of_a_text_without_labels_are_asked_for(folder: Folder) -> None:
    """By the number of the line that they stand in; the rest stays in the notes."""
    text = 'Physics Colloquium\nWednesday, January 13, 2027 at 4:00pm\n\nAda Example, MIT\n"On codes"\n'
    (folder.path / "page.txt").write_text(text, encoding="utf-8")
    code, seen = at_a_terminal(
        folder.path,
        [("The title:", "4\n"), ("The speaker:", "3\n"), ("Write 1 file?", "y\n")],
        "import", "page.txt", *NOW,
    )  # fmt: skip
    assert code == 0, seen
    written = (folder.path / "talks/colloquium/2027-example.yaml").read_text(encoding="utf-8")
    assert "date: 2027-01-13" in written
    assert "title: On codes\nspeaker:\n  name: Ada Example\n  affiliation: MIT\n" in written


def test_a_dry_run_asks_nothing(folder: Folder) -> None:
    """Not even at a terminal."""
    (folder.path / "cal.ics").write_text(CALENDAR, encoding="utf-8")
    code, seen = at_a_terminal(folder.path, [], "import", "cal.ics", "--dry-run", *NOW)
    assert code == 0
    assert "Ada Example: On codes" in seen
    assert not list((folder.path / "talks/colloquium").glob("2027-*"))
