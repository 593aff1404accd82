"""`announcer serve`: the same as a timer that calls `run`, in one process."""

from __future__ import annotations

import click

from announcer.cli.exits import Exit
from announcer.cli.heartbeat import Heartbeat
from announcer.cli.options import verb
from announcer.cli.output import fault_exit, moment, show_error
from announcer.cli.session import Session
from announcer.cli.stopping import Stop
from announcer.cli.tick import Tick, tick
from announcer.cli.verb_run import code_of, say
from announcer.domain.errors import AnnouncerError

LONGEST_SLEEP = 60.0
"""Seconds: a suspended laptop or a clock that was set is noticed within a minute."""


@verb("serve", example="announcer serve -C /srv/talks")
@click.option(
    "--every",
    type=click.FloatRange(0.1, LONGEST_SLEEP),
    default=LONGEST_SLEEP,
    show_default=True,
    metavar="SECONDS",
    help="Look at least this often.",
)
def command(session: Session, every: float) -> Exit:
    """Send what is due, for ever; SIGTERM ends it after the message in hand."""
    session.require_sendable()
    click.echo(f"Serving {session.root}; Ctrl-C ends it.")
    last_error, heartbeat = "", Heartbeat()
    with Stop() as stop:
        while not stop():
            current = session.afresh()
            wait = every
            try:
                done = tick(current, stop)
            except (AnnouncerError, OSError) as error:
                # A bad edit or a ledger out of reach must not end the service, and is said once alone.
                if str(error) != last_error:
                    show_error(error)
                last_error = str(error)
                heartbeat.after(current, fault_exit(error))
            else:
                last_error = _say_news(current, done, last_error)
                heartbeat.after(current, code_of(done))
                wait = min(every, _until_next(current, done))
            stop.wait(wait)
    click.echo("Stopped.")
    return Exit.DONE


def _say_news(session: Session, done: Tick, last_error: str) -> str:
    """Says what a tick did where it did something; what stopped it, to be said once."""
    stopped = str(done.report.stopped or "") + "".join(str(problem) for problem in done.problems)
    if done.report.handed or done.news or (stopped and stopped != last_error) or session.verbosity > 0:
        say(session, done)
    elif last_error and not stopped:
        click.echo(f"{moment(session.now)}: all is well again.")
    return stopped


def _until_next(session: Session, done: Tick) -> float:
    """Seconds until something is due, a minute at most."""
    next_due = done.planned.next_due
    if next_due is None:
        return LONGEST_SLEEP
    return min(LONGEST_SLEEP, max(0.0, (next_due - session.clock()).total_seconds()))
