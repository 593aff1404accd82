"""A mailing, its key, its groups of lists, and the ledger's entries about it: what a plan is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from announcer.domain.clock import require_aware
from announcer.domain.department import MailingList
from announcer.domain.occasion import Occasion, Row
from announcer.domain.private import Private
from announcer.domain.reason import Code, Reason
from announcer.domain.request import Request
from announcer.domain.snapshot import Fact, Snapshot
from announcer.domain.talk import Audience, Talk


@dataclass(frozen=True, order=True, slots=True)
class Key:
    """A mailing's identity, `subject/occasion/period[/slot]`: no due time, no title, no place in a list."""

    subject: str
    """A talk's id, or a digest's name."""
    occasion: str
    period: str
    """ISO week (`2026-W49`), local date (`2026-12-02`) or revision (`r2`)."""
    slot: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in (self.subject, self.occasion, self.period, self.slot) if part)

    @property
    def row(self) -> Row:
        """How its occasion behaves."""
        return Occasion(self.occasion).row

    @staticmethod
    def parse(text: str) -> Key:
        """Reads what `str(key)` wrote. Raises ValueError."""
        parts = text.strip().split("/")
        if not 3 <= len(parts) <= 4 or not all(parts) or parts[1] not in set(Occasion):
            raise ValueError(text)
        return Key(*parts)


class State(StrEnum):
    """Where a mailing, or one list of it, stands."""

    UPCOMING = "upcoming"
    DUE = "due"
    HELD = "held"
    MISSED = "missed"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


WORST_FIRST = (
    State.UNKNOWN,
    State.REFUSED,
    State.MISSED,
    State.HELD,
    State.DEFERRED,
    State.SENDING,
    State.DUE,
    State.UPCOMING,
    State.ACCEPTED,
    State.WITHDRAWN,
)


NOT_SENT = "marked as not sent by hand"
"""What a row keeps where a person said that its mail did not go."""


class EntryState(StrEnum):
    """Where a ledger row stands."""

    PENDING = "pending"
    """Its list is frozen into the mailing; nothing is under way."""
    CLAIMED = "claimed"
    """A living process has it, and has not begun DATA."""
    ATTEMPTING = "attempting"
    """A living process is within DATA."""
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    """A person does not want it."""
    EMPTY = "empty"
    """There was nothing to tell when it was due."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A ledger row as the plan sees it: one (key, list) in one realm."""

    key: Key
    list: str
    address: str
    """Normalized."""
    audience: Audience
    state: EntryState
    snapshots: tuple[Snapshot, ...] = ()
    """What its message tells: what the list was told, where `is_announced`; what it was not, where it was
    refused or skipped. Else empty."""
    message_id: str | None = None
    subject: str | None = None
    """The Subject of its message, where it was attempted."""
    reply: str | None = None
    at: datetime | None = None
    """When it came to this state."""
    retry_at: datetime | None = None
    """Not to be tried again before this, where deferred."""

    def __post_init__(self) -> None:
        require_aware(at=self.at, retry_at=self.retry_at)

    @property
    def is_announced(self) -> bool:
        """Whether the list counts as told: accepted, or perhaps accepted."""
        return self.state in (EntryState.ACCEPTED, EntryState.UNKNOWN) and self.key.row.tells

    @property
    def counts_as_told(self) -> bool:
        """Whether what it tells is no news to the list: it was told, or a person wants no mail about it."""
        is_unwanted = self.state is EntryState.SKIPPED and self.key.row.is_revision
        return self.is_announced or (is_unwanted and self.key.row.tells)


@dataclass(frozen=True, kw_only=True, slots=True)
class ListOutcome:
    """One list of a mailing, and where it stands."""

    list: MailingList
    state: State
    reason: Reason | None = None
    message_id: str | None = None
    subject: str | None = None
    """The Subject of the message that it was sent, where it was."""
    reply: str | None = None
    at: datetime | None = None
    """When it came to this state, where a row says so."""
    by_hand: bool = False
    """Whether a person may send it now, though the schedule does not."""
    is_settled: bool = False
    """Whether a row says so, and nothing else."""

    @property
    def is_unsettled_empty(self) -> bool:
        """Whether it has nothing to tell, and no row that keeps this."""
        return self.reason is not None and self.reason.code is Code.EMPTY and not self.is_settled


@dataclass(frozen=True, kw_only=True, slots=True)
class AudienceGroup:
    """All that one message is made of: a mailing for the lists of one audience and profile.

    Composing needs this and the department, and no clock.
    """

    key: Key
    occasion: Occasion
    audience: Audience
    lists: tuple[MailingList, ...]
    """All of them, To's content, whatever became of each."""
    talks: tuple[Talk, ...]
    """As this audience may see them."""
    snapshots: tuple[Snapshot, ...]
    """What the message tells of each talk, with the identity of its calendar entry."""
    announced: tuple[Snapshot | None, ...]
    """What the group was told of each talk before, None for nothing."""
    changes: tuple[Fact, ...] = ()
    """What the message leads with: the facts of its one talk that differ from those told."""
    in_reply_to: str | None = None
    """The Message-ID that it replies to: the announcement's that the group got, or a request's."""
    due: datetime
    moment: datetime
    """When it is composed, at the earliest when due: what "today" means in it. In the talk's zone."""
    private: frozenset[Private] = frozenset()
    """Values that must not stand in any part of it."""
    days: tuple[date, date] | None = None
    """The first and the last day that a digest covers."""
    request: Request | None = None
    """What a person is asked for."""

    def __post_init__(self) -> None:
        require_aware(due=self.due, moment=self.moment)

    @property
    def today(self) -> date:
        """The date on which it is composed, in the talk's zone."""
        return self.moment.date()

    @property
    def series(self) -> str | None:
        """The series that its one talk is of, None of a digest."""
        return self.talks[0].series if self.talks and self.days is None else None

    @property
    def is_provisional(self) -> bool:
        """Whether its ids may still change: a talk is confidential, and the department has no secret yet."""
        return any(talk.confidential and not talk.alias for talk in self.talks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailing:
    """One email that is due at one instant: an occasion, its talks, its lists."""

    key: Key
    occasion: Occasion
    talks: tuple[str, ...]
    """Their ids."""
    due: datetime | None
    """None for one that waits for a person alone, or that nothing asks for any more."""
    expires: datetime | None
    """Its latest useful moment."""
    outcomes: tuple[ListOutcome, ...]
    groups: tuple[AudienceGroup, ...] = ()
    """Empty where its talk can no longer be read, or where it is due after all that was planned in full."""

    @property
    def reason(self) -> Reason | None:
        """Why it stands where it does: the reason of its worst outcome."""
        worst = self.state
        return next(
            (outcome.reason for outcome in self.outcomes if outcome.state is worst and outcome.reason), None
        )

    @property
    def state(self) -> State:
        """The worst of its outcomes."""
        states = {outcome.state for outcome in self.outcomes}
        return next((state for state in WORST_FIRST if state in states), State.WITHDRAWN)

    @property
    def subject(self) -> str | None:
        """The Subject that was sent, where something was."""
        sent = (outcome for outcome in self.outcomes if outcome.state in (State.ACCEPTED, State.UNKNOWN))
        return next((outcome.subject for outcome in sent if outcome.subject), None)

    @property
    def at(self) -> datetime | None:
        """When the last of its lists came to where it stands, where a row says so."""
        return max((outcome.at for outcome in self.outcomes if outcome.at), default=None)

    @property
    def lists(self) -> tuple[str, ...]:
        """The names of its lists."""
        return tuple(outcome.list.name for outcome in self.outcomes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a moment asks for, ordered by due time and key."""

    now: datetime
    mailings: tuple[Mailing, ...]

    def find(self, key: Key) -> Mailing | None:
        """The mailing of that key."""
        return next((mailing for mailing in self.mailings if mailing.key == key), None)

    @property
    def next_due(self) -> datetime | None:
        """When the next mailing comes due, None where none will."""
        return min(
            (mailing.due for mailing in self.mailings if mailing.due and mailing.due > self.now), default=None
        )
