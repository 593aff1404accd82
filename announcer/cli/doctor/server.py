"""The mail server: the secret, the name, the connection, TLS, the login and the size of a message."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from announcer.cli.doctor import Finding, error, of_fault, warning
from announcer.cli.session import Session
from announcer.domain.errors import FaultError

if TYPE_CHECKING:
    from announcer.transport.connecting import Login, Server

_CONNECT = 15.0
_COMMAND = 30.0
_SOON = timedelta(days=21)
"""A certificate that ends earlier is warned of."""
_ENOUGH = 100 * 1024
"""Octets: what a message with a photo needs, and some more."""


def check_server(session: Session) -> Iterator[Finding]:
    """The way to the server, step by step, until one fails. Says nothing of a message there."""
    delivery = session.project.department.delivery
    if not delivery.transport.row.over_network:
        return
    from announcer.transport.session import Timeouts
    from announcer.transport.smtp import read_login, server_of

    server = replace(
        server_of(delivery, session.project.root),
        timeouts=Timeouts(connect=_CONNECT, command=_COMMAND, quit=2),
    )
    login = None
    try:
        login = asyncio.run(read_login(delivery, session.project.root, session.environ))
    except FaultError as fault:
        yield of_fault("secret", fault)
    else:
        message = f"there is one for {login.username}" if login else "none is needed: there is no `username`"
        yield Finding(check="secret", message=message)
    addresses = list(_resolve(server))
    yield from addresses
    if any(finding.level != "ok" for finding in addresses):
        return
    yield from _connection(server, login)


def _resolve(server: Server) -> Iterator[Finding]:
    if server.is_socket:
        return
    try:
        answers = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        yield error(
            "name",
            f"the name {server.host} has no address",
            "correct `host` in announcer.yaml, or see that this machine can ask a name server",
        )
        return
    addresses = dict.fromkeys(str(answer[4][0]) for answer in answers)
    yield Finding(check="name", message=f"{server.host} is {', '.join(addresses)}")


def _connection(server: Server, login: Login | None) -> Iterator[Finding]:
    from announcer.transport.connecting import connect

    async def look() -> list[Finding]:
        opened = await connect(server, None)
        findings = [
            Finding(check="connection", message=f"{server.place} answers"),
            _tls(server, opened.tls, opened.certificate_end),
            _size(opened.size_limit),
        ]
        await opened.quit()
        return findings

    async def log_in(login: Login) -> None:
        await (await connect(server, login)).quit()

    try:
        yield from asyncio.run(look())
    except FaultError as fault:
        yield of_fault(
            "tls" if fault.code in ("tls-certificate", "tls-missing", "ca-file") else "connection", fault
        )
        return
    if login is None:
        yield Finding(check="login", message="none: the server must let this machine send without a password")
        return
    try:
        asyncio.run(log_in(login))
    except FaultError as fault:
        yield of_fault("login", fault)
    else:
        yield Finding(check="login", message=f"the server lets {login.username} in")


def _tls(server: Server, version: str | None, end: datetime | None) -> Finding:
    if version is None:
        if server.is_socket or _is_loopback(server.host):
            return Finding(check="tls", message="none, and none is needed on this machine")
        return warning(
            "tls",
            "none: everybody on the way can read the mail",
            "write `security: starttls` in announcer.yaml if the server offers it",
        )
    if end is None:
        return Finding(check="tls", message=version)
    until = f"{version}, the certificate is good until {end:%Y-%m-%d}"
    if end - datetime.now(UTC) < _SOON:
        return warning("tls", until, "the server's administrator should renew it; after that nothing is sent")
    return Finding(check="tls", message=until)


def _size(limit: int | None) -> Finding:
    if limit is None:
        return Finding(check="size", message="the server names no limit")
    message = f"the server takes {limit} bytes in a message"
    if limit < _ENOUGH:
        return warning("size", message, "a message with a photo may be larger; ask for a higher limit")
    return Finding(check="size", message=message)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return False
