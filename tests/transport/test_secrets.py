"""A secret comes from a private file, a command that ends, or the environment; and is never shown."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from announcer.domain.department import Delivery
from announcer.transport import CredentialsError
from announcer.transport.connecting import Login
from announcer.transport.secrets import from_command, from_environment, from_file
from announcer.transport.smtp import read_login

SECRET = "correct horse battery staple"
PLACE = "announcer.yaml: delivery.password_command"


def code_of(error: pytest.ExceptionInfo[CredentialsError]) -> str:
    """The error's code; the secret is in no part of it, nor of what led to it."""
    seen: BaseException | None = error.value
    while seen is not None:
        assert SECRET not in repr(seen)
        seen = seen.__cause__ or seen.__context__
    assert error.value.hint
    return error.value.code


def run(command: str, environ: Mapping[str, str] = os.environ, patience: float = 10) -> str:
    return asyncio.run(from_command(command, place=PLACE, environ=environ, patience=patience))


def python(source: str) -> str:
    """A command that runs this."""
    return shlex.join([sys.executable, "-c", source])


@pytest.mark.parametrize(
    "content",
    [SECRET, SECRET + "\n", SECRET + "\r\n", f"  {SECRET}\nnotes about it\n"],
    ids=["bare", "line", "Windows", "with notes"],
)
def test_a_private_file(tmp_path: Path, content: str) -> None:
    """The first line, without the blanks around it."""
    path = tmp_path / "password"
    path.write_bytes(content.encode())
    path.chmod(0o600)
    assert from_file(path) == SECRET


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o602], ids=oct)
def test_a_file_that_others_can_reach(tmp_path: Path, mode: int) -> None:
    """Refused, with the command that mends it."""
    path = tmp_path / "the password"
    path.write_text(SECRET, encoding="utf-8")
    path.chmod(mode)
    with pytest.raises(CredentialsError) as caught:
        from_file(path)
    assert code_of(caught) == "secret-readable"
    assert f"chmod 600 '{path}'" in caught.value.hint


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "secret-missing"),
        (b"\n\n", "secret-missing"),
        (b"   \nx", "secret-missing"),
        (b"\xff\xfe", "secret-unreadable"),
    ],
)
def test_a_file_without_a_secret(tmp_path: Path, content: bytes, code: str) -> None:
    """Empty, blank or no text."""
    path = tmp_path / "password"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(CredentialsError) as caught:
        from_file(path)
    assert code_of(caught) == code


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Missing, or a folder."""
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(CredentialsError) as caught:
            from_file(path)
        assert (code_of(caught), caught.value.place) == ("secret-unreadable", str(path))


def test_the_environment() -> None:
    """Set: its value. Not set, or empty: said with the variable's name."""
    assert from_environment({"ANNOUNCER_SMTP_PASSWORD": SECRET}, "ANNOUNCER_SMTP_PASSWORD") == SECRET
    for environ in ({}, {"ANNOUNCER_SMTP_PASSWORD": ""}):
        with pytest.raises(CredentialsError) as caught:
            from_environment(environ, "ANNOUNCER_SMTP_PASSWORD")
        assert (code_of(caught), caught.value.place) == ("secret-missing", "ANNOUNCER_SMTP_PASSWORD")


def test_a_command() -> None:
    """The first line that it prints; it runs in the environment given, and no shell reads it."""
    assert run(f"echo '{SECRET}'") == SECRET
    assert run("echo $HOME `id` ; echo no") == "$HOME `id` ; echo no"
    assert run(python("import os; print(os.environ['WHICH'])"), {"WHICH": SECRET}) == SECRET


@pytest.mark.parametrize(
    "command",
    [
        python(f"print({SECRET!r}); raise SystemExit(3)"),
        python(f"import sys; sys.exit({SECRET!r})"),
        python(f"print({SECRET!r} * 10_000)"),
        f"/nowhere/get-password {shlex.quote(SECRET)}",
        f"echo '{SECRET}",
        "",
    ],
    ids=[
        "fails after printing",
        "fails on stderr",
        "prints too much",
        "is not there",
        "has an open quote",
        "is empty",
    ],
)
def test_a_command_that_fails(command: str) -> None:
    """Neither what it printed nor what it was given is shown."""
    with pytest.raises(CredentialsError) as caught:
        run(command)
    assert caught.value.code == "secret-command"
    assert SECRET not in repr(caught.value)
    assert caught.value.place == PLACE


def test_a_command_that_prints_nothing() -> None:
    """Nothing is no password."""
    with pytest.raises(CredentialsError) as caught:
        run("true")
    assert code_of(caught) == "secret-missing"


@pytest.mark.parametrize(
    "source", ["import time; time.sleep(60)", "input(); print('x')", "while True: print('x', end='')"]
)
def test_a_command_that_does_not_end(source: str) -> None:
    """It is ended after its time; one that waits for a keyboard gets none; one that prints for ever is
    stopped."""
    with pytest.raises(CredentialsError) as caught:
        run(python(source), patience=0.5)
    assert code_of(caught) == "secret-command"


def test_a_child_that_escapes_does_not_hold_us_up(tmp_path: Path) -> None:
    """A daemon that the command left behind with its output open costs the time given, and no more."""
    mark = tmp_path / "daemon"
    child = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    parent = (
        "import subprocess, sys, time; "
        f"subprocess.Popen([sys.executable, '-c', {child!r}], start_new_session=True); time.sleep(0.3)"
    )
    with pytest.raises(CredentialsError) as caught:
        run(python(parent), patience=3)
    assert code_of(caught) == "secret-command"
    os.kill(int(mark.read_text(encoding="utf-8")), signal.SIGKILL)


def test_what_a_hanging_command_started_is_ended_with_it(tmp_path: Path) -> None:
    """A child that keeps the output open does not outlive the time it was given."""
    mark = tmp_path / "child"
    child = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    parent = (
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    with pytest.raises(CredentialsError):
        run(python(parent), patience=3)
    pid = int(mark.read_text(encoding="utf-8"))
    for _ in range(200):
        if not _is_running(pid):
            break
        time.sleep(0.01)
    assert not _is_running(pid)


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_which_secret_is_taken(tmp_path: Path) -> None:
    """A token command before a password file before a password command before the environment; nothing
    without a username. Files are looked for in the department's folder."""
    (tmp_path / "password").write_text("from the file", encoding="utf-8")
    (tmp_path / "password").chmod(0o600)
    environ = {"ANNOUNCER_SMTP_PASSWORD": "from the environment", "PATH": os.environ["PATH"]}

    def login(delivery: Delivery) -> Login | None:
        return asyncio.run(read_login(delivery, tmp_path, environ))

    delivery = Delivery(transport="smtp", username="announcer")
    assert login(replace(delivery, username=None)) is None
    assert login(delivery) == Login(username="announcer", secret="from the environment")
    delivery = replace(delivery, password_command="echo from the command")
    assert login(delivery) == Login(username="announcer", secret="from the command")
    delivery = replace(delivery, password_file="password")
    assert login(delivery) == Login(username="announcer", secret="from the file")
    delivery = replace(delivery, oauth_token_command="echo token")
    assert login(delivery) == Login(username="announcer", secret="token", is_token=True)
