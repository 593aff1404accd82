"""A talk, as its file and its series say: what a mailing can tell about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import date as day
from datetime import time as clock
from enum import StrEnum
from typing import Annotated

from announcer.domain.clock import require_aware, zone
from announcer.domain.fields import (
    Audience,
    Field,
    Section,
    Seen,
    Shape,
    Translation,
    WithoutTalk,
    fields_of,
    in_language,
)
from announcer.domain.parts import (
    Host,
    Link,
    Meet,
    Online,
    Origin,
    Photo,
    Place,
    Refreshments,
    Speaker,
)
from announcer.domain.rule import Rule

__all__ = [
    "CANDIDATE", "FIELDS", "HIDDEN",
    "Audience", "BrokenTalk", "Host", "Kind", "Link", "Meet", "Online", "Origin", "Photo", "Place",
    "Refreshments", "Speaker", "Status", "Talk", "Written",
]  # fmt: skip


CANDIDATE = "Faculty candidate talk"
"""What a confidential talk is called where its file only says that it is one."""
HIDDEN = "hidden"


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What a talk's file says in other terms than a Talk: whose it is, and its hours on the wall clock."""

    series: Annotated[
        str | None,
        Field(
            Shape.REFERENCE,
            "A key of announcer.yaml's series; the folder's name under talks/ where silent.",
            examples=("colloquium",),
            aliases="series_name category program programme event_type",
            seen=Seen.ALWAYS,
            section=Section.WHEN,
        ),
    ] = None
    date: Annotated[
        day,
        Field(
            Shape.DATE,
            "The day of the talk.",
            examples=("2026-12-02", "2 December 2026"),
            aliases="when day_of datum day talk_date",
            seen=Seen.ALWAYS,
            section=Section.WHEN,
        ),
    ]
    time: Annotated[
        clock | None,
        Field(
            Shape.TIME,
            "When it begins.",
            examples=("4:00 pm", "16:00", "noon"),
            aliases="start start_time starts begins begin_time at hour clock",
            seen=Seen.ALWAYS,
            inherited=True,
            section=Section.WHEN,
        ),
    ] = None
    end: Annotated[
        clock | None,
        Field(
            Shape.TIME,
            "When it ends; or give its duration.",
            examples=("5:00 pm",),
            aliases="stop end_time ends until_time finish",
            seen=Seen.ALWAYS,
            section=Section.WHEN,
        ),
    ] = None
    duration: Annotated[
        timedelta | None,
        Field(
            Shape.DURATION,
            "How long it takes; an hour where silent.",
            examples=("60 minutes", "1 h 30 min"),
            aliases="length lasts minutes how_long",
            seen=Seen.ALWAYS,
            inherited=True,
            section=Section.WHEN,
        ),
    ] = None
    timezone: Annotated[
        str | None,
        Field(
            Shape.ZONE,
            "Its IANA time zone; the department's where silent.",
            label="Time zone",
            examples=("America/Chicago",),
            aliases="tz zone time_zone",
            seen=Seen.ALWAYS,
            section=Section.WHEN,
        ),
    ] = None
    id: Annotated[
        str | None,
        Field(
            Shape.IDENTIFIER,
            "Its identity, the file's stem where silent: keep it here when a file is renamed.",
            label="ID",
            examples=("2026-noether",),
            seen=Seen.PUBLIC,
            section=Section.MAIL,
        ),
    ] = None


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
    alias: str = ""
    """What a confidential talk is called where its id would name the candidate; made of the department's
    secret, empty while there is none."""
    start: datetime
    end: datetime
    zone: str
    """The IANA name of the time zone in which its times are told."""
    show_timezones: Annotated[
        tuple[str, ...],
        Field(
            Shape.ZONE,
            "More zones to show the time in.",
            examples=("Europe/Berlin",),
            seen=Seen.ALWAYS,
            without_talk=WithoutTalk.OWN,
            section=Section.WHEN,
        ),
    ] = ()
    kind: Annotated[
        Kind,
        Field(
            Shape.CHOICE,
            "talk; or none: no talk this week, with the reason in notice.",
            aliases="type",
            seen=Seen.ALWAYS,
            without_talk=WithoutTalk.OWN,
            section=Section.TALK,
        ),
    ] = Kind.TALK
    status: Annotated[
        Status,
        Field(
            Shape.CHOICE,
            "draft and what is cancelled or postponed is never announced.",
            aliases="state",
            seen=Seen.ALWAYS,
            without_talk=WithoutTalk.OWN,
            section=Section.TALK,
        ),
    ] = Status.CONFIRMED
    notice: Annotated[
        str | None,
        Field(
            Shape.LINE,
            "The sentence that a correction or cancellation leads with.",
            aliases="message reason notification announcement_text update",
            seen=Seen.PUBLIC,
            requirable=True,
            without_talk=WithoutTalk.OWN,
            section=Section.TALK,
            by_language=True,
        ),
    ] = None
    title: Annotated[
        str | None,
        Field(
            Shape.TITLE,
            "Needed to announce it; TBA is the same as none.",
            aliases="headline topic name_of_talk talk_title talk heading",
            seen=Seen.PUBLIC,
            requirable=True,
            section=Section.TALK,
        ),
    ] = None
    """None while it is to be announced."""
    speakers: Annotated[
        tuple[Speaker, ...],
        Field(
            Shape.RECORD,
            "Needed to announce it: a name, or name, affiliation, url, pronouns, bio, photo; "
            "or a list of them.",
            label="Speaker",
            key="speaker",
            plural="speakers",
            examples=("{name: Emmy Noether, affiliation: University of Göttingen}",),
            aliases="who presenter lecturer speaker_name talker by name_of_speaker presenters lecturers "
            "speaker_names",
            seen=Seen.PUBLIC,
            requirable=True,
            section=Section.TALK,
        ),
    ] = ()
    abstract: Annotated[
        str | None,
        Field(
            Shape.MARKDOWN,
            "Markdown with LaTeX maths; begin it with | and indent it.",
            aliases="summary description desc synopsis text body content abstract_text",
            seen=Seen.PUBLIC,
            requirable=True,
            section=Section.TALK,
        ),
    ] = None
    place: Annotated[
        Place | None,
        Field(
            Shape.RECORD,
            "Text, or room, building, address, directions, map.",
            key="location",
            examples=("{room: Crow 201, building: Crow Hall}",),
            aliases="venue where place room_number hall address_room loc lieu ort",
            seen=Seen.ALWAYS,
            inherited=True,
            requirable=True,
            section=Section.WHERE,
        ),
    ] = None
    online: Annotated[
        Online | None,
        Field(
            Shape.RECORD,
            "A link, or url, meeting_id, passcode, note; for internal lists alone, unless audience: public.",
            examples=("{url: https://example.zoom.us/j/123456789, passcode: '123456'}",),
            aliases="zoom zoom_link zoom_url zoom_id webinar livestream stream streaming remote virtual "
            "video teams meet_link video_link hybrid",
            seen=Seen.PUBLIC,
            requirable=True,
            section=Section.WHERE,
        ),
    ] = None
    host: Annotated[
        Host | None,
        Field(
            Shape.RECORD,
            "A name, or name and email.",
            examples=("Max Sample",),
            aliases="hosted_by organizer organiser invited_by contact_host",
            seen=Seen.PUBLIC,
            inherited=True,
            requirable=True,
        ),
    ] = None
    refreshments: Annotated[
        Refreshments | None,
        Field(
            Shape.RECORD,
            "Text, or what, time, location; none for none.",
            examples=("{what: Coffee and tea, time: 3:30 pm}",),
            aliases="tea coffee cookies food snacks reception refreshment drinks catering",
            seen=Seen.PUBLIC,
            inherited=True,
            requirable=True,
        ),
    ] = None
    meet: Annotated[
        Meet | None,
        Field(
            Shape.RECORD,
            "How to meet the speaker: text or a link, or text, url, until.",
            label="Meet the speaker",
            examples=("Write to Max Sample by Tuesday.",),
            aliases="meeting office_hours sign_up signup schedule_meeting meet_the_speaker",
            seen=Seen.PUBLIC,
            requirable=True,
        ),
    ] = None
    sponsor: Annotated[
        str | None,
        Field(
            Shape.LINE,
            "A sentence; or text, and until, the last day on which a talk has this sponsor.",
            examples=("This lecture was made possible by the Example Fund.",),
            aliases="fund funding funded_by sponsored_by sponsors endowment",
            seen=Seen.PUBLIC,
            inherited=True,
            requirable=True,
            by_language=True,
        ),
    ] = None
    url: Annotated[
        str | None,
        Field(
            Shape.URL,
            "The event's page.",
            label="Event page",
            examples=("https://physics.example.edu/talk",),
            aliases="link website webpage homepage web page event_url href",
            seen=Seen.PUBLIC,
            requirable=True,
            without_talk=WithoutTalk.OWN,
        ),
    ] = None
    links: Annotated[
        tuple[Link, ...],
        Field(
            Shape.RECORD,
            "Each with a label and a url.",
            examples=("{Paper: https://example.org/paper}",),
            aliases="urls see_also slides paper papers",
            seen=Seen.PUBLIC,
            requirable=True,
            without_talk=WithoutTalk.OWN,
        ),
    ] = ()
    recording: Annotated[
        bool | str | None,
        Field(
            Shape.YES_NO_OR_LINE,
            "yes, no, or a sentence.",
            examples=("yes",),
            aliases="recorded record",
            seen=Seen.PUBLIC,
            requirable=True,
        ),
    ] = None
    level: Annotated[
        str | None,
        Field(
            Shape.LINE,
            "For whom the talk is.",
            examples=("graduate",),
            aliases="target for_whom prerequisites difficulty",
            seen=Seen.PUBLIC,
            inherited=True,
            requirable=True,
            detail=True,
            by_language=True,
        ),
    ] = None
    language: Annotated[
        str | None,
        Field(
            Shape.NAME,
            "The language that it is in, where it differs from the mail's.",
            examples=("en",),
            aliases="spoken_in sprache langue",
            seen=Seen.PUBLIC,
            inherited=True,
            requirable=True,
            detail=True,
        ),
    ] = None
    accessibility: Annotated[
        str | None,
        Field(
            Shape.PROSE,
            "How to get there and take part with a disability.",
            examples=("The room has step-free access.",),
            aliases="access accessible ada",
            seen=Seen.PUBLIC,
            inherited=True,
            requirable=True,
            detail=True,
            by_language=True,
        ),
    ] = None
    parking: Annotated[
        str | None,
        Field(
            Shape.PROSE,
            "Where to park.",
            examples=("Lot 12 is free after 3 pm.",),
            aliases="park",
            seen=Seen.PUBLIC,
            inherited=True,
            requirable=True,
            detail=True,
            by_language=True,
        ),
    ] = None
    contact: Annotated[
        str | None,
        Field(
            Shape.LINE,
            "Whom to ask.",
            examples=("Max Sample, max@example.edu",),
            seen=Seen.PUBLIC,
            inherited=True,
            requirable=True,
            detail=True,
            without_talk=WithoutTalk.KEPT,
            by_language=True,
        ),
    ] = None
    confidential: Annotated[
        str,
        Field(
            Shape.YES_NO_OR_NAME,
            'yes: public lists learn its series, its time and its place, and "Faculty candidate talk"; or '
            "other words; hidden: they learn nothing at all.",
            examples=("yes", "Special talk"),
            aliases="secret_talk private_talk hidden",
            seen=Seen.ALWAYS,
            without_talk=WithoutTalk.OWN,
            section=Section.MAIL,
        ),
    ] = ""
    """What public lists read in place of its title and speaker; HIDDEN for a talk that they do not get."""
    request: Annotated[
        bool | None,
        Field(
            Shape.YES_NO,
            "no: nobody is asked for what it lacks; yes: also while it is a draft or confidential.",
            examples=("no",),
            aliases="ask requests ask_speaker",
            seen=Seen.NOBODY,
            without_talk=WithoutTalk.OWN,
            section=Section.MAIL,
        ),
    ] = None
    notes: Annotated[
        str | None,
        Field(
            Shape.PROSE,
            "For the organizers; never sent.",
            examples=("The speaker arrives the evening before.",),
            aliases="note comment comments remarks private internal",
            seen=Seen.NOBODY,
            without_talk=WithoutTalk.OWN,
            section=Section.MAIL,
        ),
    ] = None
    source: Annotated[
        Origin | None,
        Field(
            Shape.RECORD,
            "What it was imported from: name and id, written by announcer import.",
            label="Imported from",
            examples=("{name: spring, id: talk-17}",),
            aliases="imported_from origin",
            seen=Seen.NOBODY,
            without_talk=WithoutTalk.OWN,
            section=Section.MAIL,
        ),
    ] = None
    subject: Annotated[
        str | None,
        Field(
            Shape.TITLE,
            "The subject of its emails, instead of the usual one.",
            aliases="email_subject subject_line",
            seen=Seen.PUBLIC,
            inherited=True,
            without_talk=WithoutTalk.OWN,
            section=Section.MAIL,
            by_language=True,
        ),
    ] = None
    lists: Annotated[
        tuple[str, ...],
        Field(
            Shape.REFERENCE,
            "Instead of the series' lists.",
            label="Mailing lists",
            examples=("[colloquium]",),
            aliases="mail_lists mailing_lists list mailing_list send_to recipients to",
            seen=Seen.ALWAYS,
            inherited=True,
            without_talk=WithoutTalk.KEPT,
            section=Section.MAIL,
        ),
    ] = ()
    """Names of mailing lists, its own or its series'."""
    translations: tuple[Translation, ...] = ()
    """What of its words was written in several languages, in each of them."""
    schedule: Annotated[
        tuple[Rule, ...],
        Field(
            Shape.SCHEDULE,
            "Instead of the series' schedule.",
            examples=("[{send: reminder, when: same day at 8:00 am}]",),
            aliases="reminders rules timing",
            seen=Seen.ALWAYS,
            inherited=True,
            without_talk=WithoutTalk.KEPT,
            section=Section.MAIL,
        ),
    ] = ()

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

    def in_language(self, language: str) -> Talk:
        """The talk with its words in that language; what has none in it is as it was written first."""
        return in_language(self, self.translations, language)

    def is_for(self, audience: Audience) -> bool:
        """Whether lists of that audience hear of it at all."""
        return audience is Audience.INTERNAL or self.confidential != HIDDEN


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenTalk:
    """A talk whose file has errors: it holds its own mail, and its absence cancels nothing."""

    id: str
    path: str
    reason: str
    """What is wrong, in one line with its place."""
    undated: bool = False
    """Whether nothing is wrong but that a draft has no date yet."""


FIELDS = tuple(
    sorted((*fields_of(Written), *fields_of(Talk)), key=lambda field: list(Section).index(field.section))
)
"""Every field that a talk's file may have, in the order of a form and of the reference."""
