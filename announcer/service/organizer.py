"""Mail to the organizer, which stands beside the mailings and in no ledger row."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from announcer.domain.alert import Alert
from announcer.domain.clock import iso_week
from announcer.domain.delivery import Envelope, Result
from announcer.domain.errors import FaultError
from announcer.domain.mailing import Plan, State
from announcer.domain.planning.missing import still_missing
from announcer.service.alerting.wording import condensed
from announcer.service.project import Project
from announcer.service.wording import counted, missing_text, moment

if TYPE_CHECKING:
    from announcer.ledger import Ledger

_MOST_MISSING = 5
_OPEN = (State.HELD, State.UNKNOWN, State.REFUSED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of a mail to the organizer."""

    fault: FaultError | None = None
    """Why the organizer could not be told, None where that was done."""
    is_final: bool = True
    """Whether it is not tried again. A refusal would come again at every run, and a mail that may have
    arrived would arrive again."""


def mail_alerts(project: Project, alerts: Sequence[Alert]) -> Outcome:
    """Mails these alerts to the organizer."""
    from announcer.message.notice import notice

    department = project.department
    assert department.organizer is not None  # noqa: S101 - asked before
    place = f"the machine {socket.gethostname()}"
    message = notice(
        department, department.organizer, condensed(project, alerts), place=place, date=project.clock()
    )
    return _mail(project, message)


def _mail(project: Project, message: bytes) -> Outcome:
    from announcer.service.dispatch import send_aside

    department = project.department
    assert department.organizer is not None  # noqa: S101 - the message was made for it
    recipient = department.delivery.redirect_all_to or department.organizer.address
    envelope = Envelope(sender=department.envelope_from, recipient=recipient)
    try:
        reply = asyncio.run(send_aside(project.transport(), envelope, message))
    except FaultError as error:
        return Outcome(fault=error, is_final=False)
    if reply.result is Result.ACCEPTED:
        return Outcome()
    failure, hint = {
        Result.DEFERRED: ("could not be told yet", "the next run tries again"),
        Result.REFUSED: ("could not be told", "see `organizer` in announcer.yaml; this is not tried again"),
        Result.UNKNOWN: ("may not have been told", "this is not tried again: `announcer plan` shows it all"),
    }[reply.result]
    fault = FaultError("organizer-untold", recipient, f"the organizer {failure}: {reply}", hint)
    return Outcome(fault=fault, is_final=reply.result is not Result.DEFERRED)


def weekly_line(project: Project, ledger: Ledger, planned: Plan) -> FaultError | None:
    """Tells the organizer at the first good run of an ISO week that all is well, where that is wanted."""
    department = project.department
    if not department.weekly_line or department.organizer is None:
        return None
    alert = f"weekly-line {iso_week(project.now.date())}"
    if not ledger.noticed(project.realm, [alert], project.clock()):
        return None
    from announcer.message.notice import all_is_well

    message = all_is_well(
        department, department.organizer, _lines(project, ledger, planned), date=project.clock()
    )
    outcome = _mail(project, message)
    if not outcome.is_final:
        ledger.forget(project.realm, [alert])
    return outcome.fault


def _lines(project: Project, ledger: Ledger, planned: Plan) -> list[str]:
    since = project.now - timedelta(days=7)
    recent = [attempt for attempt in ledger.attempts(project.realm) if attempt.began >= since]
    accepted = sum(
        attempt.reply is not None and attempt.reply.result is Result.ACCEPTED for attempt in recent
    )
    lines = [f"In the last seven days the mail server accepted {counted(accepted, 'message')}."]
    coming = planned.next_due
    if coming:
        when = moment(coming.astimezone(project.now.tzinfo), project.now)
        lines.append(f"The next is due {when}.")
    else:
        lines.append("Nothing more is planned.")
    waiting = sum(mailing.state in _OPEN for mailing in planned.mailings)
    if waiting:
        lines.append(f"{waiting} still wait{'s' * (waiting == 1)} for you: `announcer plan` shows why.")
    missing = still_missing(project.situation(ledger.entries(project.realm)), project.loaded.talks)
    for lack in missing[:_MOST_MISSING]:
        day = lack.talk.local_start
        who = ", ".join(speaker.name for speaker in lack.talk.speakers) or lack.talk.id
        lines.append(f"{who} ({day:%a %b} {day.day}): {missing_text(lack)}.")
    if more := len(missing[_MOST_MISSING:]):
        lines.append("1 more talk lacks something." if more == 1 else f"{more} more talks lack something.")
    return lines
