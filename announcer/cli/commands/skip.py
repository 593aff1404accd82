"""`announcer skip`: this mailing is not wanted."""

from __future__ import annotations

import click

from announcer.cli.decision import decided
from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.session import Session


@verb("skip", example="announcer skip 2026-bordelon/reminder/2026-12-02")
@click.argument("key")
@click.option("--list", "lists", metavar="NAME", multiple=True, help="For this list alone; may be repeated.")
def command(session: Session, key: str, lists: tuple[str, ...]) -> Exit:
    """Say that a mailing is not wanted. `announcer resolve KEY --not-sent` takes it back."""
    return decided(session, key, "skip", lists)
