"""A department's talks -> pages, calendar feeds, a news feed and data, for any web space."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from announcer.domain.department import Department
from announcer.domain.errors import FaultError
from announcer.domain.mailing import Entry
from announcer.domain.problem import Problem
from announcer.domain.talk import Audience, BrokenTalk, Talk


@dataclass
class PublishError(FaultError):
    """The folder cannot be written to as it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Records:
    """All that is published, at one moment, for one audience."""

    department: Department
    talks: Sequence[Talk]
    broken: Sequence[BrokenTalk]
    """They stay as they are published."""
    entries: Sequence[Entry] | None
    """The ledger's rows that count; None where it cannot be read, so that nobody knows what was told."""
    now: datetime
    """In the department's zone."""
    audience: Audience


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """The files of one moment."""

    files: Mapping[str, bytes | None]
    """By their paths in the folder, with forward slashes; None for one that stays as it is there."""
    problems: Sequence[Problem] = ()
    """What keeps a talk out of it."""
    pieces: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """What was made of each talk, to be kept for the next time, by what it was made of."""
    left_out: int = 0
    """Talks that this audience's lists do not get."""
    has_calendars: bool = True


def digest_of(data: bytes) -> str:
    """A file's bytes in one word."""
    return hashlib.sha256(data).hexdigest()
