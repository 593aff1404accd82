"""`announcer log`: what was sent, to whom, when, and the server's reply."""

from __future__ import annotations

from datetime import datetime

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.domain.clock import zone
from announcer.domain.delivery import Realm
from announcer.domain.mailing import ListOutcome, Mailing, State
from announcer.domain.planning.plan import LOOK_BACK
from announcer.ledger import LoggedAttempt
from announcer.service.wording import moment, reason_json, why
from announcer.transport.printable import printable

_PUT_OFF = (State.DEFERRED, State.DUE)
"""What a server put off is due again once its wait is over; it then has a reason, and nothing else has."""


@verb("log", example="announcer log --talk 2026-bordelon")
@click.option("--talk", metavar="ID", help="About this talk or digest alone.")
@click.option("--realm", type=click.Choice([realm.value for realm in Realm]), help="Rehearsals or live mail.")
def command(session: Session, talk: str | None, realm: str | None) -> Exit:
    """Show what was sent, to whom, when, with the Message-ID and the server's reply.

    Below it stands what a server did not take before it was given the message, with its reply, and what
    was missed or withdrawn in the last week, with the reason.
    """
    ledger = session.project.ledger(read_only=True)
    try:
        attempts = ledger.attempts(Realm(realm) if realm else None)
        counted = Realm(realm) if realm else session.project.realm
        planned = session.project.plan(ledger.entries(counted))
    finally:
        ledger.close()
    last = {(each.key, each.list): str(each.reply) for each in attempts if each.realm is counted}
    attempts = [each for each in attempts if talk is None or each.key.subject == talk]
    unsent = [
        (mailing, outcome)
        for mailing in planned.mailings
        for outcome in mailing.outcomes
        if (talk is None or talk in (mailing.key.subject, *mailing.talks))
        and _is_unsent(mailing, outcome, planned.now)
        and (outcome.reply is None or last.get((mailing.key, outcome.list.name)) != outcome.reply)
    ]
    if session.json:
        attempted = [_as_json(session, each) for each in attempts]
        print_json({"attempts": attempted, "not_sent": [_unsent_json(*each) for each in unsent]})
        return Exit.DONE
    if not attempts:
        click.echo("Nothing was sent yet.")
    for each in attempts:
        click.echo(_line(session, each))
    for mailing, outcome in unsent:
        click.echo(f"{outcome.state.value}: {mailing.key}  {outcome.list.name}{why(outcome.reason)}")
    return Exit.DONE


def _is_unsent(mailing: Mailing, outcome: ListOutcome, now: datetime) -> bool:
    """Whether it did not go, though it was tried or its time came."""
    if outcome.state is State.REFUSED or (outcome.state in _PUT_OFF and outcome.reason):
        return True
    when = mailing.due or mailing.at or now
    return outcome.state in (State.MISSED, State.WITHDRAWN) and now - LOOK_BACK <= when <= now


def _unsent_json(mailing: Mailing, outcome: ListOutcome) -> dict[str, object]:
    return {
        "key": str(mailing.key),
        "list": outcome.list.name,
        "state": outcome.state.value,
        "reason": reason_json(outcome.reason),
        "reply": outcome.reply,
    }


def _line(session: Session, attempt: LoggedAttempt) -> str:
    tz = zone(session.project.department.timezone)
    result = attempt.reply.result.value if attempt.reply else "sending"
    rehearsal = "  (rehearsal)" if attempt.realm is Realm.REHEARSAL else ""
    return (
        f"{moment(attempt.began.astimezone(tz))}  {result:<9} {attempt.key}  "
        f"{_to(attempt)}{rehearsal}\n"
        f"    Message-ID: {attempt.message_id}\n"
        f"    Reply: {printable(str(attempt.reply or 'none yet'))}"
    )


def _to(attempt: LoggedAttempt) -> str:
    """Whom it went to; the address of a person is shown to nobody."""
    is_person = attempt.key.row.is_to_people
    return attempt.list if is_person else f"{attempt.list} <{attempt.envelope.recipient}>"


def _as_json(session: Session, attempt: LoggedAttempt) -> dict[str, object]:
    tz = zone(session.project.department.timezone)
    return {
        "realm": attempt.realm.value,
        "key": str(attempt.key),
        "list": attempt.list,
        "began": attempt.began.astimezone(tz).isoformat(),
        "ended": attempt.ended.astimezone(tz).isoformat() if attempt.ended else None,
        "message_id": attempt.message_id,
        "from": attempt.envelope.sender,
        "to": None if attempt.key.row.is_to_people else attempt.envelope.recipient,
        "result": attempt.reply.result.value if attempt.reply else None,
        "reply": str(attempt.reply) if attempt.reply else None,
    }
