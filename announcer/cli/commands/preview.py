"""`announcer preview`: every message in a browser, live."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from announcer.cli.browser import doorway, open_by
from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.service.wording import counted

if TYPE_CHECKING:
    from announcer.preview.source import PreviewSource


@verb("preview", example="announcer preview --port 8700 --no-open")
@click.option("--port", type=click.IntRange(0, 65535), default=8610, show_default=True, help="On loopback.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Plain files into this folder.")
@click.option("--read-only", is_flag=True, help="The desk writes nothing: for a shared screen.")
@click.option("--internal", is_flag=True, help="With --out: also what internal lists get.")
def command(
    session: Session, port: int, no_open: bool, out: Path | None, read_only: bool, internal: bool
) -> Exit:
    """Show every message in a browser, live, and write talks there. Nothing can be sent from there.

    With --out the same pages are written as plain files, to show to somebody or to publish: what public
    lists get, unless --internal.
    """
    from announcer.preview.source import preview_source

    source = preview_source(session.project)
    if out is not None:
        return _write(session, source, out, internal=internal)
    from announcer.preview.desk.workplace import workplace_of
    from announcer.preview.server import listen, serve

    workplace = workplace_of(session.project, may_write=not read_only)
    listening = listen(port)
    taken = listening.getsockname()[1]
    if port not in (0, taken):
        click.echo(f"Port {port} is taken; using {taken}.", err=True)

    def started(address: str) -> None:
        if session.json:
            print_json({"url": address})
        else:
            click.echo(f"The preview is at {address}; Ctrl-C ends it.")
        if not no_open:
            open_by(door, address)

    try:
        with doorway(session.project.root) as door:
            root = f"/{secrets.token_hex(6)}"
            serve(source, workplace, listening, started, root=root, token=secrets.token_urlsafe(24))
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
    return Exit.DONE


def _write(session: Session, source: PreviewSource, out: Path, *, internal: bool) -> Exit:
    from announcer.preview.files import write

    written = write(source, out, internal=internal)
    if session.json:
        print_json({"folder": str(out), "messages": written.messages, "left_out": written.left_out})
        return Exit.DONE
    click.echo(f"Written to {out / 'index.html'}: {counted(written.messages, 'message')}.")
    if written.left_out:
        click.echo(
            f"{written.left_out} for internal lists left out, since these files can be passed on; "
            "`--internal` writes them too.",
            err=True,
        )
    return Exit.DONE
