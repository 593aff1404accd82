"""The announcements and reminders of one talk: where each stands for each list, and which one goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from announcer.domain.department import MailingList
from announcer.domain.mailing import Entry, Key, ListOutcome, Mailing, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.groups import groups
from announcer.domain.planning.history import History, concerns, from_entry
from announcer.domain.planning.holds import hold
from announcer.domain.planning.list_state import Bounds, list_state
from announcer.domain.planning.schedule import AppliedRule, scheduled, talk_is_off, talk_lists
from announcer.domain.planning.situation import Situation
from announcer.domain.planning.suppression import (
    instead,
    left_to_a_correction,
    sent_in_another_slot,
    settled,
    spared,
    withdrawn,
)
from announcer.domain.reason import Code, Reason
from announcer.domain.talk import Talk

GONE = Reason.of(Code.LIST_GONE)
"""Why a list that a mailing was frozen with is left out."""


def frozen_lists(
    history: History, key: Key, wanted: Sequence[MailingList]
) -> list[tuple[MailingList, Entry | None, Reason | None]]:
    """The lists of a mailing with their rows, and why one that has none, or is gone, is left out."""
    entries = history.entries(key)
    frozen: list[tuple[MailingList, Entry | None, Reason | None]] = []
    for mailing_list in wanted:
        entry = next((entry for entry in entries if concerns(entry, mailing_list)), None)
        frozen.append((mailing_list, entry, Reason.of(Code.ADDED_LATER) if entries and not entry else None))
    for entry in entries:
        if not any(concerns(entry, mailing_list) for mailing_list in wanted):
            frozen.append((from_entry(entry), entry, GONE))
    return frozen


def talk_mailings(
    situation: Situation,
    talk: Talk,
    *,
    held: Reason | None = None,
    until: datetime | None = None,
) -> list[Mailing]:
    """The announcements and reminders of one talk, each list where it stands.

    `held` is why all of this talk's mail waits, beyond what the talk itself lacks. What is due only
    after `until` is given without its groups, which cost most of a plan's time.
    """
    made = []
    for applied in scheduled(talk):
        due, outcomes = _list_states(situation, talk, applied, held)
        made.append(
            Mailing(
                key=applied.key,
                occasion=applied.rule.send,
                talks=(talk.id,),
                due=due,
                expires=applied.expires,
                outcomes=tuple(outcomes),
            )
            if until is not None and applied.due > until
            else mailing(situation, talk, applied.key, outcomes, due=due, expires=applied.expires)
        )
    return _one_each(made)


def _list_states(
    situation: Situation, talk: Talk, applied: AppliedRule, held: Reason | None
) -> tuple[datetime, list[ListOutcome]]:
    """When the first list of a scheduled mail is due, and where each of them stands."""
    dues, outcomes = [], []
    wanted = talk_lists(situation.department, talk, applied.rule)
    for mailing_list, entry, left_out in frozen_lists(situation.history, applied.key, wanted):
        given = (situation, talk, applied, mailing_list)
        dues.append(settled(*given))
        bounds = Bounds(
            now=situation.now,
            due=dues[-1],
            expires=applied.expires,
            hold=held or hold(situation.department, talk, applied.rule.send),
            withdrawn=left_out
            or withdrawn(situation, talk, applied)
            or left_to_a_correction(*given)
            or sent_in_another_slot(*given)
            or spared(*given),
            instead=instead(*given),
            hand=not talk_is_off(talk) and left_out != GONE,
        )
        outcomes.append(list_state(mailing_list, entry, bounds))
    return min(dues, default=applied.due), outcomes


def mailing(
    situation: Situation,
    talk: Talk,
    key: Key,
    outcomes: Sequence[ListOutcome],
    *,
    due: datetime,
    expires: datetime,
    revision: int = 0,
    exact: bool = False,
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
            situation,
            key,
            [talk],
            [outcome.list for outcome in outcomes],
            due=due,
            revision=revision,
            exact=exact,
        ),
    )


_GOING = (State.DUE, State.DEFERRED, State.SENDING)


def going(mailings: Iterable[Mailing]) -> set[str]:
    """The lists that one of these mailings is about to reach."""
    return {
        outcome.list.name for mailing in mailings for outcome in mailing.outcomes if outcome.state in _GOING
    }


def _when_due(mailing: Mailing) -> datetime:
    return mailing.due or datetime.min.replace(tzinfo=UTC)


def _one_each(mailings: list[Mailing]) -> list[Mailing]:
    """Lets one mail win for each list: by occasion, then the one that is due last."""
    ranked = sorted(mailings, key=_when_due, reverse=True)
    ranked.sort(key=lambda mailing: mailing.occasion.row.precedence or 0)
    winners: dict[str, Mailing] = {}
    changed: dict[Key, Mailing] = {}
    for candidate in ranked:
        outcomes = []
        for outcome in candidate.outcomes:
            winner = winners.get(outcome.list.name)
            if outcome.state in _GOING and winner is None:
                winners[outcome.list.name] = candidate
            elif outcome.state in (State.DUE, State.DEFERRED) and winner is not None:
                is_another = winner.occasion is not candidate.occasion
                code = Code.GOES_INSTEAD if is_another else Code.LATER_GOES_INSTEAD
                outcome = replace(
                    outcome,
                    state=State.MISSED,
                    reason=Reason.of(code, occasion=winner.occasion.value),
                    by_hand=False,
                )
            outcomes.append(outcome)
        changed[candidate.key] = replace(candidate, outcomes=tuple(outcomes))
    return [changed[candidate.key] for candidate in mailings]
