"""TLS is verified, a password is never sent in clear, and each failure says what it is."""

from __future__ import annotations

import asyncio
import base64
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from announcer.domain.delivery import Result
from announcer.transport import CredentialsError, UnavailableError, connecting
from announcer.transport.connecting import Login, Server, connect
from announcer.transport.session import Timeouts
from announcer.transport.smtp import SmtpTransport
from tests.transport.certificates import Certificates
from tests.transport.scripted import DROP, GARBAGE, HANG, ScriptedServer
from tests.transport.test_session import ENVELOPE, MESSAGE, QUICK, Attempting

PASSWORD = Login(username="announcer", secret="correct horse")
TOKEN = Login(username="announcer@example.edu", secret="eyJ0eXAi", is_token=True)


def reaching(
    server: ScriptedServer, certificates: Certificates, security: str, host: str = "127.0.0.1"
) -> Server:
    return Server(
        host=host,
        port=server.port,
        security=security,
        ca_file=certificates.ca_file,
        hello="test.example.edu",
        timeouts=QUICK if server.hangs else Timeouts(),
    )


def failing(
    server: ScriptedServer, certificates: Certificates, security: str, login: Login | None = None
) -> UnavailableError | CredentialsError:
    """The error of connecting; nothing was attempted, and no secret is in it."""

    async def run() -> UnavailableError | CredentialsError:
        async with server:
            with pytest.raises((UnavailableError, CredentialsError)) as caught:
                await connect(reaching(server, certificates, security), login)
            return caught.value

    error = asyncio.run(run())
    assert not any(line.startswith("MAIL") for line in server.commands)
    assert (login is None) or login.secret not in repr(error) + str(error.__cause__) + repr(login)
    return error


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_private_authority(certificates: Certificates, security: str, host: str) -> None:
    """A certificate that `ca_file` vouches for is good for its name and its address."""

    async def run() -> None:
        server = ScriptedServer(tls=certificates.server(), implicit=security == "tls")
        async with server:
            session = await connect(reaching(server, certificates, security, host), None)
            reply = await session.deliver(ENVELOPE, MESSAGE, Attempting())
            assert reply.result is Result.ACCEPTED
            assert server.accepted == [MESSAGE]
            await session.quit()

    asyncio.run(run())


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("expired", "certificate has expired"),
        ("self-signed", "unable to get local issuer certificate"),
        ("wrong name", "IP address mismatch, certificate is not valid for '127.0.0.1'."),
    ],
)
def test_a_certificate_that_is_not_to_be_trusted(
    certificates: Certificates, kind: str, reason: str, security: str
) -> None:
    """Expired, of an unknown authority, for another name: nothing is sent, and the reason is given."""
    server = ScriptedServer(tls=certificates.server(kind), implicit=security == "tls")
    error = failing(server, certificates, security, PASSWORD)
    assert error.code == "tls-certificate"
    assert error.message == f"the server's certificate is not to be trusted: {reason}"


def test_no_starttls_is_no_connection(certificates: Certificates) -> None:
    """Where encryption is asked for and not offered, the session does not go on without it."""
    server = ScriptedServer(offers=("AUTH PLAIN",))
    assert failing(server, certificates, "starttls", PASSWORD).code == "tls-missing"
    assert server.commands == ["EHLO test.example.edu"]


@pytest.mark.parametrize("done", ["454 4.7.0 TLS not available", DROP, HANG, GARBAGE, "220 go on, in clear"])
def test_starttls_that_fails(certificates: Certificates, done: str) -> None:
    """Refused, cut, silent, or answered by no TLS: no connection."""
    tls = certificates.server()
    server = (
        _NoTls({"starttls": done}, tls=tls)
        if "clear" in done
        else ScriptedServer({"starttls": done}, tls=tls)
    )
    assert failing(server, certificates, "starttls").code == "server-unreachable"


class _NoTls(ScriptedServer):
    """Agrees to STARTTLS and goes on in clear, which is not listened to; then it waits."""

    hangs = True

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mx.example.edu\r\n")
        await reader.readline()
        writer.write(b"250-mx.example.edu\r\n250 STARTTLS\r\n")
        await reader.readline()
        writer.write(b"220 go on\r\n250 in clear\r\n")
        await reader.read()
        writer.close()


def test_plain_speech_on_a_tls_port_and_the_other_way_round(certificates: Certificates) -> None:
    """The ports were mixed up: an error, not a hang or a traceback."""
    assert failing(ScriptedServer(), certificates, "tls").code == "server-unreachable"
    implicit = ScriptedServer(tls=certificates.server(), implicit=True)
    # Each waits for the other to speak first.
    implicit.hangs = True
    assert failing(implicit, certificates, "starttls").code == "server-unreachable"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_tls_that_is_cut_after_the_final_dot(certificates: Certificates, security: str) -> None:
    """What is lost then is unknown, encrypted or not."""

    async def run() -> None:
        tls = certificates.server()
        async with ScriptedServer({"dot": (DROP,)}, tls=tls, implicit=security == "tls") as server:
            transport = SmtpTransport(reaching(server, certificates, security))
            await transport.open()
            first = await transport.send(ENVELOPE, MESSAGE, Attempting())
            second = await transport.send(ENVELOPE, MESSAGE, Attempting())
            assert [first.result, second.result] == [Result.UNKNOWN, Result.ACCEPTED]
            await transport.close()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("offered", "login", "commands"),
    [
        ("AUTH PLAIN LOGIN CRAM-MD5", PASSWORD, ["AUTH PLAIN AGFubm91bmNlcgBjb3JyZWN0IGhvcnNl"]),
        ("AUTH CRAM-MD5 PLAIN", PASSWORD, ["AUTH PLAIN AGFubm91bmNlcgBjb3JyZWN0IGhvcnNl"]),
        (
            "AUTH XOAUTH2 PLAIN",
            TOKEN,
            [
                "AUTH XOAUTH2 "
                + base64.b64encode(b"user=announcer@example.edu\1auth=Bearer eyJ0eXAi\1\1").decode()
            ],
        ),
    ],
    ids=["plain", "plain before cram-md5", "xoauth2"],
)
def test_logging_in(certificates: Certificates, offered: str, login: Login, commands: list[str]) -> None:
    """The first mechanism that both know, within TLS."""

    async def run() -> None:
        async with ScriptedServer(offers=(offered,), tls=certificates.server(), implicit=True) as server:
            session = await connect(reaching(server, certificates, "tls"), login)
            assert server.commands == ["EHLO test.example.edu", *commands]
            session.drop()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("script", "login", "code"),
    [
        ({"auth": "535 5.7.8 authentication failed"}, PASSWORD, "credentials-refused"),
        ({"auth": "534 5.7.9 app password required"}, PASSWORD, "credentials-refused"),
        ({"auth": "535 5.7.8 token expired"}, TOKEN, "credentials-refused"),
        ({"auth": "454 4.7.0 try again later"}, PASSWORD, "server-unreachable"),
        ({"auth": "421 4.7.0 too many"}, PASSWORD, "server-unreachable"),
        ({"auth": DROP}, PASSWORD, "server-unreachable"),
        ({"auth": HANG}, PASSWORD, "server-unreachable"),
        ({"auth": GARBAGE}, PASSWORD, "server-unreachable"),
    ],
)
def test_a_login_that_fails(
    certificates: Certificates, script: dict[str, str], login: Login, code: str
) -> None:
    """A refusal is a matter of the secret, tried once so that no account is locked; all else is the
    server's trouble."""
    offers = ("AUTH PLAIN LOGIN XOAUTH2",)
    server = ScriptedServer(script, offers=offers, tls=certificates.server(), implicit=True)
    error = failing(server, certificates, "tls", login)
    assert error.code == code
    assert isinstance(error, CredentialsError) == (code == "credentials-refused")
    assert len([line for line in server.commands if line.startswith("AUTH")]) == 1


def test_a_server_that_echoes_the_argument_of_auth_shows_the_password_to_nobody(
    certificates: Certificates,
) -> None:
    """Neither in base64, as it came, nor in clear."""
    echo = "535 5.7.8 no AGFubm91bmNlcgBjb3JyZWN0IGhvcnNl, that is correct horse"
    server = ScriptedServer({"auth": echo}, offers=("AUTH PLAIN",), tls=certificates.server(), implicit=True)
    error = failing(server, certificates, "tls", PASSWORD)
    assert "(535 5.7.8 no ***, that is ***)" in error.message


@pytest.mark.parametrize(
    ("offers", "login"),
    [((), PASSWORD), (("AUTH GSSAPI NTLM",), PASSWORD), (("AUTH PLAIN LOGIN",), TOKEN), ((), TOKEN)],
)
def test_a_server_without_our_way_to_log_in(
    certificates: Certificates, offers: tuple[str, ...], login: Login
) -> None:
    """Said as such, and the secret stays here."""
    server = ScriptedServer(offers=offers, tls=certificates.server(), implicit=True)
    assert failing(server, certificates, "tls", login).code == "credentials-unsupported"
    assert server.commands == ["EHLO test.example.edu"]


def test_a_password_never_goes_in_clear(monkeypatch: pytest.MonkeyPatch, certificates: Certificates) -> None:
    """Without TLS a login is made over loopback only, judged by the address that answered."""

    async def run() -> None:
        async with ScriptedServer(offers=("AUTH PLAIN",)) as server:
            session = await connect(reaching(server, certificates, "none"), PASSWORD)
            session.drop()
            before = len(server.commands)
            monkeypatch.setattr("ipaddress.IPv4Address.is_loopback", False)
            with pytest.raises(CredentialsError) as caught:
                await connect(reaching(server, certificates, "none"), PASSWORD)
            assert caught.value.code == "credentials-in-clear"
            assert server.commands[before:] == ["EHLO test.example.edu"]
            session = await connect(reaching(server, certificates, "none"), None)
            session.drop()

    asyncio.run(run())


def test_a_ca_file_that_is_none(tmp_path: Path, certificates: Certificates) -> None:
    """A file that is missing or has no certificate is named."""
    (tmp_path / "ca.pem").write_text("Dear colleagues", encoding="utf-8")

    async def run(path: Path) -> str:
        async with ScriptedServer(tls=certificates.server(), implicit=True) as server:
            with pytest.raises(UnavailableError) as caught:
                await connect(replace(reaching(server, certificates, "tls"), ca_file=path), None)
            assert caught.value.place == str(path)
            return caught.value.code

    assert asyncio.run(run(tmp_path / "ca.pem")) == "ca-file"
    assert asyncio.run(run(tmp_path / "missing.pem")) == "ca-file"


@pytest.mark.parametrize(
    ("host", "message"),
    [
        ("127.0.0.1", "no connection to the server: Connection refused"),
        ("no-such-host.invalid", None),
        ("/nowhere/smtp.sock", "no connection to the server: No such file or directory"),
    ],
)
def test_a_server_that_is_not_there(host: str, message: str | None) -> None:
    """Refused, unknown, no such socket: the system's reason in words."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(UnavailableError) as caught:
        asyncio.run(connect(Server(host=host, port=port, security="none", hello="test.example.edu"), None))
    assert caught.value.code == "server-unreachable"
    assert message in (None, caught.value.message)


@pytest.mark.parametrize("host", ["smtp..example.edu", "a" * 64 + ".edu", ".example.edu"])
def test_a_name_that_no_server_can_have(host: str) -> None:
    """A slip of the hand in `host` is told as one."""
    with pytest.raises(UnavailableError) as caught:
        asyncio.run(connect(Server(host=host, port=25, security="none"), None))
    assert (caught.value.code, caught.value.place) == ("server-name", f"{host}:25")


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("pelican.physics.example.edu", "EHLO pelican.physics.example.edu"),
        ("pelican", "EHLO [127.0.0.1]"),
        ("localhost", "EHLO [127.0.0.1]"),
        ("localhost.localdomain", "EHLO [127.0.0.1]"),
        ("büro.example.edu", "EHLO [127.0.0.1]"),
    ],
)
def test_what_we_call_ourselves(monkeypatch: pytest.MonkeyPatch, name: str, greeting: str) -> None:
    """The machine's full name, or its address in brackets where it has none (RFC 5321 4.1.4)."""
    monkeypatch.setattr(connecting, "_full_name", lambda: name)

    async def run() -> None:
        async with ScriptedServer() as server:
            where = Server(host="127.0.0.1", port=server.port, security="none")
            session = await connect(where, None)
            assert server.commands == [greeting]
            session.drop()

    asyncio.run(run())


def test_a_unix_socket(tmp_path: Path) -> None:
    """A host that begins with a slash is a socket on this machine, where a login needs no TLS."""

    async def run() -> None:
        scripted = ScriptedServer(offers=("AUTH PLAIN",))
        listener = await asyncio.start_unix_server(scripted._serve, tmp_path / "smtp.sock")
        server = Server(host=str(tmp_path / "smtp.sock"), port=25, hello="test.example.edu")
        session = await connect(server, PASSWORD)
        assert (await session.deliver(ENVELOPE, MESSAGE, Attempting())).result is Result.ACCEPTED
        assert scripted.accepted == [MESSAGE]
        await session.quit()
        listener.close()

    asyncio.run(run())
