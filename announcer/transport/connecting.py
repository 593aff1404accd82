"""From nothing to an SMTP session: connection, TLS, EHLO and AUTH, each with its own error."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
import ssl
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import aiosmtplib
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPHeloError,
    SMTPResponseException,
    SMTPTimeoutError,
)

from announcer.domain.errors import FaultError
from announcer.transport import CredentialsError, UnavailableError
from announcer.transport.heard import heard
from announcer.transport.session import SmtpSession, Timeouts


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """An SMTP server, and how to speak to it."""

    host: str
    """A name or an address; one that begins with a slash is the path of a Unix socket."""
    port: int
    security: str = "starttls"
    """`starttls`, `tls` or `none`; a Unix socket is never encrypted."""
    ca_file: Path | None = None
    """Certificates (PEM) to trust beside the system's."""
    hello: str | None = None
    """The name given with EHLO; the machine's own, or its address, where None."""
    timeouts: Timeouts = field(default_factory=Timeouts)

    @property
    def is_socket(self) -> bool:
        """Whether it is a Unix socket."""
        return self.host.startswith("/")

    @property
    def place(self) -> str:
        """How an error names it."""
        return self.host if self.is_socket else f"{self.host}:{self.port}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Login:
    """Who we are to the server."""

    username: str
    secret: str = field(repr=False)
    """A password or a token."""
    is_token: bool = False
    """XOAUTH2 instead of a password."""


async def connect(server: Server, login: Login | None) -> SmtpSession:
    """A session that is ready for MAIL. Raises UnavailableError or CredentialsError, without the secret
    that a server may repeat."""
    try:
        return await _ready(server, login)
    except FaultError as fault:
        fault.message = heard(fault.message, login)
        raise


async def _ready(server: Server, login: Login | None) -> SmtpSession:
    client = _client(server)
    try:
        await _reach(client, server)
        client.local_hostname = server.hello or await _own_name(client)
        if server.security == "starttls" and not server.is_socket:
            await client.starttls(timeout=server.timeouts.connect)
        await _greet(client, server)
        if login is not None:
            _refuse_in_clear(client, server)
            await _log_in(client, server, login)
        return SmtpSession(client, server.timeouts)
    except (SMTPException, OSError) as error:
        client.close()
        raise _unavailable(server, error) from error
    except BaseException:
        client.close()
        raise


async def _reach(client: aiosmtplib.SMTP, server: Server) -> None:
    try:
        await client.connect()
    except UnicodeError as error:
        # Python makes every name ready for the name server's alphabet first, and its words are for nobody.
        raise UnavailableError(
            "server-name",
            server.place,
            "no server can have this name: a part of it is empty or has more than 63 letters",
            "correct `host` in announcer.yaml",
        ) from error


def _client(server: Server) -> aiosmtplib.SMTP:
    is_socket = server.is_socket
    return aiosmtplib.SMTP(
        hostname=None if is_socket else server.host,
        port=None if is_socket else server.port,
        socket_path=server.host if is_socket else None,
        use_tls=server.security == "tls" and not is_socket,
        # STARTTLS is ours to ask for: aiosmtplib's default goes on in clear where it is not offered.
        start_tls=False,
        tls_context=None if is_socket or server.security == "none" else _tls(server),
        # Known only once it is connected; None would look it up, for each connection anew.
        local_hostname="localhost",
        timeout=server.timeouts.connect,
    )


def _tls(server: Server) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if server.ca_file is not None:
        try:
            context.load_verify_locations(cafile=server.ca_file)
        except OSError as error:
            raise UnavailableError(
                "ca-file",
                str(server.ca_file),
                "the file of trusted certificates cannot be read",
                "correct `ca_file` in announcer.yaml: a text file that begins with BEGIN CERTIFICATE",
            ) from error
    return context


async def _own_name(client: aiosmtplib.SMTP) -> str:
    """What to call ourselves (RFC 5321 4.1.4): the full name, or the address where there is none, for
    servers turn away those who say `localhost`."""
    name = await asyncio.to_thread(_full_name)
    if "." in name and name.isascii() and not name.startswith("localhost"):
        return name
    address = client.get_transport_info("sockname")
    if not isinstance(address, tuple):
        return "localhost"
    ip = ipaddress.ip_address(address[0].partition("%")[0])
    return f"[IPv6:{ip}]" if ip.version == 6 else f"[{ip}]"


@lru_cache(maxsize=1)
def _full_name() -> str:
    return socket.getfqdn()


async def _greet(client: aiosmtplib.SMTP, server: Server) -> None:
    try:
        await client.ehlo(timeout=server.timeouts.command)
    except SMTPHeloError:
        if not client.is_connected:
            raise
        await client.helo(timeout=server.timeouts.command)


def _refuse_in_clear(client: aiosmtplib.SMTP, server: Server) -> None:
    """Raises CredentialsError where somebody on the way could read a password."""
    if server.is_socket or client.get_transport_info("sslcontext") is not None:
        return
    peer = client.get_transport_info("peername")
    if not ipaddress.ip_address(peer[0].partition("%")[0]).is_loopback:
        raise CredentialsError(
            "credentials-in-clear",
            server.place,
            "the connection is not encrypted, so the password was not sent",
            "write `security: starttls` (port 587) or `security: tls` (port 465) in announcer.yaml; "
            "or, if the server wants no password, take `username` out",
        )


async def _log_in(client: aiosmtplib.SMTP, server: Server, login: Login) -> None:
    wait = server.timeouts.command
    offered = client.server_auth_methods
    try:
        # One mechanism, once: a second wrong try may lock the account.
        if login.is_token:
            if "xoauth2" not in offered:
                raise _no_mechanism(server, "XOAUTH2", offered)
            await client.auth_xoauth2(login.username, login.secret, timeout=wait)
        elif "plain" in offered:
            await client.auth_plain(login.username, login.secret, timeout=wait)
        elif "login" in offered:
            await client.auth_login(login.username, login.secret, timeout=wait)
        elif "cram-md5" in offered:
            await client.auth_crammd5(login.username, login.secret, timeout=wait)
        else:
            raise _no_mechanism(server, "PLAIN or LOGIN", offered)
    except SMTPAuthenticationError as error:
        if 500 <= error.code < 600:
            kind = "token" if login.is_token else "password"
            raise CredentialsError(
                "credentials-refused",
                server.place,
                f"the server refuses the user {login.username!r} or the {kind} "
                f"({error.code} {_one_line(error.message)})",
                f"correct `username` in announcer.yaml or renew the {kind}; some providers want an "
                "app password or XOAUTH2 (`oauth_token_command`)",
            ) from None
        raise


def _no_mechanism(server: Server, wanted: str, offered: list[str]) -> CredentialsError:
    there = ", ".join(offered).upper() or "no way to log in at all"
    return CredentialsError(
        "credentials-unsupported",
        server.place,
        f"the server offers {there}, and {wanted} is needed",
        "take `username` out of announcer.yaml if the server wants no password, or try port 587 or 465",
    )


def _unavailable(server: Server, error: Exception) -> UnavailableError:
    certificate = _certificate_error(error)
    if certificate is not None:
        return UnavailableError(
            "tls-certificate",
            server.place,
            f"the server's certificate is not to be trusted: {certificate.verify_message}",
            "use the name that the certificate is for as `host`; for a private certificate authority "
            "name its file with `ca_file`; an expired one is for the server's administrator",
        )
    if isinstance(error, SMTPResponseException):
        reply = f"{error.code} {_one_line(error.message)}" if error.code > 0 else _one_line(error.message)
        message = f"the server does not want to talk to us now: {reply}"
    elif isinstance(error, SMTPTimeoutError):
        message = "the server does not answer"
    elif "STARTTLS extension not supported" in str(error):
        return UnavailableError(
            "tls-missing",
            server.place,
            "the server offers no STARTTLS, so the connection would not be encrypted",
            "try `security: tls` with port 465; `security: none` only for a relay that wants no password",
        )
    else:
        message = f"no connection to the server: {_reason(error)}"
    return UnavailableError(
        "server-unreachable",
        server.place,
        message,
        "see that `host`, `port` and `security` in announcer.yaml are right, that the server runs, and "
        "that no firewall is between; what is due stays due and goes with a later run",
    )


def _reason(error: Exception) -> str:
    cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
    if isinstance(cause, OSError) and cause.errno is not None and cause.errno > 0:
        # asyncio's own words are a Python tuple; the system's are a sentence.
        return os.strerror(cause.errno)
    return _one_line(getattr(cause, "strerror", None) or str(cause))


def _certificate_error(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__
    return None


def _one_line(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode("utf-8", "replace").split())
