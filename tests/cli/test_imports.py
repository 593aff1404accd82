"""No verb imports what it does not use."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time

import pytest

from tests.command_line import ROOT
from tests.departments import Folder

PROGRAM = """
import atexit, sys
rooms = lambda: {'.'.join(name.split('.')[:depth]) for name in sys.modules for depth in (1, 2)}
atexit.register(lambda: print(*sorted(rooms()), file=sys.stderr))
from announcer.cli.main import main
main(sys.argv[1:])
"""
COMPOSING = {"jinja2", "premailer", "cssutils", "icalendar", "babel", "markdown_it", "pylatexenc", "PIL"}
READING = {"yaml", "pydantic"}
ELSEWHERE = {
    "feedparser",
    "python_calamine",
    "mailparser_reply",
    "matplotlib",
    "holidays",
    "starlette",
    "uvicorn",
    "watchfiles",
    "rich",
    "psycopg",
    "dns",
}
SENDING = {"aiosmtplib"}
KEEPING = {"sqlalchemy"}
SAYING = {"announcer.languages"}
TIME_AND_PLACES = {"zoneinfo", "asyncio", "msgspec"}


@pytest.fixture(scope="module")
def read_folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The sample department, read once when nothing in it had changed for more than two seconds."""
    path = tmp_path_factory.mktemp("read")
    shutil.copy(ROOT / "announcer.yaml", path)
    shutil.copytree(ROOT / "talks", path / "talks")
    time.sleep(2.2)
    folder = Folder(path)
    assert folder.announcer("check").returncode == 0
    return folder


@pytest.mark.parametrize(
    ("args", "unused"),
    [
        (["--help"], COMPOSING | READING | ELSEWHERE | SENDING | KEEPING | TIME_AND_PLACES),
        (["--version"], COMPOSING | READING | ELSEWHERE | SENDING | KEEPING | TIME_AND_PLACES),
        (["run", "--now", "2026-11-24 09:00"], COMPOSING | READING | ELSEWHERE | SENDING | SAYING),
        (["check", "--now", "2026-06-01"], COMPOSING | READING | ELSEWHERE | SENDING),
        (["check", "--now", "2026-11-24"], READING | (ELSEWHERE - {"matplotlib"}) | SENDING),
        (["show", "2026-bordelon", "announcement"], READING | (ELSEWHERE - {"matplotlib"}) | SENDING),
        (["plan", "--json"], READING | (ELSEWHERE - {"rich"}) | SENDING | {"premailer", "icalendar"}),
        (["units"], (COMPOSING - {"jinja2"}) | READING | ELSEWHERE | SENDING | KEEPING),
        (["doctor", "--no-dns"], READING | (ELSEWHERE - {"matplotlib"}) | SENDING),
        (["log"], COMPOSING | READING | ELSEWHERE | SENDING | SAYING),
        (["ledger"], COMPOSING | READING | ELSEWHERE | SENDING | SAYING),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_verb_imports_what_it_needs_alone(read_folder: Folder, args: list[str], unused: set[str]) -> None:
    """Once the talks were read, that is; what changed is parsed anew, and what is coming is tried."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *args],
        cwd=read_folder.path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert set(done.stderr.splitlines()[-1].split()) & unused == set()
