"""`announcer import`: drafts of talks from another program's calendar, table, feed, page or letter."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json, show_error, show_problems
from announcer.cli.session import Session
from announcer.domain.errors import FaultError
from announcer.service.project import UsageFaultError, unknown
from announcer.service.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from announcer.domain.plain import Plain
    from announcer.importers.contract import Draft, How, UnexplainedError
    from announcer.service.importing.applying import WrittenFile
    from announcer.service.importing.reading import SourceContents
    from announcer.service.importing.review import Review
    from announcer.service.importing.sources import OpenedSource


@dataclass(frozen=True, kw_only=True)
class _Wish:
    """What the options say."""

    series: str | None
    format_name: str | None
    summary: str | None
    take: tuple[str, ...]
    yes: bool
    dry_run: bool
    ask: bool
    """Whether somebody is there to be asked."""


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
    wish = _wish(session, source, given)
    if wish.series is not None and wish.series not in session.project.department.series:
        raise unknown("series", wish.series, list(session.project.department.series))
    if talk_id is not None:
        from announcer.cli.importing.answer import take_answer

        return take_answer(session, source or "-", talk_id, _pasted, yes=wish.yes, ask=wish.ask)
    if everything:
        return _all(session, wish)
    if source is None:
        raise UsageFaultError(
            code="missing-argument",
            place="announcer import",
            message="it is not said from where",
            hint="give an address, a file, - for pasted text, or a name under `sources:`; or --all",
        )
    review, written = _import_source(session, source, wish)
    if session.json:
        from announcer.cli.importing.table import as_json

        print_json(as_json(review, written))
    return Exit.NOT_ACCEPTED if review.held and not written and wish.yes else Exit.DONE


def _wish(session: Session, source: str | None, given: dict[str, object]) -> _Wish:
    ask = session.is_terminal and not given["dry_run"] and _can_hear(source)
    return _Wish(**given, ask=ask)  # type: ignore[arg-type]


def _can_hear(source: str | None) -> bool:
    """Whether answers can be typed: where the text itself comes through a pipe, at the terminal behind it."""
    if sys.stdin.isatty():
        return True
    return source == "-" and Path("/dev/tty").exists()


def _pasted() -> bytes:
    """What was pasted or piped; whatever is asked afterwards is asked at the terminal."""
    if sys.stdin.isatty():
        click.echo("Paste the text, then press Enter and Ctrl-D (on Windows Ctrl-Z and Enter):", err=True)
    data = sys.stdin.buffer.read()
    if not sys.stdin.isatty() and sys.stdout.isatty():
        try:
            sys.stdin = Path("/dev/tty").open(encoding="utf-8")  # noqa: SIM115 - it is the new standard input
        except OSError:
            return data
    return data


def _all(session: Session, wish: _Wish) -> Exit:
    """Each source on its own: what one cannot be read for stops no other."""
    code = Exit.DONE
    imports = []
    for name in session.project.department.sources:
        try:
            review, written = _import_source(session.afresh(), name, wish)
        except FaultError as error:
            code = max(code, show_error(error))
            continue
        if review.held and not written and wish.yes:
            code = max(code, Exit.NOT_ACCEPTED)
        imports.append((review, written))
    if wish.yes and not wish.ask and not wish.dry_run:
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


def _import_source(session: Session, word: str, wish: _Wish) -> tuple[Review, list[str]]:
    """One source: read, shown, asked, written. The paths that were written."""
    from announcer.cli.importing import questions
    from announcer.service.importing.review import reviewed
    from announcer.service.importing.sources import open_source

    project = session.project
    opened = open_source(project, word, _pasted)
    contents, learned, series = _understood(session, opened, wish)
    review = reviewed(project, opened, contents, series=series)
    if wish.ask and (moved := questions.moves(review)):
        review = reviewed(project, opened, contents, series=series, moved=moved)
    if not session.json and (session.verbosity >= 0 or wish.ask):
        from announcer.cli.importing.table import show

        show(session, review)
    written = _written(session, review, wish)
    if learned and not wish.dry_run:
        _remember(session, opened, learned, wish)
    return review, written


def _understood(
    session: Session, opened: OpenedSource, wish: _Wish
) -> tuple[SourceContents, dict[str, Plain], str | None]:
    """What the source says, with what only a person can tell asked; and what was learned by that."""
    from announcer.cli.importing import questions
    from announcer.service.importing.reading import how_of, open_lines, read

    project = session.project
    learned: dict[str, Plain] = {}
    how: How = how_of(project, opened, summary=wish.summary)
    contents = read(project, opened, format_name=wish.format_name, how=how)
    if contents.reading.headings and wish.ask:
        columns = questions.columns(contents.reading.headings)
        learned["columns"] = columns
        how = replace(how, columns={**how.columns, **columns})
        contents = read(project, opened, format_name=contents.importer.NAME, how=how)
    if (lines := open_lines(contents)) and how.summary is None:
        if wish.ask:
            summary = questions.title_line(opened.place, lines)
            learned["summary"] = summary
            contents = read(
                project, opened, format_name=contents.importer.NAME, how=replace(how, summary=summary)
            )
        elif not wish.dry_run:
            raise _unexplained(opened, lines)
    elif wish.summary and opened.source.summary != wish.summary:
        learned["summary"] = wish.summary
    series = wish.series or opened.source.series
    if series is None and wish.ask and _needs_series(session, contents):
        series = questions.series(project.department.series)
        learned["series"] = series
    if wish.ask and contents.may_wait_for_dates:
        contents = _completed(contents)
    return contents, learned, series


def _needs_series(session: Session, contents: SourceContents) -> bool:
    from announcer.service.importing.terms import series_of

    department = session.project.department
    return any(
        draft.skip is None and series_of(draft, department, None) is None for draft in contents.reading.drafts
    )


def _completed(contents: SourceContents) -> SourceContents:
    """The drafts of a text with what a person knows of it."""
    from announcer.cli.importing import questions

    def completed(draft: Draft) -> Draft:
        if draft.skip is not None:
            return draft
        draft = questions.named(draft)
        if draft.day is not None:
            return draft
        near = next(
            (remark.text.rpartition(" ")[2] for remark in draft.remarks if remark.code == "near-date"), None
        )
        return replace(draft, day=questions.day_of(draft, near))

    drafts = tuple(completed(draft) for draft in contents.reading.drafts)
    return replace(contents, reading=replace(contents.reading, drafts=drafts))


def _written(session: Session, review: Review, wish: _Wish) -> list[str]:
    """Writes after a yes, and shows what `check` says of it."""
    from announcer.service.importing.applying import apply

    tasks = [*review.would_write, *(row for row in review.rows if wish.take and row.changes)]
    is_heard = not session.json and (session.verbosity >= 0 or wish.ask)
    if review.held and not session.json:
        click.echo(f"Held: {review.held.text}. Nothing is written before you say so at a terminal.")
    elif not tasks and is_heard:
        click.echo("Nothing to write.")
    may = (wish.yes and not review.held) or (
        wish.ask and (bool(tasks) or review.held is not None) and _agreed(review, len(tasks))
    )
    if wish.dry_run or not may:
        if tasks and not wish.ask and not wish.dry_run and is_heard and not review.held:
            click.echo("Nothing was written. Add --yes to write it.")
        return []
    files = apply(session.project, review, take=wish.take)
    if is_heard:
        _say_written(session, files)
    return [file.path for file in files]


def _agreed(review: Review, number: int) -> bool:
    what = f"Write {counted(number, 'file')}" if number else "Take note of that"
    return click.confirm(f"{what}{', although so many are gone' if review.held else ''}?", default=False)


def _say_written(session: Session, files: Sequence[WrittenFile]) -> None:
    paths = [file.path for file in files]
    for path in paths:
        click.echo(f"Written: {path}")
    if not paths:
        return
    problems = [problem for problem in session.project.load().problems if problem.path in paths]
    show_problems(problems)
    if any(file.row.answers for file in files):
        click.echo("Answers are filled in: `announcer plan` shows what goes now, and when.")
    if not all(file.row.answers for file in files):
        click.echo(
            "A draft reaches nobody. Look at each, and write `status: confirmed` in it when it may be "
            "announced."
        )


def _remember(session: Session, opened: OpenedSource, learned: dict[str, Plain], wish: _Wish) -> None:
    """What was learned is kept in announcer.yaml after a yes; else its lines are shown."""
    from announcer.service.importing.remembering import keep, lines
    from announcer.service.importing.sources import PASTED

    if opened.source.name == PASTED:
        return
    if not session.json:
        click.echo("\nSo that this is not asked again, announcer.yaml would say:")
        click.echo("\n".join(lines(session.project, opened, learned)))
    if not (wish.yes or (wish.ask and click.confirm("Add these lines?", default=True))):
        return
    if keep(session.project, opened, learned):
        click.echo("Added to announcer.yaml.", err=session.json)
    else:
        click.echo("These lines must be added by hand: the file is written in another way.", err=True)


def _unexplained(opened: OpenedSource, lines: list[str]) -> UnexplainedError:
    from announcer.importers.contract import UnexplainedError

    examples = "; ".join(f'"{line}"' for line in lines[:3])
    return UnexplainedError(
        code="summary-unknown",
        place=opened.place,
        message=f"only a person can tell what its title lines mean, like {examples}",
        hint='say it once: --summary title, --summary speaker or --summary "{speaker}: {title}"',
    )
