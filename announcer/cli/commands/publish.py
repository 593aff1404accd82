"""`announcer publish`: pages, calendar feeds, a news feed and data as files, for any web space."""

from __future__ import annotations

from pathlib import Path

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json, show_problems
from announcer.cli.session import Session
from announcer.domain.talk import Audience
from announcer.service.project import Project, UsageFaultError
from announcer.service.publishing import Published, publish


@verb("publish", example="announcer publish --out public")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder; that of `site:` in announcer.yaml where silent.",
)
@click.option("--internal", is_flag=True, help="What internal lists may know, for an intranet.")
def command(session: Session, out: Path | None, internal: bool) -> Exit:
    """Write the talks as files for any web space: pages, calendars to subscribe to, a news feed, data,
    posters and a screen.

    What public lists may know is in them, and nothing else, unless --internal. Files that are the same stay
    untouched, and no file that was not published from here is ever changed or removed.
    """
    project = session.project
    site = project.department.site
    audience = Audience.INTERNAL if internal else (site.audience if site and not out else Audience.PUBLIC)
    done = publish(project, out or _configured(project), audience)
    if session.json:
        print_json(
            {
                "folder": str(done.folder),
                "written": done.files.written,
                "unchanged": done.files.unchanged,
                "removed": done.files.removed,
                "left_out": done.left_out,
                "calendars": done.without_calendars is None,
            }
        )
    else:
        _say(session, done)
    show_problems(done.problems, err=True)
    return Exit.PROBLEMS if done.problems else Exit.DONE


def _configured(project: Project) -> Path:
    site = project.department.site
    if site and site.out:
        return project.root / site.out
    raise UsageFaultError(
        code="no-folder",
        place="--out",
        message="nobody said where the files go",
        hint="write --out public, or `site: {out: public}` in announcer.yaml",
    )


def _say(session: Session, done: Published) -> None:
    files = done.files
    if session.verbosity >= 0:
        removed = f", {files.removed} removed" if files.removed else ""
        click.echo(
            f"Published to {done.folder}: {files.written} written, {files.unchanged} unchanged{removed}."
        )
        click.echo(f"Look at {done.folder / 'index.html'}.")
    if done.without_calendars:
        fault = done.without_calendars
        click.echo(click.style(f"{fault.message}. {fault.hint}", fg="yellow"), err=True)
    if done.left_out:
        talks = "1 talk goes" if done.left_out == 1 else f"{done.left_out} talks go"
        click.echo(f"{talks} to internal lists alone and stay out; `--internal` writes all.", err=True)
