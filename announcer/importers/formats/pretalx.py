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
    talks = [talk for day in days for room in listed(day, "rooms") for talk in listed(room)]
    return Reading(drafts=tuple(_draft(talk, how) for talk in talks))


def _draft(talk: Any, how: How) -> Draft:
    findings = Findings()
    start = instant_of(at(talk, "date"), how.zone)
    if start is None:
        findings.leave("no-start", "it has no start")
    else:
        findings.starts(start, how.department_zone)
        if length := minutes(at(talk, "duration")):
            findings.lasts(length)
    for person in listed(talk, "persons"):
        name = first([at(person, "name"), at(person, "public_name"), at(person, "full_public_name")])
        findings.speaker(name, "persons", bio=at(person, "biography"))
    findings.put("title", at(talk, "title"), "title")
    abstract, description = word(talk, "abstract"), word(talk, "description")
    findings.put(
        "abstract", "\n\n".join(dict.fromkeys(part for part in (abstract, description) if part)), "abstract"
    )
    findings.put("location", at(talk, "room"), "room")
    findings.put("url", at(talk, "url"), "url")
    if at(talk, "do_not_record") is True:
        findings.put("recording", "no", "do_not_record")
    return findings.draft(
        uid=word(talk, "guid") or word(talk, "code") or None, series=word(talk, "track") or None
    )
