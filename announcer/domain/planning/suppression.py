"""Why the schedule no longer wants a mail: another told it, or there is nothing left to tell."""

from __future__ import annotations

from datetime import datetime, timedelta

from announcer.domain.department import Corrections, Department, MailingList
from announcer.domain.mailing import EntryState
from announcer.domain.occasion import Occasion, Thread
from announcer.domain.planning.history import History, concerns
from announcer.domain.planning.schedule import Scheduled, scheduled
from announcer.domain.redaction import redact
from announcer.domain.snapshot import Fact, differences, facts
from announcer.domain.talk import Kind, Status, Talk

SETTLING = timedelta(minutes=15)
"""How long the talk's file and the config must have been left alone before a change goes by itself."""


def settled(
    department: Department, talk: Talk, each: Scheduled, mailing_list: MailingList, history: History
) -> datetime:
    """When a scheduled mail is due for a list: later where an edit that came after its due time changed
    what it tells, as long as that is in time."""
    edited = max(talk.modified, department.modified)
    last = history.last(talk.id, mailing_list, but=each.key)
    row = history.entry(each.key, mailing_list)
    is_under_way = row is not None and row.state is EntryState.DEFERRED
    if last is None or is_under_way or each.due > edited or edited + SETTLING >= each.expires:
        return each.due
    changed = differences(last.snapshot, facts(redact(talk, mailing_list.audience)))
    return edited + SETTLING if changed and Fact.STATUS not in changed else each.due


def withdrawn(talk: Talk, each: Scheduled, begin: datetime | None) -> str | None:
    """Why the schedule no longer wants this mail, in words."""
    reason = needless(talk, each.rule.send)
    if reason:
        return reason
    if begin and each.due < begin:
        return f"it was due before {begin.date()}, the day that `begin` in announcer.yaml names"
    return None


def needless(talk: Talk, occasion: Occasion) -> str | None:
    """Why nobody needs an announcement or reminder of this talk any more, in words."""
    if talk.status is Status.POSTPONED:
        return "the talk is postponed: once its new date is firm, write `status: confirmed`"
    if talk.status is Status.CANCELLED:
        return "the talk is cancelled"
    if talk.kind is Kind.NONE and occasion.row.needs_talk:
        return "there is no talk to remind of"
    return None


def instead(talk: Talk, each: Scheduled, mailing_list: MailingList, history: History) -> str | None:
    """The accepted mail that came at or after this one's due time and made it needless, in words."""
    for announced in history.announced(talk.id):
        entry = announced.entry
        if entry.at is None or entry.key == each.key or not concerns(entry, mailing_list):
            continue
        if entry.at >= each.due and each.rule.send in entry.key.row.withdraws:
            return f"the {entry.key.occasion} went instead"
    return None


def sent_in_another_slot(
    department: Department, talk: Talk, each: Scheduled, mailing_list: MailingList, history: History
) -> str | None:
    """Why a rule that was due before the schedule was edited sends nothing again."""
    if each.due > max(talk.modified, department.modified):
        return None
    current = {other.key for other in scheduled(talk)}
    for key in history.keys(talk.id):
        same = (key.occasion, key.period) == (each.key.occasion, each.key.period)
        if not same or key in current:
            continue
        if any(entry.is_announced and concerns(entry, mailing_list) for entry in history.entries(key)):
            return "the schedule was edited after it went"
    return None


def corrections_policy(department: Department, talk: Talk) -> Corrections:
    """What happens to this talk's inferred corrections: its series' word, or the department's."""
    series = department.series.get(talk.series)
    return (series.corrections if series else None) or department.corrections


def _told_by_correction(each: Scheduled, talk: Talk, mailing_list: MailingList, history: History) -> bool:
    """Whether a correction that came at or after an announcement's due time told it."""
    return each.rule.send.row.thread is Thread.OPENS and any(
        t.entry.key.row.is_inferred
        and t.entry.at is not None
        and t.entry.at >= each.due
        and concerns(t.entry, mailing_list)
        for t in history.announced(talk.id)
    )


def left_to_a_correction(
    department: Department, talk: Talk, each: Scheduled, mailing_list: MailingList, history: History
) -> str | None:
    """Why an announcement waits for no more than a correction does.

    An edit that moves a talk to a date whose announcement would have been due already must not send
    that in the minute of the edit: what lists were told otherwise is corrected, with all its care.
    """
    last = history.last(talk.id, mailing_list)
    if talk.kind is Kind.NONE and last and not last.snapshot.off:
        return "the cancellation tells it"
    if _told_by_correction(each, talk, mailing_list, history):
        return "the correction told it"
    if each.rule.send.row.thread is not Thread.OPENS or each.due > talk.modified:
        return None
    if last is None or corrections_policy(department, talk) is Corrections.OFF:
        return None
    if each.due >= last.snapshot.start:
        # The day that was told has passed: its announcement is that of the new one.
        return None
    if last.entry.key == each.key or not differences(
        last.snapshot, facts(redact(talk, mailing_list.audience))
    ):
        return None
    return "the correction tells it"
