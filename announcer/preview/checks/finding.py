"""A finding about a message, and what the checks look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from announcer.domain.mailing import AudienceGroup
from announcer.message import Message


class Grade(StrEnum):
    """How much a finding matters."""

    GOOD = "good"
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedLine:
    """One line below a finding, with a link where it is about one."""

    text: str
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One finding."""

    level: Grade
    name: str
    """What was looked at: `Size`."""
    says: str
    """The finding in a sentence."""
    items: tuple[CheckedLine, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Examined:
    """What the checks look at."""

    group: AudienceGroup
    message: Message
    preheader: str
    context: Mapping[str, object]
    """What the templates got, as plain data."""
