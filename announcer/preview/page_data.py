"""What a page says of a mailing besides its message: when, to whom, what differs, what may be asked."""

from __future__ import annotations

import shlex
from dataclasses import replace

from announcer.domain.clock import clock_time, zone
from announcer.domain.department import Department
from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import DIGESTS, OF_A_TALK
from announcer.domain.planning.missing import still_missing
from announcer.domain.planning.situation import Situation
from announcer.domain.snapshot import Snapshot
from announcer.domain.talk import Talk
from announcer.preview import words
from announcer.preview.message_view import MessageView
from announcer.preview.state import DepartmentState
from announcer.preview.upcoming import title_of
from announcer.service.wording import missing_text


def header_rows(state: DepartmentState, shown: MessageView, *, public: bool) -> dict[str, object]:
    """When it goes, to whom, and what keeps it; for the `public` without what its lists may not know."""
    mailing, group = shown.mailing, shown.group
    tz = group.moment.tzinfo
    due = mailing.due.astimezone(tz) if mailing.due else None
    expires = mailing.expires.astimezone(tz) if mailing.expires else None
    talk = group.talks[0] if group.days is None else None
    if talk and not public:
        talk = state.talks.get(shown.selection.subject, talk)
    invented = shown.selected.example is not None
    return {
        "title": title_of(talk) if talk else shown.selection.subject,
        "when": words.moment(due, state.now) if due and not invented else "",
        "near": words.distance(due, state.now) if due and not invented else "",
        "until": words.moment(expires, state.now) if expires else "",
        "state": "example" if invented else mailing.state.value,
        "meaning": "" if invented else words.STATES[mailing.state],
        "reason": None if invented or public else words.reason(mailing),
        "outcomes": [
            {
                "name": outcome.list.name,
                "address": outcome.list.address if outcome.list.person is None else outcome.list.person,
                "audience": outcome.list.audience.value,
                "state": outcome.state.value,
                "why": words.STATES[outcome.state] if public else words.outcome_words(outcome),
                "here": outcome.list in group.lists,
            }
            for outcome in mailing.outcomes
            if outcome.list in group.lists or not public
        ],
        "missing": _missing(state, talk) if talk and not public else "",
        "changes": _changes(group),
    }


def _missing(state: DepartmentState, talk: Talk) -> str:
    """What the talk lacks of what its people are asked for, and who was asked."""
    if state.department is None:
        return ""
    situation = Situation.of(state.department, state.entries, state.now)
    return "".join(missing_text(lack) for lack in still_missing(situation, [talk]))


def asking(state: DepartmentState, department: Department, shown: MessageView) -> dict[str, object]:
    """What the form above offers: occasions, lists, moments."""
    selection = shown.selection
    occasions = OF_A_TALK if selection.occasion.row.is_about_one else DIGESTS
    moment = shown.group.moment.astimezone(zone(department.timezone))
    lists = [
        {"name": mailing_list.name, "audience": mailing_list.audience.value, "here": group is shown.group}
        for group in shown.mailing.groups
        for mailing_list in group.lists
    ]
    return {
        "occasions": [occasion.value for occasion in occasions],
        "lists": lists,
        "shown_list": shown.group.lists[0].name,
        "at": moment.strftime("%Y-%m-%dT%H:%M"),
        "as_of": words.moment(moment, state.now),
        "is_as_of": selection.at is not None,
        "scheduled": replace(selection, at=None),
        "anew": replace(selection, at=state.now.astimezone(moment.tzinfo)),
        "example": shown.selected.example,
    }


def _changes(group: AudienceGroup) -> list[dict[str, str]]:
    """What differs from what was told, fact by fact."""
    if not group.changes or not group.announced or group.announced[0] is None:
        return []
    announced, true = group.announced[0], group.snapshots[0]
    return [
        {"name": fact.value, "was": _fact(announced, fact.value), "now": _fact(true, fact.value)}
        for fact in group.changes
    ]


def _fact(snapshot: Snapshot, name: str) -> str:
    local = snapshot.start.astimezone(zone(snapshot.zone))
    values = {
        "status": snapshot.status.value,
        "date": f"{local:%a %b} {local.day}, {local.year}",
        "time": f"{clock_time(local)} {local:%Z}",
        "place": snapshot.place,
        "online": snapshot.online,
        "speaker": ", ".join(snapshot.speakers),
    }
    return values[name] or "none"


def command(shown: MessageView) -> str:
    """The command that sends one copy to oneself."""
    selection = shown.selection
    arguments = ["announcer", "test", selection.subject, selection.occasion.value]
    if len(shown.mailing.groups) > 1:
        arguments += ["--list", shown.group.lists[0].name]
    return shlex.join([*arguments, "--to", "you@example.edu"])
