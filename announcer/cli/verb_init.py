"""`announcer init`: a working department's folder."""

from __future__ import annotations

from pathlib import Path

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.session import CONFIG, Session


@verb("init", example="announcer init physics")
@click.argument("directory", required=False, type=click.Path(path_type=Path, file_okay=False))
def command(session: Session, directory: Path | None) -> Exit:
    """Make a department's folder: config, one sample talk, editor schema. Overwrites nothing."""
    from announcer.cli.starter import starter_files

    folder = directory or session.folder
    for name, content in starter_files(session.today()).items():
        path = folder / name
        if path.exists():
            click.echo(f"kept     {path} (it was there)")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
        click.echo(f"written  {path}")
    if session.verbosity >= 0:
        where = "" if folder == Path.cwd() else f" -C {folder}"
        click.echo(
            f"\nNext: fill in {folder / CONFIG}, then the sample talk, which is a draft and reaches nobody.\n"
            f"  announcer{where} check      finds mistakes\n"
            f"  announcer{where} plan       shows what will be sent, and when\n"
            f"Until you set `delivery:` to smtp, mail only goes into {folder / 'outbox'}."
        )
    return Exit.DONE
