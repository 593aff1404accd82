"""What a person asks for by hand: one occasion of one talk, now rather than on schedule."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime, time

from announcer.domain.clock import instant, zone
from announcer.domain.department import Department, Digest
from announcer.domain.mailing import Entry, Key, Mailing, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.corrections import revision_mailing
from announcer.domain.planning.digests import digest_mailing
from announcer.domain.planning.history import History
from announcer.domain.planning.holds import hold
from announcer.domain.planning.list_state import Bounds, standing
from announcer.domain.planning.schedule import talk_lists
from announcer.domain.planning.scheduled import GONE, frozen_lists, mailing, talk_mailings
from announcer.domain.planning.suppression import needless
from announcer.domain.talk import Talk

_SPENT = (State.ACCEPTED, State.WITHDRAWN)


def on_demand(
    department: Department, talk: Talk, occasion: Occasion, entries: Iterable[Entry], now: datetime
) -> Mailing | None:
    """The mailing of that occasion that is next for this talk.

    None for a correction or cancellation where every list knows the truth.
    """
    history, now = History(entries), now.astimezone(UTC)
    if occasion.row.is_revision:
        found = revision_mailing(department, talk, history, now, carried=set())
        return found if found and found.occasion is occasion else None
    planned = [m for m in talk_mailings(department, talk, history, now) if m.occasion is occasion]
    planned.sort(key=lambda each: each.due or now)
    if planned:
        return next((each for each in planned if each.state not in _SPENT), planned[-1])
    return _unscheduled(department, talk, occasion, history, now)


def _unscheduled(
    department: Department, talk: Talk, occasion: Occasion, history: History, now: datetime
) -> Mailing:
    """A mailing that no rule of the schedule asks for."""
    key = Key(talk.id, occasion, occasion.row.period.of(talk.date))
    # The day's beginning does not move, so that showing and sending it give the same bytes.
    tz = zone(talk.zone)
    due = min(instant(now.astimezone(tz).date(), time(0), tz), now)
    outcomes = []
    reason = needless(talk, occasion)
    for each, entry, left_out in frozen_lists(key, talk_lists(department, talk), history):
        bounds = Bounds(
            now=now,
            due=due,
            expires=talk.start,
            hold=hold(department, talk, occasion),
            withdrawn=left_out or reason,
            hand=reason is None and left_out != GONE,
        )
        outcomes.append(standing(each, entry, bounds))
    return mailing(department, talk, key, outcomes, history, due=due, expires=talk.start, now=now)


def digest_on_demand(
    department: Department, digest: Digest, talks: Collection[Talk], entries: Iterable[Entry], now: datetime
) -> Mailing | None:
    """The digest of this week where it can still go, else the next; no empty one that nobody wants."""
    history, now = History(entries), now.astimezone(UTC)
    day = now.astimezone(zone(department.timezone)).date()
    for week in range(6):
        due = digest.when.in_week_of(day.fromordinal(day.toordinal() + 7 * week), department.timezone)
        found = digest_mailing(department, digest, list(talks), history, now, due=due)
        is_wanted = found and (found.talks or digest.send_when_empty)
        if found and is_wanted and (found.expires is None or found.expires > now):
            return found
    return None


def at_once(asked: Mailing, now: datetime, lists: Collection[str] = ()) -> Mailing:
    """`asked` with every list that may be sent to by hand (of `lists`, where given) due at `now`."""
    outcomes = []
    for outcome in asked.outcomes:
        wanted = not lists or outcome.list.name in lists
        skipped = outcome.state is State.WITHDRAWN and outcome.list.name not in lists
        if wanted and outcome.by_hand and not skipped:
            outcome = replace(outcome, state=State.DUE, reason=None)
        elif not wanted and outcome.state is State.DUE:
            outcome = replace(outcome, state=State.UPCOMING, reason="it was not asked for")
        outcomes.append(outcome)
    groups = tuple(replace(g, moment=now.astimezone(g.moment.tzinfo)) for g in asked.groups)
    return replace(asked, outcomes=tuple(outcomes), groups=groups)
