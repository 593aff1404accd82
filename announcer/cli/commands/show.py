"""`announcer show`: one message exactly as it would be sent."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.domain.mailing import Mailing
from announcer.domain.occasion import Occasion
from announcer.message import Message
from announcer.service.project import UsageFaultError
from announcer.service.selection import OCCASIONS, Selection, group_for, select

FORMATS = ("text", "html", "eml", "ics")


@verb("show", example="announcer show 2026-bordelon announcement --format eml --out message.eml")
@click.argument("talk")
@click.argument("occasion", type=click.Choice(OCCASIONS))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--list", "list_name", metavar="NAME", help="As this list gets it; the first where silent.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Into this file.")
@click.option("--context", is_flag=True, help="What a template gets, instead.")
def command(
    session: Session,
    talk: str,
    occasion: str,
    form: str,
    list_name: str | None,
    out: Path | None,
    context: bool,
) -> Exit:
    """Show one message exactly as it would be sent: text, html, the whole message or its calendar."""
    mailing = select(
        session.project, Selection(subject=talk, occasion=Occasion(occasion)), session.project.entries()
    )
    group = group_for(session.project, mailing, list_name)
    if context:
        print_json(_plain(session.project.composer.context(group)))
        return Exit.DONE
    message = session.project.composer.compose(group, date=group.moment)
    data = _part(message, form, f"{talk} {occasion}")
    if out:
        out.write_bytes(data)
        click.echo(f"Written to {out}.", err=True)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    _name_the_others(mailing, list_name)
    return Exit.DONE


def _part(message: Message, form: str, place: str) -> bytes:
    if form == "eml":
        return message.data
    if form == "text":
        return f"Subject: {message.subject}\n\n{message.text}".encode()
    part = message.html.encode() if form == "html" and message.html else message.calendar
    if part is None or (form == "html" and message.html is None):
        raise UsageFaultError(
            code="no-such-part",
            place=place,
            message=f"this message has no {'HTML' if form == 'html' else 'calendar'} part",
            hint="--format text and --format eml show what it has",
        )
    return part


def _name_the_others(mailing: Mailing, list_name: str | None) -> None:
    shown = list_name or mailing.groups[0].lists[0].name
    others = [name for name in mailing.lists if name != shown]
    if others and list_name is None:
        click.echo(f"As {shown} gets it; --list shows {' or '.join(others)}.", err=True)


def _plain(value: object) -> object:
    """A template's context as JSON can say it."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    fields = getattr(value, "__dataclass_fields__", None)
    if fields:
        return {name: _plain(getattr(value, name)) for name in fields}
    return value if value is None or isinstance(value, bool | int | float) else str(value)
