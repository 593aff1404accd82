"""Mail to the organizer, which stands beside the mailings and in no ledger row."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from announcer.cli.output import moment
from announcer.cli.session import Session
from announcer.dispatch import send_aside
from announcer.domain.delivery import Envelope, Result
from announcer.domain.errors import FaultError
from announcer.domain.mailing import Plan, State, iso_week

if TYPE_CHECKING:
    from announcer.ledger import Ledger

_OPEN = (State.HELD, State.UNKNOWN, State.REFUSED)


def mail(session: Session, message: bytes) -> FaultError | None:
    """Hands a message for the organizer over; why that failed, None where it did not."""
    department = session.department
    assert department.organizer is not None  # noqa: S101 - the message was made for it
    recipient = department.delivery.redirect_all_to or department.organizer.address
    envelope = Envelope(sender=department.envelope_from, recipient=recipient)
    try:
        reply = asyncio.run(send_aside(session.transport(), envelope, message))
    except FaultError as error:
        return error
    if reply.result is Result.ACCEPTED:
        return None
    return FaultError(
        "organizer-untold",
        recipient,
        f"the organizer could not be told: {reply}",
        "see `organizer` in announcer.yaml",
    )


def weekly_line(session: Session, ledger: Ledger, planned: Plan) -> FaultError | None:
    """Tells the organizer at the first good run of an ISO week that all is well, where that is wanted."""
    department = session.department
    if not department.weekly_line or department.organizer is None:
        return None
    matter = f"weekly-line {iso_week(session.now.date())}"
    if not ledger.noticed(session.realm, [matter], session.clock()):
        return None
    from announcer.message.notice import all_is_well

    message = all_is_well(
        department, department.organizer, _lines(session, ledger, planned), date=session.clock()
    )
    fault = mail(session, message)
    if fault:
        ledger.forget(session.realm, [matter])
    return fault


def _lines(session: Session, ledger: Ledger, planned: Plan) -> list[str]:
    since = session.now - timedelta(days=7)
    recent = [each for each in ledger.attempts(session.realm) if each.began >= since]
    accepted = sum(each.reply is not None and each.reply.result is Result.ACCEPTED for each in recent)
    lines = [f"In the last seven days the mail server accepted {accepted} message{'s' * (accepted != 1)}."]
    coming = planned.next_due
    if coming:
        when = moment(coming.astimezone(session.now.tzinfo), session.now)
        lines.append(f"The next is due {when}.")
    else:
        lines.append("Nothing more is planned.")
    waiting = sum(mailing.state in _OPEN for mailing in planned.mailings)
    if waiting:
        lines.append(
            f"{waiting} still wait{'s' * (waiting == 1)} for you: `announcer plan` shows what they need."
        )
    return lines
