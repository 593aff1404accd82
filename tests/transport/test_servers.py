"""The servers that departments have: Postfix as relay and submission server, aiosmtpd with XOAUTH2."""

from __future__ import annotations

import asyncio
import shlex
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult

from announcer.domain.delivery import Envelope, Reply, Result
from announcer.domain.department import Delivery
from announcer.transport import CredentialsError, UnavailableError
from announcer.transport.smtp import smtp_transport
from tests.transport.certificates import Certificates
from tests.transport.programs import PASSWORD, USERNAME, Postfix, aiosmtpd, postfix, sink
from tests.transport.test_session import ENVELOPE, Attempting

MESSAGE = (
    b"From: Physics Colloquium <colloquium@physics.example.edu>\r\n"
    b"To: colloquium@lists.example.edu\r\n"
    b"Subject: =?utf-8?q?Erd=C5=91s?=\r\n"
    b"Date: Mon, 30 Nov 2026 15:00:00 +0000\r\n"
    b"Message-ID: <noether.w49@physics.example.edu>\r\n"
    b"\r\n"
    b".hidden\r\n..\r\n.\r\n\r\nFrom here on\r\n\r\n"
)
ENVIRON = {"ANNOUNCER_SMTP_PASSWORD": PASSWORD, "PATH": "/usr/bin:/bin"}


def deliver(
    delivery: Delivery, *messages: bytes, environ: dict[str, str] = ENVIRON, envelope: Envelope = ENVELOPE
) -> list[Reply]:
    """Sends these as a run does: opens, sends, closes."""

    async def run() -> list[Reply]:
        transport = smtp_transport(delivery, Path("/"), environ)
        await transport.open()
        try:
            return [await transport.send(envelope, message, Attempting()) for message in messages]
        finally:
            await transport.close()

    return asyncio.run(run())


@pytest.fixture(scope="module")
def server(certificates: Certificates) -> Iterator[Postfix]:
    """One Postfix for the tests that only send to it."""
    with postfix(certificates) as running:
        yield running


def reaching(server: Postfix, certificates: Certificates, how: str) -> Delivery:
    """The `delivery` that reaches one of Postfix's doors."""
    ports = {"relay": server.relay, "submission": server.submission, "submissions": server.submissions}
    return Delivery(
        transport="smtp",
        host="localhost",
        port=ports[how],
        security={"relay": "none", "submission": "starttls", "submissions": "tls"}[how],
        username=None if how == "relay" else USERNAME,
        ca_file=str(certificates.ca_file),
    )


@pytest.mark.parametrize("how", ["relay", "submission", "submissions"])
def test_postfix_takes_it_and_it_arrives_as_it_was(
    server: Postfix, certificates: Certificates, how: str
) -> None:
    """A relay without a password, STARTTLS with one, implicit TLS with one: byte for byte."""
    before = len(server.messages(0))
    replies = deliver(reaching(server, certificates, how), MESSAGE, MESSAGE)
    assert [reply.result for reply in replies] == [Result.ACCEPTED] * 2
    assert all(reply.text.startswith("2.0.0 Ok: queued as ") for reply in replies)
    arrived = server.messages(before + 2)[before:]
    assert [_own(message) for message in arrived] == [MESSAGE.replace(b"\r\n", b"\n")] * 2


def _own(message: bytes) -> bytes:
    """A message in a mailbox, without the lines that servers put before it."""
    return message[message.index(b"From: Physics") :]


def test_the_relay_with_starttls(server: Postfix, certificates: Certificates) -> None:
    """Encryption without a password, as a campus relay on port 25 or 587 has it."""
    delivery = replace(reaching(server, certificates, "relay"), security="starttls")
    assert [reply.result for reply in deliver(delivery, MESSAGE)] == [Result.ACCEPTED]


@pytest.mark.parametrize("how", ["submission", "submissions"])
def test_a_wrong_password(server: Postfix, certificates: Certificates, how: str) -> None:
    """Refused by Postfix: an error about the secret, without the secret."""
    with pytest.raises(CredentialsError) as caught:
        deliver(reaching(server, certificates, how), MESSAGE, environ={"ANNOUNCER_SMTP_PASSWORD": "hunter2"})
    assert caught.value.code == "credentials-refused"
    assert "hunter2" not in repr(caught.value)


def test_no_password_where_one_is_needed(server: Postfix, certificates: Certificates) -> None:
    """Postfix refuses the list's address: the outcome is refused, with its words."""
    delivery = replace(reaching(server, certificates, "submission"), username=None)
    (reply,) = deliver(delivery, MESSAGE)
    assert (reply.result, reply.stage, reply.code) == (Result.REFUSED, "rcpt", 554)


def test_a_password_without_encryption(server: Postfix, certificates: Certificates) -> None:
    """Postfix offers no login in clear, and none is tried."""
    delivery = replace(reaching(server, certificates, "relay"), username=USERNAME)
    with pytest.raises(CredentialsError) as caught:
        deliver(delivery, MESSAGE)
    assert caught.value.code == "credentials-unsupported"


def test_a_list_that_is_not_there(server: Postfix, certificates: Certificates) -> None:
    """550 to RCPT is final."""
    envelope = replace(ENVELOPE, recipient="colloqium@lists.example.edu")
    (reply,) = deliver(reaching(server, certificates, "relay"), MESSAGE, envelope=envelope)
    assert (reply.result, reply.stage, reply.code) == (Result.REFUSED, "rcpt", 550)


def test_a_message_beyond_postfix_s_limit(server: Postfix, certificates: Certificates) -> None:
    """The limit that EHLO tells is respected before MAIL."""
    (reply,) = deliver(reaching(server, certificates, "relay"), MESSAGE + b"x" * 60_000 + b"\r\n")
    assert (reply.result, reply.stage, reply.code) == (Result.REFUSED, "mail", None)
    assert "50000" in reply.text


@pytest.mark.parametrize("kind", ["expired", "self-signed", "wrong name"])
def test_postfix_with_a_bad_certificate(certificates: Certificates, kind: str) -> None:
    """Neither STARTTLS nor implicit TLS goes on with it, and the password stays here."""
    with postfix(certificates, kind) as server:
        for how in ("submission", "submissions"):
            with pytest.raises(UnavailableError) as caught:
                deliver(reaching(server, certificates, how), MESSAGE)
            assert caught.value.code == "tls-certificate"
        assert "auth=" not in (server.folder / "log").read_text(encoding="utf-8")


def test_a_certificate_of_an_authority_that_is_not_known(server: Postfix, certificates: Certificates) -> None:
    """Without `ca_file` a private authority is not trusted."""
    delivery = replace(reaching(server, certificates, "submission"), ca_file=None)
    with pytest.raises(UnavailableError) as caught:
        deliver(delivery, MESSAGE)
    assert caught.value.code == "tls-certificate"


def test_smtp_sink_gets_what_was_given() -> None:
    """Postfix's own test server: the same lines."""
    with sink() as running:
        delivery = Delivery(transport="smtp", host="127.0.0.1", port=running.port, security="none")
        replies = deliver(delivery, MESSAGE, MESSAGE)
        assert [reply.result for reply in replies] == [Result.ACCEPTED] * 2
        assert running.messages() == [MESSAGE.replace(b"\r\n", b"\n")] * 2


@pytest.mark.parametrize(
    ("option", "result", "stage"),
    [
        (["-q", "data"], Result.DEFERRED, "data"),
        (["-q", "."], Result.UNKNOWN, "dot"),
        (["-Q", "rcpt"], Result.DEFERRED, "rcpt"),
        (["-r", "data"], Result.DEFERRED, "data"),
        (["-r", "."], Result.DEFERRED, "dot"),
        (["-f", "mail"], Result.REFUSED, "mail"),
        (["-f", "."], Result.REFUSED, "dot"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_smtp_sink_that_misbehaves(option: list[str], result: Result, stage: str) -> None:
    """Its own ways to disconnect (-q, -Q), to say 4yz (-r) and 5yz (-f), at its own stages."""
    with sink(*option) as running:
        delivery = Delivery(transport="smtp", host="127.0.0.1", port=running.port, security="none")
        (reply,) = deliver(delivery, MESSAGE)
        assert (reply.result, reply.stage) == (result, stage)


class _Mailbox:
    """Keeps what aiosmtpd was given."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.messages.append(envelope.original_content)
        return "250 kept"

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> AuthResult:
        import base64

        response = base64.b64decode(args[1]).decode()
        if response == f"user={USERNAME}\1auth=Bearer valid-token\1\1":
            return AuthResult(success=True, auth_data=USERNAME)
        await server.push("334 eyJzdGF0dXMiOiI0MDEifQ==")
        await server._reader.readline()
        return AuthResult(success=False, handled=False)


def _oauth(port: int, certificates: Certificates, source: str) -> Delivery:
    return Delivery(
        transport="smtp",
        host="127.0.0.1",
        port=port,
        username=USERNAME,
        oauth_token_command=shlex.join([sys.executable, "-c", source]),
        ca_file=str(certificates.ca_file),
    )


def test_xoauth2(certificates: Certificates) -> None:
    """STARTTLS, then a token from a command instead of a password, as Microsoft 365 and Google want it."""
    box = _Mailbox()
    with aiosmtpd(box, tls=certificates.server(), authenticator=lambda *_: AuthResult(success=False)) as port:
        (reply,) = deliver(_oauth(port, certificates, "print('valid-token')"), MESSAGE)
    assert (reply.result, reply.text) == (Result.ACCEPTED, "kept")
    assert box.messages == [MESSAGE]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("print('expired-token')", "credentials-refused"),
        ("raise SystemExit('no network: token=valid-token')", "secret-command"),
        ("pass", "secret-missing"),
    ],
)
def test_a_token_that_does_not_help(certificates: Certificates, source: str, code: str) -> None:
    """Refused by the server, or not to be had: an error about the secret, without it; nothing is sent."""
    box = _Mailbox()
    with (
        aiosmtpd(box, tls=certificates.server(), authenticator=lambda *_: AuthResult(success=False)) as port,
        pytest.raises(CredentialsError) as caught,
    ):
        deliver(_oauth(port, certificates, source), MESSAGE)
    assert caught.value.code == code
    assert "token=" not in repr(caught.value)
    assert "expired-token" not in repr(caught.value)
    assert box.messages == []


def test_aiosmtpd_gets_what_was_given() -> None:
    """A server of another make: byte for byte."""
    box = _Mailbox()
    with aiosmtpd(box) as port:
        delivery = Delivery(transport="smtp", host="127.0.0.1", port=port, security="none")
        assert [reply.result for reply in deliver(delivery, MESSAGE, MESSAGE)] == [Result.ACCEPTED] * 2
    assert box.messages == [MESSAGE] * 2
