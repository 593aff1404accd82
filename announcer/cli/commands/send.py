"""`announcer send`: one mailing now rather than on schedule; a dry run until --yes."""

from __future__ import annotations

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.progress import watching
from announcer.cli.report import attempt_json, say_report
from announcer.cli.session import Session
from announcer.cli.stopping import Stop
from announcer.domain.mailing import State
from announcer.domain.occasion import Occasion
from announcer.service.by_hand import send_now, sendable, subjects_due
from announcer.service.outcome_wording import stands
from announcer.service.selection import OCCASIONS, Selection


@verb("send", example="announcer send 2026-bordelon announcement --yes")
@click.argument("talk")
@click.argument("occasion", type=click.Choice(OCCASIONS))
@click.option("--list", "lists", metavar="NAME", multiple=True, help="To this list alone; may be repeated.")
@click.option("--yes", is_flag=True, help="Really send it.")
def command(session: Session, talk: str, occasion: str, lists: tuple[str, ...], yes: bool) -> Exit:
    """Send one mailing now rather than on schedule. A dry run until --yes."""
    selection = Selection(subject=talk, occasion=Occasion(occasion))
    if not yes:
        return _dry_run(session, selection, lists)
    session.project.require_sendable()
    with Stop() as stop:
        report = send_now(session.project, selection, lists, stopping=stop, watch=watching(session))
    if session.json:
        print_json({"handed": [attempt_json(attempt) for attempt in report.attempts]})
    return say_report(session, report)


def _dry_run(session: Session, selection: Selection, lists: tuple[str, ...]) -> Exit:
    mailing = sendable(session.project, selection, session.project.entries(), lists)
    rows = subjects_due(session.project, mailing)
    if session.json:
        subjects = [{"list": mailing_list.name, "subject": subject} for mailing_list, subject in rows]
        print_json({"would_send": subjects})
        return Exit.DONE
    for mailing_list, subject in rows:
        click.echo(f"would send  {mailing_list.shown}  {subject}")
    for outcome in mailing.outcomes:
        if outcome.state is not State.DUE and (not lists or outcome.list.name in lists):
            click.echo(f"leaves out  {stands(session.project, outcome)}")
    click.echo("This was a dry run. The same with --yes sends it.")
    return Exit.DONE
