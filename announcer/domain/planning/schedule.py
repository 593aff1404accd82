"""What a talk's schedule asks for: each rule with its key and its instants."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from announcer.domain.department import Department, MailingList
from announcer.domain.mailing import Key
from announcer.domain.rule import Rule
from announcer.domain.talk import Status, Talk


@dataclass(frozen=True, kw_only=True, slots=True)
class AppliedRule:
    """One rule applied to one talk."""

    rule: Rule
    key: Key
    due: datetime
    expires: datetime


def scheduled(talk: Talk) -> list[AppliedRule]:
    """Every rule of a talk's schedule, with the key and the instants that it gives."""
    often = Counter(rule.send for rule in talk.schedule)
    return [
        AppliedRule(
            rule=rule,
            key=_key(talk, rule, often[rule.send] > 1),
            due=rule.when.due(talk.start, talk.zone),
            expires=expiry(talk, rule),
        )
        for rule in talk.schedule
    ]


def _key(talk: Talk, rule: Rule, with_slot: bool) -> Key:
    return Key(talk.id, rule.send, rule.send.row.period.of(talk.date), rule.slot if with_slot else "")


def expiry(talk: Talk, rule: Rule) -> datetime:
    """The latest useful moment of a rule's mail: the talk's start, or the rule's `not_after`."""
    start = talk.local_start
    return min(start, rule.not_after.due(talk.start, talk.zone)) if rule.not_after else start


def talk_lists(department: Department, talk: Talk, rule: Rule | None = None) -> list[MailingList]:
    """The lists that a talk's mail goes to, a rule's own where it names some, and that may hear of it."""
    names = rule.lists if rule and rule.lists else talk.lists
    lists = [department.lists[name] for name in dict.fromkeys(names) if name in department.lists]
    return [mailing_list for mailing_list in lists if talk.is_for(mailing_list.audience)]


def talk_is_off(talk: Talk) -> bool:
    """Whether the talk does not take place as announced."""
    return talk.status in (Status.CANCELLED, Status.POSTPONED)
