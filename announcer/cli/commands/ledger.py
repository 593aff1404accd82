"""`announcer ledger`: where it is, its id and size; adopt another one, or begin anew."""

from __future__ import annotations

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session


@verb("ledger", example="announcer ledger")
@click.option("--adopt", "change", flag_value="adopt", help="Trust the ledger that is there now.")
@click.option("--new", "change", flag_value="renew", help="Set the old one aside and begin an empty one.")
def command(session: Session, change: str | None) -> Exit:
    """Show where the ledger is, its id and size. It remembers what was sent, so that nothing goes twice."""
    from announcer.ledger import admin as keeping

    act = {"adopt": keeping.adopt, "renew": keeping.renew, None: keeping.describe}[change]
    found = act(
        session.project.department.ledger, session.project.root, password=session.project.ledger_password
    )
    fields = {name: getattr(found, name) for name in found.__dataclass_fields__}
    if session.json:
        print_json(fields)
    else:
        for name, value in fields.items():
            click.echo(f"{name.replace('_', ' '):<12}{'none' if value is None else value}")
        aside = session.project.root / ".announcer" / f"ledger-until-{(found.id or '')[:8]}.sqlite"
        if change == "renew" and aside.exists():
            click.echo(f"The old ledger is kept as {aside}")
    return Exit.DONE
