"""The pages as plain files: complete without a server, and with nothing in them that is not for everybody."""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.departments import Folder, sample
from tests.preview.conftest import NOW, Look

if TYPE_CHECKING:
    from playwright.sync_api import Page

CANDIDATE = """\
series: colloquium
date: 2026-12-16
title: The Secret of the Candidate
speaker: Cleo Candidate
confidential: true
notes: an internal remark about her
"""


@dataclass(frozen=True)
class Written:
    """The sample department with a confidential talk, written for the public and for its own people."""

    folder: Folder
    stderr: str
    """What the first said on stderr."""
    answer: dict[str, object]
    """What the second said as JSON."""

    @property
    def path(self) -> Path:
        """The department's folder."""
        return self.folder.path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Both, written once."""
    folder = sample(tmp_path_factory.mktemp("department"))
    (folder.path / "talks/colloquium/2026-candidate.yaml").write_text(CANDIDATE)
    public = folder.announcer("preview", "--out", "public", "--now", NOW)
    everything = folder.announcer("preview", "--out", "everything", "--now", NOW, "--internal", "--json")
    assert (public.returncode, everything.returncode) == (0, 0), public.stderr + everything.stderr
    return Written(folder=folder, stderr=public.stderr, answer=json.loads(everything.stdout))


def _files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@pytest.mark.parametrize(
    "secret", ["redshift-73", "912 0000 1209", "Candidate", "2026-candidate", "remark about"]
)
def test_nothing_internal_is_in_what_the_public_gets(written: Written, secret: str) -> None:
    """Not in a page, a file, a name of a file; in what is written for one's own people it is."""
    public, everything = _files(written.path / "public"), _files(written.path / "everything")
    assert [name for name, data in public.items() if secret in name or secret.encode() in data] == []
    if secret not in ("remark about",):
        assert [name for name, data in everything.items() if secret.encode() in data] != []


def test_each_message_has_its_pages_and_files(written: Written) -> None:
    """One folder for a mailing and a group of lists."""
    names = {
        name.rpartition("/")[2]
        for name in _files(written.path / "public")
        if name.startswith("2026-bordelon/announcement-2026-W49/public-lectures/")
    }
    assert names == {
        *(f"{view}.html" for view in ("email", "text", "headers", "calendar", "source")),
        *(f"frame-{mode}.html" for mode in ("light", "dark", "inverted")),
        *("message.eml", "draft.eml", "message.html", "message.txt", "talk.ics"),
    }


def test_the_eml_is_what_show_prints(written: Written) -> None:
    """Byte for byte."""
    shown = written.path / "shown.eml"
    args = ("2026-bordelon", "announcement", "--format", "eml", "--list", "public-lectures")
    assert written.folder.announcer("show", *args, "--out", str(shown), "--now", NOW).returncode == 0
    path = "public/2026-bordelon/announcement-2026-W49/public-lectures/message.eml"
    assert (written.path / path).read_bytes() == shown.read_bytes()


def test_what_was_left_out_is_said(written: Written) -> None:
    """With how to have it, and as data for scripts."""
    assert written.answer == {"folder": "everything", "messages": 12, "left_out": 0}
    assert written.stderr == (
        "6 for internal lists left out, since these files can be passed on; `--internal` writes them too.\n"
    )


def _walk(page: Page) -> None:
    page.locator("#coming a.row", has_text="Bordelon").first.click()
    frame = page.frame_locator("#stage iframe:not(.coming)")
    frame.locator("h1", has_text="Physics Approach").wait_for()
    page.keyboard.press("d")
    page.keyboard.press("2")
    page.locator(".view-text").wait_for()
    assert "A Physics Approach" in page.locator(".typed").inner_text()
    page.keyboard.press("5")
    page.locator("#raw").wait_for()


def test_the_files_work_without_a_server(written: Written, look: Look) -> None:
    """Opened from the disk: styles, views, frames and keys, and not one request elsewhere."""
    with look(f"file://{written.path}/public/index.html") as page:
        assert page.locator("#coming a.row").count() == 6
        plan = page.locator("#plan").evaluate("plan => getComputedStyle(plan).display")
        assert plan == "flex"
        _walk(page)


def test_ids_that_may_still_change_are_called_provisional(written: Written) -> None:
    """Those of a confidential talk, in a folder that has no secret yet; no other talk's."""
    pages = {
        name: page for name, page in _files(written.path / "public").items() if name.endswith("calendar.html")
    }
    provisional = {name.partition("/")[0] for name, page in pages.items() if b"Provisional" in page}
    assert len(provisional) == 1
    assert "2026-bordelon" not in provisional


def test_what_internal_lists_get_is_for_this_account_alone(written: Written) -> None:
    """Folders 0700 and files 0600; what is for the public is as the umask says."""
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (written.path / "everything").rglob("*")}
    assert (stat.S_IMODE((written.path / "everything").stat().st_mode), modes) == (0o700, {0o600, 0o700})
    assert stat.S_IMODE((written.path / "public/index.html").stat().st_mode) & 0o044
