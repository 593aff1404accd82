"""Logs: one line for each event, as key=value or JSON, without secrets and addresses."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from announcer.cli.logs import Lines
from tests.departments import Folder
from tests.servers import Inbox, aiosmtpd
from tests.transport.certificates import make

PASSWORD = "correct-horse-battery-staple"
PASSCODE = "314159"
LINE = re.compile(
    r"time=\d{4}-\d\d-\d\dT[\d:.]+\+00:00 level=\w+ logger=[\w.]+ event=(\w+|\"[^\"]+\")"
    r"( \w+=(\"[^\"]*\"|\S+))*"
)


def right(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:
    """Takes the right password alone."""
    return AuthResult(success=data.password == PASSWORD.encode())


@pytest.fixture
def sending(folder: Folder, tmp_path: Path) -> Any:
    """Runs what logs in and sends two messages, one with a passcode; what it wrote to stderr."""
    folder.make_due()
    folder.have_ledger()
    folder.edit(
        "talks/colloquium/2026-bordelon.yaml",
        "abstract: |",
        f"online: {{url: 'https://zoom.example.edu/j/1', passcode: '{PASSCODE}'}}\nabstract: |",
    )
    certificates = make(tmp_path)

    def run(*args: str, **environ: str) -> list[str]:
        inbox = Inbox()
        context = certificates.server()
        with aiosmtpd(
            inbox, tls_context=context, require_starttls=True, authenticator=right, auth_required=True
        ) as port:
            head, _, _ = (folder.path / "announcer.yaml").read_text(encoding="utf-8").partition("delivery:\n")
            (folder.path / "announcer.yaml").write_text(
                f"{head}delivery: {{transport: smtp, host: localhost, port: {port}, username: announcer, "
                f"ca_file: ca.pem}}\n",
                encoding="utf-8",
            )
            done = folder.announcer("run", *args, ANNOUNCER_SMTP_PASSWORD=PASSWORD, **environ)
        assert done.returncode == 0, done.stderr
        assert len(inbox.accepted) == 2
        for private in (PASSWORD, PASSCODE, "@", "zoom.example.edu"):
            assert private not in done.stderr
        return done.stderr.splitlines()

    return run


def test_one_v_logs_each_event_on_a_line(sending: Any) -> None:
    """The connection, and for each list what became of it: no password, no passcode, no address."""
    lines = sending("-v")
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    accepted = [line for line in lines if "logger=dispatch event=accepted" in line]
    assert sorted(re.findall(r"list=(\S+)", "\n".join(accepted))) == ["colloquium", "public-lectures"]
    assert any("event=connected" in line and "tls=TLSv1.3 login=true" in line for line in lines)


@pytest.mark.parametrize("how", ["option", "environment"])
def test_json_by_option_and_by_environment(sending: Any, how: str) -> None:
    """The same events, a document on each line."""
    lines = sending("--log-json") if how == "option" else sending(ANNOUNCER_LOG="json")
    events = [json.loads(line) for line in lines]
    assert {frozenset(event) >= {"time", "level", "logger", "event"} for event in events} == {True}
    assert sorted(event["list"] for event in events if event["logger"] == "dispatch") == [
        "colloquium",
        "public-lectures",
    ]


def test_without_an_option_nothing_is_logged(sending: Any) -> None:
    """A timer's mail would hold it."""
    assert sending() == []


@pytest.mark.parametrize("as_json", [True, False])
def test_an_event_is_one_line_whatever_is_in_it(as_json: bool) -> None:
    """A server's words cannot forge a second event."""
    record = logging.makeLogRecord(
        {
            "name": "announcer.transport.smtp",
            "levelname": "INFO",
            "msg": "not connected",
            "created": 0.0,
            "fields": {"text": 'a\nlevel=error "b" c=d\r\x1b', "none": None, "tls": True},
        }
    )
    line = Lines(as_json=as_json).format(record)
    escaped = r'"a\nlevel=error \"b\" c=d\r\u001b"'
    if as_json:
        assert line == (
            '{"time": "1970-01-01T00:00:00.000+00:00", "level": "info", "logger": "transport.smtp", '
            f'"event": "not connected", "text": {escaped}, "tls": true}}'
        )
    else:
        assert line == (
            "time=1970-01-01T00:00:00.000+00:00 level=info logger=transport.smtp "
            f'event="not connected" text={escaped} tls=true'
        )


def test_a_candidate_is_in_no_log(folder: Folder) -> None:
    """The file's name is the surname, and the key begins with it."""
    folder.edit("talks/colloquium/2026-bordelon.yaml", "abstract: |", "confidential: yes\nabstract: |")
    done = folder.announcer("run", "-vv", "--now", "2026-11-30 09:00")
    assert done.stderr.count("event=accepted") == 2
    assert "bordelon" not in done.stderr.lower()
