"""What a person asks for by hand: one occasion of one talk, now rather than on schedule."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, time

from announcer.domain.clock import instant, zone
from announcer.domain.department import Digest
from announcer.domain.mailing import Key, Mailing, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.afterwards import afterwards_mailings
from announcer.domain.planning.corrections import revision_mailing
from announcer.domain.planning.digests import digest_mailing
from announcer.domain.planning.holds import hold
from announcer.domain.planning.list_state import Bounds, list_state
from announcer.domain.planning.requests import request_mailings
from announcer.domain.planning.schedule import talk_lists
from announcer.domain.planning.scheduled import GONE, frozen_lists, mailing, talk_mailings
from announcer.domain.planning.situation import Situation
from announcer.domain.planning.suppression import needless
from announcer.domain.reason import Code, Reason
from announcer.domain.talk import Talk

_SPENT = (State.ACCEPTED, State.WITHDRAWN)


def on_demand(situation: Situation, talk: Talk, occasion: Occasion) -> Mailing | None:
    """The mailing of that occasion that is next for this talk.

    None for a correction or cancellation where every list knows the truth, for a request where nothing is
    asked for, and for an afterwards where there is nothing to see. A correction by hand also corrects what
    is spelt wrong, where nothing else is.
    """
    if occasion.row.is_revision:
        revision = revision_mailing(situation, talk, carried=set()) or revision_mailing(
            situation, talk, carried=set(), exact=True
        )
        return revision if revision and revision.occasion is occasion else None
    all_of_it = (
        *talk_mailings(situation, talk),
        *request_mailings(situation, talk),
        *afterwards_mailings(situation, talk),
    )
    planned = [candidate for candidate in all_of_it if candidate.occasion is occasion]
    planned.sort(key=lambda candidate: candidate.due or situation.now)
    if planned:
        return next((candidate for candidate in planned if candidate.state not in _SPENT), planned[-1])
    return _unscheduled(situation, talk, occasion) if occasion.row.is_scheduled else None


def _unscheduled(situation: Situation, talk: Talk, occasion: Occasion) -> Mailing:
    """A mailing that no rule of the schedule asks for."""
    key = Key(talk.id, occasion, occasion.row.period.of(talk.date))
    # The day's beginning does not move, so that showing and sending it give the same bytes.
    department, now, tz = situation.department, situation.now, zone(talk.zone)
    due = min(instant(now.astimezone(tz).date(), time(0), tz), now)
    outcomes = []
    reason = needless(talk, occasion)
    for mailing_list, entry, left_out in frozen_lists(situation.history, key, talk_lists(department, talk)):
        bounds = Bounds(
            now=now,
            due=due,
            expires=talk.start,
            hold=hold(department, talk, occasion),
            withdrawn=left_out or reason,
            hand=reason is None and left_out != GONE,
        )
        outcomes.append(list_state(mailing_list, entry, bounds))
    return mailing(situation, talk, key, outcomes, due=due, expires=talk.start)


def digest_on_demand(situation: Situation, digest: Digest, talks: Sequence[Talk]) -> Mailing | None:
    """The digest of this week where it can still go, else the next; no empty one that nobody wants."""
    now, timezone = situation.now, situation.department.timezone
    day = now.astimezone(zone(timezone)).date()
    for week in range(6):
        due = digest.when.in_week_of(day.fromordinal(day.toordinal() + 7 * week), timezone)
        coming = digest_mailing(situation, digest, talks, due=due)
        is_wanted = coming and (coming.talks or digest.send_when_empty)
        if coming and is_wanted and (coming.expires is None or coming.expires > now):
            return coming
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
            outcome = replace(outcome, state=State.UPCOMING, reason=Reason.of(Code.NOT_ASKED))
        outcomes.append(outcome)
    groups = tuple(replace(group, moment=now.astimezone(group.moment.tzinfo)) for group in asked.groups)
    return replace(asked, outcomes=tuple(outcomes), groups=groups)
