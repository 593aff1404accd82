"""`announcer resolve`: a person's word on a mailing that is unknown, or was sent by hand."""

from __future__ import annotations

import click

from announcer.cli.decision import decided
from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.session import Session


@verb("resolve", example="announcer resolve 2026-bordelon/reminder/2026-12-02 --not-sent")
@click.argument("key")
@click.option("--accepted", "decision", flag_value="accepted", help="It went, or was sent by hand.")
@click.option(
    "--not-sent", "decision", flag_value="not-sent", help="The list did not get it: the schedule decides."
)
@click.option("--list", "lists", metavar="NAME", multiple=True, help="For this list alone; may be repeated.")
def command(session: Session, key: str, decision: str | None, lists: tuple[str, ...]) -> Exit:
    """Say what became of a mailing that is unknown, or that was sent by hand."""
    if decision is None:
        raise click.UsageError("say --accepted or --not-sent")
    return decided(session, key, decision, lists)
