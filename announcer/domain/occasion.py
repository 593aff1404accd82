"""Occasions: why an email is sent, each one row that says how it behaves. Code asks the row, not the name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from announcer.domain.clock import iso_week


class Period(Enum):
    """What a mailing's key counts by: a talk that moves within it is not told of twice."""

    WEEK = "week"
    """The ISO week of the talk's local date, or of a digest's due date."""
    DAY = "day"
    """The talk's local date."""
    REVISION = "revision"
    """1 + the revisions told of the talk: it has no day."""

    def of(self, day: date) -> str:
        """`2026-W49` or `2026-12-02`. Raises KeyError for a revision."""
        return _WRITTEN[self](day)


_WRITTEN: dict[Period, Callable[[date], str]] = {Period.WEEK: iso_week, Period.DAY: date.isoformat}


class Recipients(Enum):
    """To whom a mailing goes."""

    LISTS = "lists"
    """The lists of the talk, the rule or the digest."""
    ANNOUNCED = "announced"
    """The lists that were told of the talk, also those that are no longer its own."""
    SPEAKER = "speaker"
    """The talk's speakers, each alone."""
    HOST = "host"
    ORGANIZER = "organizer"


PEOPLE = (Recipients.SPEAKER, Recipients.HOST, Recipients.ORGANIZER)
"""Who is a person: each gets a mail of their own."""


class CalendarEffect(Enum):
    """What a mailing does to the calendar of whoever adds it (RFC 5546 1.4)."""

    NONE = "none"
    PUBLISH = "publish"
    CANCEL = "cancel"
    """It takes back what was published."""


class Useful(Enum):
    """Until when a mailing is of use."""

    START = "start"
    """Until the talk begins, or the rule's `not_after`."""
    ANNOUNCED_START = "announced-start"
    """Until the start that the lists were told."""
    DAY = "day"
    """A day after it was due, or until the next of its kind is due or all that it tells of has begun."""
    WEEK_AFTER = "week-after"
    """Until seven days after the talk."""


class Thread(Enum):
    """A mailing's place among the others about its talk."""

    OPENS = "opens"
    """The first word: the others reply to it, and a correction that tells the same makes it needless."""
    REPLIES = "replies"
    OWN = "own"
    """It replies to the last of its own occasion that the same person got."""
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """How an occasion behaves."""

    name: str
    """Its template folder, its argument on the command line and its value in the ledger."""
    period: Period
    useful: Useful
    is_scheduled: bool = False
    """Whether a series' schedule can send it."""
    precedence: int | None = None
    """Of the mails about one talk that are due at once for a list, the one with the lowest goes. None for
    one that goes beside the others."""
    requires: tuple[str, ...] = ()
    """The talk's fields that it needs before it goes, where the series says nothing."""
    recipients: tuple[Recipients, ...] = (Recipients.LISTS,)
    calendar: CalendarEffect = CalendarEffect.PUBLISH
    thread: Thread = Thread.REPLIES
    is_about_one: bool = True
    """Whether its subject is one talk; else a digest's name, and it tells of many."""
    tells: bool = True
    """Whether its recipients count as told of the talk."""
    is_revision: bool = False
    """Whether it exists because of what was told: no rule asks for it, and a list may join late."""
    is_inferred: bool = False
    """Whether nobody need have asked for it: it follows from facts that differ."""
    withdraws: tuple[str, ...] = ()
    """The scheduled occasions, by name, that it makes needless for a list where they were due before it."""
    spares: tuple[str, ...] = ()
    """The scheduled occasions, by name, that one which went late makes needless where due soon after."""
    needs_talk: bool = False
    """Whether a week without a talk has none of it."""
    says_when: bool = False
    """Whether it leads with how near the talk is, whatever else it says first."""
    state: tuple[str, str] | None = None
    """What its message leads with where the talk is as it was told: a kind for the style, and the words."""

    @property
    def is_to_people(self) -> bool:
        """Whether persons get it, each alone, whose addresses are shown to nobody."""
        return any(recipients in PEOPLE for recipients in self.recipients)

    @property
    def takes_back(self) -> bool:
        """Whether it says that a talk does not take place."""
        return self.calendar is CalendarEffect.CANCEL


class Occasion(StrEnum):
    """The occasions, each with its row."""

    _value_: str
    row: Row

    def __new__(cls, row: Row | str) -> Occasion:
        assert isinstance(row, Row)  # noqa: S101 - a name is looked up among the members instead
        made = str.__new__(cls, row.name)
        made._value_ = row.name
        made.row = row
        return made

    ANNOUNCEMENT = Row(
        name="announcement",
        period=Period.WEEK,
        useful=Useful.START,
        is_scheduled=True,
        precedence=3,
        requires=("title", "speaker"),
        thread=Thread.OPENS,
        withdraws=("announcement",),
        spares=("reminder",),
    )
    REMINDER = Row(
        name="reminder",
        period=Period.DAY,
        useful=Useful.START,
        is_scheduled=True,
        precedence=2,
        requires=("speaker",),
        withdraws=("announcement", "reminder"),
        needs_talk=True,
        says_when=True,
        state=("reminder", "Reminder"),
    )
    DIGEST = Row(
        name="digest",
        period=Period.WEEK,
        useful=Useful.DAY,
        thread=Thread.NONE,
        is_about_one=False,
    )
    CORRECTION = Row(
        name="correction",
        period=Period.REVISION,
        useful=Useful.START,
        precedence=4,
        recipients=(Recipients.ANNOUNCED,),
        is_revision=True,
        is_inferred=True,
        state=("changed", "Changed"),
    )
    CANCELLATION = Row(
        name="cancellation",
        period=Period.REVISION,
        useful=Useful.ANNOUNCED_START,
        precedence=1,
        recipients=(Recipients.ANNOUNCED,),
        calendar=CalendarEffect.CANCEL,
        is_revision=True,
        withdraws=("announcement",),
    )
    REQUEST = Row(
        name="request",
        period=Period.DAY,
        useful=Useful.START,
        recipients=PEOPLE,
        calendar=CalendarEffect.NONE,
        thread=Thread.OWN,
        tells=False,
        needs_talk=True,
    )
    AFTERWARDS = Row(
        name="afterwards",
        period=Period.DAY,
        useful=Useful.WEEK_AFTER,
        recipients=(Recipients.ANNOUNCED,),
        calendar=CalendarEffect.NONE,
        tells=False,
        needs_talk=True,
    )


SCHEDULED = tuple(occasion for occasion in Occasion if occasion.row.is_scheduled)
"""The occasions that a rule of a schedule can send."""
OF_A_TALK = tuple(occasion for occasion in Occasion if occasion.row.is_about_one)
DIGESTS = tuple(occasion for occasion in Occasion if not occasion.row.is_about_one)
