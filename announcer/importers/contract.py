"""The contract of an importer: bytes in, drafts out, each value with the place that it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Protocol

from announcer.domain.errors import FaultError
from announcer.domain.plain import Plain
from announcer.importers.decoding import decoded

LIMIT = 10 * 1024 * 1024
"""The most bytes that a source may have."""


@dataclass
class SourceFaultError(FaultError):
    """A source cannot be read: it is not there, not what it should be, or cut off."""


@dataclass
class UnexplainedError(SourceFaultError):
    """What only a person can say of a source was not said, or cannot be understood."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """What a person should know of a draft or a source: a code that never changes, and a sentence."""

    code: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a source says of one talk. None is not said."""

    uid: str | None = None
    """Its identity in the source, with the occurrence; unique in this source alone."""
    address: str | None = None
    """The page that stands for it, where the source has no lasting identity of its own."""
    day: date | None = None
    at: time | None = None
    """On the clocks of the department's zone."""
    length: timedelta | None = None
    line: str | None = None
    """A title line of which only a person knows whether it is the title, the speaker or both."""
    values: Mapping[str, Plain] = field(default_factory=dict)
    """The talk's fields but for its date, time and length."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each value stood: `SUMMARY`, `column Title`, `line 3`."""
    remarks: tuple[Remark, ...] = ()
    skip: Remark | None = None
    """Why no talk is made of it."""
    cancelled: bool = False
    """Whether the source says that it does not take place."""
    series: str | None = None
    """What the source calls its series."""
    categories: tuple[str, ...] = ()
    """All that the source files it under."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A column whose heading is not understood, with some of what stands in it."""

    name: str
    examples: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceTalks:
    """All that a source says."""

    drafts: tuple[Draft, ...]
    remarks: tuple[Remark, ...] = ()
    headings: tuple[Heading, ...] = ()
    following: str | None = None
    """The address of its next page."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What is to be read."""

    data: bytes
    name: str = ""
    """The file's name, or the address without its secrets: for messages and for guessing by suffix."""
    media_type: str = ""
    address: str = ""
    """Where it was fetched from, whole; empty for files and pasted text."""

    @cached_property
    def text(self) -> str:
        """The bytes as text, without what nobody can see."""
        return decoded(self.data)

    @cached_property
    def start(self) -> str:
        """How it begins, in small letters."""
        return decoded(self.data[:4096]).lstrip().lower()

    @cached_property
    def json(self) -> Any:
        """The JSON document in it; None where it is none."""
        if self.start[:1] not in ("{", "["):
            return None
        try:
            return json.loads(self.text, strict=False)
        except ValueError:
            return None


@dataclass(frozen=True, kw_only=True)
class How:
    """How a source is to be read: what the department and its config say."""

    zone: str
    """The IANA name of the department's zone, or of the one that the config gives the source."""
    now: datetime
    """Aware."""
    summary: str | None = None
    """What a title line means: `{speaker}: {title}`; None where nobody said so yet."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """A table's headings, as the config explains them."""
    zone_is_told: bool = False
    """Whether a person said so, who is believed more than the source."""
    home: str = ""
    """The department's zone, where `zone` is the source's; empty where they are the same."""

    @property
    def department_zone(self) -> str:
        """The zone in which talks are written."""
        return self.home or self.zone


class Importer(Protocol):
    """A module of `importers/formats/`: one format."""

    NAME: str
    """As `--format` has it."""
    LABEL: str
    """What people call it, with its article."""

    def detect(self, given: Given) -> bool:
        """Whether it is this format, seen by its content."""

    def read(self, given: Given, how: How) -> SourceTalks:
        """Reads it. Raises SourceFaultError where it is damaged as a whole."""
