"""A talk as its file writes it: the fields, the kinds of their values, and what they are for."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator

from announcer.domain.occasion import SCHEDULED, Occasion
from announcer.domain.talk import Audience, Kind, Status
from announcer.records.fields.readers import (
    Date,
    Duration,
    FolderPath,
    Identifier,
    Line,
    LinkUrl,
    Mailbox,
    Prose,
    Recording,
    Time,
    Url,
    WhenPhrase,
    Word,
    YesNo,
    Zone,
    member_of,
    one_of,
    words,
)
from announcer.records.models.base import Record, filled, listed, short_form
from announcer.records.yaml.tree import Value

_read_scheduled = one_of((str(occasion) for occasion in SCHEDULED), "occasion that a schedule can send")
AudienceWord = Annotated[Audience, member_of(Audience, "audience"), words(Audience)]
ScheduledWord = Annotated[
    Occasion,
    PlainValidator(lambda value: Occasion(_read_scheduled(value))),
    words(SCHEDULED),
]
Names = Annotated[tuple[Word, ...], filled("lists", Word | Annotated[list[Word], Field(min_length=1)])]


class RuleRecord(Record):
    """One line of a schedule."""

    send: ScheduledWord = Field(
        description="The occasion: announcement or reminder.", examples=["announcement"]
    )
    when: WhenPhrase = Field(
        description="When it is due.", examples=["Monday of the same week at 9:00 am", "same day at 8:00 am"]
    )
    name: Identifier | None = Field(None, description="What tells it from others of the same occasion.")
    lists: Names = Field((), description="Instead of the talk's lists.")
    not_after: WhenPhrase | None = Field(
        None,
        description="Its latest useful moment, where that is before the talk.",
        examples=["2 hours before"],
    )


class PhotoRecord(Record):
    """A speaker's picture."""

    path: FolderPath = Field(
        description="Its file, from the folder of announcer.yaml.", examples=["photos/noether.jpg"]
    )
    alt: Line | None = Field(None, description="What it shows, for those who do not see it.")


class SpeakerRecord(Record):
    """Somebody who gives the talk."""

    name: Line = Field(examples=["Emmy Noether"])
    affiliation: Line | None = Field(None, examples=["University of Göttingen"])
    url: Url | None = Field(None, description="The speaker's own page.")
    pronouns: Line | None = None
    bio: Prose | None = Field(None, description="A few sentences, in Markdown.")
    email: Mailbox | None = Field(None, description="Never sent to a list, published or shown.")
    photo: Annotated[PhotoRecord, short_form("path", FolderPath | PhotoRecord)] | None = None


class LocationRecord(Record):
    """Where a talk is."""

    room: Line | None = Field(None, examples=["Crow 201"])
    building: Line | None = Field(None, examples=["Crow Hall"])
    address: Line | None = None
    directions: Prose | None = None
    map: Url | None = Field(None, description="A link to a map.")


class OnlineRecord(Record):
    """How to take part from afar."""

    url: Url | None = Field(None, examples=["https://example.zoom.us/j/123456789"])
    meeting_id: Line | None = None
    passcode: Line | None = None
    note: Line | None = None
    audience: AudienceWord = Field(
        Audience.INTERNAL, description="Who is told: internal lists alone, or public ones too."
    )


class HostRecord(Record):
    """Who invited the speaker."""

    name: Line
    email: Mailbox | None = None


class RefreshmentsRecord(Record):
    """What there is to eat or drink."""

    what: Line = Field("Refreshments", examples=["Coffee and tea"])
    time: Line | None = Field(None, examples=["3:30 pm"])
    location: Line | None = None


class MeetRecord(Record):
    """How to meet the speaker."""

    text: Line | None = None
    url: LinkUrl | None = None
    until: Line | None = Field(None, description="Until when to sign up.")


class LinkRecord(Record):
    """A labelled link."""

    label: Line | None = None
    url: LinkUrl


def _labelled(value: Value) -> Value:
    """`Paper: https://...` is a label and its address."""
    if isinstance(value, dict) and len(value) == 1 and not value.keys() & LinkRecord.model_fields.keys():
        ((label, url),) = value.items()
        return {"label": label, "url": url}
    return value


class SponsorRecord(Record):
    """Who made it possible, perhaps until a date."""

    text: Line
    until: Date | None = Field(None, description="The last day on which a talk has this sponsor.")


class OriginRecord(Record):
    """What a talk was imported from."""

    name: Word
    id: Line = ""


Location = Annotated[LocationRecord, short_form("room", Line | LocationRecord)]
HostField = Annotated[HostRecord, short_form("name", Line | HostRecord)]
RefreshmentsField = Annotated[RefreshmentsRecord, short_form("what", Line | RefreshmentsRecord)]
SpeakerField = Annotated[SpeakerRecord, short_form("name", Line | SpeakerRecord)]
LinkField = Annotated[
    LinkRecord, BeforeValidator(_labelled), short_form("url", LinkUrl | LinkRecord | dict[str, LinkUrl])
]
SponsorField = Annotated[SponsorRecord, short_form("text", Line | SponsorRecord)]
Speakers = Annotated[tuple[SpeakerField, ...], listed(SpeakerField | list[SpeakerField])]
Schedule = Annotated[
    tuple[RuleRecord, ...],
    filled("the schedule", RuleRecord | Annotated[list[RuleRecord], Field(min_length=1)]),
]


class TalkRecord(Record):
    """A talk: one file under talks/. What is silent here comes from its series."""

    series: Word | None = Field(
        None, description="A key of announcer.yaml's series; the folder's name under talks/ where silent."
    )
    date: Date = Field(description="The day of the talk.", examples=["2026-12-02", "2 December 2026"])
    time: Time | None = Field(None, description="When it begins.", examples=["4:00 pm", "16:00", "noon"])
    end: Time | None = Field(None, description="When it ends; or give its duration.", examples=["5:00 pm"])
    duration: Duration | None = Field(None, examples=["60 minutes", "1 h 30 min"])
    timezone: Zone | None = Field(None, description="Its IANA time zone.", examples=["America/Chicago"])
    id: Identifier | None = Field(
        None, description="Its identity, the file's stem where silent: keep it here when a file is renamed."
    )
    kind: Annotated[Kind, member_of(Kind, "kind"), words(Kind)] = Field(
        Kind.TALK, description="talk; or none: no talk this week, with the reason in notice."
    )
    status: Annotated[Status, member_of(Status, "status"), words(Status)] = Field(
        Status.CONFIRMED, description="draft and what is cancelled or postponed is never announced."
    )
    notice: Line | None = Field(
        None, description="The sentence that a correction or cancellation leads with."
    )
    title: Line | None = Field(None, description="Needed to announce it; TBA is the same as none.")
    speaker: Speakers = Field((), description="A name, or name, affiliation, url, pronouns, bio, photo.")
    speakers: Speakers = Field((), description="A list of them, where there are several.")
    abstract: Prose | None = Field(
        None, description="Markdown with LaTeX maths; begin it with | and indent it."
    )
    location: Location | None = Field(None, description="Text, or room, building, address, directions, map.")
    online: Annotated[OnlineRecord, short_form("url", Url | OnlineRecord)] | None = None
    host: HostField | None = Field(None, description="A name, or name and email.")
    refreshments: RefreshmentsField | None = Field(None, description="Text, or what, time, location.")
    meet: Annotated[MeetRecord, short_form("text", Line | MeetRecord)] | None = None
    sponsor: SponsorField | None = Field(
        None, examples=["This lecture was made possible by the Example Fund."]
    )
    url: Url | None = Field(None, description="The event's page.")
    links: Annotated[tuple[LinkField, ...], listed(LinkField | list[LinkField])] = Field(
        (), description="Each with a label and a url."
    )
    recording: Recording | None = Field(None, description="yes, no, or a sentence.")
    contact: Line | None = Field(None, description="Whom to ask.")
    accessibility: Prose | None = Field(None, description="How to get there and take part with a disability.")
    parking: Prose | None = Field(None, description="Where to park.")
    show_timezones: Annotated[tuple[Zone, ...], listed(Zone | list[Zone])] = Field(
        (), description="More zones to show the time in.", examples=[["Europe/Berlin"]]
    )
    confidential: YesNo = Field(
        False,
        description="yes: the speaker's name, the title and the abstract stay out of every public list.",
    )
    notes: Prose | None = Field(None, description="For the organizers; never sent.")
    source: Annotated[OriginRecord, short_form("name", Word | OriginRecord)] | None = Field(
        None, description="What it was imported from: written by announcer import."
    )
    subject: Line | None = Field(None, description="The subject of its emails, instead of the usual one.")
    lists: Names = Field((), description="Instead of the series' lists.")
    schedule: Schedule = Field((), description="Instead of the series' schedule.")
