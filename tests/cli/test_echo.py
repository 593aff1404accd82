"""A server that repeats what it was told shows the password to nobody, and paints no terminal."""

from __future__ import annotations

import asyncio
import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.departments import Folder, age, sample
from tests.transport.certificates import Certificates, make
from tests.transport.scripted import ScriptedServer

PASSWORD = "Corr3ct horse/b?~tery"
_PLAIN = base64.b64encode(f"\0announcer\0{PASSWORD}".encode()).decode()
FORMS = (
    PASSWORD,
    quote(PASSWORD),
    quote(PASSWORD, safe=""),
    base64.b64encode(PASSWORD.encode()).decode(),
    _PLAIN,
    quote(_PLAIN, safe=""),
)
"""As it is, within an address, and as AUTH LOGIN and AUTH PLAIN send it (RFC 4954 4, RFC 4616)."""
PAINT = "\x1b[2J\u202e\x07"
COMMANDS = [
    ("run",),
    ("run", "-v"),
    ("run", "--json"),
    ("run", "--log-json"),
    ("doctor", "--no-dns"),
    ("doctor", "--no-dns", "--json"),
    ("test", "2026-bordelon", "announcement", "--to", "me@example.edu"),
    ("log",),
    ("log", "--json"),
    ("plan",),
]


@contextmanager
def running(server: ScriptedServer) -> Iterator[int]:
    """The server in a thread of its own, while the block lasts; its port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def done(step: str) -> None:
        arguments = () if step == "__aenter__" else (None, None, None)
        asyncio.run_coroutine_threadsafe(getattr(server, step)(*arguments), loop).result(timeout=30)

    done("__aenter__")
    try:
        yield server.port
    finally:
        done("__aexit__")
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=30)


def department(path: Path, port: int, certificates: Certificates) -> Folder:
    """The sample department, with mail that is due to that server."""
    folder = sample(path)
    folder.have_ledger()
    folder.make_due()
    config = path / "announcer.yaml"
    head = config.read_text(encoding="utf-8").partition("delivery:\n")[0]
    server = f"transport: smtp, host: localhost, port: {port}, security: tls, username: announcer"
    config.write_text(f"{head}delivery: {{{server}, ca_file: {certificates.ca_file}}}\n", encoding="utf-8")
    age(config)
    return folder


@pytest.mark.parametrize("offer", ["AUTH PLAIN", "AUTH LOGIN"])
def test_a_server_that_repeats_the_password_shows_it_to_nobody(tmp_path: Path, offer: str) -> None:
    """In no form: on no terminal, in no JSON, log or file of the department."""
    echo = f"535 5.7.8 {PAINT}you said " + ", ".join(FORMS)
    certificates = make(tmp_path)
    (tmp_path / "department").mkdir()
    server = ScriptedServer({"auth": echo}, offers=(offer,), tls=certificates.server(), implicit=True)
    with running(server) as port:
        folder = department(tmp_path / "department", port, certificates)
        for command in COMMANDS:
            done = folder.announcer(*command, ANNOUNCER_SMTP_PASSWORD=PASSWORD)
            output = done.stdout + done.stderr
            assert [form for form in FORMS if form in output] == [], command
            assert [sign for sign in "\x1b\u202e\x07" if sign in output] == [], command
            if command == ("run",):
                assert "you said ***" in output
    kept = [file.read_bytes() for file in folder.path.rglob("*") if file.is_file()]
    assert len([line for line in server.commands if line.startswith("AUTH")]) >= 6
    assert [form for form in FORMS for data in kept if form.encode() in data] == []
