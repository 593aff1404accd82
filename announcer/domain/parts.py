"""What a talk consists of: its speakers and places, and what else there is around it, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from announcer.domain.fields import Audience, Field, Seen, Shape


@dataclass(frozen=True, kw_only=True, slots=True)
class Photo:
    """A speaker's picture."""

    path: Annotated[
        str,
        Field(
            Shape.PATH,
            "Its file, from the folder of announcer.yaml.",
            examples=("photos/noether.jpg",),
            seen=Seen.PUBLIC,
            short=True,
        ),
    ]
    """Relative to the department's folder, with forward slashes."""
    alt: Annotated[
        str | None,
        Field(
            Shape.LINE,
            "What it shows, for those who do not see it.",
            aliases="alt_text alternative",
            seen=Seen.PUBLIC,
        ),
    ] = None
    """None where nobody said; a mail then names who is on it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """Somebody who gives the talk."""

    name: Annotated[
        str,
        Field(Shape.NAME, "The name.", examples=("Emmy Noether",), seen=Seen.PUBLIC, short=True),
    ]
    affiliation: Annotated[
        str | None,
        Field(
            Shape.NAME,
            "Where the speaker is from.",
            examples=("University of Göttingen",),
            aliases="affil institution institute university company employer org from_where",
            seen=Seen.PUBLIC,
        ),
    ] = None
    url: Annotated[str | None, Field(Shape.URL, "The speaker's own page.", seen=Seen.PUBLIC)] = None
    pronouns: Annotated[
        str | None, Field(Shape.NAME, "Such as they are.", aliases="pronoun", seen=Seen.PUBLIC)
    ] = None
    bio: Annotated[
        str | None,
        Field(
            Shape.MARKDOWN, "A few sentences, in Markdown.", aliases="biography about cv", seen=Seen.PUBLIC
        ),
    ] = None
    photo: Annotated[
        Photo | None,
        Field(
            Shape.RECORD,
            "A picture: its path, or path and alt.",
            aliases="picture image portrait foto headshot",
            seen=Seen.PUBLIC,
        ),
    ] = None
    email: Annotated[
        str | None,
        Field(
            Shape.MAILBOX,
            "The speaker's address: for the organizers, never sent to a list, published or shown.",
            examples=("emmy.noether@example.edu",),
            aliases="mail e_mail address",
            seen=Seen.NOBODY,
        ),
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a talk is."""

    room: Annotated[
        str | None,
        Field(
            Shape.NAME,
            "The room.",
            examples=("Crow 201",),
            aliases="name place hall",
            seen=Seen.ALWAYS,
            short=True,
            by_language=True,
        ),
    ] = None
    building: Annotated[
        str | None,
        Field(Shape.NAME, "The building.", examples=("Crow Hall",), seen=Seen.ALWAYS, by_language=True),
    ] = None
    address: Annotated[
        str | None, Field(Shape.NAME, "Street and town.", seen=Seen.ALWAYS, by_language=True)
    ] = None
    directions: Annotated[
        str | None, Field(Shape.PROSE, "How to find it.", seen=Seen.ALWAYS, by_language=True)
    ] = None
    map: Annotated[str | None, Field(Shape.URL, "A link to a map.", seen=Seen.ALWAYS)] = None

    @property
    def label(self) -> str:
        """Room and building in one line: `Crow 201, Crow Hall`."""
        return ", ".join(part for part in (self.room, self.building) if part) or self.address or ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Online:
    """How to take part from afar."""

    url: Annotated[
        str | None,
        Field(
            Shape.URL,
            "The link to the meeting.",
            label="Meeting link",
            examples=("https://example.zoom.us/j/123456789",),
            seen=Seen.PUBLIC,
            short=True,
        ),
    ] = None
    meeting_id: Annotated[
        str | None,
        Field(
            Shape.CODE,
            "The meeting's number.",
            label="Meeting ID",
            aliases="id id_number meeting_number zoom_id_number",
            seen=Seen.PUBLIC,
        ),
    ] = None
    passcode: Annotated[
        str | None,
        Field(Shape.CODE, "Its passcode.", aliases="code pin password_code", seen=Seen.PUBLIC),
    ] = None
    note: Annotated[
        str | None, Field(Shape.LINE, "What else there is to know.", seen=Seen.PUBLIC, by_language=True)
    ] = None
    audience: Annotated[
        Audience,
        Field(
            Shape.CHOICE,
            "Who is told: internal lists alone, or public ones too.",
            aliases="visibility privacy scope",
            seen=Seen.PUBLIC,
        ),
    ] = Audience.INTERNAL
    """Who is told any of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Host:
    """Who invited the speaker."""

    name: Annotated[str, Field(Shape.NAME, "The name.", seen=Seen.PUBLIC, short=True)]
    email: Annotated[
        str | None,
        Field(Shape.MAILBOX, "An address to write to, for internal lists alone.", seen=Seen.INTERNAL),
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Refreshments:
    """What there is to eat or drink, and where."""

    what: Annotated[
        str,
        Field(
            Shape.LINE,
            "What there is.",
            examples=("Coffee and tea",),
            seen=Seen.PUBLIC,
            short=True,
            by_language=True,
        ),
    ] = "Refreshments"
    time: Annotated[str | None, Field(Shape.NAME, "When.", examples=("3:30 pm",), seen=Seen.PUBLIC)] = None
    location: Annotated[str | None, Field(Shape.NAME, "Where.", seen=Seen.PUBLIC, by_language=True)] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Meet:
    """How to meet the speaker."""

    text: Annotated[
        str | None, Field(Shape.LINE, "What to do.", seen=Seen.PUBLIC, short=True, by_language=True)
    ] = None
    url: Annotated[str | None, Field(Shape.LINK, "Where to sign up.", seen=Seen.PUBLIC)] = None
    until: Annotated[str | None, Field(Shape.NAME, "Until when to sign up.", seen=Seen.PUBLIC)] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A labelled link."""

    label: Annotated[
        str, Field(Shape.NAME, "What it leads to.", aliases="title name text", seen=Seen.PUBLIC)
    ] = ""
    url: Annotated[str, Field(Shape.LINK, "The address.", seen=Seen.PUBLIC, short=True)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """What a talk was imported from."""

    name: Annotated[
        str,
        Field(Shape.REFERENCE, "The source's name.", examples=("spring",), seen=Seen.NOBODY, short=True),
    ]
    id: Annotated[str, Field(Shape.REFERENCE, "The talk's identity there.", seen=Seen.NOBODY)] = ""
