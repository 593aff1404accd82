"""`announcer serve`: the same as a timer that calls `run`, in one process."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress

import click

from announcer.cli.exits import Exit
from announcer.cli.heartbeat import Heartbeat
from announcer.cli.options import verb
from announcer.cli.output import fault_exit, show_bug, show_error
from announcer.cli.progress import watching
from announcer.cli.session import Session
from announcer.cli.stopping import Stop
from announcer.cli.telling import code_of, say
from announcer.domain.errors import AnnouncerError
from announcer.service.run import Run, run
from announcer.service.wording import moment

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
    session.project.require_sendable()
    root, service = session.project.root, _Service()
    with Stop() as stop:
        # What cannot be said (the log's disk is full, the terminal is gone) is no reason not to send.
        with suppress(OSError):
            click.echo(f"Serving {root}; Ctrl-C ends it.")
        while not stop():
            stop.wait(min(every, service.look(session.afresh(), stop)))
    _say_goodbye()
    return Exit.DONE


class _Service:
    """Looks again and again; what goes wrong is said once, and the next look is tried all the same."""

    def __init__(self) -> None:
        self._heartbeat = Heartbeat()
        self._wrong = ""
        """What stopped the last look."""

    def look(self, session: Session, stop: Stop) -> float:
        """Sends what is due; the seconds until the next look, a minute at most."""
        try:
            done = run(session.project, stop, watch=watching(session))
        except Exception as error:  # noqa: BLE001 - a fault of ours is told, and holds up no other mail
            self._heartbeat.after(session, self._failed(session, error))
            return LONGEST_SLEEP
        self._say_news(session, done)
        self._heartbeat.after(session, code_of(done))
        return _until_next(session, done)

    def _failed(self, session: Session, error: Exception) -> Exit:
        """Says what stopped a look, once alone; the code that a run would end with."""
        is_expected = isinstance(error, AnnouncerError | OSError)
        wrong = f"{type(error).__name__} {error}"
        if wrong != self._wrong:
            self._wrong = wrong
            with suppress(OSError):
                if not is_expected and session.verbosity > 0:
                    traceback.print_exception(error)
                (show_error if is_expected else show_bug)(error)
        return fault_exit(error)

    def _say_news(self, session: Session, done: Run) -> None:
        """Says what a look did where it did something."""
        before = self._wrong
        self._wrong = str(done.report.stopped or "") + "".join(str(problem) for problem in done.problems)
        self._wrong += str(done.unpublished or "")
        is_new = bool(self._wrong) and self._wrong != before
        with suppress(OSError):
            if done.report.attempts or done.news or is_new or session.verbosity > 0:
                say(session, done)
            elif before and not self._wrong:
                click.echo(f"{moment(session.project.now)}: all is well again.")


def _until_next(session: Session, done: Run) -> float:
    """Seconds until something is due, a minute at most."""
    next_due = done.planned.next_due
    if next_due is None:
        return LONGEST_SLEEP
    return min(LONGEST_SLEEP, max(0.0, (next_due - session.project.clock()).total_seconds()))


def _say_goodbye() -> None:
    try:
        click.echo("Stopped.")
    except OSError:
        # Python tries to write the rest when it ends, and would end with 120 for it.
        with open(os.devnull, "wb") as nowhere, suppress(OSError, ValueError):  # noqa: PTH123 - no path
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
