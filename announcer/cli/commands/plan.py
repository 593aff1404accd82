"""`announcer plan`: what would be sent, when, to whom, and what holds it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import STATE_COLORS, print_json
from announcer.cli.session import Session
from announcer.domain.mailing import Mailing, State
from announcer.domain.reason import Reason
from announcer.service.overview import is_shown
from announcer.service.subject import subject
from announcer.service.wording import moment, reason_json, reason_text, why

_EVER = timedelta(days=36500)
_ATTEMPTED = (State.ACCEPTED, State.UNKNOWN, State.REFUSED)


@verb("plan", example="announcer plan --days 7")
@click.option("--days", type=click.IntRange(0, 3660), default=30, show_default=True, help="How far ahead.")
@click.option("--talk", "talk_id", metavar="ID", help="This talk alone, however far ahead.")
def command(session: Session, days: int, talk_id: str | None) -> Exit:
    """Show what would be sent, when, to whom, and what holds it."""
    if talk_id:
        session.project.talk(talk_id)
    until = session.project.now + (_EVER if talk_id else timedelta(days=days))
    planned = session.project.plan(session.project.entries(), until=until)
    mailings = [m for m in planned.mailings if _wanted(m, session.project.now, until, talk_id)]
    if session.json:
        print_json(
            {"now": session.project.now.isoformat(), "mailings": [as_json(session, m) for m in mailings]}
        )
        return Exit.DONE
    if mailings:
        _table(session, mailings)
    else:
        click.echo(f"Nothing is planned for the next {days} days.")
    broken = sum(not one.undated for one in session.project.loaded.broken)
    if broken and session.verbosity >= 0:
        click.echo(
            f"{broken} talk file{'s have' if broken > 1 else ' has'} errors and cannot be planned: "
            "see `announcer check`."
        )
    return Exit.DONE


def _wanted(mailing: Mailing, now: datetime, until: datetime, talk_id: str | None) -> bool:
    if talk_id:
        return talk_id in mailing.talks or mailing.key.subject == talk_id
    return is_shown(mailing, now, until)


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
        "subject": subject(session.project, mailing),
        "reason": reason_json(mailing.reason),
        "outcomes": [
            {
                "list": outcome.list.name,
                "audience": outcome.list.audience.value,
                "state": outcome.state.value,
                "reason": reason_json(outcome.reason),
                "message_id": outcome.message_id,
                "reply": outcome.reply,
            }
            for outcome in mailing.outcomes
        ],
    }


def _table(session: Session, mailings: list[Mailing]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    table.add_column("when", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("what")
    for mailing in mailings:
        when = _when(mailing)
        what = Text(subject(session.project, mailing) or f"{mailing.occasion.value} of {mailing.key.subject}")
        for state, text, names in _alike(mailing):
            what.append(f"\n{text}" if text else "", style=STATE_COLORS[state] or "")
            what.append(f"\nto {', '.join(names)}", style="dim")
        what.append(f"\n{mailing.key}", style="dim")
        table.add_row(
            moment(when.astimezone(session.project.now.tzinfo), session.project.now)
            if when
            else "when you say so",
            Text(mailing.state.value, style=STATE_COLORS[mailing.state] or ""),
            what,
        )
    Console(no_color=session.colored is False, highlight=False).print(table)


def _when(mailing: Mailing) -> datetime | None:
    """When it went, where it was attempted; else when it is due."""
    return mailing.at if mailing.state in _ATTEMPTED and mailing.at else mailing.due or mailing.at


def _alike(mailing: Mailing) -> list[tuple[State, str | None, list[str]]]:
    """The lists that stand alike, with their reason; with their state too where the lists differ."""
    alike: dict[tuple[State, Reason | None], list[str]] = {}
    for outcome in mailing.outcomes:
        alike.setdefault((outcome.state, outcome.reason), []).append(outcome.list.name)
    if len(alike) == 1:
        ((state, reason), names), *_ = alike.items()
        return [(state, reason_text(reason) if reason else None, names)]
    return [(state, f"{state.value}{why(reason)}", names) for (state, reason), names in alike.items()]
