"""Handing a message over, in RFC 5321's terms: realm, envelope, outcome, reply."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Realm(StrEnum):
    """What a ledger row counts for. A rehearsal never blocks a live mailing."""

    REHEARSAL = "rehearsal"
    LIVE = "live"


class Result(StrEnum):
    """What became of one SMTP transaction (RFC 5321 4.2.1)."""

    ACCEPTED = "accepted"
    """250 to the final dot: a server's promise, not an arrival."""
    DEFERRED = "deferred"
    """4yz, or nothing was attempted: worth another try."""
    REFUSED = "refused"
    """5yz: final."""
    UNKNOWN = "unknown"
    """The connection was lost after the final dot: never sent again by itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """RFC 5321 3.3: the reverse-path and the one forward-path."""

    sender: str
    recipient: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """How a transaction ended."""

    result: Result
    stage: str
    """Where it ended: `connect`, `mail`, `rcpt`, `data`, `dot`, `store`."""
    code: int | None = None
    """The reply code, None where the server said nothing."""
    text: str = ""
    """The server's words, or what happened instead."""

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip() if self.code else self.text
