"""`announcer ledger`: where it is, its id and size; adopt another one, or begin anew."""

from __future__ import annotations

from collections.abc import Sequence

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.domain.mailing import Key
from announcer.ledger import admin as keeping
from announcer.ledger.admin import Description
from announcer.service.beginning import unsure, was_not_sent, was_sent


@verb("ledger", example="announcer ledger")
@click.option("--adopt", "change", flag_value="adopt", help="Trust it; what was due before it was sent.")
@click.option("--new", "change", flag_value="renew", help="Begin a new one: nothing was sent before.")
def command(session: Session, change: str | None) -> Exit:
    """Show where the ledger is, its id and size. It remembers what was sent, so that nothing goes twice.

    A ledger that was lost, or is new on this machine, cannot know what went before it was made, and holds
    it. --new says that none of it was sent: it goes with the next run. --adopt says that all of it was.
    """
    settled: list[Key] = []
    before = _described(session)
    if change == "adopt":
        _keep(session, "adopt")
        settled = was_sent(session.project)
    elif change == "renew" and before.is_adopted and unsure(session.project):
        settled = was_not_sent(session.project)
    elif change == "renew":
        _keep(session, "renew")
    ledger = _described(session)
    held = [mailing.key for mailing in unsure(session.project)] if ledger.is_adopted else []
    fields = {name: getattr(ledger, name) for name in ledger.__dataclass_fields__}
    if session.json:
        print_json({**fields, "unsure": [str(key) for key in held], "settled": [str(key) for key in settled]})
        return Exit.DONE
    for name, value in fields.items():
        click.echo(f"{name.replace('_', ' '):<12}{'none' if value is None else value}")
    aside = session.project.root / ".announcer" / f"ledger-until-{(ledger.id or '')[:8]}.sqlite"
    if change == "renew" and ledger.id != before.id and aside.exists():
        click.echo(f"The old ledger is kept as {aside}")
    _say(settled, "goes with the next run" if change == "renew" else "counts as sent by hand")
    if held:
        _say(held, "was due before this ledger was made, and is held")
        click.echo("If none of it was sent: announcer ledger --new. If it was: announcer ledger --adopt.")
    return Exit.DONE


def _described(session: Session) -> Description:
    project = session.project
    return keeping.describe(project.department.ledger, project.root, password=project.ledger_password)


def _keep(session: Session, change: str) -> None:
    project = session.project
    act = {"adopt": keeping.adopt, "renew": keeping.renew}[change]
    made = project.timepiece.machine()
    act(project.department.ledger, project.root, password=project.ledger_password, made=made)


def _say(keys: Sequence[Key], what: str) -> None:
    for key in keys:
        click.echo(f"{key}  {what}")
