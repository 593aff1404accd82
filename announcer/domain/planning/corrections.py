"""Corrections and cancellations: what lists were told of a talk that is no longer so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from announcer.domain.department import Corrections, MailingList
from announcer.domain.mailing import Entry, EntryState, Key, ListOutcome, Mailing, State
from announcer.domain.occasion import Occasion, Useful
from announcer.domain.planning.history import concerns
from announcer.domain.planning.holds import hold
from announcer.domain.planning.list_state import Bounds, list_state
from announcer.domain.planning.schedule import talk_is_off
from announcer.domain.planning.scheduled import mailing
from announcer.domain.planning.situation import Situation
from announcer.domain.planning.suppression import SETTLING, corrections_policy
from announcer.domain.reason import Code, Reason
from announcer.domain.redaction import redact
from announcer.domain.snapshot import Fact, Snapshot, differences, facts
from announcer.domain.talk import Audience, Kind, Talk

MOST_AT_ONCE = 3
"""More inferred corrections than this at once look like somebody's edit of the config."""
_GIVEN_UP = (EntryState.REFUSED, EntryState.SKIPPED)


def revision_mailing(
    situation: Situation,
    talk: Talk,
    *,
    carried: set[str],
    held: Reason | None = None,
    exact: bool = False,
) -> Mailing | None:
    """The correction or cancellation that this talk asks for now, None where every list knows the truth.

    `carried` are the lists that a scheduled mail of this run tells it anyway. `exact` corrects spelling,
    too.
    """
    occasion = Occasion.CANCELLATION if _is_off(talk) else Occasion.CORRECTION
    number = _number(situation, talk, exact)
    key = Key(talk.id, occasion, f"r{number}")
    lists_asked = [
        asked
        for mailing_list in situation.history.announced_lists(talk.id, situation.department.lists)
        if (asked := _asked(situation, talk, mailing_list, key, carried, exact))
    ]
    if not lists_asked:
        return None
    reason = held or hold(situation.department, talk, occasion)
    made = mailing(
        situation,
        talk,
        key,
        [_outcome(asked, talk, key, situation.now, reason) for asked in lists_asked],
        due=min(asked.due for asked in lists_asked),
        expires=max(asked.expires for asked in lists_asked),
        revision=number,
        exact=exact,
    )
    waits = all(outcome.state is State.HELD for outcome in made.outcomes)
    return replace(made, due=None) if waits else made


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """One list that was told something else."""

    list: MailingList
    entry: Entry | None
    changes: tuple[Fact, ...]
    """Empty where the row that it has is about something taken back."""
    edited: datetime
    due: datetime
    expires: datetime
    waits: Reason | None
    """Why a person must send it."""
    hold: Reason | None
    """Why nobody may."""

    @property
    def is_under_way(self) -> bool:
        """Whether a person sent it since the edit, and the server put it off."""
        entry = self.entry
        if entry is None or entry.state is not EntryState.DEFERRED or entry.at is None:
            return False
        return entry.at >= self.edited


def _asked(
    situation: Situation,
    talk: Talk,
    mailing_list: MailingList,
    key: Key,
    carried: Collection[str],
    exact: bool,
) -> _Asked | None:
    """What this list must hear; None where it knows the truth, or hears it from a scheduled mail."""
    department, history = situation.department, situation.history
    entry = history.entry(key, mailing_list)
    last = history.last(talk.id, mailing_list, but=key)
    if last is None:
        return None
    changes = _changes(talk, mailing_list.audience, last.snapshot, exact)
    explicit = Fact.STATUS in changes
    policy = corrections_policy(department, talk)
    is_open = entry is None or entry.state in (EntryState.PENDING, EntryState.DEFERRED)
    if is_open and mailing_list.name in carried and not _is_off(talk):
        return None
    if entry is None and (not changes or (policy is Corrections.OFF and not explicit)):
        return None
    # What a person wrote down goes without waiting; what was inferred waits until the files settle.
    edited = talk.modified if explicit else max(talk.modified, department.modified)
    due = edited if explicit else edited + SETTLING
    announced = last.snapshot.start
    is_past = talk.start <= edited < announced and not _is_off(talk)
    expires = announced if key.row.useful is Useful.ANNOUNCED_START or is_past else talk.start
    waits = None
    if policy is not Corrections.SEND and not explicit:
        waits = Reason.of(Code.WAITS)
    elif due >= expires:
        waits = Reason.of(Code.TOO_NEAR)
    return _Asked(
        list=mailing_list,
        entry=entry,
        changes=changes,
        edited=edited,
        due=due,
        expires=expires,
        waits=waits,
        hold=Reason.of(Code.NEW_DATE_PAST) if is_past else None,
    )


def _outcome(asked: _Asked, talk: Talk, key: Key, now: datetime, hold: Reason | None) -> ListOutcome:
    withdrawn = None
    if not asked.changes:
        withdrawn = Reason.of(Code.TAKEN_BACK)
    elif asked.edited >= asked.expires:
        withdrawn = Reason.of(Code.EDITED_TOO_LATE)
    hold = hold or asked.hold
    late = asked.waits and not hold and now >= asked.expires
    bounds = Bounds(
        now=now,
        due=asked.due,
        expires=asked.expires,
        hold=hold,
        withdrawn=withdrawn,
        instead=Reason.of(Code.NOBODY_SENT, cause=asked.waits) if late else None,
    )
    outcome = list_state(asked.list, asked.entry, bounds)
    if outcome.state not in (State.DUE, State.UPCOMING) or asked.is_under_way:
        return outcome
    if not asked.waits:
        # One that the server put off before the last edit settles like any other.
        return replace(outcome, state=State.UPCOMING, reason=None) if now < asked.due else outcome
    return replace(outcome, state=State.HELD, reason=asked.waits.having(key=str(key), talk=talk.id))


def is_inferred(mailing: Mailing) -> bool:
    """Whether a mailing is a correction that no person wrote down as such."""
    return mailing.occasion.row.is_inferred and not any(
        Fact.STATUS in group.changes for group in mailing.groups
    )


def _is_off(talk: Talk) -> bool:
    """Whether lists that were told of this talk must hear that it does not take place."""
    return talk_is_off(talk) or talk.kind is Kind.NONE


def _changes(talk: Talk, audience: Audience, announced: Snapshot, exact: bool) -> tuple[Fact, ...]:
    """What a list of this audience does not know yet. Of a talk that is off, only that it is."""
    differing = differences(announced, facts(redact(talk, audience)), exact=exact)
    return tuple(fact for fact in differing if fact is Fact.STATUS) if _is_off(talk) else differing


def _number(situation: Situation, talk: Talk, exact: bool) -> int:
    """The number of the revision: the last one while what became of it still holds, else the next."""
    department, history = situation.department, situation.history
    entries = [
        entry for key in history.keys(talk.id) if key.row.is_revision for entry in history.entries(key)
    ]
    spent = [entry for entry in entries if entry.is_announced or entry.state in _GIVEN_UP]
    last = max((_round(entry.key) for entry in spent), default=0)
    rows = [entry for entry in spent if _round(entry.key) == last]
    edited = max(talk.modified, department.modified)
    for entry in rows:
        if entry.is_announced:
            continue
        about = next((snapshot for snapshot in entry.snapshots if snapshot.talk == talk.id), None)
        if _changes(talk, entry.audience, about, exact) if about else (entry.at or edited) < edited:
            return last + 1
    for mailing_list in history.announced_lists(talk.id, department.lists):
        newest = history.last(talk.id, mailing_list)
        heard = any(entry.is_announced and concerns(entry, mailing_list) for entry in rows)
        if newest and heard and _changes(talk, mailing_list.audience, newest.snapshot, exact):
            return last + 1
    return last or 1


def _round(key: Key) -> int:
    return int(key.period[1:])
