"""A talk, as its file and its series say: what a mailing can tell about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from announcer.domain.clock import require_aware, zone
from announcer.domain.rule import Rule


class Status(StrEnum):
    """Whether a talk takes place. RFC 5545 3.8.1.11 has `tentative`, `confirmed` and `cancelled`."""

    DRAFT = "draft"
    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Kind(StrEnum):
    """A talk, or the word that there is none this week."""

    TALK = "talk"
    NONE = "none"


class Audience(StrEnum):
    """Who may read what is sent to a list. What is internal never reaches a public one."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, kw_only=True, slots=True)
class Photo:
    """A speaker's picture."""

    path: str
    """Relative to the department's folder, with forward slashes."""
    alt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """Somebody who gives the talk."""

    name: str
    affiliation: str | None = None
    url: str | None = None
    pronouns: str | None = None
    bio: str | None = None
    """Markdown."""
    photo: Photo | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a talk is; a place written as plain text is its `room`."""

    room: str | None = None
    building: str | None = None
    address: str | None = None
    directions: str | None = None
    map: str | None = None
    """A URL."""

    @property
    def label(self) -> str:
        """Room and building in one line: `Crow 201, Crow Hall`."""
        return ", ".join(part for part in (self.room, self.building) if part) or self.address or ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Online:
    """How to take part from afar."""

    url: str | None = None
    meeting_id: str | None = None
    passcode: str | None = None
    note: str | None = None
    audience: Audience = Audience.INTERNAL


@dataclass(frozen=True, kw_only=True, slots=True)
class Host:
    """Who invited the speaker."""

    name: str
    email: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Refreshments:
    """What there is to eat or drink, and where; written as plain text it is all `what`."""

    what: str
    time: str | None = None
    location: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Meet:
    """How to meet the speaker."""

    text: str | None = None
    url: str | None = None
    until: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A labelled URL."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """One event, with what it inherits from its series. Text is as written; None is absent."""

    id: str
    series: str
    """A key of the department's series."""
    path: str
    """Its file, relative to the department's folder."""
    modified: datetime
    """When its file last changed."""
    kind: Kind = Kind.TALK
    status: Status = Status.CONFIRMED
    notice: str | None = None
    start: datetime
    end: datetime
    zone: str
    """The IANA name of the time zone in which its times are told."""
    title: str | None = None
    """None while it is to be announced."""
    speakers: tuple[Speaker, ...] = ()
    abstract: str | None = None
    """Markdown with LaTeX maths."""
    place: Place | None = None
    online: Online | None = None
    host: Host | None = None
    refreshments: Refreshments | None = None
    meet: Meet | None = None
    sponsor: str | None = None
    url: str | None = None
    links: tuple[Link, ...] = ()
    recording: bool | str | None = None
    contact: str | None = None
    accessibility: str | None = None
    parking: str | None = None
    show_timezones: tuple[str, ...] = ()
    confidential: bool = False
    notes: str | None = None
    subject: str | None = None
    lists: tuple[str, ...] = ()
    """Names of mailing lists, its own or its series'."""
    schedule: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        require_aware(start=self.start, end=self.end, modified=self.modified)

    @property
    def local_start(self) -> datetime:
        """The start on the clocks of the talk's zone."""
        return self.start.astimezone(zone(self.zone))

    @property
    def local_end(self) -> datetime:
        """The end on the clocks of the talk's zone."""
        return self.end.astimezone(zone(self.zone))

    @property
    def date(self) -> date:
        """The talk's local date."""
        return self.local_start.date()


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenTalk:
    """A talk whose file has errors: it holds its own mail, and its absence cancels nothing."""

    id: str
    path: str
    reason: str
    """What is wrong, in one line with its place."""
