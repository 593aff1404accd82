"""announcer.yaml as its file writes it: the fields, the kinds of their values, and what they are for."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from announcer.domain.department import Corrections
from announcer.domain.planning.holds import REQUIRABLE
from announcer.domain.request import NEEDS
from announcer.domain.talk import FIELDS, Audience
from announcer.domain.transports import TransportKind
from announcer.records.fields.readers import (
    Color,
    FolderPath,
    HostName,
    Identifier,
    LedgerUrl,
    Line,
    LocaleName,
    MacroName,
    Mailbox,
    Paused,
    Port,
    Sender,
    Url,
    Word,
    YesNo,
    member_of,
    one_of,
    words,
)
from announcer.records.fields.spoken import Texts
from announcer.records.fields.times import Date, Duration, Time, Weekday, WeeklyPhrase, Zone
from announcer.records.models.base import Record, filled, listed, short_form
from announcer.records.models.declared import with_fields
from announcer.records.models.operation import Connections, HeartbeatUrl, Keep, ProviderWord, RateText
from announcer.records.models.references import ListNames, SeriesNames
from announcer.records.models.schedule import Ladder, Schedule
from announcer.records.models.sources import SourceRecord

SERVERS = ("mailman", "sympa", "listserv", "google", "exchange")


def _one_of(known: tuple[str, ...], what: str) -> tuple[PlainValidator, WithJsonSchema]:
    return PlainValidator(one_of(known, what)), words(known)


AudienceWord = Annotated[Audience, member_of(Audience, "audience"), words(Audience)]
CorrectionsWord = Annotated[
    Corrections,
    member_of(Corrections, "way of handling corrections"),
    words(Corrections),
]
Server = Annotated[str, *_one_of(SERVERS, "list server that announcer knows")]
Format = Annotated[str, *_one_of(("both", "text"), "format")]
TransportWord = Annotated[TransportKind, member_of(TransportKind, "transport"), words(TransportKind)]
Security = Annotated[str, *_one_of(("starttls", "tls", "none"), "security")]
WhenEmpty = Annotated[str, *_one_of(("skip", "send"), "choice")]
Requirement = Annotated[str, *_one_of(REQUIRABLE, "field of a talk")]
Requirements = Annotated[tuple[Requirement, ...], listed(Requirement | list[Requirement])]
Need = Annotated[str, *_one_of(NEEDS, "thing to ask a speaker for")]
Needs = Annotated[
    tuple[Need, ...], filled("request_needs", Need | Annotated[list[Need], Field(min_length=1)])
]
Locales = Annotated[
    tuple[LocaleName, ...],
    listed(LocaleName | Annotated[list[LocaleName], Field(min_length=1, max_length=2)]),
    Field(max_length=2),
]


class ListRecord(Record):
    """A mailing list."""

    address: Mailbox = Field(description="Where it takes posts.", examples=["colloquium@lists.example.edu"])
    audience: AudienceWord = Field(
        Audience.PUBLIC, description="internal or public: who may read what it gets."
    )
    server: Server | None = Field(None, description="The list server's kind.")
    locale: Locales = Field(
        (),
        description="The language of its mail, or two for mail in both; the series' or department's where "
        "silent.",
        examples=["[de_CH, en_US]"],
    )
    format: Format = Field("both", description="both HTML and text, or text alone.")
    auto_submitted: YesNo | None = Field(
        None, description="Whether mail says that a program sent it (RFC 3834); no for Sympa where silent."
    )


class RequiresRecord(Record):
    """The fields of a talk that each occasion needs before it goes."""

    announcement: Requirements | None = Field(
        None,
        description="What an announcement needs; title and speaker where silent.",
        examples=["[title, speaker]"],
    )
    reminder: Requirements | None = Field(
        None,
        description="What a reminder needs; a speaker where silent.",
        examples=["[title, speaker]"],
    )
    digest: Requirements | None = Field(
        None,
        description="What a digest needs besides the date; nothing where silent.",
        examples=["[title, speaker]"],
    )
    correction: Requirements | None = Field(
        None, description="What a correction needs.", examples=["[title, speaker]"]
    )
    cancellation: Requirements | None = Field(
        None, description="What a cancellation needs.", examples=["[title, speaker]"]
    )


@with_fields(field for field in FIELDS if field.inherited)
class SeriesRecord(Record):
    """A recurring programme of talks, and what its talks have where they are silent."""

    name: Texts | None = Field(
        None,
        description="As readers know it, or so in each language; its key where silent.",
        examples=["Physics Colloquium", "{de: Physikalisches Kolloquium, en: Physics Colloquium}"],
    )
    subject_prefix: Line | None = Field(
        None,
        description="What each subject begins with; most list servers add their own.",
        examples=["[Colloquium]"],
    )
    from_: Sender | None = Field(
        None, alias="from", description="Who its mail comes from; the department's where silent."
    )
    reply_to: Sender | None = Field(None, description="Who reads the answers to its mail.")
    calendar_links: YesNo | None = Field(
        None, description="Whether its mail links to web calendars; as the department says where silent."
    )
    lists: ListNames = Field((), description="The lists that hear of its talks.")
    locale: Locales = Field(
        (),
        description="The language of its mail, or two; the department's where silent.",
        examples=["de_DE"],
    )
    day: Weekday | None = Field(
        None, description="Each talk's date is checked against it.", examples=["Wednesday"]
    )
    time: Time | None = Field(None, description="When its talks begin.", examples=["4:00 pm"])
    duration: Duration | None = Field(
        None, description="How long its talks take; an hour where silent.", examples=["60 minutes"]
    )
    schedule: Schedule = Field((), description="What is sent of each talk, and when.")
    requires: RequiresRecord | None = Field(
        None,
        description="The fields that a talk needs before an occasion goes.",
        examples=[{"announcement": ["title", "speaker", "abstract"]}],
    )
    corrections: CorrectionsWord | None = Field(
        None, description="hold, send or off; as the department's where silent."
    )
    paused: Paused | None = Field(None, description="Why nothing of it is sent at present.")
    request: Ladder = Field(
        (), description="Who is asked for what a talk lacks, and when; nobody where silent."
    )
    request_needs: Needs = Field(
        NEEDS[:2],
        description="What is asked for: title, abstract, affiliation, bio, photo.",
        examples=["[title, abstract]"],
    )
    request_form: Url | None = Field(
        None,
        description="A form for the answer; {id} in it becomes the talk's id.",
        examples=["https://forms.example.edu/talk?id={id}"],
    )
    after: YesNo = Field(
        False, description="Whether lists hear the day after that the recording or the slides are there."
    )


class DigestRecord(Record):
    """The coming days' talks in one email."""

    name: Texts | None = Field(
        None,
        description="As its readers know it, or so in each language; its key where silent.",
        examples=["{de: Diese Woche, en: This week}"],
    )
    when: WeeklyPhrase = Field(description="When it is due, every week.", examples=["Monday at 8:00 am"])
    covers: Duration = Field(description="How many days it tells of, from that day on.", examples=["7 days"])
    series: SeriesNames = Field(
        description="The series that it tells of.", examples=["[colloquium, seminar]"]
    )
    lists: ListNames = Field(description="The lists that it goes to.", examples=["[colloquium]"])
    when_empty: WhenEmpty = Field("skip", description="skip or send, when there is no talk in it.")


class LogoRecord(Record):
    """The department's logo."""

    url: Url = Field(description="Where the picture is.")
    alt: Line | None = Field(None, description="What it shows, for those who do not see it.")


class StyleRecord(Record):
    """How the department's mail looks."""

    accent: Color | None = Field(None, description="A color, in quotes.", examples=["#003366"])
    logo: Annotated[LogoRecord, short_form("url", Url | LogoRecord)] | None = Field(
        None, description="The URL of a picture; or url and alt."
    )
    footer: Texts | None = Field(
        None, description="A line at the foot of every mail, or one in each language."
    )


class DeliveryRecord(Record):
    """How mail leaves."""

    transport: TransportWord = Field(
        TransportKind.MAILDIR,
        description="; ".join(f"{kind} {kind.row.does}" for kind in TransportKind) + ".",
    )
    path: FolderPath = Field("outbox", description="The Maildir's folder.")
    provider: ProviderWord | None = Field(
        None, description="Fills in host, port, security, connections and rate where they are not given."
    )
    host: HostName | None = Field(None, description="The mail server.", examples=["smtp.example.edu"])
    port: Port | None = Field(None, description="Where silent 587, 465 or 25, as security is.")
    security: Security | None = Field(
        None, description="starttls, tls, or none (then without credentials); starttls where silent."
    )
    username: Word | None = Field(None, description="Who logs in; nobody where silent.")
    password_file: Word | None = Field(None, description="A file that holds the password.")
    password_command: Line | None = Field(None, description="A command that prints the password.")
    oauth_token_command: Line | None = Field(
        None, description="A command that prints a token for XOAUTH2, instead of a password."
    )
    ca_file: Word | None = Field(None, description="The certificates of a private authority.")
    envelope_from: Mailbox | None = Field(
        None, description="Where bounces go; the address of from where silent."
    )
    redirect_all_to: Mailbox | None = Field(
        None, description="A rehearsal: every envelope goes here instead."
    )
    connections: Connections | None = Field(
        None, description="How many may be open together; 4 where silent."
    )
    rate: RateText | None = Field(
        None, description="The most messages that the server wants in a time.", examples=["60 per minute"]
    )


class SiteRecord(Record):
    """Where the talks are published as pages, calendar feeds and files."""

    url: Url | None = Field(
        None,
        description="Where the published files will be seen; mails then link to each talk's page.",
        examples=["https://physics.example.edu/talks"],
    )
    out: FolderPath | None = Field(
        None, description="A folder that `run` writes them to after a change.", examples=["public"]
    )
    audience: AudienceWord = Field(
        Audience.PUBLIC, description="internal or public: who may read them; as a list's."
    )


class DepartmentRecord(Record):
    """The department: lists, series, schedules, delivery."""

    organization: Texts = Field(
        description="The department's name, as readers know it, or so in each language.",
        examples=["Department of Physics, Example University"],
    )
    website: Url | None = Field(None, description="The department's page.")
    timezone: Zone = Field(description="Its IANA time zone.", examples=["America/Chicago"])
    locale: LocaleName = Field(
        "en_US", description="The language of its mail, and how dates and times are written."
    )
    from_: Sender = Field(
        alias="from",
        description="Who mail comes from.",
        examples=["Physics Colloquium <colloquium@physics.example.edu>"],
    )
    reply_to: Sender | None = Field(None, description="Who reads the answers.")
    organizer: Sender | None = Field(None, description="Hears what needs a human.")
    lists: dict[Identifier, Annotated[ListRecord, short_form("address", Mailbox | ListRecord)]] = Field(
        description="The mailing lists, by name."
    )
    series: dict[Identifier, SeriesRecord] = Field(description="The series of talks, by name.")
    digests: dict[Identifier, DigestRecord] = Field(
        {}, description="Several talks in one email, once a week."
    )
    corrections: CorrectionsWord = Field(Corrections.HOLD, description="hold, send or off.")
    begin: Date | None = Field(None, description="Nothing due before this day is sent.")
    paused: Paused | None = Field(None, description="Why nothing is sent at present.")
    style: StyleRecord = Field(
        description="How its mail looks.", default_factory=lambda: StyleRecord.model_validate({})
    )
    delivery: DeliveryRecord = Field(
        description="How its mail leaves.", default_factory=lambda: DeliveryRecord.model_validate({})
    )
    site: SiteRecord | None = Field(None, description="Where the talks are published.")
    sources: dict[Identifier, SourceRecord] = Field({}, description="Where talks are imported from, by name.")
    ledger: LedgerUrl = Field("sqlite", description="sqlite, or a postgresql:// URL without a password.")
    keep: Keep = Field(
        timedelta(days=400),
        description="How long the ledger keeps the bytes of what was sent.",
        examples=["400 days"],
    )
    heartbeat: HeartbeatUrl | None = Field(
        None, description="An address that is asked after every good run, and its /fail after a bad one."
    )
    calendar_links: YesNo = Field(
        False,
        description="Whether mail links to Google Calendar and Outlook: a cancellation cannot take such an "
        "entry out again.",
    )
    weekly_line: YesNo = Field(False, description="Whether the organizer hears once a week that all is well.")
    macros: dict[MacroName, Line] = Field(
        {}, description="Your own commands in formulas.", examples=[{"R": r"\mathbb{R}"}]
    )
    labels: dict[str, Texts] = Field(
        {},
        description="Your own words instead of ours, in every language or in some.",
        examples=[{"Host": "Organizer", "Speaker": {"de": "Referentin"}}],
    )
    holidays: Word | None = Field(
        None, description="A country, with a region, whose public holidays are warned of.", examples=["US-MO"]
    )
    silence: dict[str, Annotated[tuple[Word, ...], listed(Word | list[Word])]] = Field(
        {},
        description="Codes of problems that are not told, for each file.",
        examples=[{"talks/colloquium/2026-noether.yaml": ["other-weekday"]}],
    )
