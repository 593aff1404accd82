"""Afterwards: lists that were told of a talk hear, once, where its recording or its slides are."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from announcer.domain.clock import instant, zone
from announcer.domain.department import MailingList
from announcer.domain.mailing import Key, Mailing
from announcer.domain.occasion import Occasion
from announcer.domain.planning.holds import paused
from announcer.domain.planning.list_state import Bounds, list_state
from announcer.domain.planning.scheduled import GONE, frozen_lists, mailing
from announcer.domain.planning.situation import Situation
from announcer.domain.planning.suppression import SETTLING, before_begin, needless
from announcer.domain.reason import Code, Reason
from announcer.domain.redaction import redact
from announcer.domain.talk import Audience, Link, Status, Talk

USEFUL = timedelta(days=7)
"""How long after a talk it is still told."""
_NEXT_MORNING = time(9)
_RECORDING = re.compile(
    r"record|video|v[ií]d[eé]o|film|mitschnitt|aufzeichnung|aufnahme|enregistrement|grabaci[oó]n"
    r"|registrazione|grava[cç][aã]o|opname|nagrani|録画|動画|ビデオ|录像|录播|视频|錄影|녹화|영상",
    re.IGNORECASE,
)
_SLIDES = re.compile(
    r"\bslides?\b|folien|pr[aä]sentation|diapo|transparents|diapositiv|transpar[eê]ncias|presentaci[oó]n"
    r"|presentazione|apresenta[cç][aã]o|\bdia'?s\b|slajd|prezentacj|スライド|幻灯|슬라이드|\bpresentation\b",
    re.IGNORECASE,
)
"""Words of labels, in the languages that mail is written in."""


def afterwards_mailings(
    situation: Situation, talk: Talk, *, held: Reason | None = None, until: datetime | None = None
) -> list[Mailing]:
    """The mail after a talk whose recording or slides are there, or that has rows of it."""
    series = situation.department.series.get(talk.series)
    if series is None or not series.has_afterwards:
        return []
    key = Key(talk.id, Occasion.AFTERWARDS, Occasion.AFTERWARDS.row.period.of(talk.date))
    over = _over(talk)
    lists = [] if over else _lists(situation, talk)
    tz = zone(talk.zone)
    wanted = instant(talk.date + timedelta(days=1), _NEXT_MORNING, tz)
    # Who writes the link into the file is left the time to look at it.
    settled = talk.modified + SETTLING if talk.modified <= situation.now else wanted
    due = max(wanted, settled.astimezone(tz))
    expires = talk.local_start + USEFUL
    outcomes = []
    for mailing_list, entry, left_out in frozen_lists(situation.history, key, lists):
        bounds = Bounds(
            now=situation.now,
            due=due,
            expires=expires,
            hold=held or paused(situation.department, series),
            withdrawn=left_out or over or _withdrawn(situation, talk, wanted),
            hand=over is None and left_out != GONE,
        )
        outcomes.append(list_state(mailing_list, entry, bounds))
    if not outcomes:
        return []
    made = mailing(situation, talk, key, outcomes, due=due, expires=expires)
    return [replace(made, groups=()) if until is not None and due > until else made]


def materials(talk: Talk) -> tuple[list[Link], list[Link]]:
    """A talk's recordings and its slides: the links whose label says so."""
    recordings = [link for link in talk.links if _RECORDING.search(link.label)]
    return recordings, [link for link in talk.links if link not in recordings and _SLIDES.search(link.label)]


def _lists(situation: Situation, talk: Talk) -> list[MailingList]:
    """The lists that were told of the talk, and may see a recording or slides of it."""
    history = situation.history
    return [
        mailing_list
        for mailing_list in history.announced_lists(talk.id, situation.department.lists)
        if (last := history.last(talk.id, mailing_list))
        and not last.snapshot.off
        and _sees(talk, mailing_list.audience)
    ]


def _sees(talk: Talk, audience: Audience) -> bool:
    return any(materials(redact(talk, audience)))


def _over(talk: Talk) -> Reason | None:
    if talk.status is Status.DRAFT:
        return Reason.of(Code.DRAFT)
    return needless(talk, Occasion.AFTERWARDS)


def _withdrawn(situation: Situation, talk: Talk, wanted: datetime) -> Reason | None:
    switched = situation.switched_on(talk.series, Occasion.AFTERWARDS)
    if switched and wanted < switched:
        return Reason.of(Code.BEFORE_SWITCHED_ON)
    if not any(materials(talk)):
        return Reason.of(Code.NOTHING_TO_SEE)
    return before_begin(situation, wanted)
