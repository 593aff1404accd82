"""The plan: what a moment asks for, from the talks, the rules, the ledger's entries and the moment alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from announcer.domain.clock import require_aware
from announcer.domain.department import Department
from announcer.domain.mailing import EntryState, Mailing, Plan, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.afterwards import afterwards_mailings
from announcer.domain.planning.before import heed_past
from announcer.domain.planning.corrections import MOST_AT_ONCE, is_inferred, revision_mailing
from announcer.domain.planning.digests import digest_mailings
from announcer.domain.planning.history import History, from_entry
from announcer.domain.planning.list_state import Bounds, list_state
from announcer.domain.planning.past import ALL_KNOWN, Past
from announcer.domain.planning.people import who_was_asked
from announcer.domain.planning.requests import request_mailings
from announcer.domain.planning.scheduled import going, talk_mailings
from announcer.domain.planning.situation import Situation
from announcer.domain.reason import Code, Reason
from announcer.domain.snapshot import Snapshot, as_told
from announcer.domain.talk import BrokenTalk, Talk

LOOK_BACK = timedelta(days=7)
"""How long what was missed is shown."""
LOOK_AHEAD = timedelta(days=30)
"""How far ahead mailings are planned in full."""
_OPEN = (EntryState.UNKNOWN, EntryState.CLAIMED, EntryState.ATTEMPTING)


def plan(
    situation: Situation,
    talks: Sequence[Talk],
    broken: Sequence[BrokenTalk],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    past: Past = ALL_KNOWN,
) -> Plan:
    """What a situation asks for. Pure: the same arguments give the same plan.

    Talks that began before `since` (a week ago) are left out unless a row of theirs is open;
    what is due after `until` (30 days ahead) is named, but has no groups, and no digest is.
    `past` says since when the entries are all that there was.
    """
    require_aware(since=since, until=until)
    department, history, now = situation.department, situation.history, situation.now
    since = since or now - LOOK_BACK
    until = until or now + LOOK_AHEAD
    relevant = _relevant(talks, history, since)
    mailings: list[Mailing] = []
    suspects = _renamed(situation, talks, broken)
    certain = [talk for talk in talks if talk.id not in suspects]
    for talk in relevant:
        mailings += _about(situation, talk, held=suspects.get(talk.id), until=until)
    for talk, reason in _unreadable(situation, talks, broken, since):
        mailings += [
            replace(mailing, groups=()) for mailing in _about(situation, talk, held=reason, until=until)
        ]
    for digest in department.digests.values():
        mailings += digest_mailings(situation, digest, certain, since=since, until=until)
    mailings += _leftover(situation, mailings)
    mailings = heed_past(_not_too_many(mailings), history, past)
    mailings.sort(key=lambda mailing: (mailing.due or mailing.at or now, mailing.key))
    return Plan(now=now, mailings=tuple(mailings))


def _relevant(talks: Sequence[Talk], history: History, since: datetime) -> list[Talk]:
    """Talks that have not begun by `since`, or were told to be later, or have an open row."""
    return [
        talk
        for talk in talks
        if talk.start >= since
        or any(announced.snapshot.start >= since for announced in history.announced(talk.id))
        or any(entry.state in _OPEN for key in history.keys(talk.id) for entry in history.entries(key))
    ]


def _about(situation: Situation, talk: Talk, *, held: Reason | None, until: datetime) -> list[Mailing]:
    """All mailings about one talk."""
    scheduled = talk_mailings(situation, talk, held=held, until=until)
    revision = revision_mailing(situation, talk, carried=going(scheduled), held=held)
    made = [*scheduled, *([revision] if revision else [])]
    if talk.path:
        requests = request_mailings(situation, talk, held=held, until=until)
        made = [_with_asked(situation, talk, mailing) for mailing in made]
        made += [*requests, *afterwards_mailings(situation, talk, held=held, until=until)]
    return [_or_skip(mailing, held) for mailing in made] if held and talk.path else made


def _with_asked(situation: Situation, talk: Talk, mailing: Mailing) -> Mailing:
    """A mailing that is held for what a talk lacks, saying who was asked for it last."""
    series = situation.department.series.get(talk.series)
    asked = who_was_asked(situation.history, talk, series.requests) if series else ()
    if not asked:
        return mailing
    last = Reason.of(Code.ASKED, who=asked[-1].who, day=asked[-1].day)
    return replace(
        mailing,
        outcomes=tuple(
            replace(outcome, reason=outcome.reason.having(asked=last))
            if outcome.state is State.HELD and outcome.reason and outcome.reason.code is Code.INCOMPLETE
            else outcome
            for outcome in mailing.outcomes
        ),
    )


def _or_skip(mailing: Mailing, held: Reason) -> Mailing:
    """The mailing whose hold says how to drop it, too."""
    reason = held.having(key=str(mailing.key))
    return replace(
        mailing,
        outcomes=tuple(
            replace(outcome, reason=reason) if outcome.reason == held else outcome
            for outcome in mailing.outcomes
        ),
    )


def _renamed(situation: Situation, talks: Sequence[Talk], broken: Sequence[BrokenTalk]) -> dict[str, Reason]:
    """Talks never told of that stand where one whose file vanished stood, and why they are held."""
    history = situation.history
    known = {talk.id for talk in talks} | {talk.id for talk in broken}
    vanished = {}
    for name in history.talks():
        newest = history.newest(name)
        if name not in known and newest and newest.start > situation.now and not newest.off:
            vanished[(newest.series, newest.start)] = name
    return {
        talk.id: Reason.of(Code.RENAMED, talk=vanished[talk.series, talk.start], path=talk.path)
        for talk in talks
        if (talk.series, talk.start) in vanished and not history.announced(talk.id)
    }


def _unreadable(
    situation: Situation, talks: Sequence[Talk], broken: Sequence[BrokenTalk], since: datetime
) -> list[tuple[Talk, Reason]]:
    """Talks that lists were told of and that can no longer be read: as they were told, and the reason."""
    department, history = situation.department, situation.history
    known = {talk.id for talk in talks}
    reasons = {talk.id: Reason.of(Code.UNREADABLE, problem=talk.reason) for talk in broken}
    unreadable = []
    for name in history.talks():
        newest = history.newest(name)
        if name in known or newest is None or newest.start < since:
            continue
        announced = (
            history.last(name, mailing_list)
            for mailing_list in history.announced_lists(name, department.lists)
        )
        if all(announced is None or announced.snapshot.off for announced in announced):
            continue
        reason = reasons.get(name, Reason.of(Code.FILE_GONE))
        unreadable.append((_as_told(department, newest, history), reason))
    return unreadable


def _as_told(department: Department, announced: Snapshot, history: History) -> Talk:
    series = department.series.get(announced.series)
    bare = Talk(
        id=announced.talk,
        series=announced.series,
        path="",
        modified=datetime(2000, 1, 1, tzinfo=UTC),
        status=announced.status,
        start=announced.start,
        end=announced.end,
        zone=announced.zone,
        lists=tuple(
            mailing_list.name for mailing_list in history.announced_lists(announced.talk, department.lists)
        ),
        schedule=series.schedule if series else (),
    )
    return as_told(bare, announced)


def _leftover(situation: Situation, mailings: Sequence[Mailing]) -> list[Mailing]:
    """Mailings that have rows and that nothing asks for any more: what went is shown, the rest withdrawn."""
    history, now = situation.history, situation.now
    planned = {mailing.key for mailing in mailings}
    about = {mailing.key.subject for mailing in mailings}
    leftover = []
    for subject in history.subjects():
        for key in history.keys(subject):
            entries = history.entries(key)
            is_open = any(entry.state in _OPEN for entry in entries)
            of_a_talk = subject in about and key.row.is_about_one
            if key in planned or not (is_open or of_a_talk):
                continue
            gone = Bounds(now=now, due=now, expires=now, withdrawn=Reason.of(Code.CHANGED_SINCE))
            leftover.append(
                Mailing(
                    key=key,
                    occasion=Occasion(key.occasion),
                    talks=tuple(
                        dict.fromkeys(snapshot.talk for entry in entries for snapshot in entry.snapshots)
                    )
                    or (subject,),
                    due=None,
                    expires=None,
                    outcomes=tuple(list_state(from_entry(entry), entry, gone) for entry in entries),
                )
            )
    return leftover


def _not_too_many(mailings: list[Mailing]) -> list[Mailing]:
    """Holds inferred corrections where there are suspiciously many."""
    waiting = [
        mailing
        for mailing in mailings
        if is_inferred(mailing) and mailing.state in (State.DUE, State.UPCOMING)
    ]
    # One edit gives them one due time: those that ran out of time meanwhile are of the same many.
    edits = {mailing.due for mailing in waiting}
    missed = [
        mailing
        for mailing in mailings
        if is_inferred(mailing) and mailing.state is State.MISSED and mailing.due in edits
    ]
    many = [mailing.key for mailing in (*waiting, *missed)]
    if len(many) <= MOST_AT_ONCE:
        return mailings
    reason = Reason.of(Code.TOO_MANY, number=len(many))
    return [_held(mailing, reason) if mailing.key in many else mailing for mailing in mailings]


def _held(mailing: Mailing, reason: Reason) -> Mailing:
    """The mailing held for that reason, or missed for it."""
    outcomes = []
    for outcome in mailing.outcomes:
        if outcome.state in (State.DUE, State.UPCOMING):
            outcome = replace(outcome, state=State.HELD, reason=reason)
        elif outcome.state is State.MISSED:
            outcome = replace(outcome, reason=Reason.of(Code.HELD_TOO_LONG, cause=reason))
        outcomes.append(outcome)
    return replace(mailing, outcomes=tuple(outcomes))
