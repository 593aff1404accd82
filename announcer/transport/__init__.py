"""Handing a message over: one contract, several ways.

`announcer.transport.smtp` speaks to a server; `announcer.transport.maildir` writes into a folder.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from announcer.domain.delivery import Envelope, Reply
from announcer.domain.errors import FaultError

Attempting = Callable[[], Awaitable[bool]]
"""Notes that a message is about to be handed over; False where it must not be."""


class UnavailableError(FaultError):
    """No connection, TLS or EHLO: nothing was attempted and the mailing stays due."""


class CredentialsError(FaultError):
    """A secret is missing, unreadable or refused: nothing was attempted."""


class Transport(Protocol):
    """A way to hand messages over, one at a time."""

    @property
    def fault(self) -> FaultError | None:
        """What keeps all the rest from being sent until it is opened anew; None where nothing does."""

    async def open(self) -> None:
        """Gets ready to send. Raises UnavailableError or CredentialsError; nothing is attempted then."""

    async def send(self, envelope: Envelope, message: bytes, attempting: Attempting) -> Reply:
        """Hands one message over and says what became of it.

        `attempting` is called once, after the envelope was taken and before the message is (before
        DATA); where it returns False the transaction is given up, and the reply is deferred. Never
        raises for what a server says or a connection does; reopens a connection that was lost.
        """

    async def close(self) -> None:
        """Ends politely. What a server says to QUIT changes nothing."""
