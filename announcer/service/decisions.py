"""A person's word on a mailing: it was accepted, it was not sent, it is not wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from announcer.domain.mailing import Key, ListOutcome, Mailing, State
from announcer.service.command_lines import to_resolve
from announcer.service.outcome_wording import is_skipped, stands, way_back
from announcer.service.project import Project, UsageFaultError, unknown
from announcer.service.selection import no_list

_OPEN = (State.UPCOMING, State.DUE, State.HELD, State.DEFERRED, State.REFUSED)
_MAY = {
    "accepted": (*_OPEN, State.UNKNOWN, State.MISSED),
    "not-sent": (State.UNKNOWN, State.WITHDRAWN, State.REFUSED),
    "skip": _OPEN,
}
_FAR = timedelta(days=400)
"""What is decided is planned in full however far ahead it is: the ledger keeps what it tells."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """What a decision was written for."""

    key: Key
    lists: list[str]
    then: Mailing | None
    """The mailing as it stands with it."""


def decide(project: Project, key_text: str, decision: str, lists: tuple[str, ...]) -> Decided:
    """Writes a decision for the lists that it can be said of. Raises UsageFaultError where there is none."""
    ledger = project.ledger()
    try:
        ledger.recover(project.clock())
        planned = project.plan(ledger.entries(project.realm), until=project.now + _FAR)
        mailing = next((mailing for mailing in planned.mailings if str(mailing.key) == key_text), None)
        if mailing is None:
            raise _no_mailing(key_text, [str(mailing.key) for mailing in planned.mailings])
        mailing_key = mailing.key
        chosen = _chosen(project, mailing, decision, lists)
        ledger.freeze(
            project.realm, mailing_key, [outcome.list for outcome in mailing.outcomes], project.clock()
        )
        for outcome in mailing.outcomes:
            if outcome.list.name not in chosen:
                continue
            ledger.add(project.realm, mailing_key, outcome.list, project.clock())
            snapshots = next((group.snapshots for group in mailing.groups if outcome.list in group.lists), ())
            ledger.decide(
                project.realm,
                mailing_key,
                outcome.list,
                decision=decision,
                now=project.clock(),
                snapshots=snapshots if decision != "not-sent" else (),
            )
        then = project.plan(ledger.entries(project.realm)).find(mailing_key)
    finally:
        ledger.close()
    return Decided(key=mailing_key, lists=chosen, then=then)


def _no_mailing(text: str, keys: Sequence[str]) -> UsageFaultError:
    """The fault of what names no mailing, with the keys that have it in them: those of a talk, say."""
    meant = [key for key in keys if text in key][:4]
    try:
        Key.parse(text)
    except ValueError:
        return UsageFaultError(
            code="no-key",
            place=text,
            message="this is no key of a mailing",
            hint=f"did you mean {' or '.join(meant)}?"
            if meant
            else "`announcer plan` shows the keys; they look like 2026-bordelon/announcement/2026-W49",
        )
    return unknown("mailing", text, keys)


def _chosen(project: Project, mailing: Mailing, decision: str, lists: tuple[str, ...]) -> list[str]:
    for name in lists:
        if name not in mailing.lists:
            raise no_list(project, mailing, name)
    outcomes = [outcome for outcome in mailing.outcomes if not lists or outcome.list.name in lists]
    may = _MAY[decision]
    if decision == "not-sent" and lists:
        # Accepted is a server's word; against it a person must name the list.
        may = (*may, State.ACCEPTED)
    chosen = [outcome.list.name for outcome in outcomes if outcome.state in may]
    if not chosen:
        states = "; ".join(stands(project, outcome) for outcome in outcomes)
        raise UsageFaultError(
            code="nothing-to-decide",
            place=str(mailing.key),
            message=f"this cannot be said of it now: {states}",
            hint=_hint(project, mailing, outcomes, decision),
        )
    return chosen


def _hint(project: Project, mailing: Mailing, outcomes: Sequence[ListOutcome], decision: str) -> str:
    accepted = next((outcome.list.name for outcome in outcomes if outcome.state is State.ACCEPTED), None)
    if decision == "not-sent" and accepted:
        command = to_resolve(project, mailing.key, accepted, "--not-sent")
        return f"a server took it; where a list did not get it all the same, name that list: `{command}`"
    if decision == "skip" and any(is_skipped(outcome) for outcome in outcomes):
        return way_back(project, mailing)
    return "`announcer plan` and `announcer log` show where it stands"
