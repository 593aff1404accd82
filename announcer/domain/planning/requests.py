"""Requests: who is asked for what a talk lacks, and when, before its list has to wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote

from announcer.domain.clock import instant, zone
from announcer.domain.department import Department, MailingList, Series
from announcer.domain.mailing import AudienceGroup, Key, ListOutcome, Mailing, State
from announcer.domain.occasion import Occasion, Recipients, Thread
from announcer.domain.planning.holds import paused
from announcer.domain.planning.list_state import Bounds, list_state
from announcer.domain.planning.people import (
    asked_entries,
    recipients,
    role_of,
    speaker_of,
    who_was_asked,
)
from announcer.domain.planning.schedule import scheduled
from announcer.domain.planning.scheduled import GONE, frozen_lists, mailing
from announcer.domain.planning.situation import Situation
from announcer.domain.planning.suppression import before_begin, needless
from announcer.domain.planning.workdays import at_work, last_working
from announcer.domain.reason import Code, Reason
from announcer.domain.request import Request, lacking
from announcer.domain.rule import Rung
from announcer.domain.talk import Status, Talk

AFTER_AN_EDIT = timedelta(hours=48)
"""How long a talk's file must have been left alone: somebody is at it, and asks nobody meanwhile."""
APART = timedelta(days=3)
"""The least between two requests."""
TIME_TO_ANSWER = timedelta(days=7)
_MORNING = time(9)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Step:
    """One rung of one talk's ladder."""

    rung: Rung
    key: Key
    wanted: datetime
    """When the rung says."""
    due: datetime
    """When it may be."""
    is_passed: bool
    """Whether a later one is due, or went, by now."""
    is_last: bool


def request_mailings(
    situation: Situation, talk: Talk, *, held: Reason | None = None, until: datetime | None = None
) -> list[Mailing]:
    """The requests about a talk that lacks something, or that has rows of them.

    `held` is why all of this talk's mail waits. What is due only after `until` has no groups.
    """
    series = situation.department.series.get(talk.series)
    if series is None or not series.requests:
        return []
    over = asked_no_more(situation, talk, series)
    made = []
    for step in _ladder(situation, talk, series):
        if over and not situation.history.entries(step.key):
            continue
        made.append(_request(situation, talk, series, step, over=over, held=held, until=until))
    return [request for request in made if request.outcomes]


def first_announcement(talk: Talk) -> datetime | None:
    """When a talk's first announcement is due, None where its schedule has none."""
    opening = (applied.due for applied in scheduled(talk) if applied.rule.send.row.thread is Thread.OPENS)
    return min(opening, default=None)


def is_asked_about(talk: Talk) -> bool:
    """Whether anybody may be asked about a talk: by what its file says, and not by what it lacks."""
    if talk.request is not None:
        return talk.request
    return talk.status in (Status.CONFIRMED, Status.TENTATIVE) and not talk.confidential


def asked_no_more(situation: Situation, talk: Talk, series: Series) -> Reason | None:
    """Why nobody is asked about this talk, or any more."""
    if reason := needless(talk, Occasion.REQUEST):
        return reason
    if not is_asked_about(talk):
        return Reason.of(Code.REQUEST_OFF)
    if not lacking(talk, series.request_needs):
        return Reason.of(Code.COMPLETE)
    for key in situation.history.keys(talk.id):
        is_current = key.row.thread is Thread.OPENS and key.period == key.row.period.of(talk.date)
        if is_current and any(entry.is_announced for entry in situation.history.entries(key)):
            return Reason.of(Code.ANNOUNCED)
    return None


def _ladder(situation: Situation, talk: Talk, series: Series) -> list[_Step]:
    """The rungs in the order in which they are due, each as early as it may be."""
    announcement = first_announcement(talk)
    wanted = sorted(
        ((_wanted(rung, talk, announcement), rung) for rung in series.requests), key=lambda pair: pair[0]
    )
    keys = [
        Key(talk.id, Occasion.REQUEST, Occasion.REQUEST.row.period.of(talk.date), rung.slot)
        for _, rung in wanted
    ]
    went = {entry.key: entry.at for entry in asked_entries(situation.history, talk, Occasion.REQUEST)}
    steps: list[_Step] = []
    for index, (moment, rung) in enumerate(wanted):
        others = [at for key, at in went.items() if key != keys[index] and at is not None]
        # One that is still to come counts as sent on its day: the plan says when this one really goes.
        others += [step.due for step in steps if step.due > situation.now and step.key not in went]
        steps.append(
            _Step(
                rung=rung,
                key=keys[index],
                wanted=moment,
                due=_due(situation, talk, rung, moment, others, announcement),
                is_passed=False,
                is_last=index == len(wanted) - 1,
            )
        )
    return [
        replace(
            step,
            is_passed=any(
                later.key in went or min(later.wanted, later.due) <= situation.now
                for later in steps[index + 1 :]
            ),
        )
        for index, step in enumerate(steps)
    ]


def _wanted(rung: Rung, talk: Talk, announcement: datetime | None) -> datetime:
    anchor = announcement if rung.when.of_announcement and announcement else talk.start
    return rung.when.due(anchor, talk.zone)


def _due(
    situation: Situation,
    talk: Talk,
    rung: Rung,
    wanted: datetime,
    others: Sequence[datetime],
    announcement: datetime | None,
) -> datetime:
    """When a rung may go: not soon after an edit or another request, and on a working day."""
    tz, at = zone(talk.zone), rung.when.at or _MORNING
    bounds = [datetime.min.replace(tzinfo=UTC)]
    if talk.modified <= situation.now and talk.modified + AFTER_AN_EDIT > wanted:
        bounds.append(talk.modified + AFTER_AN_EDIT)
    for other in others:
        free = instant(other.astimezone(tz).date() + APART, at, tz)
        if free > wanted and other < free:
            bounds.append(free)
    earliest = max(bounds)
    moment = at_work(
        max(wanted, earliest),
        earliest=earliest,
        before=announcement,
        now=situation.now,
        at=at,
        tz_name=talk.zone,
        holidays=situation.department.holidays,
    )
    return moment.astimezone(tz)


def _request(
    situation: Situation,
    talk: Talk,
    series: Series,
    step: _Step,
    *,
    over: Reason | None,
    held: Reason | None,
    until: datetime | None,
) -> Mailing:
    asks, boxes = recipients(situation.department, talk, step.rung)
    if over is None:
        # Whom nothing is asked of: what is missing is another speaker's.
        boxes = [box for box in boxes if lacking(talk, series.request_needs, speaker_of(box, talk))]
    first = Reason.of(Code.FIRST_REQUEST, series=series.name, talk=talk.id)
    hold = held or paused(situation.department, series)
    outcomes = []
    for box, entry, left_out in frozen_lists(situation.history, step.key, boxes):
        bounds = Bounds(
            now=situation.now,
            due=step.due,
            expires=talk.start,
            hold=hold or (None if talk.series in situation.asked else first),
            withdrawn=left_out or over or _withdrawn(situation, talk, step),
            hand=over is None and left_out != GONE,
        )
        outcomes.append(_may_be_first(list_state(box, entry, bounds), first))
    made = mailing(situation, talk, step.key, outcomes, due=step.due, expires=talk.local_start)
    if over or (until is not None and step.due > until):
        return replace(made, groups=())
    return replace(
        made,
        groups=tuple(
            replace(group, request=_asking(situation, talk, series, step, group, asks))
            for group in made.groups
        ),
    )


def _may_be_first(outcome: ListOutcome, first: Reason) -> ListOutcome:
    """A first request waits for a person, who may send it."""
    is_first = outcome.state is State.HELD and outcome.reason == first
    return replace(outcome, by_hand=True) if is_first else outcome


def _withdrawn(situation: Situation, talk: Talk, step: _Step) -> Reason | None:
    """Why the ladder does not want this rung, or no longer."""
    switched = situation.switched_on(talk.series, Occasion.REQUEST)
    if switched and step.wanted < switched:
        return Reason.of(Code.BEFORE_SWITCHED_ON)
    if step.is_passed:
        return Reason.of(Code.LATER_GOES_INSTEAD, occasion=Occasion.REQUEST.value)
    if step.due >= talk.start and situation.now < talk.start:
        return Reason.of(Code.NO_DAY_LEFT)
    return before_begin(situation, step.wanted)


def _asking(
    situation: Situation, talk: Talk, series: Series, step: _Step, group: AudienceGroup, asks: Recipients
) -> Request:
    """What this one person is asked for."""
    department, tz = situation.department, zone(talk.zone)
    box: MailingList = group.lists[0]
    announcement = first_announcement(talk)
    is_coming = announcement is not None and announcement > group.moment
    reader, wanted = role_of(box), step.rung.to
    form = series.request_form
    return Request(
        asks=asks,
        reader=reader,
        name=box.person or "",
        missing=lacking(talk, series.request_needs, speaker_of(box, talk)),
        deadline=deadline(
            group.today,
            announcement.astimezone(tz).date() if announcement and is_coming else None,
            talk.date,
            department,
        ),
        announced=announcement.astimezone(tz) if announcement and is_coming else None,
        waits=_waits(talk, series),
        instead_of=wanted if asks is not wanted else None,
        asked=tuple(
            asked
            for asked in who_was_asked(situation.history, talk, series.requests)
            if asked.day < group.today
        ),
        is_last=step.is_last,
        form=form.replace("{id}", quote(talk.id, safe="")) if form else None,
    )


def _waits(talk: Talk, series: Series) -> bool:
    """Whether the announcement does not go without what is missing."""
    opening = [rule.send for rule in talk.schedule if rule.send.row.thread is Thread.OPENS]
    return any(
        need in lacking(talk, series.request_needs)
        for occasion in opening
        for need in series.requires.get(occasion, occasion.row.requires)
    )


def deadline(today: date, announcement: date | None, talk: date, department: Department) -> date:
    """Until when an answer is asked for: in a week, but a working day before the announcement where there is
    still one, else the day before it, or before the talk."""
    free = last_working(announcement, department.holidays) if announcement else talk - timedelta(days=1)
    if announcement and free <= today:
        free = announcement - timedelta(days=1)
    return max(min(today + TIME_TO_ANSWER, free), min(today + timedelta(days=1), talk))
