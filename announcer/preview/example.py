"""A correction or cancellation where nobody was told anything yet: with invented words to it, and said so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from announcer.domain.department import Corrections, Department, normalized
from announcer.domain.mailing import Entry, EntryState, Key, Mailing
from announcer.domain.occasion import Occasion
from announcer.domain.planning.on_demand import on_demand
from announcer.domain.planning.schedule import talk_is_off, talk_lists
from announcer.domain.planning.situation import Situation
from announcer.domain.redaction import redact
from announcer.domain.snapshot import Snapshot, facts
from announcer.domain.talk import Place, Status, Talk

_ELSEWHERE = Place(room="Room 101")


def example(
    department: Department, talk: Talk, occasion: Occasion, now: datetime
) -> tuple[Mailing, str] | None:
    """The correction or cancellation as it would be if the lists had been told something else.

    Returns the mailing, whose rows and facts are invented, and a sentence that says which; None for a
    talk that goes to no list.
    """
    if occasion.row.takes_back:
        earlier, true = talk, talk if talk_is_off(talk) else replace(talk, status=Status.CANCELLED)
        if talk_is_off(talk):
            earlier = replace(talk, status=Status.CONFIRMED)
        sentence = "as if the talk had been announced, and then got `status: cancelled`"
    elif talk_is_off(talk):
        earlier, true = talk, replace(talk, status=Status.CONFIRMED)
        sentence = f"as if the talk, announced as {talk.status.value}, took place after all"
    else:
        hour = timedelta(hours=1)
        earlier = replace(talk, start=talk.start - hour, end=talk.end - hour, place=_ELSEWHERE)
        true = talk
        sentence = "as if the talk had been announced for an hour earlier, in Room 101"
    lists = talk_lists(department, talk)
    entries = [
        Entry(
            key=Key(talk.id, Occasion.ANNOUNCEMENT, Occasion.ANNOUNCEMENT.row.period.of(earlier.date)),
            list=mailing_list.name,
            address=normalized(mailing_list.address),
            audience=mailing_list.audience,
            state=EntryState.ACCEPTED,
            snapshots=(_earlier_facts(department, earlier, redact(earlier, mailing_list.audience)),),
            at=min(now, talk.start) - timedelta(days=1),
        )
        for mailing_list in lists
    ]
    free = replace(
        department,
        corrections=Corrections.SEND,
        series={key: replace(series, corrections=None) for key, series in department.series.items()},
    )
    mailing = on_demand(
        Situation.of(free, entries, now), replace(true, modified=min(now, talk.modified)), occasion
    )
    return (mailing, sentence) if mailing else None


def _earlier_facts(department: Department, talk: Talk, seen: Talk) -> Snapshot:
    return replace(
        facts(seen),
        talk=talk.id,
        uid=f"{seen.id}@{department.domain}",
        dtstamp=talk.modified,
    )
