"""Digests: the coming days' talks of several series, in one email."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from announcer.domain.clock import zone
from announcer.domain.department import Department, Digest
from announcer.domain.mailing import Key, Mailing
from announcer.domain.occasion import Occasion
from announcer.domain.planning.groups import groups
from announcer.domain.planning.holds import announceable, paused
from announcer.domain.planning.list_state import Bounds, list_state
from announcer.domain.planning.scheduled import frozen_lists
from announcer.domain.planning.situation import Situation
from announcer.domain.planning.suppression import before_begin
from announcer.domain.reason import Code, Reason
from announcer.domain.talk import Talk

_WEEK = timedelta(weeks=1)


def digest_mailings(
    situation: Situation,
    digest: Digest,
    talks: Sequence[Talk],
    *,
    since: datetime,
    until: datetime,
) -> list[Mailing]:
    """The digests that are due between `since` and `until`."""
    timezone = situation.department.timezone
    tz = zone(timezone)
    day = since.astimezone(tz).date() - timedelta(days=7)
    mailings = []
    while day <= until.astimezone(tz).date() + timedelta(days=7):
        due = digest.when.in_week_of(day, timezone)
        if since <= due <= until:
            mailing = digest_mailing(situation, digest, talks, due=due)
            if mailing:
                mailings.append(mailing)
        day += _WEEK
    return mailings


def digest_mailing(
    situation: Situation,
    digest: Digest,
    talks: Sequence[Talk],
    *,
    due: datetime,
) -> Mailing | None:
    """The digest that is due at `due`; None where it is empty and nobody wants an empty one."""
    department, history, now = situation.department, situation.history, situation.now
    first = due.date()
    key = Key(digest.name, Occasion.DIGEST, Occasion.DIGEST.row.period.of(first))
    # One that nobody ran is missed, not empty, once its talks are over.
    covered = _covered(department, digest, talks, first, max(now, due)) or _covered(
        department, digest, talks, first, due
    )
    entries = history.entries(key)
    if not covered and not digest.send_when_empty and not entries:
        return None
    following = digest.when.in_week_of(first + _WEEK, department.timezone)
    expires = min(following, max((talk.start for talk in covered), default=following))
    unwanted = _unwanted(situation, digest, covered, due)
    outcomes = []
    wanted = [department.lists[name] for name in digest.lists if name in department.lists]
    for mailing_list, entry, left_out in frozen_lists(history, key, wanted):
        bounds = Bounds(
            now=now,
            due=due,
            expires=expires,
            hold=paused(department),
            withdrawn=left_out or unwanted,
        )
        outcomes.append(list_state(mailing_list, entry, bounds))
    return Mailing(
        key=key,
        occasion=Occasion.DIGEST,
        talks=tuple(talk.id for talk in covered),
        due=due,
        expires=expires,
        outcomes=tuple(outcomes),
        groups=groups(
            situation,
            key,
            covered,
            [outcome.list for outcome in outcomes],
            due=due,
            days=(first, first + digest.covers - timedelta(days=1)),
        ),
    )


def _unwanted(situation: Situation, digest: Digest, covered: Sequence[Talk], due: datetime) -> Reason | None:
    """Why no list is to get this digest."""
    is_empty = not covered and not digest.send_when_empty
    return before_begin(situation, due) or (Reason.of(Code.EMPTY) if is_empty else None)


def _covered(
    department: Department, digest: Digest, talks: Sequence[Talk], first: date, moment: datetime
) -> list[Talk]:
    """The talks that a digest tells of: announceable, in its days, and not over."""
    covered = [
        talk
        for talk in talks
        if talk.series in digest.series
        and first <= talk.date < first + digest.covers
        and talk.end > moment
        and not ((series := department.series.get(talk.series)) and series.paused)
        and announceable(talk, department.series.get(talk.series), Occasion.DIGEST)
    ]
    return sorted(covered, key=lambda talk: (talk.start, talk.id))
