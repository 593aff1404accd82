"""A person's word on what was due before the ledger was made: none of it was sent, or all of it was."""

from __future__ import annotations

from announcer.domain.mailing import Key, Mailing
from announcer.domain.planning.before import is_unsure
from announcer.domain.planning.history import History
from announcer.ledger import Ledger
from announcer.service.project import Project


def unsure(project: Project) -> list[Mailing]:
    """What is held because nobody said whether it went; what `announcer ledger --new` would send."""
    ledger = project.ledger(read_only=True)
    try:
        return _unsure(project, ledger)
    finally:
        ledger.close()


def was_not_sent(project: Project) -> list[Key]:
    """None of it was sent: it goes with the next run."""
    ledger = project.ledger()
    try:
        mailings = _unsure(project, ledger)
        ledger.know_past()
    finally:
        ledger.close()
    return [mailing.key for mailing in mailings]


def was_sent(project: Project) -> list[Key]:
    """All of it counts as sent by hand: its lists hear of what changes from here."""
    ledger = project.ledger()
    try:
        mailings = _unsure(project, ledger)
        now = project.clock()
        for mailing in mailings:
            ledger.freeze(project.realm, mailing.key, [outcome.list for outcome in mailing.outcomes], now)
            for outcome in mailing.outcomes:
                snapshots = next(
                    (group.snapshots for group in mailing.groups if outcome.list in group.lists), ()
                )
                ledger.decide(
                    project.realm,
                    mailing.key,
                    outcome.list,
                    decision="accepted",
                    now=now,
                    snapshots=snapshots,
                )
        ledger.know_past()
    finally:
        ledger.close()
    return [mailing.key for mailing in mailings]


def _unsure(project: Project, ledger: Ledger) -> list[Mailing]:
    entries = ledger.entries(project.realm)
    history = History(entries)
    planned = project.plan(entries).mailings
    return [mailing for mailing in planned if is_unsure(mailing, history, project.past)]
