"""Corrections and cancellations: what lists were told of a talk that is no longer so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from announcer.domain.announcing import mailing
from announcer.domain.audience import visible
from announcer.domain.department import Corrections, Department, MailingList
from announcer.domain.history import History, Telling
from announcer.domain.mailing import Entry, Key, ListOutcome, Mailing, State
from announcer.domain.requirement import hold
from announcer.domain.rule import Occasion
from announcer.domain.schedule import talk_is_off
from announcer.domain.snapshot import Fact, differences, facts
from announcer.domain.standing import Bounds, standing
from announcer.domain.superseded import corrections_policy
from announcer.domain.talk import Audience, Talk

SETTLING = timedelta(minutes=15)
"""How long the talk's file and the config must have been left alone before a correction goes by itself."""
MOST_AT_ONCE = 3
"""More inferred corrections than this at once look like somebody's edit of the config."""
_REVISIONS = (Occasion.CORRECTION, Occasion.CANCELLATION)


def revision_mailing(
    department: Department,
    talk: Talk,
    history: History,
    now: datetime,
    *,
    carried: set[str],
    held: str | None = None,
) -> Mailing | None:
    """The correction or cancellation that this talk asks for now, None where every list knows the truth.

    `carried` are the lists that a scheduled mail of this run tells it anyway.
    """
    occasion = Occasion.CANCELLATION if talk_is_off(talk) else Occasion.CORRECTION
    number = _number(talk, history)
    key = Key(talk.id, occasion, f"r{number}")
    asked = [
        each
        for mailing_list in history.told_lists(talk.id, department.lists)
        if (each := _asked(department, talk, mailing_list, key, history, carried))
    ]
    if not asked:
        return None
    reason = held or hold(department, talk, occasion)
    made = mailing(
        department,
        talk,
        key,
        [_outcome(each, talk, key, now, reason) for each in asked],
        history,
        due=min(each.due for each in asked),
        expires=max(each.expires for each in asked),
        now=now,
        revision=number,
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
    waits: str | None
    """Why a person must send it, in words."""


def _asked(
    department: Department,
    talk: Talk,
    mailing_list: MailingList,
    key: Key,
    history: History,
    carried: Collection[str],
) -> _Asked | None:
    """What this list must hear; None where it knows the truth, or hears it from a scheduled mail."""
    entry = history.entry(key, mailing_list)
    last = history.last(talk.id, mailing_list, but=key)
    if last is None:
        return None
    changes = _changes(talk, mailing_list.audience, last)
    explicit = Fact.STATUS in changes
    policy = corrections_policy(department, talk)
    tells_itself = mailing_list.name in carried and not talk_is_off(talk)
    if entry is None and (not changes or tells_itself or (policy is Corrections.OFF and not explicit)):
        return None
    # What a person wrote down goes without waiting; what was inferred waits until the files settle.
    edited = talk.modified if explicit else max(talk.modified, department.modified)
    due = edited if explicit else edited + SETTLING
    expires = last.snapshot.start if talk_is_off(talk) else talk.start
    waits = None
    if policy is not Corrections.SEND and not explicit:
        waits = "corrections wait for a person"
    elif due >= expires:
        waits = "the talk begins before a correction goes by itself"
    return _Asked(
        list=mailing_list, entry=entry, changes=changes, edited=edited, due=due, expires=expires, waits=waits
    )


def _outcome(asked: _Asked, talk: Talk, key: Key, now: datetime, hold: str | None) -> ListOutcome:
    withdrawn = None
    if not asked.changes:
        withdrawn = "it was taken back before it went"
    elif asked.edited >= asked.expires:
        withdrawn = "the files were edited only after the talk was to begin"
    late = asked.waits and not hold and now >= asked.expires
    bounds = Bounds(
        now=now,
        due=asked.due,
        expires=asked.expires,
        hold=hold,
        withdrawn=withdrawn,
        instead=f"nobody sent it in time: {asked.waits}" if late else None,
    )
    outcome = standing(asked.list, asked.entry, bounds)
    if not asked.waits or outcome.state not in (State.DUE, State.UPCOMING):
        return outcome
    reason = (
        f"{asked.waits}: "
        f"`announcer send {talk.id} correction --yes` sends it, `announcer skip {key}` drops it"
    )
    return replace(outcome, state=State.HELD, reason=reason)


def is_inferred(mailing: Mailing) -> bool:
    """Whether a mailing is a correction that no person wrote down as such."""
    return mailing.occasion is Occasion.CORRECTION and not any(
        Fact.STATUS in group.changes for group in mailing.groups
    )


def _changes(talk: Talk, audience: Audience, last: Telling) -> tuple[Fact, ...]:
    """What a list of this audience does not know yet. Of a talk that is off, only that it is."""
    found = differences(last.snapshot, facts(visible(talk, audience)))
    return tuple(fact for fact in found if fact is Fact.STATUS) if talk_is_off(talk) else found


def _number(talk: Talk, history: History) -> int:
    """The number of the revision: the last one told where that told just this, else the next."""
    told = [t for t in history.tellings(talk.id) if t.entry.key.occasion in _REVISIONS]
    last = max((int(t.entry.key.period[1:]) for t in told), default=0)
    for telling in told:
        if int(telling.entry.key.period[1:]) == last and not _changes(talk, telling.entry.audience, telling):
            return last
    return last + 1
