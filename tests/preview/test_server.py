"""Where the preview listens, how it begins and how it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time

import pytest

from announcer.preview.server import listen
from tests.command_line import ROOT
from tests.departments import Folder
from tests.preview.conftest import NOW, running


def test_a_taken_port_gives_way_to_a_free_one() -> None:
    """Two previews at once are two addresses."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with listen(port) as listening:
            assert listening.getsockname()[0] == "127.0.0.1"
            assert listening.getsockname()[1] not in (0, port)


def test_the_command_says_which_port_it_took(folder: Folder) -> None:
    """And answers there."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with running(folder, "--now", NOW, "--port", str(port)) as preview:
            assert preview.port != port
            assert b"A Physics Approach" in preview.get("/mail/2026-bordelon/announcement")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_even_while_a_page_is_open(folder: Folder, number: signal.Signals) -> None:
    """An open page waits for events for ever, and must not keep it."""
    with running(folder, "--now", NOW) as preview:
        with socket.create_connection(("127.0.0.1", preview.port), timeout=20) as waiting:
            headers = [f"Host: 127.0.0.1:{preview.port}", f"Cookie: {preview.known['Cookie']}"]
            waiting.sendall("\r\n".join([f"GET {preview.root}/events HTTP/1.1", *headers, "", ""]).encode())
            assert waiting.recv(4096).startswith(b"HTTP/1.1 200")
            preview.process.send_signal(number)
            preview.process.wait(timeout=20)
        assert preview.process.stderr is not None
        assert "Traceback" not in preview.process.stderr.read()


def test_a_department_that_is_broken_from_the_start_is_shown_with_its_problems(folder: Folder) -> None:
    """The page is where an administrator looks for what to mend."""
    folder.edit("announcer.yaml", "timezone: America/Chicago", "timezone: America/Chicagoo")
    with running(folder) as preview:
        page = preview.get("/").decode()
        assert "Something is to be mended first" in page
        assert "announcer.yaml:6:11" in page
        folder.edit("announcer.yaml", "America/Chicagoo", "America/Chicago")
        for _ in range(100):
            page = preview.get("/mail/2026-bordelon/announcement").decode()
            if "A Physics Approach to Deep" in page:
                break
            time.sleep(0.2)
        assert "A Physics Approach to Deep" in page


def test_the_folder_may_be_empty(folder: Folder) -> None:
    """A department's first minute."""
    for file in (folder.path / "talks").rglob("*.yaml"):
        file.unlink()
    with running(folder, "--now", NOW) as preview:
        assert b"No mailing is coming" in preview.get("/")


def test_the_preview_imports_nothing_that_sends() -> None:
    """Not by itself, nor by what it imports."""
    code = (
        "import sys, announcer.preview.app, announcer.preview.files, announcer.preview.server\n"
        "print([n for n in sys.modules if n.startswith(('announcer.transport', 'announcer.service.dispatch',"
        " 'announcer.cli', 'smtplib', 'aiosmtplib'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
