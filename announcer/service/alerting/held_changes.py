"""A change that waits for a person: when it must be said again, and what happens if nobody does anything."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta

from announcer.domain.clock import instant, zone
from announcer.domain.mailing import Mailing, Plan, State
from announcer.service.project import Project
from announcer.service.wording import moment
from announcer.text.prose import listed

_MORNING = time(8)
_COMING = (State.UPCOMING, State.DUE, State.DEFERRED)


def near(mailing: Mailing, now: datetime) -> Iterator[str]:
    """What the ledger remembers a held change by once its day is near: from eight in the morning, in the
    talk's zone, on the day before the earlier of the old and the new start, and on that day."""
    begins = _earlier(mailing)
    if begins is None:
        return
    tz = zone(mailing.groups[0].talks[0].zone)
    day = begins.astimezone(tz).date()
    for name, morning in (("the day before", day - timedelta(days=1)), ("that day", day)):
        if now >= instant(morning, _MORNING, tz):
            yield f"{name} {day.isoformat()}"


def if_nothing(project: Project, mailing: Mailing, names: Collection[str], planned: Plan) -> str:
    """What becomes of the change, in a sentence, where no person sends it; empty where it is no change."""
    begins = _earlier(mailing)
    if begins is None or not mailing.key.row.is_revision:
        return ""
    coming = [
        (other.due, other, lists)
        for other in planned.mailings
        if other.due is not None
        and other.key != mailing.key
        and mailing.key.subject in other.talks
        and (
            lists := [
                outcome.list.name
                for outcome in other.outcomes
                if outcome.list.name in names and outcome.state in _COMING
            ]
        )
    ]
    early = sorted((row for row in coming if row[0] < begins), key=lambda row: row[0])
    known = {name for _, _, lists in early for name in lists}
    left = [name for name in names if name not in known]
    clauses = []
    for due, other, lists in early[:1]:
        clauses.append(f"the {other.occasion.value} on {_moment_words(project, due)} tells {listed(lists)}")
    if left:
        clauses.append(f"nothing tells {listed(left)} before {_moment_words(project, begins)}")
    return f"If nothing is done, {', and '.join(clauses)}."


def _earlier(mailing: Mailing) -> datetime | None:
    """The earlier of the starts that were told and that are true, None where nobody was told any."""
    starts = [
        min(announced.start, now.start)
        for group in mailing.groups
        for announced, now in zip(group.announced, group.snapshots, strict=True)
        if announced is not None
    ]
    return min(starts, default=None)


def _moment_words(project: Project, when: datetime) -> str:
    return moment(when.astimezone(project.now.tzinfo), project.now)
