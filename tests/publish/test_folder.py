"""The folder: the same bytes untouched, each file old or new, and only our own ever removed."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest

from announcer.publish import PublishError
from announcer.publish.folder import Folder
from tests import command_line
from tests.command_line import COMMAND, surroundings
from tests.publish.conftest import NOW, Site
from tests.thoroughness import IS_LONG


def times(site: Site) -> dict[str, int]:
    """When each file was written."""
    return {name: (site.out / name).stat().st_mtime_ns for name in site.files()}


def test_publishing_twice_touches_nothing(full: Site) -> None:
    """Last-Modified and ETag of a web server stay, and what was kept is not needed for it."""
    full.publish(NOW)
    before = times(full)
    done = full.publish(NOW)
    assert re.search(r": 0 written, \d+ unchanged", done.stdout)
    assert times(full) == before
    for file in (full.path / ".announcer" / "cache").glob("site-*"):
        file.unlink()
    assert ": 0 written" in full.publish(NOW).stdout
    assert times(full) == before


def test_what_is_kept_is_known_again(full: Site) -> None:
    """By another process, whatever its hashes: else all would be made anew each time."""
    kept = []
    for seed in ("1", "2"):
        done = command_line.process(
            "publish", "--out", "public", "--now", NOW, cwd=full.path, PYTHONHASHSEED=seed
        )
        assert done.returncode == 0, done.stderr
        [file] = (full.path / ".announcer" / "cache").glob("site-*.json")
        kept.append(set(json.loads(file.read_bytes())))
    assert kept[0] == kept[1]


def test_one_change_touches_that_talk_and_the_lists(full: Site) -> None:
    """A new title: its page, its poster, its entry and the files about all talks."""
    full.publish(NOW)
    before = times(full)
    full.write("talks/seminar/2026-ice.yaml", "date: 2026-12-04\ntitle: Water ice\nspeaker: Åsa Prov\n")
    full.publish(NOW)
    changed = {name for name, at in times(full).items() if at != before.get(name)}
    mine = {f"talks/2026-ice{end}" for end in (".html", ".ics", "-poster.html")}
    assert mine <= changed
    assert changed <= mine | {
        *("index.html", "term-2026-2.html", "screen.html", "talks.json", ".announcer-site.json"),
        *("all.ics", "seminar.ics", "feed.atom"),
    }


def test_a_file_that_somebody_changed_is_written_again(full: Site) -> None:
    """It is ours, and it is not what it should be."""
    full.publish(NOW)
    page = full.read("talks/2026-ada.html")
    (full.out / "talks/2026-ada.html").write_text("hello", encoding="utf-8")
    (full.out / "feed.atom").unlink()
    full.publish(NOW)
    assert full.read("talks/2026-ada.html") == page
    assert "feed.atom" in full.files()


def test_other_files_are_neither_changed_nor_removed(full: Site) -> None:
    """A file of ours that is in the way of nothing stays; one that is in our way stops everything."""
    full.out.mkdir()
    (full.out / "robots.txt").write_text("mine", encoding="utf-8")
    full.publish(NOW)
    assert full.read("robots.txt") == "mine"
    full.write("public/talks/2026-new.html", "mine too")
    full.talk("2026-new", "date: 2026-12-10\ntitle: New\nspeaker: Ada Example\n")
    before = full.files()
    done = full.announcer("publish", "--out", "public", "--now", NOW)
    assert done.returncode == 1
    assert "not-ours" in done.stderr
    assert full.files() == before


@pytest.mark.parametrize("out", [".", "talks/public", "templates", ".announcer/site", "outbox", ".."])
def test_the_departments_own_folders_are_not_published_into(full: Site, out: str) -> None:
    """Where talks, templates, the ledger or mail are, no page belongs."""
    done = full.announcer("publish", "--out", out, "--now", NOW)
    assert done.returncode == 2
    assert "site-folder" in done.stderr


def test_a_talk_that_is_gone_keeps_its_page_and_says_so(full: Site) -> None:
    """Its address answers; its poster, its entry and everything that it said are removed."""
    full.publish(NOW)
    (full.path / "talks/seminar/2026-ice.yaml").unlink()
    full.publish(NOW)
    files = full.files()
    assert "This talk is no longer listed" in full.read("talks/2026-ice.html")
    assert {name for name in files if "2026-ice" in name} == {"talks/2026-ice.html"}
    assert b"Spin ice" not in b"".join(files.values())
    assert ": 0 written" in full.publish(NOW).stdout


@pytest.mark.parametrize("change", ["status: draft", "confidential: yes"])
def test_a_talk_that_becomes_private_loses_its_files(full: Site, change: str) -> None:
    """At the next run, and no page says that it was there."""
    full.publish(NOW)
    text = "date: 2026-12-04\ntitle: Spin ice\nspeaker: Åsa Prov\n"
    full.write("talks/seminar/2026-ice.yaml", f"{text}{change}\n")
    full.publish(NOW)
    assert not [name for name in full.files() if "2026-ice" in name]
    everything = b"".join(full.files().values())
    for secret in (b"Spin ice", "Åsa".encode()):
        assert secret not in everything


def test_a_renamed_file_keeps_its_address(full: Site) -> None:
    """The id is the address."""
    full.publish(NOW)
    old = full.path / "talks/seminar/2026-ice.yaml"
    old.rename(full.path / "talks/seminar/2026-water.yaml")
    full.write("talks/seminar/2026-water.yaml", "id: 2026-ice\ndate: 2026-12-04\ntitle: Water\nspeaker: Bo\n")
    full.publish(NOW)
    assert "Water" in full.read("talks/2026-ice.html")


def test_everybody_may_read_public_files_whatever_the_umask(full: Site) -> None:
    """A service runs with 0077, a web server with another account."""
    before = os.umask(0o077)
    try:
        full.publish(NOW)
    finally:
        os.umask(before)
    for path in (full.out, *full.out.rglob("*")):
        wanted = 0o755 if path.is_dir() else 0o644
        assert stat.S_IMODE(path.stat().st_mode) == wanted


TURNS = 6 if IS_LONG else 2


def test_a_kill_leaves_each_file_old_or_new(full: Site) -> None:
    """Killed between two editions: no file is half, no foreign one is left over, and
    the next run completes it."""
    full.publish(NOW)
    old = full.files()
    config = (full.path / "announcer.yaml").read_text(encoding="utf-8")
    full.write("announcer.yaml", config.replace("Department of Physics", "School of Physics"))
    full.publish(NOW)
    new = full.files()
    for turn in range(TURNS):
        now_old = turn % 2 == 1
        full.write("announcer.yaml", config if now_old else config.replace("Department of", "School of"))
        process = subprocess.Popen(
            [*COMMAND, "publish", "--out", "public", "--now", NOW],
            cwd=full.path,
            env=surroundings(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stop = time.monotonic() + 30
        seen = full.read("talks/2026-ada.html")
        while process.poll() is None and time.monotonic() < stop:
            if full.read("talks/2026-ada.html") != seen:
                break
            time.sleep(0.001)  # not all of a core, which the program needs
        process.send_signal(signal.SIGKILL)
        process.wait()
        for name, data in full.files().items():
            if name != ".announcer-site.json" and ".announcer-new-" not in name:
                assert data in (old[name], new[name])
        manifest = json.loads(full.read(".announcer-site.json"))
        assert set(old) - {".announcer-site.json"} <= set(manifest["files"])
    full.publish(NOW)
    last = old if turn % 2 == 1 else new
    assert full.files() == last


def test_a_list_of_files_that_leads_outside_is_refused(tmp_path: Path) -> None:
    """Nobody has a file elsewhere removed by what stands in the manifest."""
    for name in ("../../etc/passwd", "/etc/passwd"):
        listed = {"version": 1, "files": {name: "0"}}
        (tmp_path / ".announcer-site.json").write_text(json.dumps(listed), encoding="utf-8")
        with pytest.raises(PublishError):
            Folder(tmp_path)
