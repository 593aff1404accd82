"""What a person should hear of once: found in the plan, the files and the ledger, each under its names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from announcer.domain.alert import Alert
from announcer.domain.mailing import Entry, ListOutcome, Mailing, Plan, State
from announcer.domain.planning.before import is_unsure
from announcer.domain.planning.digests import left_out
from announcer.domain.planning.history import History
from announcer.domain.planning.holds import paused
from announcer.domain.problem import Problem
from announcer.domain.reason import Code, Reason
from announcer.domain.redaction import opaque
from announcer.domain.snapshot import Fact, Snapshot, plain
from announcer.service.alerting import wording
from announcer.service.alerting.held_changes import near
from announcer.service.project import Project

_LONG = timedelta(hours=1)
"""No server takes so long: a row that is still being sent then is its owner's no more."""
_AFTER_A_REPLY = timedelta(minutes=15)
"""The same for a row whose mail is of no use any more; a server's last reply may take ten minutes."""
_SETTLED = {State.UNKNOWN: wording.unknown, State.REFUSED: wording.refused}
_WAITING = {State.HELD: wording.held, State.MISSED: wording.missed}


@dataclass(frozen=True, kw_only=True, slots=True)
class RememberedAlert:
    """One alert, before it is put into words, which costs a subject."""

    names: tuple[str, ...]
    """What the ledger remembers it by. It is new while one of them is: a list that drops out of a held
    correction takes names away, another change brings one."""
    word: Callable[[], Alert]
    is_aside: bool = False
    """Whether there is nothing to do: told beside something else, and no mail of its own."""


def find_alerts(
    project: Project, planned: Plan, entries: Sequence[Entry], problems: Sequence[Problem]
) -> list[RememberedAlert]:
    """All that stands open at this moment, told before or not."""
    gone = _gone(project, entries, planned.now)
    pauses = _pauses(project)
    held: dict[_Pause, list[Mailing]] = {}
    alerts: list[RememberedAlert] = []
    history = History(entries)
    unsure = [mailing for mailing in planned.mailings if is_unsure(mailing, history, project.past)]
    if unsure:
        names = tuple(f"{mailing.key} before the ledger" for mailing in unsure)
        all_of_it = partial(wording.unsure, project, unsure)
        alerts.append(RememberedAlert(names=names, word=all_of_it))
    for mailing in planned.mailings:
        if mailing in unsure:
            continue
        alerts += _of_lists(project, mailing, planned.now)
        for state, word in _WAITING.items():
            outcomes = [outcome for outcome in mailing.outcomes if outcome.state is state]
            if not outcomes or (state is State.HELD and _is_early(mailing, planned.now)):
                continue
            pause = _pause(outcomes, pauses)
            if pause is not None:
                held.setdefault(pause, []).append(mailing)
            elif mailing.key.subject not in gone:
                alerts.append(
                    RememberedAlert(
                        names=_names(
                            mailing, state, {outcome.list.name for outcome in outcomes}, planned.now
                        ),
                        word=partial(word, project, planned, mailing, outcomes),
                        is_aside=state is State.MISSED and all(map(wording.is_instead, outcomes)),
                    )
                )
    alerts += _left_out(project, planned)
    for pause, mailings in held.items():
        alerts.append(
            RememberedAlert(names=(pause.name,), word=partial(wording.paused, project, pause.line, mailings))
        )
    for name, (announced, subject) in gone.items():
        alerts.append(
            RememberedAlert(names=(f"gone {name}",), word=partial(wording.gone, project, announced, subject))
        )
    for problem in problems:
        names = (f"problem {problem.path} {problem.code} {problem.message}",)
        alerts.append(RememberedAlert(names=names, word=partial(wording.faulty, project, problem)))
    return alerts


def _of_lists(project: Project, mailing: Mailing, now: datetime) -> Iterator[RememberedAlert]:
    """What concerns one list alone. The row's moment is in its name, so that a second one is told too."""
    for outcome in mailing.outcomes:
        word = _SETTLED.get(outcome.state)
        if outcome.state is State.SENDING and _is_stuck(mailing, outcome, now):
            word = wording.stuck
        if word is not None:
            at = outcome.at.isoformat() if outcome.at else ""
            yield RememberedAlert(
                names=(f"{mailing.key} {outcome.state.value} {outcome.list.name} {at}".strip(),),
                word=partial(word, project, mailing, outcome),
            )


def _left_out(project: Project, planned: Plan) -> Iterator[RememberedAlert]:
    """The drafts in the days of a digest that goes now, or has just gone."""
    for mailing in planned.mailings:
        digest = project.department.digests.get(mailing.key.subject)
        is_now = mailing.due and mailing.expires and mailing.due <= planned.now < mailing.expires
        if digest is None or mailing.due is None or not is_now:
            continue
        for talk in left_out(project.loaded.talks, digest, mailing.due.date()):
            yield RememberedAlert(
                names=(f"{mailing.key} leaves out {talk.id}",),
                word=partial(wording.left_out, project, mailing, talk),
            )


def _is_early(mailing: Mailing, now: datetime) -> bool:
    return mailing.due is not None and mailing.due > now


def _is_stuck(mailing: Mailing, outcome: ListOutcome, now: datetime) -> bool:
    if outcome.at is None:
        return False
    is_over = mailing.expires is not None and mailing.expires <= now
    return now - outcome.at > (_AFTER_A_REPLY if is_over else _LONG)


def _names(mailing: Mailing, state: State, lists: Collection[str], now: datetime) -> tuple[str, ...]:
    """By its key and state; a revision by each fact that it tells, too, and where it is held by how near
    its day is."""
    base = f"{mailing.key} {state.value}"
    if not mailing.occasion.row.is_revision:
        return (base,)
    facts = dict.fromkeys(
        f"{base} {fact.value} {_value(fact, group.snapshots[0])}"
        for group in mailing.groups
        if any(mailing_list.name in lists for mailing_list in group.lists)
        for fact in group.changes
    )
    soon = near(mailing, now) if state is State.HELD else ()
    return (*(facts or (base,)), *(f"{base} {day}" for day in soon))


def _value(fact: Fact, now: Snapshot) -> str:
    """A fact as the revision tells it."""
    return {
        Fact.STATUS: now.status.value,
        Fact.DATE: now.date.isoformat(),
        Fact.TIME: f"{now.start.isoformat()} {now.end.isoformat()}",
        Fact.PLACE: plain(now.place),
        Fact.ONLINE: f"{now.online} {opaque(now.passcode)}" if now.passcode else now.online,
        Fact.SPEAKER: ", ".join(plain(name) for name in now.speakers),
    }[fact]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pause:
    """What somebody wrote down."""

    reason: Reason
    name: str
    """What the ledger remembers it by: since 0.1, the words in which held mail named it."""
    line: str
    """The line of announcer.yaml that says so."""


def _pauses(project: Project) -> list[_Pause]:
    department = project.department
    pauses = []
    reason = paused(department)
    if reason:
        name = f"paused: {department.paused}"
        pauses.append(_Pause(reason=reason, name=name, line=f"`{name}`"))
    for series in department.series.values():
        if series.paused:
            name = f"{series.name} is paused: {series.paused}"
            line = f"`paused: {series.paused}` in the series {series.key}"
            reason = Reason.of(Code.SERIES_PAUSED, series=series.name, why=series.paused)
            pauses.append(_Pause(reason=reason, name=name, line=line))
    return pauses


def _pause(outcomes: Sequence[ListOutcome], pauses: Sequence[_Pause]) -> _Pause | None:
    """The pause that holds all of them, or held them until it was too late."""
    roots = {outcome.reason.root if outcome.reason else None for outcome in outcomes}
    return next((pause for pause in pauses if roots == {pause.reason}), None)


def _gone(
    project: Project, entries: Sequence[Entry], now: datetime
) -> dict[str, tuple[Snapshot, str | None]]:
    """Talks to come that lists were told of and that have no file any more, with their last Subject."""
    known = project.paths
    about = [entry for entry in entries if any(snapshot.talk not in known for snapshot in entry.snapshots)]
    if not about:
        return {}
    history, gone = History(about), {}
    for name in history.talks():
        newest = history.newest(name)
        if name not in known and newest and newest.start > now and not newest.off:
            announced = reversed(history.announced(name))
            subject = next(
                (telling.entry.subject for telling in announced if telling.entry.key.subject == name), None
            )
            gone[name] = (newest, subject)
    return gone
