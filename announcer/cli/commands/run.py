"""`announcer run`: send what is due, once; for a timer."""

from __future__ import annotations

from contextlib import suppress

import click

from announcer.cli.exits import Exit
from announcer.cli.heartbeat import Heartbeat
from announcer.cli.options import verb
from announcer.cli.session import Session
from announcer.domain.errors import AnnouncerError
from announcer.service.last_run import Look, begin, spared


@verb("run", example='announcer run --now "2026-11-30 09:00"')
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
def command(session: Session, dry_run: bool) -> Exit:
    """Send what is due, once; for a timer that calls it every few minutes."""
    if dry_run:
        return _rehearse(session)
    look = begin(session.project.root)
    is_silent = session.verbosity < 0 and not session.json and session.given_now is None
    if is_silent and (quiet := spared(look.root, session.machine())):
        Heartbeat(quiet.heartbeat).say(Exit.DONE)
        return Exit.DONE
    return _run(session, look)


def _run(session: Session, look: Look) -> Exit:
    from announcer.cli.output import fault_exit
    from announcer.cli.progress import watching
    from announcer.cli.stopping import Stop
    from announcer.cli.telling import code_of, say
    from announcer.service.run import run

    session.project.require_sendable()
    heartbeat = Heartbeat()
    try:
        with Stop() as stop:
            done = run(session.project, stop, watch=watching(session))
    except (AnnouncerError, OSError) as error:
        heartbeat.after(session, fault_exit(error))
        raise
    code = code_of(done)
    # What was sent was sent: a full disk or a pipe that is closed behind stdout ends nothing.
    with suppress(OSError):
        code = say(session, done)
    heartbeat.after(session, code, look, done.quiet)
    return code


def _rehearse(session: Session) -> Exit:
    """Says what a run would send. Composes it too, so that a broken template shows."""
    from announcer.cli.output import print_json, show_problems
    from announcer.service.run import would_send

    sent, problems = would_send(session.project)
    show_problems(problems, err=True)
    rows = [{"key": str(key), "list": name, "subject": subject} for key, name, subject in sent]
    if session.json:
        print_json({"now": session.project.now.isoformat(), "would_send": rows})
        return Exit.DONE
    for row in rows:
        click.echo(f"would send  {row['list']}  {row['subject']}")
    if not rows:
        click.echo("Nothing is due.")
    return Exit.DONE
