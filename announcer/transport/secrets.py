"""Secrets: a password or token from a file, a command or the environment; never shown, never logged."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from announcer.transport import CredentialsError

SMTP_PASSWORD = "ANNOUNCER_SMTP_PASSWORD"  # noqa: S105 - the variable's name
CREDENTIAL = "smtp-password"
"""The name of the systemd credential that holds the password."""
_LIMIT = 64 * 1024
"""More than any password or token has; a command that prints for ever is stopped there."""


def from_file(path: Path) -> str:
    """The first line of a file that only its owner can read. Raises CredentialsError."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name != "nt" and stat.S_IMODE(mode) & _forbidden_bits(path):
                raise CredentialsError(
                    "secret-readable",
                    str(path),
                    "other people on this machine can read the password's file",
                    f"run `chmod 600 {shlex.quote(str(path))}`, and change the password if it matters",
                )
            content = file.read(_LIMIT)
    except OSError as error:
        raise CredentialsError(
            "secret-unreadable",
            str(path),
            f"the password's file cannot be read: {error.strerror or 'it is no plain file'}",
            "correct `password_file` in announcer.yaml, or give this account access to the file",
        ) from error
    return _line(content, str(path))


def from_systemd(environ: Mapping[str, str], name: str = CREDENTIAL) -> Path | None:
    """The file of a credential that systemd's LoadCredential= gave this service; None where it did not."""
    folder = environ.get("CREDENTIALS_DIRECTORY")
    path = Path(folder, name) if folder else None
    return path if path and path.exists() else None


def from_environment(environ: Mapping[str, str], name: str) -> str:
    """The variable's value. Raises CredentialsError where it is not set or empty."""
    return _line(environ.get(name, "").encode(), name)


async def from_command(
    command: str, *, place: str, environ: Mapping[str, str], patience: float = 30.0
) -> str:
    """The first line that a command prints. `place` is the setting that names it.

    The command is split as a shell would, and no shell is started. It may take `patience` seconds, and
    then it is ended with all that it started. Raises CredentialsError, which never has its output.
    """
    # A pipe of our own: asyncio's would let `wait` last until everybody who has the other end closes it.
    read_end, write_end = os.pipe()
    output = asyncio.StreamReader()
    pipe, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(output), os.fdopen(read_end, "rb", buffering=0)
    )
    try:
        process = await asyncio.create_subprocess_exec(
            *shlex.split(command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=write_end,
            stderr=asyncio.subprocess.DEVNULL,
            env=dict(environ),
            start_new_session=True,
        )
    except (OSError, ValueError, TypeError) as error:
        pipe.close()
        raise _command_error(place, "the command that gives the secret cannot be started") from error
    finally:
        os.close(write_end)
    ended = False
    try:
        async with asyncio.timeout(patience):
            printed = await _read_all(output, place)
            status = await process.wait()
            ended = True
    except TimeoutError as error:
        message = f"the command that gives the secret did not end within {patience:g} seconds"
        raise _command_error(place, message) from error
    finally:
        pipe.close()
        if not ended:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if status != 0:
        raise _command_error(place, f"the command that gives the secret failed with exit status {status}")
    return _line(printed, place)


async def _read_all(output: asyncio.StreamReader, place: str) -> bytes:
    printed = b""
    while more := await output.read(4096):
        printed += more
        if len(printed) > _LIMIT:
            raise _command_error(place, "the command that gives the secret prints far too much")
    return printed


def _line(content: bytes, place: str) -> str:
    try:
        lines = content.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise CredentialsError(
            "secret-unreadable", place, "the secret is not text", "give it as one line of UTF-8 text"
        ) from error
    if not lines or not lines[0].strip():
        raise CredentialsError(
            "secret-missing",
            place,
            "no password or token was found there",
            f"put it on the first line of the file, let the command print it, or set {SMTP_PASSWORD}",
        )
    return lines[0].strip()


def _command_error(place: str, message: str) -> CredentialsError:
    return CredentialsError(
        "secret-command",
        place,
        message,
        "run the command yourself, as the account that announcer runs as, and see what it says",
    )


def _forbidden_bits(path: Path) -> int:
    # systemd lets the service's user in by an ACL, which shows as the group's right to read.
    return 0o007 if path.is_relative_to("/run/credentials") else 0o077
