"""What went is what is shown: the stored bytes, in the preview, by `show` and by `log`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from announcer.domain.clock import zone
from announcer.domain.occasion import Occasion
from announcer.preview.downloads import download
from announcer.preview.links import LiveLinks
from announcer.preview.page import Pages
from announcer.preview.source import preview_source
from announcer.preview.state import StateKeeper
from announcer.service.project import Clock, Project
from announcer.service.selection import Selection
from tests.departments import Folder, sample

TALK = "talks/colloquium/2026-bordelon.yaml"
KEY = "2026-bordelon/announcement/2026-W49"
LATER = "2026-11-30 12:00"
SHOW = ("show", "2026-bordelon", "announcement", "--now", LATER)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The sample department, whose talk was announced to both lists, and then moved and cancelled."""
    made = sample(tmp_path)
    assert made.announcer("run", "--now", "2026-11-30 09:00").returncode == 0
    made.edit(TALK, "date: 2026-12-02", "date: 2026-12-03\nlocation: Crow 305\nstatus: cancelled")
    return made


def pages(folder: Folder) -> tuple[Pages, StateKeeper]:
    """The preview's pages, at noon of the day on which it was announced."""

    def moment(zone_name: str) -> datetime:
        return datetime.fromisoformat(LATER).replace(tzinfo=zone(zone_name))

    clock = Clock(machine=lambda: moment("UTC"), now=moment, is_machine=False)
    keeper = StateKeeper(preview_source(Project(root=folder.path, timepiece=clock, environ={})))
    return Pages(keeper, LiveLinks(""), live=True), keeper


def test_the_preview_shows_what_went(folder: Folder) -> None:
    """Subject, bytes and downloads are those of the mail that is in the outbox, with when and to whom."""
    shown, keeper = pages(folder)
    selection = Selection(subject="2026-bordelon", occasion=Occasion.ANNOUNCEMENT, period="2026-W49")
    page = shown.mail(keeper.state, selection, {})
    assert "<strong>As it went</strong> to colloquium on Mon Nov 30, 9:00 am CST (rehearsal)" in page
    assert "CANCELLED" not in page
    assert "<strong>.eml</strong> exactly as it went" in page
    assert "What went is not checked again." in page
    went = next(path for path in (folder.path / "outbox" / "new").iterdir() if "colloquium@" in path.name)
    message = shown.message_views.of(keeper.state, selection).message
    assert download(message, "message.eml") == went.read_bytes().replace(b"\r\n", b"\n").replace(
        b"\n", b"\r\n"
    )


def test_a_message_composed_now_is_called_that(folder: Folder) -> None:
    """At another moment, and where the bytes are no longer kept."""
    shown, keeper = pages(folder)
    selection = Selection(subject="2026-bordelon", occasion=Occasion.ANNOUNCEMENT, period="2026-W49")
    page = shown.mail(keeper.state, replace(selection, at=keeper.state.now), {})
    assert "Composed now, as if it were sent at" in page
    assert "As it went" not in page


def test_show_gives_what_went_and_anew_what_would_go(folder: Folder) -> None:
    """The passcode that was told, not today's; `--anew` the cancelled talk of now."""
    went = folder.announcer(*SHOW)
    assert went.stdout.startswith("Subject: Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon")
    assert "As it went to colloquium on Mon Nov 30, 9:00 am CST (rehearsal)" in went.stderr
    now = folder.announcer(*SHOW, "--anew")
    assert now.stdout.startswith("Subject: CANCELLED: Thu Dec 3")
    assert f"Composed now; `announcer log {KEY}` shows what went" in now.stderr


def test_log_of_a_key_shows_the_message_of_each_list(folder: Folder) -> None:
    """As that list got it, also after its talk was cancelled."""
    for name in ("colloquium", "public-lectures"):
        shown = folder.announcer("log", KEY, "--list", name, "--now", LATER)
        assert f"member of {name}@lists.example.edu" in shown.stdout
        assert shown.stdout.startswith("Subject: Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon")
        assert f"As it went to {name} on Mon Nov 30" in shown.stderr


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("2026-bordelon/anouncement/2026-W49", f'did you mean "{KEY}"?'),
        ("2026-bordelon/reminder/2026-12-02", "`announcer log` shows what was sent"),
    ],
)
def test_a_key_of_nothing_says_what_there_is(folder: Folder, key: str, hint: str) -> None:
    """Misspelt, or never handed over."""
    done = folder.announcer("log", key, "--now", LATER)
    assert done.returncode == 2
    assert hint in done.stderr


def test_log_has_subjects_and_fits_a_terminal(folder: Folder) -> None:
    """No line is longer than 80 columns."""
    lines = folder.announcer("log", "--now", LATER, COLUMNS="80").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("    Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon") for line in lines)
    assert f"    {KEY}" in lines


def test_a_cancellation_that_went_is_shown_although_there_is_nothing_more_to_tell(folder: Folder) -> None:
    """Its talk is off, and everybody knows."""
    folder.announcer("run", "--now", LATER)
    shown = folder.announcer("show", "2026-bordelon", "cancellation", "--now", "2026-11-30 13:00")
    assert shown.returncode == 0
    assert shown.stdout.startswith("Subject: CANCELLED")


def test_a_draft_is_called_one(tmp_path: Path) -> None:
    """Its mail can be looked at, and does not go."""
    made = sample(tmp_path)
    made.edit(TALK, "date: 2026-12-02", "date: 2026-12-02\nstatus: draft")
    assert "This talk is a draft" in made.announcer("show", "2026-bordelon", "announcement").stderr
