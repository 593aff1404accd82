"""Sending: the dispatcher with this department's adapters, and what may have changed since it was planned."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from announcer.domain.mailing import Entry, Mailing, State
from announcer.domain.planning.plan import plan
from announcer.service.looked import Looked
from announcer.service.project import Project
from announcer.service.report import Report

if TYPE_CHECKING:
    from announcer.ledger import Ledger
    from announcer.service.dispatch import Dispatcher, Replan
    from announcer.transport import Transport

Watch = Callable[[int], AbstractContextManager[Callable[["Transport"], "Transport"]]]
"""For so many messages, what makes a transport tell how far it is while a block lasts."""


def unwatched(_: int) -> AbstractContextManager[Callable[[Transport], Transport]]:
    """Nobody looks."""
    return nullcontext(lambda transport: transport)


FEW = 20
"""So many mailings go one after the other: a process that is killed then leaves one unknown, not several."""


def dispatcher(
    project: Project,
    ledger: Ledger,
    replan: Replan,
    stopping: Callable[[], bool],
    due: int,
    transport: Transport,
) -> Dispatcher:
    """A dispatcher with the adapters that the department's config chooses, for so many mailings."""
    from announcer.service.dispatch import Dispatcher

    delivery = project.department.delivery
    in_parallel = delivery.transport.row.over_network and due > FEW
    return Dispatcher(
        realm=project.realm,
        ledger=ledger,
        transport=transport,
        compose=lambda group, date: project.composer.compose(group, date=date),
        replan=replan,
        clock=project.clock,
        envelope_from=project.department.envelope_from,
        people_from=project.department.human.address,
        redirect_all_to=delivery.redirect_all_to,
        at_once=delivery.connections if in_parallel else 1,
        stopping=stopping,
    )


def hand_over(
    project: Project,
    ledger: Ledger,
    mailings: Sequence[Mailing],
    replan: Replan,
    *,
    by_hand: bool = False,
    stopping: Callable[[], bool] = lambda: False,
    watch: Watch = unwatched,
) -> Report:
    """Sends what is due of these mailings."""
    due = sum(mailing.state is State.DUE for mailing in mailings)
    messages = sum(outcome.state is State.DUE for mailing in mailings for outcome in mailing.outcomes)
    with watch(messages) as watched, _settled():
        chosen = dispatcher(project, ledger, replan, stopping, due, watched(project.transport()))
        return asyncio.run(chosen.dispatch(mailings, by_hand=by_hand))


@contextmanager
def _settled() -> Iterator[None]:
    """Spares the garbage collector what was read and planned, which stays: it went through all of it again
    and again, a tenth of the time that a message takes."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def replanning(project: Project, entries: Iterable[Entry]) -> Replan:
    """Looks at a mailing once more, with the files as they are now. `entries` are all that there are."""

    known = {talk.id: talk for talk in project.loaded.talks}
    looked = Looked(project)
    asked = project.situation(entries).asked

    def replan(mailing: Mailing, entries: Sequence[Entry]) -> Mailing | None:
        if not looked.is_same(mailing):
            return None
        talks = [known[name] for name in mailing.talks if name in known]
        now = project.clock()
        since = mailing.due and min(mailing.due, now, *(talk.start for talk in talks))
        # Only this mailing's rows are looked at again: what other talks' say of its series holds.
        situation = replace(project.situation(entries, now), asked=asked)
        planned = plan(situation, talks, [], since=since)
        return planned.find(mailing.key)

    return replan
