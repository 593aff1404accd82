"""What a person reads of a decision on a mailing."""

from __future__ import annotations

import click

from announcer.cli.exits import Exit
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.domain.mailing import Mailing, State
from announcer.service.decisions import decide
from announcer.service.wording import moment, why
from announcer.text.prose import listed

_SAID = {
    "accepted": "counts as accepted",
    "not-sent": "counts as not sent",
    "skip": "is not wanted, and will not be sent",
}


def decided(session: Session, key: str, decision: str, lists: tuple[str, ...]) -> Exit:
    """Writes a decision down and says what follows. Raises UsageFaultError where it cannot be said."""
    done = decide(session.project, key, decision, lists)
    if session.json:
        print_json({"key": str(done.key), "lists": done.lists, "decision": decision})
        return Exit.DONE
    click.echo(f"{done.key} for {listed(done.lists)} {_SAID[decision]}.")
    if decision == "not-sent" and done.then is not None:
        _say_what_follows(session, done.then, done.lists)
    return Exit.DONE


def _say_what_follows(session: Session, mailing: Mailing, chosen: list[str]) -> None:
    """What becomes of what counts as not sent: the clock and the holds have their say again."""
    now = session.project.now
    for state, reason in dict.fromkeys(
        (outcome.state, outcome.reason) for outcome in mailing.outcomes if outcome.list.name in chosen
    ):
        if state is State.DUE:
            click.echo("It is due: the next run sends it.")
        elif state is State.UPCOMING and mailing.due:
            click.echo(f"It goes on {moment(mailing.due.astimezone(now.tzinfo), now)}.")
        elif state is State.MISSED:
            click.echo(f"It is too late to send it{why(reason)}.")
        else:
            click.echo(f"It is {state.value}{why(reason)}.")
