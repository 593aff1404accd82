"""The outbox takes messages byte for byte, keeps them private, and says what they are."""

from __future__ import annotations

import asyncio
import mailbox
import os
import re
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from announcer.domain.delivery import Envelope, Reply, Result
from announcer.transport import UnavailableError
from announcer.transport.maildir import MaildirTransport
from tests.accounts import nobody
from tests.transport.test_session import ENVELOPE, MESSAGE, Attempting

NOW = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)


def deliver(path: Path, *messages: bytes, envelope: Envelope = ENVELOPE, answer: bool = True) -> list[Reply]:
    """Hands these over to an outbox that is opened for it."""

    async def run() -> list[Reply]:
        transport = MaildirTransport(path, lambda: NOW)
        await transport.open()
        replies = [await transport.send(envelope, message, Attempting(answer)) for message in messages]
        await transport.close()
        return replies

    return asyncio.run(run())


def test_a_message_is_written_as_it_is(tmp_path: Path) -> None:
    """The bytes are the same, dots and CRLF too, and any Maildir reader finds them."""
    (reply,) = deliver(tmp_path / "outbox", MESSAGE)
    (file,) = (tmp_path / "outbox" / "new").iterdir()
    assert file.read_bytes() == MESSAGE
    assert (reply.result, reply.stage, reply.code) == (Result.ACCEPTED, "store", None)
    assert reply.text == f"written to outbox/new/{file.name}"
    assert [message["Subject"] for message in mailbox.Maildir(tmp_path / "outbox")] == ["Physics Colloquium"]
    assert list((tmp_path / "outbox" / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Physics Colloquium: Noether", "Physics-Colloquium-Noether"),
        ("=?utf-8?q?Erd=C5=91s_=26_R=C3=A9nyi?=", "Erdos-Renyi"),
        ("../../etc/passwd: a/b\\c", "etc-passwd-a-b-c"),
        ("x" * 500, "x" * 60),
        ("物理", None),
        ("", None),
    ],
)
def test_names_say_what_they_are(tmp_path: Path, subject: str, words: str | None) -> None:
    """Time, list and subject, in letters that every file system takes; `.eml`, so that a click opens it."""
    deliver(tmp_path / "outbox", f"Subject: {subject}\r\n\r\nx\r\n".encode())
    (file,) = (tmp_path / "outbox" / "new").iterdir()
    middle = f".{words}" if words else ""
    expected = (
        rf"20261130T150000Z\.{os.getpid()}\.0001\.colloquium@lists\.example\.edu{re.escape(middle)}\.eml"
    )
    assert re.fullmatch(expected, file.name)


def test_names_sort_in_the_order_of_sending(tmp_path: Path) -> None:
    """A listing of the folder reads like a log, and nothing is overwritten, by a second run either."""
    messages = [f"Subject: {number}\r\n\r\n".encode() for number in range(12)]
    deliver(tmp_path / "outbox", *messages)
    files = sorted((tmp_path / "outbox" / "new").iterdir())
    assert [file.read_bytes() for file in files] == messages
    deliver(tmp_path / "outbox", *messages)
    assert len(list((tmp_path / "outbox" / "new").iterdir())) == 24


def test_an_address_is_no_path(tmp_path: Path) -> None:
    """What an envelope says cannot lead out of the outbox."""
    deliver(tmp_path / "outbox", MESSAGE, envelope=Envelope(sender="a@b", recipient="../../../x@y/z"))
    (file,) = (tmp_path / "outbox" / "new").iterdir()
    assert file.parent == tmp_path / "outbox" / "new"
    assert [path.name for path in tmp_path.iterdir()] == ["outbox"]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077], ids=oct)
def test_the_outbox_is_private(tmp_path: Path, umask: int) -> None:
    """Folders are 0700 and files 0600, whatever the umask."""
    before = os.umask(umask)
    try:
        deliver(tmp_path / "deep" / "outbox", MESSAGE)
    finally:
        os.umask(before)
    outbox = tmp_path / "deep" / "outbox"
    assert {stat.S_IMODE(path.stat().st_mode) for path in (outbox, *outbox.iterdir())} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in outbox.rglob("*.eml")} == {0o600}


def test_given_up_before_it_is_written(tmp_path: Path) -> None:
    """Where the row is another process's by now, no file is made."""
    (reply,) = deliver(tmp_path / "outbox", MESSAGE, answer=False)
    assert reply.result is Result.DEFERRED
    assert list((tmp_path / "outbox" / "new").iterdir()) == []


def test_a_folder_that_may_not_be_written() -> None:
    """Said before anything is attempted, with the folder's name."""
    with nobody() as root:
        root.chmod(0o500)
        with pytest.raises(UnavailableError) as caught:
            deliver(root / "outbox", MESSAGE)
        assert (caught.value.code, caught.value.place) == ("outbox-unwritable", str(root / "outbox"))
        root.chmod(0o700)
        deliver(root / "outbox", MESSAGE)
        (root / "outbox" / "new").chmod(0o500)
        with pytest.raises(UnavailableError):
            deliver(root / "outbox", MESSAGE)


def test_a_file_in_the_outbox_s_place(tmp_path: Path) -> None:
    """A file of that name is not replaced."""
    (tmp_path / "outbox").write_text("mine", encoding="utf-8")
    with pytest.raises(UnavailableError):
        deliver(tmp_path / "outbox", MESSAGE)


def test_what_cannot_be_written_is_deferred(tmp_path: Path) -> None:
    """The folder vanishes in between: no error is raised, nothing is half there, and it is worth a retry."""

    async def run() -> Reply:
        transport = MaildirTransport(tmp_path / "outbox", lambda: NOW)
        await transport.open()
        (tmp_path / "outbox" / "new").rmdir()
        return await transport.send(ENVELOPE, MESSAGE, Attempting())

    reply = asyncio.run(run())
    assert (reply.result, reply.stage) == (Result.DEFERRED, "store")
    assert list((tmp_path / "outbox" / "tmp").iterdir()) == []
