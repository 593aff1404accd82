"""Handing over to an SMTP server: kept connections, one transaction for each message and list."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path

from announcer.domain.delivery import Envelope, Reply, Result
from announcer.domain.department import Delivery
from announcer.domain.errors import FaultError
from announcer.transport import Attempting, CredentialsError, UnavailableError
from announcer.transport.connecting import Login, Server, connect
from announcer.transport.heard import heard
from announcer.transport.pace import Pace
from announcer.transport.secrets import (
    SMTP_PASSWORD,
    from_command,
    from_environment,
    from_file,
    from_systemd,
)
from announcer.transport.session import SmtpSession, StaleError

_log = logging.getLogger(__name__)
"""What is logged has its facts in `fields`: no secret, no address, nothing of a message."""

USUAL_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def smtp_transport(delivery: Delivery, root: Path, environ: Mapping[str, str]) -> SmtpTransport:
    """The transport that announcer.yaml's `delivery` asks for.

    Files are relative to `root`, the department's folder; `environ` may have the password, and is what
    commands run in. Secrets are read when it is opened.
    """
    server = server_of(delivery, root)

    async def login() -> Login | None:
        return await read_login(delivery, root, environ)

    return SmtpTransport(server, login, connections=delivery.connections, pace=Pace(delivery.rate))


def server_of(delivery: Delivery, root: Path) -> Server:
    """The server that announcer.yaml's `delivery` names; `ca_file` is relative to `root`."""
    return Server(
        host=delivery.host,
        port=delivery.port or USUAL_PORTS[delivery.security],
        security=delivery.security,
        ca_file=root / delivery.ca_file if delivery.ca_file else None,
    )


async def read_login(delivery: Delivery, root: Path, environ: Mapping[str, str]) -> Login | None:
    """Who we are to the server; None where no `username` is given. Raises CredentialsError."""
    if delivery.username is None:
        return None
    place = "announcer.yaml: delivery."
    if delivery.oauth_token_command:
        token = await from_command(
            delivery.oauth_token_command, place=place + "oauth_token_command", environ=environ
        )
        return Login(username=delivery.username, secret=token, is_token=True)
    if delivery.password_file:
        secret = from_file(root / delivery.password_file)
    elif delivery.password_command:
        secret = await from_command(
            delivery.password_command, place=place + "password_command", environ=environ
        )
    elif not environ.get(SMTP_PASSWORD) and (credential := from_systemd(environ)):
        secret = from_file(credential)
    else:
        secret = from_environment(environ, SMTP_PASSWORD)
    return Login(username=delivery.username, secret=secret)


async def _no_login() -> Login | None:
    return None


class SmtpTransport:
    """Keeps up to `connections` connections; `send` may be awaited by as many tasks at once."""

    def __init__(
        self,
        server: Server,
        login: Callable[[], Awaitable[Login | None]] = _no_login,
        *,
        connections: int = 1,
        pace: Pace | None = None,
    ) -> None:
        """`login` is asked for at the start, and again at each connection where it gives tokens, which
        do not last. `pace` says when a message may begin."""
        self._server = server
        self._ask_login = login
        self._login: Login | None = None
        self._is_open = False
        self._idle: list[SmtpSession] = []
        self._fault: CredentialsError | None = None
        self._free = asyncio.Semaphore(connections)
        self._pace = pace or Pace()

    @property
    def fault(self) -> FaultError | None:
        return self._fault

    async def open(self) -> None:
        """Connects. Raises UnavailableError or CredentialsError."""
        self._fault = None
        self._login = await self._ask_login()
        self._is_open = True
        self._idle.append(await self._session())

    async def send(self, envelope: Envelope, message: bytes, attempting: Attempting) -> Reply:
        """Hands one message over, on a kept connection where one is free."""
        async with self._free:
            await self._pace.turn()
            while True:
                try:
                    session = self._kept() or await self._connect()
                except (UnavailableError, CredentialsError) as error:
                    self._tell("not connected", code=error.code)
                    return Reply(result=Result.DEFERRED, stage="connect", text=error.message)
                try:
                    reply = await session.deliver(envelope, message, attempting)
                except StaleError:
                    self._tell("dropped by the server")
                    session.drop()
                    continue
                if session.is_open:
                    self._idle.append(session)
                else:
                    session.drop()
                reply = replace(reply, text=heard(reply.text, self._login))
                self._pace.heed(reply)
                self._tell(reply.result.value, stage=reply.stage, code=reply.code, bytes=len(message))
                return reply

    async def close(self) -> None:
        """Ends all connections politely."""
        idle, self._idle = self._idle, []
        await asyncio.gather(*(session.quit() for session in idle))

    def _kept(self) -> SmtpSession | None:
        while self._idle:
            session = self._idle.pop()
            if session.is_open:
                return session
            session.drop()
        return None

    async def _connect(self) -> SmtpSession:
        if self._fault is not None:
            # One wrong try in each run: a server may lock the account for more.
            raise self._fault
        try:
            if not self._is_open or (self._login is not None and self._login.is_token):
                self._login = await self._ask_login()
            self._is_open = True
            return await self._session()
        except CredentialsError as error:
            self._fault = error
            raise

    async def _session(self) -> SmtpSession:
        session = await connect(self._server, self._login)
        self._tell("connected", tls=session.tls, login=self._login is not None)
        return session

    def _tell(self, event: str, **fields: object) -> None:
        _log.info(event, extra={"fields": {"server": self._server.place, **fields}})
