"""`announcer import`: drafts of talks from another program's calendar, table, feed, page or letter."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json, show_error
from announcer.cli.session import Session
from announcer.domain.errors import FaultError
from announcer.service.project import UsageFaultError, unknown

if TYPE_CHECKING:
    from announcer.cli.importing.one_source import ImportOptions
    from announcer.service.importing.review import Review


@verb("import", example="announcer import https://calendar.example.edu/physics.ics")
@click.argument("source", required=False)
@click.option("--all", "everything", is_flag=True, help="Every source of announcer.yaml.")
@click.option("--series", metavar="KEY", help="The series of its talks.")
@click.option("--talk", "talk_id", metavar="ID", help="It is an answer about this talk.")
@click.option("--take", metavar="FIELD", multiple=True, help="Where both changed a field: take the source's.")
@click.option("--summary", metavar="PATTERN", help='What a title line means: "{speaker}: {title}".')
@click.option("--format", "format_name", metavar="NAME", help="Its format, where it is not found by itself.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; ask nothing, write nothing.")
def command(
    session: Session, source: str | None, everything: bool, talk_id: str | None, **given: object
) -> Exit:
    """Make drafts of talks that are somewhere already, and keep them up to date.

    SOURCE is a web address, a file, - for pasted text, or a name under `sources:` in announcer.yaml. What
    you wrote is never touched, and a draft reaches nobody until you confirm it.
    """
    from announcer.cli.importing.one_source import import_source, pasted

    options = _options(session, source, given)
    if options.series is not None and options.series not in session.project.department.series:
        raise unknown("series", options.series, list(session.project.department.series))
    if talk_id is not None:
        from announcer.cli.importing.answer import take_answer

        return take_answer(session, source or "-", talk_id, pasted, yes=options.yes, ask=options.ask)
    if everything:
        return _all(session, options)
    if source is None:
        raise UsageFaultError(
            code="missing-argument",
            place="announcer import",
            message="it is not said from where",
            hint="give an address, a file, - for pasted text, or a name under `sources:`; or --all",
        )
    review, written = import_source(session, source, options)
    if session.json:
        from announcer.cli.importing.table import as_json

        print_json(as_json(review, written))
    return Exit.NOT_ACCEPTED if review.held and not written and options.yes else Exit.DONE


def _options(session: Session, source: str | None, given: dict[str, object]) -> ImportOptions:
    from announcer.cli.importing.one_source import ImportOptions

    ask = session.is_terminal and not given["dry_run"] and _can_hear(source)
    return ImportOptions(**given, ask=ask)  # type: ignore[arg-type]


def _can_hear(source: str | None) -> bool:
    """Whether answers can be typed: where the text itself comes through a pipe, at the terminal behind it."""
    if sys.stdin.isatty():
        return True
    return source == "-" and Path("/dev/tty").exists()


def _all(session: Session, options: ImportOptions) -> Exit:
    """Each source on its own: what one cannot be read for stops no other."""
    from announcer.cli.importing.one_source import import_source

    code = Exit.DONE
    imports = []
    for name in session.project.department.sources:
        try:
            review, written = import_source(session.afresh(), name, options)
        except FaultError as error:
            code = max(code, show_error(error))
            continue
        if review.held and not written and options.yes:
            code = max(code, Exit.NOT_ACCEPTED)
        imports.append((review, written))
    if options.yes and not options.ask and not options.dry_run:
        code = max(code, _tell_organizer(session, [review for review, _ in imports]))
    if session.json:
        from announcer.cli.importing.table import as_json

        print_json({"imports": [as_json(review, written) for review, written in imports]})
    elif not session.project.department.sources:
        click.echo("announcer.yaml names no sources. Try one first: announcer import ADDRESS-OR-FILE")
    return code


def _tell_organizer(session: Session, reviews: list[Review]) -> Exit:
    """Nobody looks on: the organizer hears of what a person must decide, once."""
    from announcer.service.importing.telling import tell

    fault = tell(session.afresh().project, reviews)
    return show_error(fault) if fault else Exit.DONE
