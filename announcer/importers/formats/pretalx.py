"""pretalx's schedule (schedule.json, as frab has it): days, rooms, talks, persons."""

from __future__ import annotations

from typing import Any

from announcer.importers.contract import Draft, Given, How, Reading
from announcer.importers.findings import Findings, first
from announcer.importers.jsonpath import at, listed, word
from announcer.importers.wall_clock import instant_of, minutes

NAME = "pretalx"
LABEL = "pretalx's schedule"


def detect(given: Given) -> bool:
    """A `schedule` with a conference's days."""
    return isinstance(at(given.json, "schedule", "conference", "days"), list)


def read(given: Given, how: How) -> Reading:
    """Reads it."""
    days = listed(given.json, "schedule", "conference", "days")
    talks = [one for day in days for room in listed(day, "rooms") for one in room if isinstance(room, list)]
    return Reading(drafts=tuple(_draft(one, how) for one in talks))


def _draft(talk: Any, how: How) -> Draft:
    found = Findings()
    start = instant_of(at(talk, "date"), how.zone)
    if start is None:
        found.leave("no-start", "it has no start")
    else:
        found.starts(start, how.department_zone)
        if length := minutes(at(talk, "duration")):
            found.lasts(length)
    for person in listed(talk, "persons"):
        name = first([at(person, "name"), at(person, "public_name"), at(person, "full_public_name")])
        found.speaker(name, "persons", bio=at(person, "biography"))
    found.put("title", at(talk, "title"), "title")
    abstract, description = word(talk, "abstract"), word(talk, "description")
    found.put(
        "abstract", "\n\n".join(dict.fromkeys(part for part in (abstract, description) if part)), "abstract"
    )
    found.put("location", at(talk, "room"), "room")
    found.put("url", at(talk, "url"), "url")
    if at(talk, "do_not_record") is True:
        found.put("recording", "no", "do_not_record")
    return found.draft(
        uid=word(talk, "guid") or word(talk, "code") or None, series=word(talk, "track") or None
    )
