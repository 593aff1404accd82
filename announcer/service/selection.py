"""What of a plan a person is shown, and which mailing one names: on the command line, by an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from announcer.domain.clock import zone
from announcer.domain.department import Department, MailingList
from announcer.domain.mailing import AudienceGroup, Entry, Key, Mailing, State
from announcer.domain.occasion import Occasion, Recipients
from announcer.domain.planning.digests import digest_mailing
from announcer.domain.planning.history import History
from announcer.domain.planning.on_demand import digest_on_demand, on_demand
from announcer.domain.planning.plan import plan
from announcer.domain.planning.schedule import talk_is_off
from announcer.domain.planning.situation import UNKNOWN, Situation, Switched
from announcer.domain.redaction import redact
from announcer.domain.snapshot import differences, facts
from announcer.domain.talk import Talk
from announcer.service.project import Project, UsageFaultError, unknown
from announcer.text.prose import listed

OCCASIONS = [occasion.value for occasion in Occasion]


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """One message among all."""

    subject: str
    """A talk's id, or a digest's name."""
    occasion: Occasion
    period: str = ""
    """Which of several mailings of the occasion, where not the next one."""
    slot: str = ""
    list: str = ""
    """The mailing list as which it is read; the first where silent."""
    at: datetime | None = None
    """As if it were sent at this moment; when it is due where None."""

    @staticmethod
    def of(key: Key, *, exact: bool) -> Selection:
        """The selection of a mailing; `exact` where the talk has several of its occasion."""
        return Selection(
            subject=key.subject,
            occasion=Occasion(key.occasion),
            period=key.period if exact else "",
            slot=key.slot,
        )


def find_mailing(
    department: Department,
    talks: Mapping[str, Talk],
    entries: Sequence[Entry],
    now: datetime,
    selection: Selection,
    switched: Switched = UNKNOWN,
) -> Mailing | None:
    """The mailing of a selection: that of its period and slot where there is one, else the next of its
    occasion. None where nothing is to be told, and where there is no talk or digest of that name.
    """
    if not selection.occasion.row.is_about_one:
        return _digest(Situation.of(department, entries, now), list(talks.values()), selection)
    talk = talks.get(selection.subject)
    if talk is None:
        return None
    # Whether its series was ever asked for something, all rows say.
    situation = replace(
        Situation.of(department, entries, now, switched), history=History(_about(entries, talk.id))
    )
    return _scheduled(situation, talk, selection) or on_demand(situation, talk, selection.occasion)


def _about(entries: Sequence[Entry], talk: str) -> list[Entry]:
    """The rows that concern one talk: its own, and the digests that told it."""
    return [
        entry
        for entry in entries
        if entry.key.subject == talk or any(snapshot.talk == talk for snapshot in entry.snapshots)
    ]


def _scheduled(situation: Situation, talk: Talk, selection: Selection) -> Mailing | None:
    """What the schedule has for a talk under that period and slot, or else that slot."""
    if not selection.period and not selection.slot:
        return None
    since = min(situation.now, talk.start) - timedelta(days=1)
    alone = replace(situation, department=replace(situation.department, digests={}))
    planned = plan(alone, [talk], [], since=since)
    about = [
        mailing
        for mailing in planned.mailings
        if mailing.key.subject == talk.id
        and mailing.occasion is selection.occasion
        and mailing.key.slot == selection.slot
    ]
    exact = next((mailing for mailing in about if mailing.key.period == selection.period), None)
    return exact or (about[0] if about and selection.slot else None)


def _digest(situation: Situation, talks: Sequence[Talk], selection: Selection) -> Mailing | None:
    department = situation.department
    digest = department.digests.get(selection.subject)
    if digest is None:
        return None
    if not selection.period:
        return digest_on_demand(situation, digest, talks)
    monday = _monday(selection.period)
    due = digest.when.in_week_of(monday, department.timezone) if monday else None
    if due is None:
        return None
    due = due.astimezone(zone(department.timezone))
    return digest_mailing(situation, digest, talks, due=due)


def _monday(week: str) -> date | None:
    try:
        year, _, number = week.partition("-W")
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        return None


def group_of(mailing: Mailing, list_name: str) -> AudienceGroup | None:
    """The group that holds a list, the first where none is named; None where there is none."""
    if not list_name:
        return mailing.groups[0] if mailing.groups else None
    return next(
        (
            group
            for group in mailing.groups
            if any(mailing_list.name == list_name for mailing_list in group.lists)
        ),
        None,
    )


def select(project: Project, selection: Selection, entries: Sequence[Entry]) -> Mailing:
    """The mailing of a selection.

    Raises UsageFaultError where there is none, or ProblemsError where the files have errors.
    """
    if not selection.occasion.row.is_about_one:
        if selection.subject not in project.department.digests:
            raise unknown("digest", selection.subject, list(project.department.digests))
    else:
        project.talk(selection.subject)
    talks = {talk.id: talk for talk in project.loaded.talks}
    mailing = find_mailing(project.department, talks, entries, project.now, selection, project.switched)
    if mailing is not None:
        return mailing
    message, hint = _why_nothing(project.department, talks, History(entries), selection)
    raise UsageFaultError(
        code="nothing-to-tell",
        place=f"{selection.subject} {selection.occasion.value}",
        message=message,
        hint=hint,
    )


def group_for(project: Project, mailing: Mailing, list_name: str | None) -> AudienceGroup:
    """The group that holds a list, the first where none is named. Raises UsageFaultError."""
    group = group_of(mailing, list_name or "")
    if group is None:
        raise no_list(project, mailing, list_name or "")
    return group


def _why_nothing(
    department: Department, talks: Mapping[str, Talk], history: History, selection: Selection
) -> tuple[str, str]:
    """Why there is no digest, no correction or no cancellation, and what to do."""
    occasion = selection.occasion
    if not occasion.row.is_about_one:
        return (
            "no talk of its series can be told of in the coming weeks",
            "`announcer plan` shows the talks and what they lack",
        )
    talk = talks[selection.subject]
    announced = history.announced_lists(talk.id, department.lists)
    is_off = talk_is_off(talk)
    if occasion.row.takes_back and not is_off:
        return "the talk is not cancelled", "set `status: cancelled` in its file"
    if not announced:
        if occasion.row.takes_back:
            return (
                "nobody was told of this talk: there is nothing to cancel",
                "nothing of it is sent any more",
            )
        hint = f"`announcer plan --talk {talk.id}` shows when it is announced"
        return "nobody was told of this talk: there is nothing to correct", hint
    if occasion.row.takes_back:
        return "every list that was told of the talk knows that it is off", "`announcer log` shows when"
    if is_off:
        return "the talk is off", f"`announcer show {talk.id} cancellation` shows what lists are told"
    if any(_is_outdated(talk, mailing_list, history) for mailing_list in announced):
        hint = "the reminder tells what changed; or set `corrections: hold` in announcer.yaml"
        return "corrections are off for this talk", hint
    return (
        "date, time, place, online link and speaker are as every list was told",
        "a changed title or abstract goes with the reminder",
    )


def _is_outdated(talk: Talk, mailing_list: MailingList, history: History) -> bool:
    last = history.last(talk.id, mailing_list)
    return last is not None and bool(differences(last.snapshot, facts(redact(talk, mailing_list.audience))))


def no_list(project: Project, mailing: Mailing, name: str) -> UsageFaultError:
    """The fault of naming a list that a mailing does not go to."""
    if name not in project.department.lists:
        return unknown("list", name, list(mailing.lists))
    what = mailing.occasion.value
    if Recipients.ANNOUNCED in mailing.occasion.row.recipients:
        message = f"{name} needs no {what}: nothing that it was told has changed"
    else:
        message = f"the {what} does not go to {name}"
    return UsageFaultError(
        code="not-its-list",
        place=str(mailing.key),
        message=message,
        hint=f"it goes to {listed(mailing.lists)}",
    )


_NEEDS_A_PERSON = (State.UNKNOWN, State.REFUSED, State.HELD, State.MISSED, State.DEFERRED)


def is_shown(mailing: Mailing, now: datetime, until: datetime) -> bool:
    """Whether it is due by `until` and its talk has not begun, or it needs a person, or it has no time."""
    if mailing.due and mailing.due > until:
        return False
    is_over = mailing.expires is not None and mailing.expires <= now
    return not is_over or mailing.state in _NEEDS_A_PERSON or mailing.due is None
