"""What a page says of a mailing besides its message: when, to whom, what differs, what may be asked."""

from __future__ import annotations

import shlex
from dataclasses import replace

from announcer.domain.clock import zone
from announcer.domain.department import Department
from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import DIGESTS, OF_A_TALK
from announcer.domain.snapshot import Snapshot
from announcer.preview import words
from announcer.preview.message_view import Sheet
from announcer.preview.state import Picture
from announcer.preview.upcoming import title_of


def standing(picture: Picture, sheet: Sheet, *, public: bool) -> dict[str, object]:
    """When it goes, to whom, and what keeps it; for the `public` without what its lists may not know."""
    mailing, group = sheet.mailing, sheet.group
    tz = group.moment.tzinfo
    due = mailing.due.astimezone(tz) if mailing.due else None
    expires = mailing.expires.astimezone(tz) if mailing.expires else None
    talk = group.talks[0] if group.days is None else None
    if talk and not public:
        talk = picture.talks.get(sheet.choice.subject, talk)
    invented = sheet.found.example is not None
    return {
        "title": title_of(talk) if talk else sheet.choice.subject,
        "when": words.moment(due, picture.now) if due and not invented else "",
        "near": words.distance(due, picture.now) if due and not invented else "",
        "until": words.moment(expires, picture.now) if expires else "",
        "state": "example" if invented else mailing.state.value,
        "meaning": "" if invented else words.STATES[mailing.state],
        "reason": None if invented or public else words.reason(mailing),
        "outcomes": [
            {
                "name": outcome.list.name,
                "address": outcome.list.address,
                "audience": outcome.list.audience.value,
                "state": outcome.state.value,
                "why": words.STATES[outcome.state] if public else words.outcome_words(outcome),
                "here": outcome.list in group.lists,
            }
            for outcome in mailing.outcomes
            if outcome.list in group.lists or not public
        ],
        "changes": _changes(group),
    }


def asking(picture: Picture, department: Department, sheet: Sheet) -> dict[str, object]:
    """What the form above offers: occasions, lists, moments."""
    choice = sheet.choice
    occasions = OF_A_TALK if choice.occasion.row.is_about_one else DIGESTS
    moment = sheet.group.moment.astimezone(zone(department.timezone))
    lists = [
        {"name": each.name, "audience": each.audience.value, "here": group is sheet.group}
        for group in sheet.mailing.groups
        for each in group.lists
    ]
    return {
        "occasions": [occasion.value for occasion in occasions],
        "lists": lists,
        "shown_list": sheet.group.lists[0].name,
        "at": moment.strftime("%Y-%m-%dT%H:%M"),
        "as_of": words.moment(moment, picture.now),
        "is_as_of": choice.at is not None,
        "scheduled": replace(choice, at=None),
        "example": sheet.found.example,
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
        "time": f"{words.clock(local)} {local:%Z}",
        "place": snapshot.place,
        "online": snapshot.online,
        "speaker": ", ".join(snapshot.speakers),
    }
    return values[name] or "none"


def command(sheet: Sheet) -> str:
    """The command that sends one copy to oneself."""
    choice = sheet.choice
    said = ["announcer", "test", choice.subject, choice.occasion.value]
    if len(sheet.mailing.groups) > 1:
        said += ["--list", sheet.group.lists[0].name]
    return shlex.join([*said, "--to", "you@example.edu"])
