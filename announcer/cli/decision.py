"""A person's word on a mailing: it was accepted, it was not sent, it is not wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import click

from announcer.cli.exits import Exit
from announcer.cli.output import moment, print_json
from announcer.cli.selection import no_list
from announcer.cli.session import Session, UsageFaultError, unknown
from announcer.cli.standing import is_skipped, stands, way_back
from announcer.cli.typed import to_resolve
from announcer.domain.mailing import Key, ListOutcome, Mailing, State
from announcer.message.prose import listed

_OPEN = (State.UPCOMING, State.DUE, State.HELD, State.DEFERRED, State.REFUSED)
_MAY = {
    "accepted": (*_OPEN, State.UNKNOWN, State.MISSED),
    "not-sent": (State.UNKNOWN, State.WITHDRAWN, State.REFUSED),
    "skip": _OPEN,
}
_FAR = timedelta(days=400)
"""What is decided is planned in full however far ahead it is: the ledger keeps what it tells."""
_SAID = {
    "accepted": "counts as accepted",
    "not-sent": "counts as not sent",
    "skip": "is not wanted, and will not be sent",
}


def decide(session: Session, key_text: str, decision: str, lists: tuple[str, ...]) -> Exit:
    """Writes a decision for the lists that it can be said of. Raises UsageFaultError where there is none."""
    mailing_key = _key(key_text)
    ledger = session.ledger()
    try:
        ledger.recover(session.clock())
        planned = session.plan(ledger.entries(session.realm), until=session.now + _FAR)
        mailing = planned.find(mailing_key)
        if mailing is None:
            raise unknown("mailing", key_text, [str(each.key) for each in planned.mailings])
        chosen = _chosen(session, mailing, decision, lists)
        ledger.freeze(session.realm, mailing_key, [o.list for o in mailing.outcomes], session.clock())
        for outcome in mailing.outcomes:
            if outcome.list.name not in chosen:
                continue
            ledger.add(session.realm, mailing_key, outcome.list, session.clock())
            telling = next((g.telling for g in mailing.groups if outcome.list in g.lists), ())
            ledger.decide(
                session.realm,
                mailing_key,
                outcome.list,
                decision=decision,
                now=session.clock(),
                telling=telling if decision != "not-sent" else (),
            )
        then = session.plan(ledger.entries(session.realm)).find(mailing_key)
    finally:
        ledger.close()
    if session.json:
        print_json({"key": str(mailing_key), "lists": chosen, "decision": decision})
    else:
        click.echo(f"{mailing_key} for {listed(chosen)} {_SAID[decision]}.")
        if decision == "not-sent" and then is not None:
            _say_what_follows(session, then, chosen)
    return Exit.DONE


def _say_what_follows(session: Session, mailing: Mailing, chosen: list[str]) -> None:
    """What becomes of what counts as not sent: the clock and the holds have their say again."""
    for state, why in dict.fromkeys((o.state, o.reason) for o in mailing.outcomes if o.list.name in chosen):
        if state is State.DUE:
            click.echo("It is due: the next run sends it.")
        elif state is State.UPCOMING and mailing.due:
            click.echo(f"It goes on {moment(mailing.due.astimezone(session.now.tzinfo), session.now)}.")
        elif state is State.MISSED:
            click.echo(f"It is too late to send it: {why}.")
        else:
            click.echo(f"It is {state.value}{f': {why}' if why else ''}.")


def _key(text: str) -> Key:
    try:
        return Key.parse(text)
    except ValueError as error:
        raise UsageFaultError(
            code="no-key",
            place=text,
            message="this is no key of a mailing",
            hint="`announcer plan` shows the keys; they look like 2026-bordelon/announcement/2026-W49",
        ) from error


def _chosen(session: Session, mailing: Mailing, decision: str, lists: tuple[str, ...]) -> list[str]:
    for name in lists:
        if name not in mailing.lists:
            raise no_list(session, mailing, name)
    outcomes = [o for o in mailing.outcomes if not lists or o.list.name in lists]
    may = _MAY[decision]
    if decision == "not-sent" and lists:
        # Accepted is a server's word; against it a person must name the list.
        may = (*may, State.ACCEPTED)
    chosen = [outcome.list.name for outcome in outcomes if outcome.state in may]
    if not chosen:
        states = "; ".join(stands(session, outcome) for outcome in outcomes)
        raise UsageFaultError(
            code="nothing-to-decide",
            place=str(mailing.key),
            message=f"this cannot be said of it now: {states}",
            hint=_hint(session, mailing, outcomes, decision),
        )
    return chosen


def _hint(session: Session, mailing: Mailing, outcomes: Sequence[ListOutcome], decision: str) -> str:
    accepted = next((o.list.name for o in outcomes if o.state is State.ACCEPTED), None)
    if decision == "not-sent" and accepted:
        command = to_resolve(session, mailing.key, accepted, "--not-sent")
        return f"a server took it; where a list did not get it all the same, name that list: `{command}`"
    if decision == "skip" and any(is_skipped(outcome) for outcome in outcomes):
        return way_back(session, mailing)
    return "`announcer plan` and `announcer log` show where it stands"
