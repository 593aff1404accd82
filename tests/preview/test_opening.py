"""How the browser is sent to the preview: the address is a secret that no list of processes shows."""

from __future__ import annotations

import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from announcer.cli.browser import doorway, open_by
from tests.preview.conftest import Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ADDRESS = "http://127.0.0.1:8610/5ac1b2d3e4f5/?token=xk7quark"


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the desktop was told to open, one a line."""
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >{tmp_path}/said.new\nmv {tmp_path}/said.new {tmp_path}/said\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return tmp_path / "said"


@pytest.mark.skipif("sys.platform != 'linux'", reason="another program opens addresses there")
def test_the_token_is_on_no_command_line(opened: Path, tmp_path: Path) -> None:
    """Every account of a machine reads all of them; the file that has it is for its owner alone."""
    root = tmp_path / "department"
    root.mkdir()
    with doorway(root) as door:
        open_by(door, ADDRESS)
        while not opened.exists():
            time.sleep(0.01)
        assert opened.read_text() == f"{door}\n"
        assert ADDRESS in door.read_text()
        assert stat.S_IMODE(door.stat().st_mode) == 0o600
        assert stat.S_IMODE(door.parent.stat().st_mode) == 0o700
    assert not door.exists()


def test_where_nothing_can_be_written_a_person_opens_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The address was printed; the preview runs on."""
    (tmp_path / ".announcer").write_text("in the way")
    with doorway(tmp_path / ".announcer") as door:
        open_by(door, ADDRESS)
    assert "open the address yourself" in capsys.readouterr().err


def test_a_browser_goes_through_the_file(standing: Running, browser: Browser, tmp_path: Path) -> None:
    """Also one that has no cookie yet: a strict one is not sent behind another page's redirect."""
    door = tmp_path / "preview.html"
    address = f"{standing.url}/?token={standing.token}"
    door.write_text(f'<meta http-equiv="refresh" content="0;url={address}">')
    page = browser.new_context().new_page()
    page.goto(door.as_uri())
    page.wait_for_selector("#coming")
    assert "token" not in page.url
    page.context.close()
