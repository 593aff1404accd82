"""pretalx's schedule (schedule.json, as frab has it): days, rooms, talks, persons."""

from __future__ import annotations

from typing import Any

from announcer.importers.contract import Draft, Given, How, SourceTalks
from announcer.importers.findings import Findings, first
from announcer.importers.jsonpath import list_at, value_at, word_at
from announcer.importers.wall_clock import instant_of, minutes

NAME = "pretalx"
LABEL = "pretalx's schedule"


def detect(given: Given) -> bool:
    """A `schedule` with a conference's days."""
    return isinstance(value_at(given.json, "schedule", "conference", "days"), list)


def read(given: Given, how: How) -> SourceTalks:
    """Reads it."""
    days = list_at(given.json, "schedule", "conference", "days")
    talks = [talk for day in days for room in list_at(day, "rooms") for talk in list_at(room)]
    return SourceTalks(drafts=tuple(_draft(talk, how) for talk in talks))


def _draft(talk: Any, how: How) -> Draft:
    findings = Findings()
    start = instant_of(value_at(talk, "date"), how.zone)
    if start is None:
        findings.leave("no-start", "it has no start")
    else:
        findings.starts(start, how.department_zone)
        if length := minutes(value_at(talk, "duration")):
            findings.lasts(length)
    for person in list_at(talk, "persons"):
        name = first(
            [value_at(person, "name"), value_at(person, "public_name"), value_at(person, "full_public_name")]
        )
        findings.speaker(name, "persons", bio=value_at(person, "biography"))
    findings.put("title", value_at(talk, "title"), "title")
    abstract, description = word_at(talk, "abstract"), word_at(talk, "description")
    findings.put(
        "abstract", "\n\n".join(dict.fromkeys(part for part in (abstract, description) if part)), "abstract"
    )
    findings.put("location", value_at(talk, "room"), "room")
    findings.put("url", value_at(talk, "url"), "url")
    if value_at(talk, "do_not_record") is True:
        findings.put("recording", "no", "do_not_record")
    return findings.draft(
        uid=word_at(talk, "guid") or word_at(talk, "code") or None, series=word_at(talk, "track") or None
    )
