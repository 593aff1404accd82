"""`announcer plan`: what would be sent, when, to whom, and what holds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import click

from announcer.cli.columns import INDENT, fitted, terminal_width
from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import STATE_COLORS, print_json
from announcer.cli.session import Session
from announcer.domain.mailing import Mailing, State
from announcer.domain.reason import Reason
from announcer.service.selection import is_shown
from announcer.service.subject import composed_subject, subject
from announcer.service.wording import moment, reason_json, reason_text, why
from announcer.text.prose import listed, shorten
from announcer.transport.printable import printable

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
    mailings = [
        mailing for mailing in planned.mailings if _wanted(mailing, session.project.now, until, talk_id)
    ]
    if session.json:
        print_json(
            {
                "now": session.project.now.isoformat(),
                "mailings": [as_json(session, mailing) for mailing in mailings],
            }
        )
        return Exit.DONE
    if mailings:
        _show(session, mailings)
    else:
        click.echo(_nothing(session, days, talk_id))
    broken = sum(not talk.undated for talk in session.project.loaded.broken)
    if broken and session.verbosity >= 0:
        click.echo(
            f"{broken} talk file{'s have' if broken > 1 else ' has'} errors and cannot be planned: "
            "see `announcer check`."
        )
    return Exit.DONE


def _nothing(session: Session, days: int, talk_id: str | None) -> str:
    """That there is nothing, and what comes next or why nothing does."""
    now = session.project.now
    if talk_id:
        return f"Nothing is planned of {talk_id}: it goes to no list, or its schedule is empty."
    sentence = f"Nothing is planned for the next {days} days."
    coming = session.project.plan(session.project.entries(), until=now + _EVER).mailings
    ahead = [
        mailing for mailing in coming if mailing.due and mailing.due > now and mailing.state is State.UPCOMING
    ]
    if ahead:
        first = min(ahead, key=lambda mailing: mailing.due or now)
        return f"{sentence} Next: the {first.occasion.value} of {first.key.subject}, {_moment(first, now)}."
    over = sum(talk.end < now for talk in session.project.loaded.talks)
    are = "talks are" if over > 1 else "talk is"
    return f"{sentence} {over} {are} over; `announcer new` writes the next." if over else sentence


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


def _show(session: Session, mailings: Sequence[Mailing]) -> None:
    """Two lines a mailing: when, how it stands and its key; to whom and its subject. Where a list stands
    apart or reads another subject, a line more; where something holds it, why."""
    now = session.project.now
    rows = [(_moment(mailing, now), mailing) for mailing in mailings]
    room = max(len(when) for when, _ in rows)
    states = max(len(mailing.state.value) for mailing in mailings)
    for when, mailing in rows:
        state = click.style(f"{mailing.state.value:<{states}}", fg=STATE_COLORS[mailing.state])
        click.echo(f"{when:<{room}}  {state}  {click.style(str(mailing.key), dim=True)}")
        for subject_line, names in _subjects(session, mailing):
            line = f"to {', '.join(names)}: {subject_line}"
            click.echo(INDENT + shorten(printable(line), terminal_width() - len(INDENT)))
        for state_of, text in _alike(mailing):
            click.echo(click.style(fitted(printable(text), indent=INDENT), fg=STATE_COLORS[state_of]))


def _moment(mailing: Mailing, now: datetime) -> str:
    when = _when(mailing)
    return moment(when.astimezone(now.tzinfo), now) if when else "when you say so"


def _subjects(session: Session, mailing: Mailing) -> list[tuple[str, list[str]]]:
    """Each subject that some list gets or got, with those lists."""
    composed = {
        mailing_list.name: line
        for group in mailing.groups
        for line in [composed_subject(session.project, group)]
        for mailing_list in group.lists
    }
    alike: dict[str, list[str]] = {}
    for outcome in mailing.outcomes:
        went = outcome.subject if outcome.state in _ATTEMPTED else None
        line = went or composed.get(outcome.list.name) or mailing.subject
        alike.setdefault(line or f"{mailing.occasion.value} of {mailing.key.subject}", []).append(
            outcome.list.name
        )
    return list(alike.items())


def _when(mailing: Mailing) -> datetime | None:
    """When it went, where it was attempted; else when it is due."""
    return mailing.at if mailing.state in _ATTEMPTED and mailing.at else mailing.due or mailing.at


def _alike(mailing: Mailing) -> list[tuple[State, str]]:
    """Why it stands so; where the lists stand differently, how and why each does."""
    alike: dict[tuple[State, Reason | None], list[str]] = {}
    for outcome in mailing.outcomes:
        alike.setdefault((outcome.state, outcome.reason), []).append(outcome.list.name)
    if len(alike) == 1:
        ((state, reason), _), *_ = alike.items()
        return [(state, reason_text(reason))] if reason else []
    return [
        (state, f"{listed(names)}: {state.value}{why(reason)}") for (state, reason), names in alike.items()
    ]
