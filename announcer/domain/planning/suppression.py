"""Why the schedule no longer wants a mail: another told it, or there is nothing left to tell."""

from __future__ import annotations

from datetime import datetime, timedelta

from announcer.domain.department import Corrections, Department, MailingList
from announcer.domain.mailing import EntryState
from announcer.domain.occasion import Occasion, Thread
from announcer.domain.planning.history import concerns
from announcer.domain.planning.schedule import AppliedRule, scheduled
from announcer.domain.planning.situation import Situation
from announcer.domain.reason import Code, Reason
from announcer.domain.redaction import redact
from announcer.domain.snapshot import Fact, differences, facts
from announcer.domain.talk import Kind, Status, Talk

SETTLING = timedelta(minutes=15)
"""How long the talk's file and the config must have been left alone before a change goes by itself."""
_LATE = timedelta(minutes=30)
"""More than a timer that calls every few minutes is ever behind."""
_NEAR = timedelta(hours=3)
"""Two mails about one talk within it are one too many, where the first was to go long before."""


def settled(situation: Situation, talk: Talk, applied: AppliedRule, mailing_list: MailingList) -> datetime:
    """When a scheduled mail is due for a list: later where an edit that came after its due time changed
    what it tells, as long as that is in time."""
    edited = max(talk.modified, situation.department.modified)
    last = situation.history.last(talk.id, mailing_list, but=applied.key)
    row = situation.history.entry(applied.key, mailing_list)
    is_under_way = row is not None and row.state is EntryState.DEFERRED
    if last is None or is_under_way or applied.due > edited or edited + SETTLING >= applied.expires:
        return applied.due
    changed = differences(last.snapshot, facts(redact(talk, mailing_list.audience)))
    return edited + SETTLING if changed and Fact.STATUS not in changed else applied.due


def withdrawn(situation: Situation, talk: Talk, applied: AppliedRule) -> Reason | None:
    """Why the schedule no longer wants this mail."""
    return needless(talk, applied.rule.send) or before_begin(situation, applied.due)


def before_begin(situation: Situation, due: datetime) -> Reason | None:
    """Why what is due then is not sent: it is from before the department began."""
    begin = situation.begin
    return Reason.of(Code.BEFORE_BEGIN, begin=begin.date()) if begin and due < begin else None


def needless(talk: Talk, occasion: Occasion) -> Reason | None:
    """Why nobody needs an announcement or reminder of this talk any more."""
    if talk.status is Status.POSTPONED:
        return Reason.of(Code.POSTPONED)
    if talk.status is Status.CANCELLED:
        return Reason.of(Code.CANCELLED)
    if talk.kind is Kind.NONE and occasion.row.needs_talk:
        return Reason.of(Code.NO_TALK)
    return None


def instead(
    situation: Situation, talk: Talk, applied: AppliedRule, mailing_list: MailingList
) -> Reason | None:
    """The accepted mail that came at or after this one's due time and made it needless."""
    for announced in situation.history.announced(talk.id):
        entry = announced.entry
        if (
            not entry.is_announced
            or entry.at is None
            or entry.key == applied.key
            or not concerns(entry, mailing_list)
        ):
            continue
        if entry.at >= applied.due and applied.rule.send in entry.key.row.withdraws:
            return Reason.of(Code.WENT_INSTEAD, occasion=entry.key.occasion)
    return None


def spared(
    situation: Situation, talk: Talk, applied: AppliedRule, mailing_list: MailingList
) -> Reason | None:
    """The mail that went late, so shortly before this one is due that two would be one too many; only
    where nothing has changed since."""
    dues = {planned_rule.key: planned_rule.due for planned_rule in scheduled(talk)}
    for announced in situation.history.announced(talk.id):
        entry, at = announced.entry, announced.entry.at
        if not entry.is_announced or at is None or applied.rule.send not in entry.key.row.spares:
            continue
        is_late = at > dues.get(entry.key, at) + _LATE
        if is_late and at < applied.due <= at + _NEAR and concerns(entry, mailing_list):
            is_true = not differences(announced.snapshot, facts(redact(talk, mailing_list.audience)))
            return Reason.of(Code.WENT_INSTEAD, occasion=entry.key.occasion) if is_true else None
    return None


def sent_in_another_slot(
    situation: Situation, talk: Talk, applied: AppliedRule, mailing_list: MailingList
) -> Reason | None:
    """Why a rule that was due before the schedule was edited sends nothing again."""
    if applied.due > max(talk.modified, situation.department.modified):
        return None
    current = {other.key for other in scheduled(talk)}
    for key in situation.history.keys(talk.id):
        same = (key.occasion, key.period) == (applied.key.occasion, applied.key.period)
        if not same or key in current:
            continue
        if any(
            entry.is_announced and concerns(entry, mailing_list) for entry in situation.history.entries(key)
        ):
            return Reason.of(Code.RESCHEDULED)
    return None


def corrections_policy(department: Department, talk: Talk) -> Corrections:
    """What happens to this talk's inferred corrections: its series' word, or the department's."""
    series = department.series.get(talk.series)
    return (series.corrections if series else None) or department.corrections


def _told_by_correction(
    situation: Situation, talk: Talk, applied: AppliedRule, mailing_list: MailingList
) -> Reason | None:
    """The correction that came at or after an announcement's due time and told it, or was not wanted."""
    if applied.rule.send.row.thread is not Thread.OPENS:
        return None
    for announced in situation.history.announced(talk.id):
        entry = announced.entry
        is_later = entry.at is not None and entry.at >= applied.due
        if is_later and entry.key.row.is_inferred and concerns(entry, mailing_list):
            return Reason.of(Code.TOLD_BY_CORRECTION if entry.is_announced else Code.CORRECTION_SKIPPED)
    return None


def left_to_a_correction(
    situation: Situation, talk: Talk, applied: AppliedRule, mailing_list: MailingList
) -> Reason | None:
    """Why an announcement waits for no more than a correction does.

    An edit that moves a talk to a date whose announcement would have been due already must not send
    that in the minute of the edit: what lists were told otherwise is corrected, with all its care.
    """
    last = situation.history.last(talk.id, mailing_list)
    if talk.kind is Kind.NONE and last and not last.snapshot.off:
        return Reason.of(Code.LEFT_TO_CANCELLATION)
    reason = _told_by_correction(situation, talk, applied, mailing_list)
    if reason:
        return reason
    if applied.rule.send.row.thread is not Thread.OPENS or applied.due > talk.modified:
        return None
    if last is None or corrections_policy(situation.department, talk) is Corrections.OFF:
        return None
    if applied.due >= last.snapshot.start:
        # The day that was told has passed: its announcement is that of the new one.
        return None
    if last.entry.key == applied.key or not differences(
        last.snapshot, facts(redact(talk, mailing_list.audience))
    ):
        return None
    return Reason.of(Code.LEFT_TO_CORRECTION)
