"""The list at the left: the coming mailings by day with what each lacks, and the talks by search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

from announcer.domain.clock import clock_time, zone
from announcer.domain.department import Department
from announcer.domain.mailing import Mailing, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.holds import hold
from announcer.domain.planning.plan import LOOK_BACK, plan
from announcer.domain.planning.situation import Situation
from announcer.domain.talk import Kind, Status, Talk
from announcer.preview import words
from announcer.preview.state import DepartmentState
from announcer.service.selection import Selection, is_shown
from announcer.service.wording import counted, reason_text
from announcer.text.reading import titled

AHEAD = timedelta(days=30)
"""How far ahead mailings are listed where there are many talks."""
_FEW = 60
"""Talks to come of which all mailings are listed, however far ahead."""
_FAR = timedelta(days=400)


@dataclass(frozen=True, kw_only=True, slots=True)
class UpcomingRow:
    """One mailing, or one talk, as a line of the list."""

    selection: Selection
    label: str
    """The occasion, or the talk's day."""
    time: str
    title: str
    who: str
    state: str
    reason: str | None
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """What is due on one day."""

    label: str
    near: str
    """`tomorrow`, `in 6 days`."""
    rows: tuple[UpcomingRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Upcoming:
    """The list at the left."""

    days: tuple[Day, ...]
    all_ahead: bool
    """Whether it reaches as far as the talks do."""
    talks: int


def upcoming(state: DepartmentState) -> Upcoming:
    """What is due from now on, and what needs a person."""
    department = state.department
    if department is None:
        return Upcoming(days=(), all_ahead=True, talks=0)
    talks = state.sound
    ahead = sum(talk.start > state.now for talk in talks)
    until = state.now + (_FAR if ahead <= _FEW else AHEAD)
    announced = {entry.key.subject for entry in state.entries}
    announced |= {snapshot.talk for entry in state.entries for snapshot in entry.snapshots}
    near = [talk for talk in talks if talk.id in announced or _is_near(talk, state.now, until)]
    situation = Situation.of(department, state.entries, state.now)
    planned = plan(situation, near, state.broken, until=state.now + AHEAD)
    wanted = [
        mailing
        for mailing in planned.mailings
        if mailing.state is not State.WITHDRAWN and is_shown(mailing, state.now, until)
    ]
    return Upcoming(
        days=tuple(_days(wanted, state, department)), all_ahead=ahead <= _FEW, talks=len(state.talks)
    )


def rows_of(days: Upcoming) -> list[UpcomingRow]:
    """Every row of the list, in its order."""
    return [row for day in days.days for row in day.rows]


@lru_cache(maxsize=4096)
def _first_due(start: datetime, zone_name: str, whens: tuple[object, ...]) -> datetime:
    return min((when.due(start, zone_name) for when in whens), default=start)  # type: ignore[attr-defined]


def _is_near(talk: Talk, now: datetime, until: datetime) -> bool:
    if talk.start < now - LOOK_BACK:
        return False
    return _first_due(talk.start, talk.zone, tuple(rule.when for rule in talk.schedule)) <= until


def _days(mailings: Iterable[Mailing], state: DepartmentState, department: Department) -> Iterable[Day]:
    tz, now = zone(department.timezone), state.now
    mailings = sorted(mailings, key=lambda mailing: mailing.due is not None)
    often = Counter((mailing.key.subject, mailing.key.occasion, mailing.key.slot) for mailing in mailings)

    def when(mailing: Mailing) -> datetime | None:
        return mailing.due.astimezone(tz) if mailing.due else None

    def day(mailing: Mailing) -> date | None:
        return moment.date() if (moment := when(mailing)) else None

    for _, of_day in groupby(mailings, key=day):
        same_day = list(of_day)
        first = when(same_day[0])
        rows = []
        for mailing in same_day:
            key = mailing.key
            exact = bool(key.slot) or often[key.subject, key.occasion, key.slot] > 1
            moment = when(mailing)
            time = clock_time(moment) if moment else ""
            rows.append(_row(mailing, state, Selection.of(key, exact=exact), time))
        if first is None:
            yield Day(label="Without a time", near="", rows=tuple(rows))
        else:
            near = "today" if first.date() == now.astimezone(tz).date() else words.distance(first, now)
            yield Day(label=words.day(first, now), near=near, rows=tuple(rows))


def _row(mailing: Mailing, state: DepartmentState, selection: Selection, time: str) -> UpcomingRow:
    if not mailing.occasion.row.is_about_one:
        number = len(mailing.talks)
        title, who = selection.subject, counted(number, "talk")
    else:
        talk = state.talks.get(selection.subject)
        title, who = (title_of(talk), names_of_speakers(talk)) if talk else (selection.subject, "")
    return UpcomingRow(
        selection=selection,
        label=mailing.occasion.value,
        time=time,
        title=title,
        who=who,
        state=mailing.state.value,
        reason=words.reason(mailing),
        audiences=tuple(dict.fromkeys(outcome.list.audience.value for outcome in mailing.outcomes)),
    )


def title_of(talk: Talk) -> str:
    """A talk's title, or what stands for it."""
    if talk.kind is Kind.NONE:
        return talk.notice or "No talk"
    return titled(talk.title).text if talk.title else "Title to be announced"


def names_of_speakers(talk: Talk) -> str:
    """Its speakers."""
    return ", ".join(speaker.name for speaker in talk.speakers) or (
        "" if talk.kind is Kind.NONE else "Speaker to be announced"
    )


def is_gone(state: DepartmentState, name: str) -> bool:
    """Whether lists were told of a talk whose file is no longer there."""
    known = {*state.talks, *(broken.id for broken in state.broken)}
    announced = (snapshot.talk for entry in state.entries for snapshot in entry.snapshots)
    return name not in known and name in announced


def search(state: DepartmentState, text: str, limit: int | None = None) -> list[UpcomingRow]:
    """The talks that have every word of `text` somewhere, those to come first, then the past ones."""
    wanted = text.casefold().split()
    talks = [talk for talk in state.talks.values() if all(word in _words(talk) for word in wanted)]
    talks.sort(key=lambda talk: (talk.end < state.now, abs(talk.start - state.now), talk.id))
    return [_talk_row(talk, state) for talk in talks[:limit]]


def _words(talk: Talk) -> str:
    place = talk.place.label if talk.place else ""
    parts = (
        talk.id,
        talk.series,
        talk.title or "",
        names_of_speakers(talk),
        place,
        f"{talk.local_start:%a %b} {talk.date}",
    )
    return " ".join(parts).casefold()


def _talk_row(talk: Talk, state: DepartmentState) -> UpcomingRow:
    department = state.department
    is_broken = any(broken.id == talk.id for broken in state.broken)
    held = hold(department, talk, Occasion.ANNOUNCEMENT) if department else None
    reason = reason_text(held) if held else None
    if is_broken:
        standing, reason = "broken", "its file has a problem"
    elif talk.end < state.now:
        standing, reason = "past", None
    elif talk.status in (Status.CANCELLED, Status.POSTPONED):
        standing, reason = talk.status.value, None
    else:
        standing = "held" if reason else talk.status.value
    off = talk.status in (Status.CANCELLED, Status.POSTPONED)
    return UpcomingRow(
        selection=Selection(
            subject=talk.id, occasion=Occasion.CANCELLATION if off else Occasion.ANNOUNCEMENT
        ),
        label=words.day(talk.local_start, state.now),
        time=clock_time(talk.local_start),
        title=title_of(talk),
        who=names_of_speakers(talk),
        state=standing,
        reason=reason,
    )
