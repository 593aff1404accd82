"""One source, imported by hand: read, with what only a person can tell asked; shown; written after a yes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from announcer.cli.importing import questions
from announcer.cli.importing.table import show
from announcer.cli.output import show_problems
from announcer.cli.session import Session
from announcer.domain.plain import Plain
from announcer.importers.contract import Draft, How, UnexplainedError
from announcer.service.importing import remembering
from announcer.service.importing.applying import WrittenFile, apply
from announcer.service.importing.reading import SourceContents, how_of, open_lines, read
from announcer.service.importing.review import Review, reviewed
from announcer.service.importing.sources import PASTED, OpenedSource, open_source
from announcer.service.importing.terms import series_of
from announcer.service.wording import counted


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """What the options say."""

    series: str | None
    format_name: str | None
    summary: str | None
    take: tuple[str, ...]
    yes: bool
    dry_run: bool
    ask: bool
    """Whether somebody is there to be asked."""


def pasted() -> bytes:
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


def import_source(session: Session, word: str, options: ImportOptions) -> tuple[Review, list[str]]:
    """One source: read, shown, asked, written. The paths that were written."""
    project = session.project
    opened = open_source(project, word, pasted)
    contents, learned, series = _understood(session, opened, options)
    review = reviewed(project, opened, contents, series=series)
    if options.ask and (moved := questions.moves(review)):
        review = reviewed(project, opened, contents, series=series, moved=moved)
    if not session.json and (session.verbosity >= 0 or options.ask):
        show(session, review)
    written = _written(session, review, options)
    if learned and not options.dry_run:
        _remember(session, opened, learned, options)
    return review, written


def _understood(
    session: Session, opened: OpenedSource, options: ImportOptions
) -> tuple[SourceContents, dict[str, Plain], str | None]:
    """What the source says, with what only a person can tell asked; and what was learned by that."""
    project = session.project
    learned: dict[str, Plain] = {}
    how: How = how_of(project, opened, summary=options.summary)
    contents = read(project, opened, format_name=options.format_name, how=how)
    if contents.reading.headings and options.ask:
        columns = questions.columns(contents.reading.headings)
        learned["columns"] = columns
        how = replace(how, columns={**how.columns, **columns})
        contents = read(project, opened, format_name=contents.importer.NAME, how=how)
    if (lines := open_lines(contents)) and how.summary is None:
        if options.ask:
            summary = questions.title_line(opened.place, lines)
            learned["summary"] = summary
            contents = read(
                project, opened, format_name=contents.importer.NAME, how=replace(how, summary=summary)
            )
        elif not options.dry_run:
            raise _unexplained(opened, lines)
    elif options.summary and opened.source.summary != options.summary:
        learned["summary"] = options.summary
    series = options.series or opened.source.series
    if series is None and options.ask and _needs_series(session, contents):
        series = questions.series(project.department.series)
        learned["series"] = series
    if options.ask and contents.may_wait_for_dates:
        contents = _completed(contents)
    return contents, learned, series


def _needs_series(session: Session, contents: SourceContents) -> bool:
    department = session.project.department
    return any(
        draft.skip is None and series_of(draft, department, None) is None for draft in contents.reading.drafts
    )


def _completed(contents: SourceContents) -> SourceContents:
    """The drafts of a text with what a person knows of it."""

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


def _written(session: Session, review: Review, options: ImportOptions) -> list[str]:
    """Writes after a yes, and shows what `check` says of it."""
    tasks = [*review.would_write, *(row for row in review.rows if options.take and row.changes)]
    is_heard = not session.json and (session.verbosity >= 0 or options.ask)
    if review.held and not session.json:
        click.echo(f"Held: {review.held.text}. Nothing is written before you say so at a terminal.")
    elif not tasks and is_heard:
        click.echo("Nothing to write.")
    may = (options.yes and not review.held) or (
        options.ask and (bool(tasks) or review.held is not None) and _agreed(review, len(tasks))
    )
    if options.dry_run or not may:
        if tasks and not options.ask and not options.dry_run and is_heard and not review.held:
            click.echo("Nothing was written. Add --yes to write it.")
        return []
    files = apply(session.project, review, take=options.take)
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


def _remember(
    session: Session, opened: OpenedSource, learned: dict[str, Plain], options: ImportOptions
) -> None:
    """What was learned is kept in announcer.yaml after a yes; else its lines are shown."""
    if opened.source.name == PASTED:
        return
    if not session.json:
        click.echo("\nSo that this is not asked again, announcer.yaml would say:")
        click.echo("\n".join(remembering.lines(session.project, opened, learned)))
    if not (options.yes or (options.ask and click.confirm("Add these lines?", default=True))):
        return
    if remembering.keep(session.project, opened, learned):
        click.echo("Added to announcer.yaml.", err=session.json)
    else:
        click.echo("These lines must be added by hand: the file is written in another way.", err=True)


def _unexplained(opened: OpenedSource, lines: list[str]) -> UnexplainedError:
    examples = "; ".join(f'"{line}"' for line in lines[:3])
    return UnexplainedError(
        code="summary-unknown",
        place=opened.place,
        message=f"only a person can tell what its title lines mean, like {examples}",
        hint='say it once: --summary title, --summary speaker or --summary "{speaker}: {title}"',
    )
