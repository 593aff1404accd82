"""What TALK and OCCASION name on the command line: one mailing, and one of its groups."""

from __future__ import annotations

from announcer.domain.department import MailingList
from announcer.domain.mailing import AudienceGroup, Entry, Mailing
from announcer.domain.occasion import Occasion, Recipients
from announcer.domain.planning.history import History
from announcer.domain.planning.on_demand import digest_on_demand, on_demand
from announcer.domain.planning.schedule import talk_is_off
from announcer.domain.redaction import redact
from announcer.domain.snapshot import differences, facts
from announcer.domain.talk import Talk
from announcer.service.project import Project, UsageFaultError, unknown
from announcer.text.prose import listed

OCCASIONS = [occasion.value for occasion in Occasion]


def select(project: Project, name: str, occasion: Occasion, entries: list[Entry]) -> Mailing:
    """The mailing that a talk's id (or a digest's name) and an occasion name.

    Raises UsageFaultError, or ProblemsError where the talk's file or the config has errors.
    """
    if not occasion.row.is_about_one:
        return _digest(project, name, entries)
    talk = project.talk(name)
    found = on_demand(project.department, talk, occasion, entries, project.now)
    if found is not None:
        return found
    message, hint = _nothing(project, talk, occasion, History(entries))
    raise UsageFaultError(
        code="nothing-to-tell", place=f"{name} {occasion.value}", message=message, hint=hint
    )


def _nothing(project: Project, talk: Talk, occasion: Occasion, history: History) -> tuple[str, str]:
    """Why a talk has no correction or no cancellation, and what to do."""
    announced = history.announced_lists(talk.id, project.department.lists)
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
    if any(_is_outdated(talk, each, history) for each in announced):
        hint = "the reminder tells what changed; or set `corrections: hold` in announcer.yaml"
        return "corrections are off for this talk", hint
    return (
        "date, time, place, online link and speaker are as every list was told",
        "a changed title or abstract goes with the reminder",
    )


def _is_outdated(talk: Talk, mailing_list: MailingList, history: History) -> bool:
    last = history.last(talk.id, mailing_list)
    return last is not None and bool(differences(last.snapshot, facts(redact(talk, mailing_list.audience))))


def _digest(project: Project, name: str, entries: list[Entry]) -> Mailing:
    digest = project.department.digests.get(name)
    if digest is None:
        raise unknown("digest", name, list(project.department.digests))
    found = digest_on_demand(project.department, digest, project.loaded.talks, entries, project.now)
    if found is None:
        raise UsageFaultError(
            code="nothing-to-tell",
            place=f"{name} digest",
            message="no talk of its series can be told of in the coming weeks",
            hint="`announcer plan` shows the talks and what they lack",
        )
    return found


def group_for(project: Project, mailing: Mailing, list_name: str | None) -> AudienceGroup:
    """The group that holds a list, the first where none is named. Raises UsageFaultError."""
    if list_name is None and mailing.groups:
        return mailing.groups[0]
    for group in mailing.groups:
        if any(each.name == list_name for each in group.lists):
            return group
    raise no_list(project, mailing, list_name or "")


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
