"""`announcer init`: a working department's folder."""

from __future__ import annotations

from pathlib import Path

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.ledger.admin import renew
from announcer.ledger.store import open_ledger
from announcer.service.project import CONFIG


@verb("init", example="announcer init physics")
@click.argument("directory", required=False, type=click.Path(path_type=Path, file_okay=False))
def command(session: Session, directory: Path | None) -> Exit:
    """Make a department's folder: config, one sample talk, editor schema. Overwrites nothing."""
    folder = directory or session.folder
    is_new = not (folder / CONFIG).exists()
    made = _written(folder, session, with_talk=is_new)
    if is_new:
        # A department that begins here has no past that a ledger made by its first run could not know.
        renew("sqlite", folder, made=session.machine())
        open_ledger("sqlite", folder).close()
    if session.json:
        print_json({"files": [{"path": str(path), "written": written} for path, written in made.items()]})
    elif session.verbosity >= 0:
        for path, written in made.items():
            click.echo(f"written  {path}" if written else f"kept     {path} (it was there)")
        where = "" if folder == Path.cwd() else f" -C {folder}"
        click.echo(
            f"\nNext: fill in {folder / CONFIG}; the sample talk is a draft and reaches nobody.\n"
            f"  announcer{where} preview    writes talks in the browser, and shows every mail\n"
            f"  announcer{where} check      finds mistakes\n"
            f"  announcer{where} plan       shows what will be sent, and when\n"
            f"Until you set `delivery:` to smtp, mail only goes into {folder / 'outbox'}."
            if is_new
            else f"\n{folder} is a department already. `announcer{where} new` writes a talk."
        )
    return Exit.DONE


def _written(folder: Path, session: Session, *, with_talk: bool) -> dict[Path, bool]:
    """Each file, and whether it was written; a department that has its own talks gets no sample."""
    from announcer.cli.init_files import starter_files

    made = {}
    for name, content in starter_files(session.today()).items():
        path = folder / name
        if name.startswith("talks/") and not with_talk:
            continue
        made[path] = not path.exists()
        if made[path]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
    return made
