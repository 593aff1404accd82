"""The department: its lists, series, digests, and how its mail leaves. What announcer.yaml says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from announcer.domain.occasion import Occasion
from announcer.domain.provider import Rate
from announcer.domain.rule import Rule, Rung
from announcer.domain.source import Source
from announcer.domain.talk import Audience, Place
from announcer.domain.transports import TransportKind
from announcer.domain.when import Weekly


class Corrections(StrEnum):
    """What happens when an announced fact changed without a word from a person."""

    HOLD = "hold"
    SEND = "send"
    OFF = "off"


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """A mailbox (RFC 5322 3.4): an address and the name shown with it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The part behind the at sign, in lower case."""
        return self.address.rpartition("@")[2].lower()


def normalized(address: str) -> str:
    """An address as the ledger compares it: lists' local parts are not case-sensitive in practice."""
    return address.strip().casefold()


@dataclass(frozen=True, kw_only=True, slots=True)
class MailingList:
    """An address of a list server, with its audience."""

    name: str
    address: str
    audience: Audience = Audience.PUBLIC
    server: str | None = None
    """`mailman`, `sympa`, `listserv`, `google` or `exchange`."""
    text_only: bool = False
    auto_submitted: bool = True
    """Whether posts carry RFC 3834's Auto-Submitted."""
    locale: tuple[str, ...] = ()
    """The language of its mail, or two; the series' or the department's where empty."""
    person: str | None = None
    """Whose mailbox it is, by name (perhaps empty), where it is no list but a person: `name` is then the
    role, and the address is shown to nobody."""

    @property
    def shown(self) -> str:
        """Where mail for it goes, as the organizers read it: `colloquium <colloquium@lists.example.edu>`,
        `speaker (Ada Lindqvist)`."""
        if self.person is None:
            return f"{self.name} <{self.address}>"
        return f"{self.name} ({self.person})" if self.person else self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """A recurring programme of talks. Its defaults have already been given to its talks; `new` and
    `check` read them here."""

    key: str
    name: str
    names: dict[str, str] = field(default_factory=dict)
    """The name in each of some languages; the first of them where it has none in one."""
    subject_prefix: str = ""
    sender: Address | None = None
    """Who its mail comes from; the department's sender where None."""
    reply_to: Address | None = None
    """Who reads the answers; with a sender of its own that one, else the department's, where None."""
    calendar_links: bool | None = None
    """Whether its mail links to web calendars; as the department has it where None."""
    lists: tuple[str, ...] = ()
    day: int | None = None
    """0 is Monday."""
    time: time | None = None
    duration: timedelta | None = None
    place: Place | None = None
    texts: tuple[str, ...] = ()
    """What it says of each of its talks: known to everybody, also of a confidential one."""
    schedule: tuple[Rule, ...] = ()
    requires: dict[Occasion, tuple[str, ...]] = field(default_factory=dict)
    """The talk's fields that an occasion needs before it goes."""
    corrections: Corrections | None = None
    paused: str | None = None
    requests: tuple[Rung, ...] = ()
    """When whom is asked for what a talk lacks; nobody where empty."""
    request_needs: tuple[str, ...] = ("title", "abstract")
    """What is asked for: `title`, `abstract`, `affiliation`, `bio`, `photo`."""
    request_form: str | None = None
    """The URL of a form for the answer, with `{id}` where the talk's id goes."""
    locale: tuple[str, ...] = ()
    """The language of its mail, or two; the department's where empty."""
    has_afterwards: bool = False
    """Whether lists are told when a recording or slides are there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """The coming days' talks of several series, in one email."""

    name: str
    title: str = ""
    """As its readers know it; made of its name where empty."""
    titles: dict[str, str] = field(default_factory=dict)
    """The same in each of some languages."""
    when: Weekly
    covers: timedelta
    series: tuple[str, ...]
    lists: tuple[str, ...]
    send_when_empty: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """How mail leaves. Secrets are named, never held."""

    transport: TransportKind = TransportKind.MAILDIR
    provider: str | None = None
    """Whose profile filled in what the file left open."""
    path: str = "outbox"
    """The Maildir, relative to the department's folder."""
    host: str = "localhost"
    port: int = 0
    """0 takes the usual port of `security`: 587, 465 or 25."""
    security: str = "starttls"
    """`starttls`, `tls` or `none`."""
    username: str | None = None
    password_file: str | None = None
    password_command: str | None = None
    oauth_token_command: str | None = None
    ca_file: str | None = None
    envelope_from: str | None = None
    redirect_all_to: str | None = None
    connections: int = 4
    """How many SMTP connections may be open together."""
    rate: Rate | None = None
    """The most messages that the server wants in a time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How the department's mail looks."""

    accent: str | None = None
    """A color, `#rrggbb`."""
    logo: str | None = None
    """The URL of a picture."""
    logo_alt: str | None = None
    footer: str | None = None
    """A line of text at the foot of every mail."""
    footers: dict[str, str] = field(default_factory=dict)
    """The same in each of some languages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """Where the talks are published as pages, feeds and files."""

    url: str | None = None
    """The address at which the folder's files will be seen, without a slash at its end."""
    out: str | None = None
    """The folder that `run` writes them to after a change, relative to the department's; None for none."""
    audience: Audience = Audience.PUBLIC
    """Who may read them."""

    def page(self, name: str) -> str | None:
        """The address of a talk's page, where it is known."""
        return f"{self.url}/talks/{name}.html" if self.url else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Department:
    """All that announcer.yaml says."""

    organization: str
    names: dict[str, str] = field(default_factory=dict)
    """The organization's name in each of some languages."""
    website: str | None = None
    timezone: str
    locale: str = "en_US"
    sender: Address
    reply_to: Address | None = None
    organizer: Address | None = None
    lists: dict[str, MailingList]
    series: dict[str, Series]
    digests: dict[str, Digest] = field(default_factory=dict)
    corrections: Corrections = Corrections.HOLD
    begin: date | None = None
    paused: str | None = None
    style: Style = field(default_factory=Style)
    delivery: Delivery = field(default_factory=Delivery)
    site: Site | None = None
    country: str | None = None
    """Whose public holidays count: a country, with a region (`US-MO`)."""
    holidays: frozenset[date] = frozenset()
    """Those of these years, on which no person is asked for anything."""
    sources: dict[str, Source] = field(default_factory=dict)
    """None where the department publishes nothing by itself and its mails link to no page of ours."""
    ledger: str = "sqlite"
    """`sqlite`, or a postgresql:// URL without a password."""
    keep: timedelta = timedelta(days=400)
    """How long the ledger keeps the bytes of what was sent."""
    heartbeat: str | None = None
    """The URL that is asked after every good run."""
    macros: dict[str, str] = field(default_factory=dict)
    """The department's own commands in formulas: a name without its backslash, and what it stands for."""
    calendar_links: bool = False
    """Whether mail links to web calendars, from which no cancellation can take an entry out again."""
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    """Words of the department's own, by the English ones that they replace, for each language; those for
    every language under an empty one."""
    weekly_line: bool = False
    """Whether the organizer is told once a week that all is well."""
    modified: datetime
    """When announcer.yaml last changed."""

    @property
    def domain(self) -> str:
        """The right-hand side of Message-IDs and UIDs: the domain of From."""
        return self.sender.domain

    @property
    def envelope_from(self) -> str:
        """The RFC 5321 reverse-path."""
        return self.delivery.envelope_from or self.sender.address

    def speaking_for(self, key: str | None) -> Department:
        """The department as the mail of a series has it: with that one's sender and answers."""
        series = self.series.get(key or "")
        if series is None or not (series.sender or series.reply_to):
            return self
        answers = series.reply_to or (None if series.sender else self.reply_to)
        return replace(self, sender=series.sender or self.sender, reply_to=answers)

    def in_language(self, language: str) -> Department:
        """The department as its mail in a language has it: what has no name in it is called by the one that
        was written first."""
        series = {
            key: replace(record, name=record.names[language])
            for key, record in self.series.items()
            if language in record.names
        }
        digests = {
            name: replace(record, title=record.titles[language])
            for name, record in self.digests.items()
            if language in record.titles
        }
        style = self.style
        if language in style.footers:
            style = replace(style, footer=style.footers[language])
        if not (series or digests or language in self.names or style is not self.style):
            return self
        return replace(
            self,
            organization=self.names.get(language, self.organization),
            series={**self.series, **series},
            digests={**self.digests, **digests},
            style=style,
        )

    def has_calendar_links(self, key: str) -> bool:
        """Whether mail of a series links to web calendars."""
        series = self.series.get(key)
        own = series.calendar_links if series else None
        return self.calendar_links if own is None else own

    @property
    def human(self) -> Address:
        """Who reads the answers to a mail to a person."""
        return self.organizer or self.reply_to or self.sender

    def locales(self, lists: Sequence[MailingList], key: str | None) -> tuple[str, ...]:
        """The locales of a mail: the lists', else the series', else the department's. To a person whose
        language nobody knows mail is in two languages where one of the series' lists gets it so."""
        own = next((mailing_list.locale for mailing_list in lists if mailing_list.locale), ())
        series = self.series.get(key or "")
        if own or series is None:
            return own or (self.locale,)
        both: tuple[str, ...] = ()
        if any(mailing_list.person is not None for mailing_list in lists):
            theirs = (self.lists[name].locale for name in series.lists if name in self.lists)
            both = next((locale for locale in theirs if len(locale) > 1), ())
        return series.locale or both or (self.locale,)

    def open_texts(self, key: str) -> tuple[str, ...]:
        """What everybody may read, whatever a talk of the series of this key says: it gives no talk away."""
        answers = self.reply_to or self.sender
        shared = self.series[key].texts if key in self.series else ()
        of_style = (self.website or "", self.style.footer or "", *self.style.footers.values())
        return (
            self.organization,
            *self.names.values(),
            self.sender.address,
            answers.address,
            *of_style,
            *shared,
        )
