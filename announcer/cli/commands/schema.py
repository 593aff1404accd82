"""`announcer schema`: the JSON Schema of a talk or of announcer.yaml, for editors."""

from __future__ import annotations

import json

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.service.project import UsageFaultError


@verb("schema", example="announcer schema --write")
@click.argument("kind", type=click.Choice(("talk", "config")), default="talk")
@click.option(
    "--write", is_flag=True, help="Write both into .announcer/schema/, where the files look for them."
)
@click.option("--markdown", is_flag=True, help="Print the reference for people instead.")
def command(session: Session, kind: str, write: bool, markdown: bool) -> Exit:
    """Print the JSON Schema of a talk (or of the config), for an editor that checks while you type."""
    from announcer.records.models.schema import KINDS, schema

    if markdown:
        from announcer.records.models.reference import reference

        click.echo(reference(kind), nl=False)
        return Exit.DONE
    if not write:
        print_json(schema(kind))
        return Exit.DONE
    folder = session.project.root / ".announcer" / "schema"
    try:
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(exist_ok=True)
        for name in KINDS:
            text = json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"
            (folder / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageFaultError(
            code="unwritable",
            place=str(folder),
            message=f"the schemas cannot be written: {error.strerror}",
            hint="make the folder writable, or print them: announcer schema talk",
        ) from error
    if session.verbosity >= 0:
        click.echo("Written: .announcer/schema/talk.json and config.json, which editors read.")
    return Exit.DONE
