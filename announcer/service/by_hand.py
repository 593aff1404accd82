"""One mailing that a person sends now, rather than on schedule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from announcer.domain.department import MailingList
from announcer.domain.mailing import Entry, Mailing, State
from announcer.domain.planning.on_demand import at_once
from announcer.service.looked import Looked
from announcer.service.outcome_wording import stands, way_back
from announcer.service.project import Project, UsageFaultError
from announcer.service.report import Report
from announcer.service.selection import Selection, find_mailing, no_list, select
from announcer.service.sending import Watch, hand_over, unwatched


def send_now(
    project: Project,
    selection: Selection,
    lists: Collection[str],
    *,
    stopping: Callable[[], bool] = lambda: False,
    watch: Watch = unwatched,
) -> Report:
    """Sends the mailing of a selection to these of its lists, to all where none is named.

    Raises UsageFaultError, ProblemsError and LedgerError.
    """
    ledger = project.ledger()
    try:
        ledger.recover(project.clock())
        mailing = sendable(project, selection, ledger.entries(project.realm), lists)

        looked = Looked(project, [mailing])

        def replan(_: Mailing, entries: Sequence[Entry]) -> Mailing | None:
            if not looked.is_same(mailing):
                return None
            now, talks = project.clock(), {talk.id: talk for talk in project.loaded.talks}
            fresh = find_mailing(project.department, talks, entries, now, selection, project.switched)
            return at_once(fresh, now, lists) if fresh and fresh.key == mailing.key else None

        return hand_over(project, ledger, [mailing], replan, by_hand=True, stopping=stopping, watch=watch)
    finally:
        ledger.close()


def sendable(
    project: Project, selection: Selection, entries: Sequence[Entry], lists: Collection[str]
) -> Mailing:
    """The mailing, due now. Raises UsageFaultError where none of its lists can be sent to."""
    asked = select(project, selection, entries)
    for name in lists:
        if name not in asked.lists:
            raise no_list(project, asked, name)
    mailing = at_once(asked, project.clock(), lists)
    if any(outcome.state is State.DUE for outcome in mailing.outcomes):
        return mailing
    raise UsageFaultError(
        code="nothing-to-send",
        place=str(mailing.key),
        message="; ".join(
            stands(project, outcome)
            for outcome in mailing.outcomes
            if not lists or outcome.list.name in lists
        ),
        hint=way_back(project, mailing),
    )


def subjects_due(project: Project, mailing: Mailing) -> list[tuple[MailingList, str]]:
    """Each list that a mailing would go to now, with its Subject. Raises TemplateFaultError."""
    rows = []
    for group in mailing.groups:
        message = project.composer.compose(group, date=project.clock())
        due = [
            outcome.list
            for outcome in mailing.outcomes
            if outcome.state is State.DUE and outcome.list in group.lists
        ]
        rows += [(mailing_list, message.subject) for mailing_list in due]
    return rows
