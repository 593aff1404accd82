"""Handing over into a Maildir: the outbox that takes everything until a department is ready to send."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.policy import default as decoding
from pathlib import Path

from announcer.domain.delivery import Envelope, Reply, Result
from announcer.transport import Attempting, UnavailableError


class MaildirTransport:
    """Writes each message, byte for byte, into `new/` of a Maildir that is made where needed."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        """`path` is the Maildir; `now` gives the moment that a file's name begins with."""
        self._path = path
        self._now = now
        self._count = 0
        self.fault = None

    async def open(self) -> None:
        """Makes the folders. Raises UnavailableError where that fails or they cannot be written to."""
        try:
            for folder in (self._path, *(self._path / name for name in ("tmp", "new", "cur"))):
                _make_private(folder)
        except OSError as error:
            raise self._unavailable(error.strerror or str(error)) from error
        for name in ("tmp", "new"):
            effective = os.access in os.supports_effective_ids
            if not os.access(self._path / name, os.W_OK | os.X_OK, effective_ids=effective):
                raise self._unavailable("permission denied")

    async def send(self, envelope: Envelope, message: bytes, attempting: Attempting) -> Reply:
        """Writes the message; what cannot be written is deferred."""
        if not await attempting():
            return Reply(result=Result.DEFERRED, stage="data", text="given up before the message was written")
        try:
            name = self._write(envelope, message)
        except OSError as error:
            text = f"cannot write to {self._path}: {error.strerror or error}"
            return Reply(result=Result.DEFERRED, stage="store", text=text)
        return Reply(result=Result.ACCEPTED, stage="store", text=f"written to {self._path.name}/new/{name}")

    async def close(self) -> None:
        """Nothing is kept open."""

    def _unavailable(self, reason: str) -> UnavailableError:
        return UnavailableError(
            "outbox-unwritable",
            str(self._path),
            f"the outbox cannot be written to: {reason}",
            "give this account write access to the folder, or name another one: "
            "`delivery: {transport: maildir, path: ...}` in announcer.yaml",
        )

    def _write(self, envelope: Envelope, message: bytes) -> str:
        """Writes into tmp/, waits for the disk, and moves into new/. The file's name."""
        while True:
            self._count += 1
            name = self._name(envelope, message)
            new, tmp = self._path / "new" / name, self._path / "tmp" / name
            try:
                handle = os.open(tmp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            # Whoever has the name in tmp/ has it in new/ too, so that the move replaces nobody's message.
            if new.exists():
                os.close(handle)
                tmp.unlink()
                continue
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(message)
                    file.flush()
                    os.fsync(file.fileno())
                tmp.rename(new)
            except OSError:
                tmp.unlink(missing_ok=True)
                raise
            _sync_folder(new.parent)
            return name

    def _name(self, envelope: Envelope, message: bytes) -> str:
        """A name that sorts by time, tells the list and the subject, and is a file's name everywhere."""
        moment = self._now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        subject = str(BytesHeaderParser(policy=decoding).parsebytes(message).get("Subject", ""))
        words = [_plain(envelope.recipient, 80), _plain(subject, 60)]
        return ".".join([moment, str(os.getpid()), f"{self._count:04}", *filter(None, words), "eml"])


def _plain(text: str, limit: int) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9@+_.-]+", "-", letters).strip("-.")[:limit].strip("-.")


def _make_private(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True)
        folder.chmod(0o700)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
