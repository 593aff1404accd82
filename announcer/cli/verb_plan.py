"""`announcer plan`: what would be sent, when, to whom, and what holds it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import STATE_COLORS, moment, print_json
from announcer.cli.session import Session
from announcer.domain.mailing import Mailing, State

_EVER = timedelta(days=36500)
_NEEDS_A_PERSON = (State.UNKNOWN, State.REFUSED, State.HELD, State.MISSED, State.DEFERRED)


@verb("plan", example="announcer plan --days 7")
@click.option("--days", type=click.IntRange(0, 3660), default=30, show_default=True, help="How far ahead.")
@click.option("--talk", "talk_id", metavar="ID", help="This talk alone, however far ahead.")
def command(session: Session, days: int, talk_id: str | None) -> Exit:
    """Show what would be sent, when, to whom, and what holds it."""
    if talk_id:
        session.talk(talk_id)
    until = session.now + (_EVER if talk_id else timedelta(days=days))
    planned = session.plan(session.entries(), until=until)
    mailings = [m for m in planned.mailings if _wanted(m, session.now, until, talk_id)]
    if session.json:
        print_json({"now": session.now.isoformat(), "mailings": [as_json(session, m) for m in mailings]})
        return Exit.DONE
    if mailings:
        _table(session, mailings)
    else:
        click.echo(f"Nothing is planned for the next {days} days.")
    broken = len(session.loaded.broken)
    if broken and session.verbosity >= 0:
        click.echo(
            f"{broken} talk file{'s have' if broken > 1 else ' has'} errors and cannot be planned: "
            "see `announcer check`."
        )
    return Exit.DONE


def _wanted(mailing: Mailing, now: datetime, until: datetime, talk_id: str | None) -> bool:
    if talk_id:
        return talk_id in mailing.talks or mailing.key.subject == talk_id
    if mailing.due and mailing.due > until:
        return False
    begun = mailing.expires is not None and mailing.expires <= now
    return not begun or mailing.state in _NEEDS_A_PERSON or mailing.due is None


def as_json(session: Session, mailing: Mailing) -> dict[str, Any]:
    """A mailing as `plan --json` has it."""
    return {
        "key": str(mailing.key),
        "occasion": mailing.occasion.value,
        "talks": list(mailing.talks),
        "lists": list(mailing.lists),
        "due": mailing.due.isoformat() if mailing.due else None,
        "expires": mailing.expires.isoformat() if mailing.expires else None,
        "state": mailing.state.value,
        "subject": subject(session, mailing),
        "reason": reason(mailing),
        "outcomes": [
            {
                "list": outcome.list.name,
                "audience": outcome.list.audience.value,
                "state": outcome.state.value,
                "reason": outcome.reason,
                "message_id": outcome.message_id,
                "reply": outcome.reply,
            }
            for outcome in mailing.outcomes
        ],
    }


def subject(session: Session, mailing: Mailing) -> str | None:
    """The subject that was sent, or else would be; None where its talk or its template cannot be read."""
    from announcer.message import TemplateFaultError

    if mailing.headline or not mailing.groups:
        return mailing.headline
    try:
        return session.composer.subject(mailing.groups[0])
    except TemplateFaultError:
        return None


def reason(mailing: Mailing) -> str | None:
    """Why it stands where it does: the reason of its worst outcome."""
    worst = mailing.state
    return mailing.reason or next((o.reason for o in mailing.outcomes if o.state is worst and o.reason), None)


def _table(session: Session, mailings: list[Mailing]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    table.add_column("when", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("what")
    for mailing in mailings:
        when = mailing.due or mailing.at
        what = Text(subject(session, mailing) or f"{mailing.occasion.value} of {mailing.key.subject}")
        why = reason(mailing)
        if why:
            what.append(f"\n{why}", style=STATE_COLORS[mailing.state] or "")
        what.append(f"\nto {_to(mailing)}", style="dim")
        what.append(f"\n{mailing.key}", style="dim")
        table.add_row(
            moment(when.astimezone(session.now.tzinfo), session.now) if when else "when you say so",
            Text(mailing.state.value, style=STATE_COLORS[mailing.state] or ""),
            what,
        )
    Console(no_color=session.colored is False, highlight=False).print(table)


def _to(mailing: Mailing) -> str:
    """The lists; each with its own state where they differ."""
    states = {outcome.state for outcome in mailing.outcomes}
    if len(states) == 1:
        return ", ".join(mailing.lists)
    return ", ".join(f"{outcome.list.name}: {outcome.state.value}" for outcome in mailing.outcomes)
