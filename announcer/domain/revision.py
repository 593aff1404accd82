"""Corrections and cancellations: what lists were told of a talk that is no longer so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from announcer.domain.audience import visible
from announcer.domain.department import Corrections, Department, MailingList
from announcer.domain.history import History, Telling
from announcer.domain.mailing import Key, Mailing, State
from announcer.domain.requirement import hold
from announcer.domain.rule import Occasion
from announcer.domain.schedule import mailing, talk_is_off
from announcer.domain.snapshot import Fact, differences, facts
from announcer.domain.standing import Bounds, standing
from announcer.domain.talk import Talk

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
    outcomes = []
    for mailing_list in history.told_lists(talk.id, department.lists):
        entry = history.entry(key, mailing_list)
        last = history.last(talk.id, mailing_list, but=key)
        changes = _changes(talk, mailing_list, last)
        if last is None or (not changes and entry is None):
            continue
        if entry is None and mailing_list.name in carried and occasion is Occasion.CORRECTION:
            continue
        explicit = Fact.STATUS in changes
        policy = _policy(department, talk)
        if policy is Corrections.OFF and not explicit and entry is None:
            continue
        outcomes.append(
            standing(
                mailing_list,
                entry,
                Bounds(
                    now=now,
                    due=_due(department, talk, explicit=explicit),
                    expires=_expires(talk, last),
                    hold=held or hold(department, talk, occasion),
                    withdrawn=None if changes else "it was taken back before it went",
                ),
            )
        )
        if policy is Corrections.HOLD and not explicit and outcomes[-1].state in (State.DUE, State.UPCOMING):
            outcomes[-1] = replace(
                outcomes[-1],
                state=State.HELD,
                reason="corrections wait for a person: "
                f"`announcer send {talk.id} correction --yes` sends it, `announcer skip {key}` drops it",
            )
    if not outcomes:
        return None
    told = [t for o in outcomes if (t := history.last(talk.id, o.list, but=key))]
    return mailing(
        department,
        talk,
        key,
        outcomes,
        history,
        due=min(
            _due(department, talk, explicit=Fact.STATUS in _changes(talk, o.list, t))
            for o, t in zip(outcomes, told, strict=True)
        ),
        expires=max(_expires(talk, each) for each in told),
        now=now,
        revision=number,
    )


def is_inferred(mailing: Mailing) -> bool:
    """Whether a mailing is a correction that no person wrote down as such."""
    return mailing.occasion is Occasion.CORRECTION and not any(
        Fact.STATUS in group.changes for group in mailing.groups
    )


def _changes(talk: Talk, mailing_list: MailingList, last: Telling | None) -> tuple[Fact, ...]:
    """What this list does not know yet. Of a talk that is off, only that it is."""
    if last is None:
        return ()
    found = differences(last.snapshot, facts(visible(talk, mailing_list.audience)))
    return tuple(fact for fact in found if fact is Fact.STATUS) if talk_is_off(talk) else found


def _number(talk: Talk, history: History) -> int:
    """The number of the revision: the last one told where that told just this, else the next."""
    told = [t for t in history.tellings(talk.id) if t.entry.key.occasion in _REVISIONS]
    last = max((int(t.entry.key.period[1:]) for t in told), default=0)
    for telling in told:
        if int(telling.entry.key.period[1:]) == last:
            true = facts(visible(talk, telling.entry.audience))
            if not differences(telling.snapshot, true):
                return last
    return last + 1


def _policy(department: Department, talk: Talk) -> Corrections:
    series = department.series.get(talk.series)
    return (series.corrections if series else None) or department.corrections


def _due(department: Department, talk: Talk, *, explicit: bool) -> datetime:
    """What a person wrote down goes without waiting; what was inferred waits until the files settle."""
    if explicit:
        return talk.modified
    return max(talk.modified, department.modified) + SETTLING


def _expires(talk: Talk, last: Telling) -> datetime:
    return last.snapshot.start if talk_is_off(talk) else talk.start
