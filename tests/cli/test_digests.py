"""After a digest has told of a talk, everything else about it goes as before."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.departments import WRITTEN, Folder, config

CONFIG = config(
    "digests:",
    "  this-week: {when: Monday at 8:00 am, covers: 7 days, series: [colloquium], lists: [all]}",
    "  next-days: {when: Tuesday at 8:00 am, covers: 7 days, series: [colloquium], lists: [all]}",
    lists={"all": "public"},
    schedule=["announcement, when: 2 days before at 9:00 am", "reminder, when: same day at 8:00 am"],
    usual={"time": "noon", "location": "Room 205"},
)
TALK = "talks/colloquium/2026-sample.yaml"


@pytest.fixture
def seminar(tmp_path: Path) -> Folder:
    """A department with two digests and one talk, on Friday, December 4."""
    folder = Folder(tmp_path)
    (tmp_path / "talks" / "colloquium").mkdir(parents=True)
    (tmp_path / "announcer.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / TALK).write_text("date: 2026-12-04\ntitle: Gas\nspeaker: Ada Example\n", encoding="utf-8")
    for path in (tmp_path / "announcer.yaml", tmp_path / TALK):
        os.utime(path, (WRITTEN.timestamp(),) * 2)
    assert folder.announcer("run", "-q", "--now", "2026-11-30 08:00").returncode == 0
    return folder


def subjects(folder: Folder) -> list[str]:
    """The subjects in the outbox, oldest first."""
    return [str(message["Subject"]) for message in folder.outbox()]


def test_another_digest_the_announcement_and_the_reminder_follow(seminar: Folder) -> None:
    """Each at its time."""
    for moment in ("2026-12-01 08:00", "2026-12-02 09:00", "2026-12-04 08:00"):
        assert seminar.announcer("run", "--now", moment).returncode == 0
    assert [subject.partition(":")[0] for subject in subjects(seminar)] == [
        "Week of Nov 30",
        "Next days, Tue Dec 1 – Mon Dec 7",
        "Fri Dec 4, noon, Room 205",
        "Reminder",
    ]


def test_what_a_digest_told_is_cancelled(seminar: Folder) -> None:
    """At once, by itself and by hand."""
    seminar.edit(TALK, "title", "status: cancelled\ntitle")
    assert seminar.announcer("run", "--now", "2026-11-30 09:00").returncode == 0
    assert subjects(seminar)[-1].startswith("CANCELLED: Fri Dec 4")


def test_a_digest_and_an_announcement_go_in_one_run(seminar: Folder) -> None:
    """The second message is made from what the first has told."""
    seminar.edit("announcer.yaml", "2 days before at 9:00 am", "3 days before at 8:00 am")
    ran = seminar.announcer("run", "--json", "--now", "2026-12-01 08:00")
    assert (ran.returncode, [attempt["result"] for attempt in json.loads(ran.stdout)["handed"]]) == (
        0,
        ["accepted", "accepted"],
    )
