"""Between the ledger's rows and the domain's values: moments, snapshots, messages."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from announcer.domain.snapshot import Snapshot

_DECODER = msgspec.json.Decoder(tuple[Snapshot, ...])


def utc_text(moment: datetime) -> str:
    """A moment as the ledger keeps it: ISO 8601 in UTC, which sorts as text."""
    return moment.astimezone(UTC).isoformat()


def read(text: str | None) -> datetime | None:
    """A moment that `written` wrote."""
    return None if text is None else datetime.fromisoformat(text)


def encoded(snapshots: Sequence[Snapshot]) -> str:
    """Snapshots as JSON."""
    return msgspec.json.encode(list(snapshots)).decode()


class Snapshots:
    """Reads snapshots, each text once: all lists of a mailing were mostly told the same."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Snapshot, ...]] = {}

    def read(self, text: str | None) -> tuple[Snapshot, ...]:
        """The snapshots of JSON that `encoded` wrote; none for None."""
        if text is None:
            return ()
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = _DECODER.decode(text)
        return known


def packed(message: bytes) -> tuple[str, bytes]:
    """A message's hash (SHA-256) and its compressed bytes."""
    return hashlib.sha256(message).hexdigest(), zlib.compress(message)


def unpacked(data: bytes) -> bytes:
    """The message that `packed` compressed."""
    return zlib.decompress(data)
