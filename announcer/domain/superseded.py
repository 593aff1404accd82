"""Why the schedule no longer wants a mail: another told it, or there is nothing left to tell."""

from __future__ import annotations

from datetime import datetime

from announcer.domain.audience import visible
from announcer.domain.department import Corrections, Department, MailingList
from announcer.domain.history import History, concerns
from announcer.domain.rule import Occasion
from announcer.domain.schedule import Scheduled, talk_is_off
from announcer.domain.snapshot import differences, facts
from announcer.domain.talk import Kind, Talk


def withdrawn(talk: Talk, each: Scheduled, begin: datetime | None) -> str | None:
    """Why the schedule no longer wants this mail, in words."""
    if talk_is_off(talk):
        return f"the talk is {talk.status.value}"
    if talk.kind is Kind.NONE and each.rule.send is Occasion.REMINDER:
        return "there is no talk to remind of"
    if begin and each.due < begin:
        return f"it was due before {begin.date()}, the day that `begin` in announcer.yaml names"
    return None


def instead(talk: Talk, each: Scheduled, mailing_list: MailingList, history: History) -> str | None:
    """The accepted mail that came at or after this one's due time and made it needless, in words."""
    for telling in history.tellings(talk.id):
        entry = telling.entry
        if entry.at is None or entry.key == each.key or not concerns(entry, mailing_list):
            continue
        if entry.key.occasion == Occasion.DIGEST or entry.at < each.due:
            continue
        if entry.key.occasion == Occasion.CORRECTION:
            continue
        if each.rule.send is Occasion.ANNOUNCEMENT or entry.key.occasion == Occasion.REMINDER:
            return f"the {entry.key.occasion} went instead"
    return None


def corrections_policy(department: Department, talk: Talk) -> Corrections:
    """What happens to this talk's inferred corrections: its series' word, or the department's."""
    series = department.series.get(talk.series)
    return (series.corrections if series else None) or department.corrections


def _told_by_correction(each: Scheduled, talk: Talk, mailing_list: MailingList, history: History) -> bool:
    """Whether a correction that came at or after an announcement's due time told it."""
    return each.rule.send is Occasion.ANNOUNCEMENT and any(
        t.entry.key.occasion == Occasion.CORRECTION
        and t.entry.at is not None
        and t.entry.at >= each.due
        and concerns(t.entry, mailing_list)
        for t in history.tellings(talk.id)
    )


def left_to_a_correction(
    department: Department, talk: Talk, each: Scheduled, mailing_list: MailingList, history: History
) -> str | None:
    """Why an announcement waits for no more than a correction does.

    An edit that moves a talk to a date whose announcement would have been due already must not send
    that in the minute of the edit: what lists were told otherwise is corrected, with all its care.
    """
    if _told_by_correction(each, talk, mailing_list, history):
        return "the correction told it"
    if each.rule.send is not Occasion.ANNOUNCEMENT or each.due > talk.modified:
        return None
    last = history.last(talk.id, mailing_list)
    if last is None or corrections_policy(department, talk) is Corrections.OFF:
        return None
    if last.entry.key == each.key or not differences(
        last.snapshot, facts(visible(talk, mailing_list.audience))
    ):
        return None
    return "the correction tells it"
