"""An SMTP server that does at each stage what a script says, and counts what it accepted."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

DROP = "drop"
"""Closes the connection."""
HANG = "hang"
"""Says nothing more."""
LOSE = "lose"
"""At the final dot: takes the message, and closes the connection before saying so."""
USUAL = "usual"
"""Does what servers do."""
GARBAGE = "garbage"
"""Says something that is no SMTP."""

_REPLIES = {
    "greeting": "220 mx.example.edu ESMTP",
    "mail": "250 2.1.0 Ok",
    "rcpt": "250 2.1.5 Ok",
    "data": "354 go ahead",
    "dot": "250 2.0.0 Ok: queued as 4Xy",
    "rset": "250 2.0.0 Ok",
    "auth": "235 2.7.0 Ok",
    "starttls": "220 2.0.0 Ready",
    "quit": "221 2.0.0 Bye",
}


class ScriptedServer:
    """Listens on a loopback port while its `async with` block lasts.

    `script` says what is done at a stage: a reply, DROP, HANG or GARBAGE; a tuple of these for the first
    times, after which the stage is as usual. `body` drops within the message, after so many bytes.
    """

    hangs = False
    """Whether a client's patience is what ends a test."""

    def __init__(
        self,
        script: dict[str, str | tuple[str, ...]] | None = None,
        *,
        offers: tuple[str, ...] = (),
        body: int | None = None,
        tls: ssl.SSLContext | None = None,
        implicit: bool = False,
    ) -> None:
        self._script = {
            stage: (done,) * 99 if isinstance(done, str) else done for stage, done in (script or {}).items()
        }
        if any(HANG in done for done in self._script.values()):
            self.hangs = True
        self._offers = offers
        self._body = body
        self._tls = tls
        self._implicit = implicit
        self.accepted: list[bytes] = []
        self.commands: list[str] = []
        """The client's commands."""
        self.heard = asyncio.Event()
        """Set once a message has been read, before it is answered."""
        self.left = asyncio.Event()
        """Set once a client has ended its connection."""
        self.connections = 0
        self.port = 0
        self._open: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", 0, limit=2**24, ssl=self._tls if self._implicit else None
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        self.drop_all()

    def drop_all(self) -> None:
        """Closes every connection, as a server does that restarts."""
        for writer in self._open:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        try:
            await _Conversation(self, reader, writer).hold()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError):
            # Cancelled: the test is over, and asyncio's own callback would complain of it.
            writer.transport.abort()
        finally:
            self._open.discard(writer)
            self.left.set()

    def action(self, stage: str) -> str:
        """What comes next at a stage."""
        done = self._script.get(stage, ())
        if not done:
            return _REPLIES[stage]
        self._script[stage] = done[1:]
        return _REPLIES[stage] if done[0] == USUAL else done[0]


class _Conversation:
    def __init__(
        self, server: ScriptedServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._encrypted = server._implicit
        self._verbs: dict[str, Callable[[str], Awaitable[str]]] = {
            "EHLO": self._ehlo,
            "STARTTLS": self._starttls,
            "DATA": self._data,
        }

    async def hold(self) -> None:
        await self._say("greeting")
        while line := (await self._reader.readline()).decode().rstrip("\r\n"):
            self._server.commands.append(line)
            verb = line.split()[0].upper()
            if verb in self._verbs:
                await self._verbs[verb](line)
            elif verb == "HELO":
                await self._write("250 mx.example.edu")
            else:
                await self._say(verb.lower())

    async def _say(self, stage: str) -> str:
        return await self._do(self._server.action(stage))

    async def _do(self, done: str) -> str:
        if done == DROP:
            self._writer.transport.abort()
            raise ConnectionAbortedError
        if done == HANG:
            await asyncio.sleep(3600)
        await self._write("SSH-2.0-OpenSSH_9.2" if done == GARBAGE else done)
        return done

    async def _write(self, text: str) -> None:
        self._writer.write(text.encode() + b"\r\n")
        await self._writer.drain()

    async def _ehlo(self, line: str) -> str:
        if "ehlo" in self._server._script:
            return await self._say("ehlo")
        offers = ["mx.example.edu", *self._server._offers]
        if self._server._tls and not self._encrypted:
            offers.append("STARTTLS")
        for offer in offers[:-1]:
            await self._write(f"250-{offer}")
        await self._write(f"250 {offers[-1]}")
        return line

    async def _starttls(self, line: str) -> str:
        done = await self._say("starttls")
        if done.startswith("220"):
            assert self._server._tls is not None
            await self._writer.start_tls(self._server._tls)
            self._encrypted = True
        return done

    async def _data(self, line: str) -> str:
        done = await self._say("data")
        if not done.startswith("354"):
            return done
        if self._server._body is not None:
            await self._reader.read(self._server._body)
            self._server._body = None
            self._writer.transport.abort()
            raise ConnectionAbortedError
        message = b""
        while not message.endswith(b"\r\n.\r\n") and message != b".\r\n":
            message += await self._reader.readuntil(b"\r\n")
        self._server.heard.set()
        done = self._server.action("dot")
        if done.startswith("250") or done == LOSE:
            lines = message.removesuffix(b".\r\n").split(b"\r\n")
            self._server.accepted.append(b"\r\n".join(text.removeprefix(b".") for text in lines))
        return await self._do(DROP if done == LOSE else done)
