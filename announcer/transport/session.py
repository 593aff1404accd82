"""One connection to an SMTP server: opened once, used for one message after another."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import aiosmtplib
from aiosmtplib.errors import SMTPException, SMTPResponseException

from announcer.domain.delivery import Envelope, Reply, Result
from announcer.transport import Attempting
from announcer.transport.wire import FINAL_DOT, has_bare_line_ends, is_address, size_limit, stuffed


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeouts:
    """How long to wait, in seconds (RFC 5321 4.5.3.2)."""

    connect: float = 60
    """For the connection, TLS and the greeting."""
    command: float = 300
    """For the reply to EHLO, AUTH, MAIL and RCPT."""
    data: float = 120
    """For the reply to DATA."""
    block: float = 180
    """For the message to leave."""
    final: float = 600
    """For the reply to the final dot."""
    quit: float = 5
    """For the reply to QUIT, which changes nothing."""


_SURPLUS = "the server says more than it was asked"


class StaleError(Exception):
    """The server had dropped a kept connection before anything of a message was said on it."""


class SmtpSession:
    """A connection that is ready for MAIL."""

    def __init__(self, client: aiosmtplib.SMTP, timeouts: Timeouts) -> None:
        """`client` is connected and greeted. Raises SMTPException where it is connected no more, or where
        the server is out of step."""
        self._client = client
        self._timeouts = timeouts
        self._is_used = False
        encrypted = client.get_transport_info("ssl_object")
        certificate = client.get_transport_info("peercert")
        self.tls: str | None = encrypted.version() if encrypted is not None else None
        """The version of TLS that protects it; None for none."""
        self.certificate_end = _end(certificate["notAfter"]) if certificate else None
        """When the server's certificate ends (RFC 5280 4.1.2.5); None without TLS."""
        if self.has_surplus:
            raise SMTPException(_SURPLUS)

    @property
    def size_limit(self) -> int | None:
        """The most octets that the server takes in a message; None where it names no limit."""
        return size_limit(self._client.esmtp_extensions.get("size"))

    @property
    def is_open(self) -> bool:
        """Whether another message may be sent on it."""
        return self._client.is_connected and not self.has_surplus

    @property
    def has_surplus(self) -> bool:
        """Whether the server said more than it was asked: the next command would take that for its reply."""
        return bool(getattr(self._client.protocol, "_buffer", b""))

    async def deliver(self, envelope: Envelope, message: bytes, attempting: Attempting) -> Reply:
        """One transaction (RFC 5321 3.3), as `Transport.send` has it.

        Raises StaleError where a kept connection turns out to be gone at MAIL.
        """
        settled = False
        try:
            reply = (
                self._unsendable(envelope, message)
                or await self._give_envelope(envelope, message)
                or await self._give_message(message, attempting)
            )
            settled = True
            return reply
        finally:
            self._is_used = True
            if not settled:
                # Cancelled, or the ledger failed: the server must not wait for the rest of it.
                self.drop()

    async def quit(self) -> None:
        """Ends politely; what the server says to it changes nothing (RFC 5321 4.1.1.10)."""
        if self.is_open:
            with suppress(SMTPException, OSError):
                await self._client.quit(timeout=self._timeouts.quit)
        self.drop()

    def drop(self) -> None:
        """Ends at once."""
        self._client.close()

    def _unsendable(self, envelope: Envelope, message: bytes) -> Reply | None:
        """The reply to what the server need not be asked about."""
        for address in (envelope.sender, envelope.recipient):
            if not is_address(address):
                text = f"{address!r} is not one email address"
                return Reply(result=Result.REFUSED, stage="mail", text=text)
        limit = self.size_limit
        if limit is not None and len(message) > limit:
            text = f"the message has {len(message)} bytes, and the server takes {limit} at most"
            return Reply(result=Result.REFUSED, stage="mail", text=text)
        if has_bare_line_ends(message):
            text = "the message has a line that does not end in CRLF"
            return Reply(result=Result.REFUSED, stage="mail", text=text)
        if not _is_ascii(envelope) and not self._client.supports_extension("smtputf8"):
            text = "the server takes no addresses with letters beyond ASCII"
            return Reply(result=Result.REFUSED, stage="mail", text=text)
        return None

    async def _give_envelope(self, envelope: Envelope, message: bytes) -> Reply | None:
        """MAIL and RCPT; None where both were taken."""
        # Straight to the server: aiosmtplib's own `mail` would read the address anew, and leniently.
        options = []
        if self._client.supports_extension("size"):
            options.append(f"SIZE={len(message)}".encode())
        if not _is_ascii(envelope):
            options.append(b"SMTPUTF8")
        sender, recipient = envelope.sender.encode(), envelope.recipient.encode()
        wait = self._timeouts.command
        stage = "mail"
        try:
            answer = await self._client.execute_command(
                b"MAIL", b"FROM:<" + sender + b">", *options, timeout=wait
            )
            if answer.code == 250 and not self.has_surplus:
                stage = "rcpt"
                answer = await self._client.execute_command(b"RCPT", b"TO:<" + recipient + b">", timeout=wait)
        except SMTPResponseException as error:
            return await self._declined(stage, error.code, error.message)
        except (SMTPException, OSError) as error:
            self.drop()
            if stage == "mail" and self._is_used:
                raise StaleError from error
            return _lost(Result.DEFERRED, stage, error)
        if self.has_surplus and answer.code in (250, 251):
            return self._out_of_turn(stage)
        if stage == "rcpt" and answer.code in (250, 251):
            return None
        if stage == "mail" and answer.code == 421 and self._is_used:
            self.drop()
            raise StaleError
        return await self._declined(stage, answer.code, answer.message)

    async def _give_message(self, message: bytes, attempting: Attempting) -> Reply:
        """DATA, the message and the final dot.

        aiosmtplib's own `data` fails alike before and after the final dot, so the dot is written here,
        when everything before it has left.
        """
        if not await attempting():
            await self._reset()
            return Reply(result=Result.DEFERRED, stage="data", text="given up: it is another process's")
        try:
            begun = await self._client.execute_command(b"DATA", timeout=self._timeouts.data)
            if begun.code != 354:
                return await self._declined("data", begun.code, begun.message)
            if self.has_surplus:
                return self._out_of_turn("data")
            await self._write(stuffed(message))
            protocol = self._client.protocol
            if protocol is None:
                raise ConnectionResetError("connection lost")
            protocol.write(FINAL_DOT)
        except SMTPResponseException as error:
            return await self._declined("data", error.code, error.message)
        except (SMTPException, OSError) as error:
            self.drop()
            return _lost(Result.DEFERRED, "data", error)
        try:
            answer = await protocol.read_response(timeout=self._timeouts.final)
        except (SMTPException, OSError) as error:
            self.drop()
            return _lost(Result.UNKNOWN, "dot", error)
        if answer.code == 421 or self.has_surplus:
            self.drop()
        if 200 <= answer.code < 300:
            return _reply(Result.ACCEPTED, "dot", answer.code, answer.message)
        if 400 <= answer.code < 600:
            return _reply(_result(answer.code), "dot", answer.code, answer.message)
        self.drop()
        return _reply(Result.UNKNOWN, "dot", answer.code, answer.message)

    async def _write(self, lines: bytes) -> None:
        """Writes, and waits until all has left and the server is still there."""
        protocol = self._client.protocol
        if protocol is None:
            raise ConnectionResetError("connection lost")
        protocol.write(lines)
        async with asyncio.timeout(self._timeouts.block):
            # Lets the loop see a connection that has ended by now, before the dot makes it matter.
            await asyncio.sleep(0)
            while (buffer := protocol.transport) is not None:
                if not isinstance(buffer, asyncio.WriteTransport) or not buffer.get_write_buffer_size():
                    return
                await asyncio.sleep(0.005)

    async def _declined(self, stage: str, code: int, text: str) -> Reply:
        """The reply of a server that did not take this stage, and a clean slate for the next message."""
        if 400 <= code < 600 and code != 421 and not self.has_surplus:
            await self._reset()
        else:
            self.drop()
        return _reply(_result(code), stage, code, text)

    def _out_of_turn(self, stage: str) -> Reply:
        """The reply where the server said yes and something besides: whose answer is whose is not known."""
        self.drop()
        return Reply(result=Result.DEFERRED, stage=stage, text=_SURPLUS)

    async def _reset(self) -> None:
        try:
            await self._client.rset(timeout=self._timeouts.command)
        except (SMTPException, OSError):
            self.drop()


def _end(not_after: str) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(not_after), UTC)


def _is_ascii(envelope: Envelope) -> bool:
    return envelope.sender.isascii() and envelope.recipient.isascii()


def _result(code: int) -> Result:
    """RFC 5321 4.2.1: 5yz is final; all else that is no acceptance is worth another try."""
    return Result.REFUSED if 500 <= code < 600 else Result.DEFERRED


def _reply(result: Result, stage: str, code: int, text: str) -> Reply:
    plain = " ".join(text.encode("utf-8", "replace").decode("utf-8", "replace").split())
    return Reply(result=result, stage=stage, code=code if code > 0 else None, text=plain)


def _lost(result: Result, stage: str, error: Exception) -> Reply:
    if isinstance(error, TimeoutError):
        text = "the server did not answer in time"
    else:
        text = "the connection was lost"
    if result is Result.UNKNOWN:
        text += " after the whole message had left"
    return Reply(result=result, stage=stage, text=text)
