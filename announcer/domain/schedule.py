"""The mailings that a talk's schedule asks for: announcements and reminders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from announcer.domain.clock import instant, zone
from announcer.domain.department import Department, MailingList
from announcer.domain.grouping import groups
from announcer.domain.history import History, concerns, from_entry
from announcer.domain.mailing import Entry, Key, ListOutcome, Mailing, State, iso_week
from announcer.domain.requirement import hold
from announcer.domain.rule import Occasion, Rule
from announcer.domain.standing import Bounds, standing
from announcer.domain.talk import Kind, Status, Talk

_ADDED = "added after it went: `announcer send` with `--list` reaches it"
_GONE = "the list is no longer one of the talk's"


@dataclass(frozen=True, kw_only=True, slots=True)
class Scheduled:
    """One rule applied to one talk."""

    rule: Rule
    key: Key
    due: datetime
    expires: datetime


def scheduled(talk: Talk) -> list[Scheduled]:
    """Every rule of a talk's schedule, with the key and the instants that it gives."""
    often = Counter(rule.send for rule in talk.schedule)
    return [
        Scheduled(
            rule=rule,
            key=_key(talk, rule, often[rule.send] > 1),
            due=rule.when.due(talk.start, talk.zone),
            expires=expiry(talk, rule),
        )
        for rule in talk.schedule
    ]


def _key(talk: Talk, rule: Rule, with_slot: bool) -> Key:
    weekly = rule.send is Occasion.ANNOUNCEMENT
    period = iso_week(talk.date) if weekly else talk.date.isoformat()
    return Key(talk.id, rule.send, period, rule.slot if with_slot else "")


def expiry(talk: Talk, rule: Rule) -> datetime:
    """The latest useful moment of a rule's mail: the talk's start, or the rule's `not_after`."""
    start = talk.local_start
    return min(start, rule.not_after.due(talk.start, talk.zone)) if rule.not_after else start


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
            found.append((from_entry(entry), entry, _GONE))
    return found


def begins(department: Department) -> datetime | None:
    """The instant before which nothing is due, where announcer.yaml names a day."""
    if department.begin is None:
        return None
    return instant(department.begin, time(0), zone(department.timezone))


def talk_lists(department: Department, talk: Talk, rule: Rule | None = None) -> list[MailingList]:
    """The lists that a talk's mail goes to, a rule's own where it names some."""
    names = rule.lists if rule and rule.lists else talk.lists
    return [department.lists[name] for name in dict.fromkeys(names) if name in department.lists]


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
    begin = begins(department)
    made = []
    for each in scheduled(talk):
        outcomes = []
        for mailing_list, entry, left_out in frozen_lists(
            each.key, talk_lists(department, talk, each.rule), history
        ):
            outcomes.append(
                standing(
                    mailing_list,
                    entry,
                    Bounds(
                        now=now,
                        due=each.due,
                        expires=each.expires,
                        hold=held or hold(department, talk, each.rule.send),
                        withdrawn=left_out or _withdrawn(talk, each, begin),
                        instead=_instead(talk, each, mailing_list, history),
                        hand=not talk_is_off(talk) and left_out != _GONE,
                    ),
                )
            )
        made.append(
            Mailing(
                key=each.key,
                occasion=each.rule.send,
                talks=(talk.id,),
                due=each.due,
                expires=each.expires,
                outcomes=tuple(outcomes),
            )
            if until is not None and each.due > until
            else mailing(
                department, talk, each.key, outcomes, history, due=each.due, expires=each.expires, now=now
            )
        )
    return _one_each(made)


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


def talk_is_off(talk: Talk) -> bool:
    """Whether the talk does not take place as announced."""
    return talk.status in (Status.CANCELLED, Status.POSTPONED)


def _withdrawn(talk: Talk, each: Scheduled, begin: datetime | None) -> str | None:
    """Why the schedule no longer wants this mail, in words."""
    if talk_is_off(talk):
        return f"the talk is {talk.status.value}"
    if talk.kind is Kind.NONE and each.rule.send is Occasion.REMINDER:
        return "there is no talk to remind of"
    if begin and each.due < begin:
        return f"it was due before {begin.date()}, the day that `begin` in announcer.yaml names"
    return None


def _instead(talk: Talk, each: Scheduled, mailing_list: MailingList, history: History) -> str | None:
    """The accepted mail that came at or after this one's due time and made it needless, in words."""
    for telling in history.tellings(talk.id):
        entry = telling.entry
        if entry.at is None or entry.key == each.key or not concerns(entry, mailing_list):
            continue
        if entry.key.occasion == Occasion.DIGEST or entry.at < each.due:
            continue
        if each.rule.send is Occasion.ANNOUNCEMENT or entry.key.occasion == Occasion.REMINDER:
            return f"the {entry.key.occasion} went instead"
    return None


PRECEDENCE = (Occasion.CANCELLATION, Occasion.REMINDER, Occasion.ANNOUNCEMENT, Occasion.CORRECTION)
_GOING = (State.DUE, State.DEFERRED, State.SENDING)


def going(mailings: Iterable[Mailing]) -> set[str]:
    """The lists that one of these mailings is about to reach."""
    return {o.list.name for mailing in mailings for o in mailing.outcomes if o.state in _GOING}


def _when_due(mailing: Mailing) -> datetime:
    return mailing.due or datetime.min.replace(tzinfo=UTC)


def _one_each(mailings: list[Mailing]) -> list[Mailing]:
    """Lets one mail win for each list: by occasion, then the one that is due last."""
    ranked = sorted(mailings, key=_when_due, reverse=True)
    ranked.sort(key=lambda m: PRECEDENCE.index(m.occasion))
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
