"""A silent run that would find nothing is spared; whatever may change what is asked for is seen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from announcer.records import circumstances
from announcer.service import last_run
from announcer.service.last_run import Quiet, spared
from tests.cli.programs import monitor
from tests.cli.test_imports import PROGRAM
from tests.command_line import surroundings
from tests.departments import Folder, age

TALK = "talks/colloquium/2026-bordelon.yaml"
NOTE = ".announcer/cache/last-run.json"
PHOTO = b"\xff\xd8\xff\xe0" + bytes(400)


@pytest.fixture
def quiet(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder with one talk in two months, with a picture, after two runs."""
    # Files as young as these are not trusted; waiting two seconds in each test would be the other way.
    monkeypatch.setattr(last_run, "RACY", -3_600_000_000_000)
    (folder.path / "talks/colloquium/2026-lindqvist.yaml").unlink()
    (folder.path / "photos").mkdir()
    (folder.path / "photos/face.jpg").write_bytes(PHOTO)
    folder.edit(TALK, "date: 2026-12-02", f"date: {now().date() + timedelta(days=60)}")
    folder.edit(
        TALK, "name: Blake Bordelon", "name: Blake Bordelon\n  photo: {path: photos/face.jpg, alt: A face}"
    )
    folder.edit("announcer.yaml", "day: Wednesday", "# any day")
    for _ in range(2):  # the first makes the ledger
        looked(folder)
    return folder


def now() -> datetime:
    return datetime.now(UTC)


def looked(folder: Folder) -> None:
    """A run has looked, and found nothing."""
    done = folder.announcer("run", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def next_look(folder: Folder, later: timedelta = timedelta()) -> Quiet | None:
    """What spares the next look, if anything does."""
    return spared(folder.path, now() + later)


def test_a_look_that_would_find_nothing_is_spared_for_an_hour(quiet: Folder) -> None:
    """And no longer; nor where the clock was set back."""
    assert next_look(quiet) is not None
    looked(quiet)
    assert next_look(quiet, timedelta(minutes=59)) is not None
    assert next_look(quiet, timedelta(minutes=61)) is None
    assert next_look(quiet, -timedelta(minutes=1)) is None


def test_reading_the_ledger_changes_nothing(quiet: Folder) -> None:
    """Who looks at the plan or a message leaves files of SQLite's behind."""
    for args in (["plan"], ["log"], ["show", "2026-bordelon", "announcement"]):
        assert quiet.announcer(*args).returncode == 0
    assert next_look(quiet) is not None


def test_a_spared_look_is_noted(quiet: Folder) -> None:
    """`doctor` sees that something ran."""
    before = last_run.last_run(quiet.path)
    looked(quiet)
    after = last_run.last_run(quiet.path)
    assert before is not None
    assert after is not None
    assert before.at < after.at
    assert before.state == after.state


def test_a_spared_look_reads_neither_talks_nor_ledger(quiet: Folder) -> None:
    """What would read them is not even imported."""
    command = [sys.executable, "-c", PROGRAM, "run", "-q", "-C", str(quiet.path)]
    done = subprocess.run(command, env=surroundings(), capture_output=True, text=True, check=True)
    assert {"sqlalchemy", "msgspec", "yaml", "pydantic"} & set(done.stderr.split()) == set()


def test_a_spared_look_asks_the_heartbeat(quiet: Folder) -> None:
    """The monitor expects a sign of life from every run."""
    with monitor() as heard:
        path = quiet.path / "announcer.yaml"
        path.write_text(path.read_text(encoding="utf-8") + f"heartbeat: {heard.url}\n", encoding="utf-8")
        looked(quiet)
        assert next_look(quiet) is not None
        looked(quiet)
    assert heard.asked == ["/ping/1"] * 2


def _rewrite(path: Path, old: bytes, new: bytes) -> None:
    """In place, with the old size and the old time."""
    before = path.stat()
    assert len(old) == len(new)
    assert old in path.read_bytes()
    with path.open("r+b") as file:
        data = file.read().replace(old, new)
        file.seek(0)
        file.write(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _template(folder: Folder) -> None:
    path = folder.path / "templates/announcement/subject.txt"
    path.parent.mkdir(parents=True)
    path.write_text("{{ talk.title }}\n", encoding="utf-8")
    age(path)


def _moved(folder: Folder) -> None:
    (folder.path / TALK).rename(folder.path / "talks/colloquium/2026-other.yaml")


def _linked(folder: Folder) -> None:
    path = folder.path / TALK
    path.rename(folder.path / "elsewhere.yaml")
    path.symlink_to(folder.path / "elsewhere.yaml")


def _older_ledger(folder: Folder) -> None:
    path = folder.path / ".announcer/ledger.sqlite"
    shutil.copy2(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda f: f.edit(TALK, "title:", "title: New"), id="a talk"),
        pytest.param(lambda f: _rewrite(f.path / TALK, b"title:", b"titel:"), id="same size and time"),
        pytest.param(lambda f: (f.path / TALK).unlink(), id="a talk gone"),
        pytest.param(_moved, id="a talk renamed"),
        pytest.param(_linked, id="a link"),
        pytest.param(lambda f: (f.path / "talks/colloquium/2027-new.yaml").touch(), id="a new talk"),
        pytest.param(lambda f: f.edit("announcer.yaml", "4:00 pm", "5:00 pm"), id="the config"),
        pytest.param(lambda f: (f.path / "announcer.yaml").unlink(), id="no config"),
        pytest.param(_template, id="a template"),
        pytest.param(lambda f: _rewrite(f.path / "photos/face.jpg", bytes(9), b"a picture"), id="a picture"),
        pytest.param(lambda f: (f.path / "photos/face.jpg").unlink(), id="a picture gone"),
        pytest.param(
            lambda f: f.announcer("send", "2026-bordelon", "announcement", "--yes"), id="a mail sent by hand"
        ),
        pytest.param(_older_ledger, id="another ledger"),
        pytest.param(lambda f: (f.path / ".announcer/ledger.sqlite").unlink(), id="no ledger"),
        pytest.param(lambda f: (f.path / ".announcer/ledger-id").write_text("x"), id="another marker"),
    ],
)
def test_a_change_is_looked_at(quiet: Folder, change: Callable[[Folder], object]) -> None:
    """Of a talk, the config, a template, a picture, the ledger: each alone."""
    assert next_look(quiet) is not None
    change(quiet)
    assert next_look(quiet) is None


def test_another_version_looks_again(quiet: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the old program knew, the new one may not think."""
    monkeypatch.setattr(circumstances, "__version__", "99")
    assert next_look(quiet) is None


@pytest.mark.parametrize("note", ["", "{", "[]", "null", '{"at": "2020-01-01", "code": 0}', '{"quiet": 1}'])
def test_a_damaged_note_spares_nothing(quiet: Folder, note: str) -> None:
    """Half of it, nothing of it, or something else."""
    (quiet.path / NOTE).write_text(note, encoding="utf-8")
    assert next_look(quiet) is None
    looked(quiet)
    assert next_look(quiet) is not None


def test_a_note_that_is_torn_spares_nothing(quiet: Folder) -> None:
    """Wherever it ends."""
    whole = (quiet.path / NOTE).read_bytes()
    for end in range(0, len(whole), 7):
        (quiet.path / NOTE).write_bytes(whole[:end])
        assert next_look(quiet) is None


def test_files_that_changed_just_now_are_looked_at_again(
    quiet: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They may change once more under the same time."""
    monkeypatch.setattr(last_run, "RACY", 2_000_000_000)
    quiet.edit(TALK, "title:", "title: New")
    looked(quiet)
    assert next_look(quiet) is None


def test_a_mailing_that_comes_due_is_not_slept_through(quiet: Folder) -> None:
    """The last moment that is spared is before it."""
    due = (now() + timedelta(minutes=30)).astimezone().replace(second=0, microsecond=0)
    quiet.edit("announcer.yaml", "timezone: America/Chicago", "timezone: UTC")
    clock = f"{due.astimezone(UTC):%H:%M}"
    talk = due.astimezone(UTC).date() + timedelta(days=1)
    quiet.edit("announcer.yaml", "Monday of the same week at 9:00 am", f"1 day before at {clock}")
    quiet.edit("announcer.yaml", "begin: 2026-11-23", "begin: 2020-01-01")
    text = (quiet.path / TALK).read_text(encoding="utf-8")
    day = next(line for line in text.splitlines() if line.startswith("date: "))
    quiet.edit(TALK, day, f"date: {talk}")
    looked(quiet)
    look = next_look(quiet)
    assert look is not None
    assert due - timedelta(seconds=2) < look.until < due


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(TALK, "date:", "dat:", id="an error in a file"),
        pytest.param("announcer.yaml", "ledger: sqlite", "site: {out: public}", id="a site"),
    ],
)
def test_where_something_is_to_be_done_or_said_no_look_is_spared(
    quiet: Folder, file: str, old: str, new: str
) -> None:
    """Errors are told at every run; a site is published when a day or a talk is over."""
    path = quiet.path / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new) if old in text else f"{text}{new}\n", encoding="utf-8")
    quiet.announcer("run", "-q")
    quiet.announcer("run", "-q")
    assert next_look(quiet) is None


def test_who_wants_to_read_something_is_told(quiet: Folder) -> None:
    """Without -q, as JSON and at another moment a run looks, whatever the note says."""
    assert "Nothing to send." in quiet.announcer("run").stdout
    assert '"next_due"' in quiet.announcer("run", "--json").stdout
    assert next_look(quiet) is not None
