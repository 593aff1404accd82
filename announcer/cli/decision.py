"""A person's word on a mailing: it was accepted, it was not sent, it is not wanted."""

from __future__ import annotations

import click

from announcer.cli.exits import Exit
from announcer.cli.output import print_json
from announcer.cli.session import Session, UsageFaultError, unknown
from announcer.domain.mailing import Key, Mailing, State

_OPEN = (State.UPCOMING, State.DUE, State.HELD, State.DEFERRED, State.REFUSED)
_MAY = {
    "accepted": (*_OPEN, State.UNKNOWN, State.MISSED),
    "not-sent": (State.UNKNOWN, State.WITHDRAWN, State.REFUSED),
    "skip": _OPEN,
}
_SAID = {
    "accepted": "counts as accepted",
    "not-sent": "counts as not sent: it is due again",
    "skip": "is not wanted, and will not be sent",
}


def decide(session: Session, key_text: str, decision: str, lists: tuple[str, ...]) -> Exit:
    """Writes a decision for the lists that it can be said of. Raises UsageFaultError where there is none."""
    mailing_key = _key(key_text)
    ledger = session.ledger()
    try:
        ledger.recover(session.clock())
        planned = session.plan(ledger.entries(session.realm))
        mailing = planned.find(mailing_key)
        if mailing is None:
            raise unknown("mailing", key_text, [str(each.key) for each in planned.mailings])
        chosen = _chosen(mailing, decision, lists)
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
                telling=telling if decision == "accepted" else (),
            )
    finally:
        ledger.close()
    if session.json:
        print_json({"key": str(mailing_key), "lists": chosen, "decision": decision})
    else:
        click.echo(f"{mailing_key} for {' and '.join(chosen)} {_SAID[decision]}.")
    return Exit.DONE


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


def _chosen(mailing: Mailing, decision: str, lists: tuple[str, ...]) -> list[str]:
    for name in lists:
        if name not in mailing.lists:
            raise unknown("list", name, list(mailing.lists))
    outcomes = [o for o in mailing.outcomes if not lists or o.list.name in lists]
    may = _MAY[decision]
    if decision == "not-sent" and lists:
        # Accepted is a server's word; against it a person must name the list.
        may = (*may, State.ACCEPTED)
    chosen = [outcome.list.name for outcome in outcomes if outcome.state in may]
    if not chosen:
        states = ", ".join(f"{o.list.name} is {o.state.value}" for o in outcomes)
        raise UsageFaultError(
            code="nothing-to-decide",
            place=str(mailing.key),
            message=f"this cannot be said of it now: {states}",
            hint="`announcer plan` and `announcer log` show where it stands; --list NAME names one list",
        )
    return chosen
