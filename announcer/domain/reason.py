"""A reason: why a mailing stands where it does, as a value. Words are made of it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias, Union


class Code(StrEnum):
    """What kind of reason. The names are what scripts read, and do not change."""

    DRAFT = "draft"
    INCOMPLETE = "incomplete"
    """`fields`: what the talk has not; `asked`, the Reason that says who was asked for it."""
    NO_NOTICE = "no-notice"
    """A week without a talk does not say why."""
    PAUSED = "paused"
    """`why`: what somebody wrote."""
    SERIES_PAUSED = "series-paused"
    """`series`: its name, and `why`."""
    UNREADABLE = "unreadable"
    """The talk's file has a problem, `problem`. `key` where the mailing can be dropped, here and below."""
    FILE_GONE = "file-gone"
    RENAMED = "renamed"
    """A talk in `path` stands where `talk` stood, whose file is gone."""
    WAITS = "waits"
    """A correction waits for a person; `key`, where one may send or drop it."""
    TOO_NEAR = "too-near"
    """The talk begins before a correction goes by itself; `key` as above."""
    NEW_DATE_PAST = "new-date-past"
    TOO_MANY = "too-many"
    """`number` corrections at once."""
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    NO_TALK = "no-talk"
    BEFORE_BEGIN = "before-begin"
    """`begin`: the day that the config names."""
    BEFORE_LEDGER = "before-ledger"
    """It may have gone before there was this ledger; so may `number` in all."""
    OVER_BEFORE_LEDGER = "over-before-ledger"
    EMPTY = "empty"
    ADDED_LATER = "added-later"
    LIST_GONE = "list-gone"
    RESCHEDULED = "rescheduled"
    CHANGED_SINCE = "changed-since"
    TAKEN_BACK = "taken-back"
    EDITED_TOO_LATE = "edited-too-late"
    LEFT_TO_CANCELLATION = "left-to-cancellation"
    LEFT_TO_CORRECTION = "left-to-correction"
    TOLD_BY_CORRECTION = "told-by-correction"
    CORRECTION_SKIPPED = "correction-skipped"
    WENT_INSTEAD = "went-instead"
    """`occasion`: the mail that made it needless."""
    GOES_INSTEAD = "goes-instead"
    LATER_GOES_INSTEAD = "later-goes-instead"
    """`occasion`: its own, of another rule."""
    HELD_TOO_LONG = "held-too-long"
    """`cause`: the reason for which it was held."""
    NOBODY_SENT = "nobody-sent"
    """`cause`: the reason for which a person was to send it."""
    NOTHING_RAN = "nothing-ran"
    FAILED = "failed"
    """`problem`: why its message could not be made, the last time that it was tried."""
    SKIPPED = "skipped"
    NOT_ASKED = "not-asked"
    UNKNOWN = "unknown"
    UNDER_WAY = "under-way"
    REFUSED = "refused"
    """`reply`: the server's words, here and below."""
    PUT_OFF = "put-off"
    RETRYING = "retrying"
    PUT_OFF_TOO_LONG = "put-off-too-long"
    STOPPED = "stopped"
    ELSEWHERE = "elsewhere"
    KEPT_CHANGING = "kept-changing"
    FILES_CHANGED = "files-changed"
    NOTHING_ASKS = "nothing-asks"
    FIRST_REQUEST = "first-request"
    """Of the series `series`; `talk` is the id of the one that it is about."""
    ASKED = "asked"
    """`who` (a role) was asked on `day`."""
    COMPLETE = "complete"
    ANNOUNCED = "announced"
    REQUEST_OFF = "request-off"
    BEFORE_SWITCHED_ON = "before-switched-on"
    NO_DAY_LEFT = "no-day-left"
    NOTHING_TO_SEE = "nothing-to-see"
    NOT_ANY_MORE = "not-any-more"
    """`cause`: what is so by now."""


Value: TypeAlias = Union[str, int, date, "tuple[str, ...]", "Reason"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A code, and the facts that its words need."""

    code: Code
    facts: tuple[tuple[str, Value], ...] = ()
    """Names and values, ordered by name."""

    @staticmethod
    def of(code: Code, **facts: Value | None) -> Reason:
        """A reason with these facts, but those that are None."""
        known = ((name, value) for name, value in facts.items() if value is not None)
        return Reason(code, tuple(sorted(known, key=lambda fact: fact[0])))

    def get(self, name: str) -> Value | None:
        """A fact, None where it has none of that name."""
        return next((value for fact, value in self.facts if fact == name), None)

    def having(self, **facts: Value) -> Reason:
        """The same with more facts."""
        return Reason.of(self.code, **dict(self.facts) | facts)

    @property
    def root(self) -> Reason:
        """What is behind it all: of what was held too long, the reason for which it was held."""
        cause = self.get("cause")
        return cause.root if isinstance(cause, Reason) else self
