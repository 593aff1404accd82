"""The schedule: when the last run was, what is due, what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from announcer.cli.doctor import Finding, error, warning
from announcer.cli.session import Session
from announcer.domain.errors import FaultError
from announcer.domain.mailing import State
from announcer.service.last_run import last_run
from announcer.service.wording import moment

_LATE = timedelta(hours=1)
_LONG_AGO = timedelta(days=1, hours=1)
_TIMER = "`announcer units` prints a timer for this department; `systemctl list-timers` shows whether it runs"


def check_schedule(session: Session) -> Iterator[Finding]:
    """Whether a timer runs, and what it has to do next."""
    last = last_run(session.project.root)
    ago = datetime.now(UTC) - last.at if last else None
    if last is None or ago is None:
        yield warning("last-run", "nothing ran here yet", _TIMER)
    else:
        when = moment(last.at.astimezone(session.project.now.tzinfo), session.project.now)
        if ago > _LONG_AGO:
            yield warning(
                "last-run", f"{when}, with exit code {last.code}", f"it should be minutes ago: {_TIMER}"
            )
        elif last.code:
            yield warning(
                "last-run", f"{when}, with exit code {last.code}", "`announcer run` by hand shows why"
            )
        else:
            yield Finding(check="last-run", message=f"{when}, and all was well")
    try:
        planned = session.project.plan(session.project.entries())
    except FaultError:  # the check of the ledger says it
        return
    late = [
        mailing
        for mailing in planned.mailings
        if mailing.due and mailing.state is State.DUE and planned.now - mailing.due > _LATE
    ]
    for mailing in late[:3]:
        yield error(
            "due", f"{mailing.key} is due since {_when(mailing.due, session)} and was not sent", _TIMER
        )
    unsettled = [mailing for mailing in planned.mailings if mailing.state in (State.UNKNOWN, State.REFUSED)]
    if unsettled:
        keys = ", ".join(str(mailing.key) for mailing in unsettled[:3])
        yield warning("person", f"{len(unsettled)} need a person: {keys}", "`announcer plan` says what to do")
    coming = planned.next_due
    message = f"{_when(coming, session)}" if coming else "nothing is planned"
    yield Finding(check="next-due", message=message)


def _when(at: datetime | None, session: Session) -> str:
    return moment(at.astimezone(session.project.now.tzinfo), session.project.now) if at else ""
