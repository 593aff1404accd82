"""Where one list of a mailing stands, in words."""

from __future__ import annotations

from announcer.domain.mailing import ListOutcome, Mailing, State
from announcer.domain.reason import Code
from announcer.service.command_lines import command_line
from announcer.service.project import Project
from announcer.service.wording import moment, why


def stands(project: Project, outcome: ListOutcome) -> str:
    """`colloquium: already sent on Mon Nov 30, 9:00 am CST`."""
    name = outcome.list.name
    if outcome.state is State.ACCEPTED:
        if outcome.at is None or outcome.message_id is None:
            return f"{name}: it already counts as sent"
        return f"{name}: already sent on {moment(outcome.at.astimezone(project.now.tzinfo), project.now)}"
    if is_skipped(outcome):
        return f"{name}: already skipped"
    return f"{name} is {outcome.state.value}{why(outcome.reason)}"


def is_skipped(outcome: ListOutcome) -> bool:
    """Whether a person does not want it."""
    return outcome.reason is not None and outcome.reason.code is Code.SKIPPED


def way_back(project: Project, mailing: Mailing) -> str:
    """How to undo what a person said of a mailing."""
    if any(is_skipped(outcome) for outcome in mailing.outcomes):
        return f"`{command_line(project, 'resolve', str(mailing.key), '--not-sent')}` takes the skipping back"
    return "`announcer log` shows what was sent, `announcer plan` what holds the rest"
