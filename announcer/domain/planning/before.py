"""What was due before the ledger was made, of which it cannot know whether it went (rule 24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from announcer.domain.mailing import Mailing, State
from announcer.domain.planning.history import History
from announcer.domain.planning.past import Past
from announcer.domain.reason import Code, Reason


def heed_past(mailings: Sequence[Mailing], history: History, past: Past) -> list[Mailing]:
    """Holds what may have gone before the ledger was made, until a person says so; what was over by then
    is nobody's fault, and not missed."""
    unsure = [mailing.key for mailing in mailings if is_unsure(mailing, history, past)]
    reason = Reason.of(Code.BEFORE_LEDGER, number=len(unsure))
    return [
        _with_reason(mailing, State.DUE, State.HELD, reason)
        if mailing.key in unsure
        else _with_reason(mailing, State.MISSED, State.WITHDRAWN, Reason.of(Code.OVER_BEFORE_LEDGER))
        if _was_over(mailing, history, past)
        else mailing
        for mailing in mailings
    ]


def is_unsure(mailing: Mailing, history: History, past: Past) -> bool:
    """Whether a mailing that is due may have gone before there was this ledger."""
    is_due = any(outcome.state in (State.DUE, State.HELD) for outcome in mailing.outcomes)
    return not past.is_known and is_due and _was_due(mailing, history, past)


def _was_due(mailing: Mailing, history: History, past: Past) -> bool:
    """Whether its time was before the ledger's, and the ledger has nothing of it."""
    if past.made is None or mailing.due is None or history.entries(mailing.key):
        return False
    return mailing.due < past.made


def _was_over(mailing: Mailing, history: History, past: Past) -> bool:
    if past.made is None or mailing.expires is None or not _was_due(mailing, history, past):
        return False
    return mailing.expires <= past.made


def _with_reason(mailing: Mailing, old: State, new: State, reason: Reason) -> Mailing:
    outcomes = (
        replace(outcome, state=new, reason=reason) if outcome.state is old else outcome
        for outcome in mailing.outcomes
    )
    return replace(mailing, outcomes=tuple(outcomes))
