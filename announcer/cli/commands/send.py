"""`announcer send`: one mailing now rather than on schedule; a dry run until --yes."""

from __future__ import annotations

from collections.abc import Sequence

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.progress import watching
from announcer.cli.report import attempt_json, say_report
from announcer.cli.session import Session
from announcer.cli.stopping import Stop
from announcer.domain.mailing import Entry, Mailing, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.on_demand import at_once, digest_on_demand, on_demand
from announcer.service.project import UsageFaultError
from announcer.service.selection import OCCASIONS, no_list, select
from announcer.service.sending import hand_over, unchanged
from announcer.service.standing import stands, way_back


@verb("send", example="announcer send 2026-bordelon announcement --yes")
@click.argument("talk")
@click.argument("occasion", type=click.Choice(OCCASIONS))
@click.option("--list", "lists", metavar="NAME", multiple=True, help="To this list alone; may be repeated.")
@click.option("--yes", is_flag=True, help="Really send it.")
def command(session: Session, talk: str, occasion: str, lists: tuple[str, ...], yes: bool) -> Exit:
    """Send one mailing now rather than on schedule. A dry run until --yes."""
    if not yes:
        return _dry_run(session, talk, Occasion(occasion), lists)
    session.project.require_sendable()
    ledger = session.project.ledger()
    try:
        ledger.recover(session.project.clock())
        asked = select(session.project, talk, Occasion(occasion), ledger.entries(session.project.realm))
        mailing = _wanted(session, asked, lists)
        with Stop() as stop:
            report = hand_over(
                session.project,
                ledger,
                [mailing],
                lambda _, entries: _again(session, mailing, entries, lists),
                by_hand=True,
                stopping=stop,
                watch=watching(session),
            )
    finally:
        ledger.close()
    if session.json:
        print_json({"handed": [attempt_json(handed) for handed in report.attempts]})
    return say_report(session, report)


def _wanted(session: Session, asked: Mailing, lists: tuple[str, ...]) -> Mailing:
    """The mailing due now. Raises UsageFaultError where none of its lists can be sent to."""
    for name in lists:
        if name not in asked.lists:
            raise no_list(session.project, asked, name)
    mailing = at_once(asked, session.project.clock(), lists)
    if any(outcome.state is State.DUE for outcome in mailing.outcomes):
        return mailing
    reasons = [stands(session.project, o) for o in mailing.outcomes if not lists or o.list.name in lists]
    raise UsageFaultError(
        code="nothing-to-send",
        place=str(mailing.key),
        message="; ".join(reasons),
        hint=way_back(session.project, mailing),
    )


def _again(
    session: Session, mailing: Mailing, entries: Sequence[Entry], lists: tuple[str, ...]
) -> Mailing | None:
    """The same mailing as the files and these entries have it now."""
    if not unchanged(session.project, mailing):
        return None
    if not mailing.occasion.row.is_about_one:
        digest = session.project.department.digests[mailing.key.subject]
        fresh = digest_on_demand(
            session.project.department, digest, session.project.loaded.talks, entries, session.project.clock()
        )
    else:
        talk = session.project.talk(mailing.key.subject)
        fresh = on_demand(
            session.project.department, talk, mailing.occasion, entries, session.project.clock()
        )
    if fresh is None or fresh.key != mailing.key:
        return None
    return at_once(fresh, session.project.clock(), lists)


def _dry_run(session: Session, talk: str, occasion: Occasion, lists: tuple[str, ...]) -> Exit:
    mailing = _wanted(session, select(session.project, talk, occasion, session.project.entries()), lists)
    rows = []
    for group in mailing.groups:
        message = session.project.composer.compose(group, date=session.project.clock())
        for outcome in mailing.outcomes:
            if outcome.state is State.DUE and outcome.list in group.lists:
                rows.append((outcome.list, message.subject))
    if session.json:
        print_json({"would_send": [{"list": each.name, "subject": subject} for each, subject in rows]})
        return Exit.DONE
    for each, subject in rows:
        click.echo(f"would send  {each.name} <{each.address}>  {subject}")
    for outcome in mailing.outcomes:
        if outcome.state is not State.DUE and (not lists or outcome.list.name in lists):
            click.echo(f"leaves out  {stands(session.project, outcome)}")
    click.echo("This was a dry run. The same with --yes sends it.")
    return Exit.DONE
