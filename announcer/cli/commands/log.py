"""`announcer log`: what was sent, to whom, when, and the server's reply; or one of these messages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from announcer.cli.columns import INDENT, fitted, terminal_width
from announcer.cli.exits import Exit
from announcer.cli.message_output import FORMATS, write_part
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.domain.clock import zone
from announcer.domain.delivery import Realm, Result
from announcer.domain.mailing import Key, ListOutcome, Mailing, Plan, State
from announcer.domain.planning.plan import LOOK_BACK
from announcer.ledger import LoggedAttempt
from announcer.service.project import UsageFaultError, unknown
from announcer.service.wording import moment, reason_json, why
from announcer.text.prose import shorten
from announcer.transport.printable import printable

_PUT_OFF = (State.DEFERRED, State.DUE)
"""What a server put off is due again once its wait is over; it then has a reason, and nothing else has."""


@verb("log", example="announcer log 2026-bordelon/announcement/2026-W49")
@click.argument("key", required=False)
@click.option("--talk", metavar="ID", help="About this talk or digest alone.")
@click.option("--list", "list_name", metavar="NAME", help="With a KEY: as this list got it.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="With a KEY."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="With a KEY: into this file.")
@click.option("--realm", type=click.Choice([realm.value for realm in Realm]), help="Rehearsals or live mail.")
def command(
    session: Session,
    key: str | None,
    talk: str | None,
    list_name: str | None,
    form: str,
    out: Path | None,
    realm: str | None,
) -> Exit:
    """Show what was sent, to whom, when, with its subject and the server's reply; with a KEY the message.

    Below it stands what a server did not take before it was given the message, with its reply, and what
    was missed or withdrawn in the last week, with the reason.
    """
    chosen = Realm(realm) if realm else None
    if key is not None:
        return _message(session, key, list_name, form, out, chosen)
    ledger = session.project.ledger(read_only=True)
    try:
        attempts = ledger.attempts(chosen)
        counted = chosen or session.project.realm
        planned = session.project.plan(ledger.entries(counted))
    finally:
        ledger.close()
    last = {
        (attempt.key, attempt.list): str(attempt.reply) for attempt in attempts if attempt.realm is counted
    }
    attempts = [attempt for attempt in attempts if talk is None or attempt.key.subject == talk]
    unsent = [
        (mailing, outcome)
        for mailing, outcome in _unsent(planned)
        if (talk is None or talk in (mailing.key.subject, *mailing.talks))
        and (outcome.reply is None or last.get((mailing.key, outcome.list.name)) != outcome.reply)
    ]
    if session.json:
        attempted = [_as_json(session, attempt) for attempt in attempts]
        print_json({"attempts": attempted, "not_sent": [_unsent_json(*pair) for pair in unsent]})
    else:
        _show(session, attempts, unsent)
    return Exit.DONE


def _show(
    session: Session, attempts: Sequence[LoggedAttempt], unsent: Sequence[tuple[Mailing, ListOutcome]]
) -> None:
    if not attempts:
        click.echo("Nothing was sent yet.")
    for attempt in attempts:
        for line in _lines(session, attempt):
            click.echo(line)
    if attempts and unsent:
        click.echo()
    for mailing, outcome in unsent:
        text = f"{outcome.state.value}: {mailing.key}  {outcome.list.name}{why(outcome.reason)}"
        click.echo(fitted(text, hanging=INDENT))


def _unsent(planned: Plan) -> list[tuple[Mailing, ListOutcome]]:
    return [
        (mailing, outcome)
        for mailing in planned.mailings
        for outcome in mailing.outcomes
        if _is_unsent(mailing, outcome, planned)
    ]


def _is_unsent(mailing: Mailing, outcome: ListOutcome, planned: Plan) -> bool:
    """Whether it did not go, though it was tried or its time came."""
    if outcome.state is State.REFUSED or (outcome.state in _PUT_OFF and outcome.reason):
        return True
    when = mailing.due or mailing.at or planned.now
    return outcome.state in (State.MISSED, State.WITHDRAWN) and planned.now - LOOK_BACK <= when <= planned.now


def _message(
    session: Session, text: str, list_name: str | None, form: str, out: Path | None, realm: Realm | None
) -> Exit:
    """The message of a mailing as a list was handed it. Raises UsageFaultError where none is kept."""
    from announcer.message.mime import read_back
    from announcer.service.sent import attempts_of, when_and_to_whom

    key = _key(session, text)
    attempts = attempts_of(session.project, key, realm)
    names = list(dict.fromkeys(attempt.list for attempt in attempts))
    if list_name is not None and list_name not in names:
        raise unknown("list", list_name, names)
    about = [attempt for attempt in attempts if list_name in (None, attempt.list)]
    kept = next((attempt for attempt in reversed(about) if attempt.message), None)
    if kept is None or kept.message is None:
        raise UsageFaultError(
            code="no-message",
            place=text,
            message="its message is no longer kept" if about else "no server was ever handed this mailing",
            hint="`announcer log` shows what was sent",
        )
    if session.json:
        print_json({**_as_json(session, kept), "message": kept.message.decode("ascii", "replace")})
        return Exit.DONE
    write_part(read_back(kept.message), form, text, out)
    result = kept.reply.result.value if kept.reply else "sending"
    click.echo(f"As it went {when_and_to_whom(session.project, kept)}: {result}.", err=True)
    others = [name for name in names if name != kept.list]
    if others and list_name is None:
        click.echo(f"--list shows {' or '.join(others)}.", err=True)
    return Exit.DONE


def _key(session: Session, text: str) -> Key:
    try:
        return Key.parse(text)
    except ValueError as error:
        ledger = session.project.ledger(read_only=True)
        try:
            attempts = ledger.attempts(session.project.realm)
            known = list(dict.fromkeys(str(attempt.key) for attempt in attempts))
        finally:
            ledger.close()
        raise unknown("mailing", text, known) from error


def _unsent_json(mailing: Mailing, outcome: ListOutcome) -> dict[str, object]:
    return {
        "key": str(mailing.key),
        "list": outcome.list.name,
        "state": outcome.state.value,
        "reason": reason_json(outcome.reason),
        "reply": outcome.reply,
    }


def _lines(session: Session, attempt: LoggedAttempt) -> list[str]:
    """When, how and to whom; the subject; the key; the reply, and with -v the Message-ID."""
    tz = zone(session.project.department.timezone)
    result = attempt.reply.result.value if attempt.reply else "sending"
    rehearsal = " (rehearsal)" if attempt.realm is Realm.REHEARSAL else ""
    room = terminal_width() - len(INDENT)
    when = moment(attempt.began.astimezone(tz), session.project.now)
    lines = [fitted(f"{when}  {result}  {_to(attempt)}{rehearsal}", hanging=INDENT)]
    if attempt.subject:
        lines.append(INDENT + shorten(printable(attempt.subject), room))
    lines.append(f"{INDENT}{attempt.key}")
    if session.verbosity > 0:
        lines.append(f"{INDENT}Message-ID: {attempt.message_id}")
    reply = f"Reply: {printable(str(attempt.reply or 'none yet'))}"
    is_brief = attempt.reply and attempt.reply.result is Result.ACCEPTED and session.verbosity <= 0
    lines.append(INDENT + shorten(reply, room) if is_brief else fitted(reply, indent=INDENT))
    return lines


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
        "subject": attempt.subject,
        "began": attempt.began.astimezone(tz).isoformat(),
        "ended": attempt.ended.astimezone(tz).isoformat() if attempt.ended else None,
        "message_id": attempt.message_id,
        "from": attempt.envelope.sender,
        "to": None if attempt.key.row.is_to_people else attempt.envelope.recipient,
        "result": attempt.reply.result.value if attempt.reply else None,
        "reply": str(attempt.reply) if attempt.reply else None,
    }
