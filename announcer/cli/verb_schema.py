"""`announcer schema`: the JSON Schema that editors use."""

from __future__ import annotations

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session


@verb("schema", example="announcer schema talk > talk.schema.json")
@click.argument("kind", type=click.Choice(["talk", "config"]), default="talk")
def command(_session: Session, kind: str) -> Exit:
    """Print the JSON Schema of a talk (or of announcer.yaml: config), for editors that complete and check."""
    from announcer.records.schema import schema

    print_json(schema("config" if kind == "config" else "talk"))
    return Exit.DONE
