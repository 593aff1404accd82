"""A message, or a part of it, to a terminal, a pipe or a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from announcer.message import Message
from announcer.service.project import UsageFaultError

FORMATS = ("text", "html", "eml", "ics")


def write_part(message: Message, form: str, place: str, out: Path | None) -> None:
    """A message in one of FORMATS to stdout or into a file. Raises UsageFaultError where it has no such
    part."""
    data = _part(message, form, place)
    if out:
        out.write_bytes(data)
        click.echo(f"Written to {out}.", err=True)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


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
