"""The organizer hears once of what an import by a timer leaves to a person: gone there, cancelled there."""

from __future__ import annotations

from collections.abc import Sequence

from announcer.domain.alert import Alert, Step
from announcer.domain.errors import FaultError
from announcer.importers.states import ImportState
from announcer.service.command_lines import command_line
from announcer.service.importing.review import Review
from announcer.service.importing.rows import ImportRow
from announcer.service.organizer import mail_alerts
from announcer.service.project import Project

_TOLD = (ImportState.GONE_THERE, ImportState.CANCELLED_THERE)


def tell(project: Project, reviews: Sequence[Review]) -> FaultError | None:
    """Mails the organizer what is new of it; why that failed, None where it did not.

    Raises LedgerError, which remembers what was told.
    """
    notices = {
        f"import {review.opened.source.name} {row.state} {row.key}": (review, row)
        for review in reviews
        for row in review.rows
        if row.state in _TOLD
    }
    if not notices or project.department.organizer is None:
        return None
    project.require_sendable()
    ledger = project.ledger()
    try:
        new = ledger.noticed(project.realm, list(notices), project.clock())
        if not new:
            return None
        # A process that dies while it mails has told nobody and will not: the table still shows it.
        outcome = mail_alerts(project, [_alert(project, *notices[name]) for name in notices if name in new])
        if not outcome.is_final:
            ledger.forget(project.realm, sorted(new))
        return outcome.fault
    finally:
        ledger.close()


def _alert(project: Project, review: Review, row: ImportRow) -> Alert:
    what = row.title or " and ".join(row.speakers) or row.id or "a talk"
    name = review.opened.source.name
    gone = row.state is ImportState.GONE_THERE
    news = f'is not in "{name}" any more' if gone else f'is cancelled in "{name}"'
    again = command_line(project, "import", name, anywhere=True)
    return Alert(
        sentence=f"{row.path}: {what} {news}",
        title=f"{what} {news}",
        lines=tuple(line for line in (row.path, (row.start or "").replace("T", " ")) if line),
        text="Nothing was changed here: a source may lack a talk for many reasons.",
        steps=(
            Step(text=f"If it is off, write `status: cancelled` into {project.root / (row.path or '')}."),
            Step(text="Otherwise there is nothing to do. This shows it again:", command=again),
        ),
    )
