"""Transports: the ways in which mail can leave, each one row. Code asks the row, not the name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True, slots=True)
class TransportRow:
    """How a way to send behaves; `announcer.transport` opens it."""

    name: str
    """Its word in announcer.yaml."""
    does: str
    """What it does with mail, after its name."""
    where: str
    """Where it brings mail, as a clause, with the config's `{path}` or `{host}`."""
    is_rehearsal: bool
    """Whether what it takes reaches no list, and so never counts as sent."""
    over_network: bool
    """Whether it speaks to a server: which needs a host, may want a password, and may be slow."""


class TransportKind(StrEnum):
    """The ways to send, each with its row."""

    _value_: str
    row: TransportRow

    def __new__(cls, row: TransportRow | str) -> TransportKind:
        assert isinstance(row, TransportRow)  # noqa: S101 - a name is looked up among the members instead
        made = str.__new__(cls, row.name)
        made._value_ = row.name
        made.row = row
        return made

    MAILDIR = TransportRow(
        name="maildir",
        does="keeps it in a folder",
        where="a rehearsal: mail goes into {path}/, and nothing leaves this machine",
        is_rehearsal=True,
        over_network=False,
    )
    SMTP = TransportRow(
        name="smtp",
        does="sends it",
        where="mail goes to the lists through {host}",
        is_rehearsal=False,
        over_network=True,
    )
