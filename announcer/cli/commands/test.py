"""`announcer test`: one copy to yourself, through the configured transport."""

from __future__ import annotations

import asyncio

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.domain.delivery import Envelope, Result
from announcer.domain.occasion import Occasion
from announcer.service.dispatch import send_aside
from announcer.service.project import UsageFaultError
from announcer.service.selection import OCCASIONS, Selection, group_for, select


@verb("test", example="announcer test 2026-bordelon announcement --to me@example.edu")
@click.argument("talk")
@click.argument("occasion", type=click.Choice(OCCASIONS))
@click.option("--to", "address", required=True, metavar="ADDRESS", help="Your own address.")
@click.option("--list", "list_name", metavar="NAME", help="As this list gets it; the first where silent.")
def command(session: Session, talk: str, occasion: str, address: str, list_name: str | None) -> Exit:
    """Send one copy to yourself, through the configured transport. Leaves no row in the ledger."""
    from announcer.message.compose import for_test

    session.project.require_sendable()
    _require_a_person(session, address)
    mailing = select(
        session.project, Selection(subject=talk, occasion=Occasion(occasion)), session.project.entries()
    )
    group = group_for(session.project, mailing, list_name)
    message = for_test(session.project.composer.compose(group, date=session.project.clock()), address)
    envelope = Envelope(sender=session.project.department.envelope_from, recipient=address)
    reply = asyncio.run(send_aside(session.project.transport(), envelope, message.data))
    if session.json:
        print_json({"to": address, "result": reply.result.value, "reply": str(reply)})
    else:
        click.echo(f"{reply.result.value}: a test copy to {address} ({reply})")
    return Exit.DONE if reply.result is Result.ACCEPTED else Exit.NOT_ACCEPTED


def _require_a_person(session: Session, address: str) -> None:
    """A test that reaches a list is no test."""
    from announcer.domain.department import normalized
    from announcer.transport.wire import is_one_address

    if not is_one_address(address):
        raise UsageFaultError(
            code="no-address",
            place="--to",
            message=f'"{address}" is no email address',
            hint="write one like --to me@example.edu",
        )
    if not address.isascii():
        raise UsageFaultError(
            code="not-ascii",
            place="--to",
            message=f'"{address}" has letters that many mail servers cannot deliver to',
            hint="write an address of the letters a to z, like --to me@example.edu",
        )
    for mailing_list in session.project.department.lists.values():
        if normalized(mailing_list.address) == normalized(address):
            raise UsageFaultError(
                code="test-to-list",
                place="--to",
                message=f"{address} is the mailing list {mailing_list.name}, not a person",
                hint=f"`announcer send` with `--list {mailing_list.name}` sends to the list",
            )
