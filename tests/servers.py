"""Real SMTP servers on loopback, started and stopped by the test that needs one."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass
class Inbox:
    """What a server accepted, in order; a handler for aiosmtpd."""

    accepted: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Reverse-path, forward-path, the message as it came."""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keeps the message."""
        assert isinstance(envelope.original_content, bytes)
        for recipient in envelope.rcpt_tos:
            self.accepted.append((envelope.mail_from or "", recipient, envelope.original_content))
        return "250 2.0.0 kept"


@contextmanager
def aiosmtpd(handler: object, **options: object) -> Iterator[int]:
    """An aiosmtpd server in a thread; its port."""
    loop = asyncio.new_event_loop()
    made = loop.run_until_complete(
        loop.create_server(
            lambda: SMTP(handler, hostname="smtp.example.edu", loop=loop, **options), "127.0.0.1", 0
        )
    )
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield made.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(made.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)


def refuse_everybody(*_args: object) -> AuthResult:
    """An authenticator that takes no password."""
    return AuthResult(success=False, handled=False)


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def smtp_sink(folder: Path) -> Iterator[int]:
    """Postfix's smtp-sink, which writes what it takes into files in `folder`; its port."""
    program = shutil.which("smtp-sink", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    assert program is not None
    port = free_port()
    command = [program, "-u", "root", "-d", f"{folder}/%M.", f"127.0.0.1:{port}", "100"]
    with subprocess.Popen(command, cwd=folder) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on port {port}")
