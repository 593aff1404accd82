"""The announcements and reminders of one talk: where each stands for each list, and which one goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from announcer.domain.department import Department, MailingList
from announcer.domain.mailing import Entry, Key, ListOutcome, Mailing, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.groups import groups
from announcer.domain.planning.history import History, concerns, from_entry
from announcer.domain.planning.holds import hold
from announcer.domain.planning.list_state import Bounds, standing
from announcer.domain.planning.schedule import Scheduled, begins, scheduled, talk_is_off, talk_lists
from announcer.domain.planning.suppression import (
    instead,
    left_to_a_correction,
    sent_in_another_slot,
    settled,
    withdrawn,
)
from announcer.domain.talk import Talk

_ADDED = "added after it went: `announcer send` with `--list` reaches it"
GONE = "the list is no longer one of the talk's"
"""Why a list that a mailing was frozen with is left out."""


def frozen_lists(
    key: Key, wanted: Sequence[MailingList], history: History
) -> list[tuple[MailingList, Entry | None, str | None]]:
    """The lists of a mailing with their rows, and why one that has none, or is gone, is left out."""
    entries = history.entries(key)
    found: list[tuple[MailingList, Entry | None, str | None]] = []
    for mailing_list in wanted:
        entry = next((e for e in entries if concerns(e, mailing_list)), None)
        found.append((mailing_list, entry, _ADDED if entries and not entry else None))
    for entry in entries:
        if not any(concerns(entry, mailing_list) for mailing_list in wanted):
            found.append((from_entry(entry), entry, GONE))
    return found


def talk_mailings(
    department: Department,
    talk: Talk,
    history: History,
    now: datetime,
    *,
    held: str | None = None,
    until: datetime | None = None,
) -> list[Mailing]:
    """The announcements and reminders of one talk, each list where it stands.

    `held` is why all of this talk's mail waits, beyond what the talk itself lacks. What is due only
    after `until` is given without its groups, which cost most of a plan's time.
    """
    made = []
    for each in scheduled(talk):
        due, outcomes = _standings(department, talk, each, history, now, held)
        made.append(
            Mailing(
                key=each.key,
                occasion=each.rule.send,
                talks=(talk.id,),
                due=due,
                expires=each.expires,
                outcomes=tuple(outcomes),
            )
            if until is not None and each.due > until
            else mailing(
                department, talk, each.key, outcomes, history, due=due, expires=each.expires, now=now
            )
        )
    return _one_each(made)


def _standings(
    department: Department, talk: Talk, each: Scheduled, history: History, now: datetime, held: str | None
) -> tuple[datetime, list[ListOutcome]]:
    """When the first list of a scheduled mail is due, and where each of them stands."""
    begin = begins(department)
    dues, outcomes = [], []
    wanted = talk_lists(department, talk, each.rule)
    for mailing_list, entry, left_out in frozen_lists(each.key, wanted, history):
        asked = (department, talk, each, mailing_list, history)
        dues.append(settled(*asked))
        bounds = Bounds(
            now=now,
            due=dues[-1],
            expires=each.expires,
            hold=held or hold(department, talk, each.rule.send),
            withdrawn=left_out
            or withdrawn(talk, each, begin)
            or left_to_a_correction(*asked)
            or sent_in_another_slot(*asked),
            instead=instead(talk, each, mailing_list, history),
            hand=not talk_is_off(talk) and left_out != GONE,
        )
        outcomes.append(standing(mailing_list, entry, bounds))
    return min(dues, default=each.due), outcomes


def mailing(
    department: Department,
    talk: Talk,
    key: Key,
    outcomes: Sequence[ListOutcome],
    history: History,
    *,
    due: datetime,
    expires: datetime,
    now: datetime,
    revision: int = 0,
) -> Mailing:
    """A mailing about one talk, with its groups."""
    return Mailing(
        key=key,
        occasion=Occasion(key.occasion),
        talks=(talk.id,),
        due=due,
        expires=expires,
        outcomes=tuple(outcomes),
        groups=groups(
            department,
            key,
            [talk],
            [outcome.list for outcome in outcomes],
            history,
            due=due,
            now=now,
            revision=revision,
        ),
    )


_GOING = (State.DUE, State.DEFERRED, State.SENDING)


def going(mailings: Iterable[Mailing]) -> set[str]:
    """The lists that one of these mailings is about to reach."""
    return {o.list.name for mailing in mailings for o in mailing.outcomes if o.state in _GOING}


def _when_due(mailing: Mailing) -> datetime:
    return mailing.due or datetime.min.replace(tzinfo=UTC)


def _one_each(mailings: list[Mailing]) -> list[Mailing]:
    """Lets one mail win for each list: by occasion, then the one that is due last."""
    ranked = sorted(mailings, key=_when_due, reverse=True)
    ranked.sort(key=lambda m: m.occasion.row.precedence or 0)
    winners: dict[str, Mailing] = {}
    changed: dict[Key, Mailing] = {}
    for each in ranked:
        outcomes = []
        for outcome in each.outcomes:
            winner = winners.get(outcome.list.name)
            if outcome.state in _GOING and winner is None:
                winners[outcome.list.name] = each
            elif outcome.state in (State.DUE, State.DEFERRED) and winner is not None:
                which = "later " if winner.occasion is each.occasion else ""
                outcome = replace(
                    outcome,
                    state=State.MISSED,
                    reason=f"the {which}{winner.occasion.value} goes instead",
                    by_hand=False,
                )
            outcomes.append(outcome)
        changed[each.key] = replace(each, outcomes=tuple(outcomes))
    return [changed[each.key] for each in mailings]
