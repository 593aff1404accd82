"""Indico's JSON export: /export/categ/ID.json, lectures and the contributions of other events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from announcer.importers.contract import Draft, Given, How, SourceTalks
from announcer.importers.findings import Findings
from announcer.importers.jsonpath import list_at, mapping_at, value_at, word_at
from announcer.importers.wall_clock import instant_of, known_zone

NAME = "indico"
LABEL = "Indico's JSON"
_OFF = re.compile(r"cancel|postpone|abgesagt|annul", re.IGNORECASE)


def detect(given: Given) -> bool:
    """`results`, each with a `startDate` of three parts."""
    first = mapping_at(given.json, "results", 0)
    return bool(mapping_at(first, "startDate")) and "title" in first


def read(given: Given, how: How) -> SourceTalks:
    """Reads it."""
    return SourceTalks(
        drafts=tuple(draft for event in list_at(given.json, "results") for draft in _talks(event, how))
    )


def _talks(event: Any, how: How) -> Iterator[Draft]:
    contributions = list_at(event, "contributions")
    if word_at(event, "type") != "simple_event" and contributions:
        for contribution in contributions:
            yield _contribution(contribution, event, how)
        return
    findings = Findings()
    _when(event, findings, how)
    for person in list_at(event, "chairs"):
        _person(person, findings, "chairs")
    yield _finished(findings, event, event, word_at(event, "id"))


def _contribution(entry: Any, event: Any, how: How) -> Draft:
    findings = Findings()
    _when(entry, findings, how)
    if (minutes := word_at(entry, "duration")).replace(".", "", 1).isdigit():
        findings.lasts(timedelta(minutes=float(minutes)))
    for person in list_at(entry, "speakers") or list_at(entry, "primaryauthors"):
        _person(person, findings, "speakers")
    return _finished(
        findings, entry, event, f"{word_at(event, 'id')}.{word_at(entry, 'id') or word_at(entry, 'db_id')}"
    )


def _when(value: Any, findings: Findings, how: How) -> None:
    start, end = (_moment(value_at(value, name), how) for name in ("startDate", "endDate"))
    if start is None:
        findings.leave("no-start", "it has no start")
    else:
        findings.starts(start, how.department_zone, end)


def _moment(stamp: Any, how: How) -> Any:
    """`tz` is the zone in which the clock is written: the server's, unless it was asked for another."""
    return instant_of(
        f"{word_at(stamp, 'date')} {word_at(stamp, 'time')}", known_zone(value_at(stamp, "tz"), how.zone)
    )


def _person(person: Any, findings: Findings, origin: str) -> None:
    whole = word_at(person, "fullName")
    last, comma, first = whole.partition(",")
    name = f"{word_at(person, 'first_name')} {word_at(person, 'last_name')}".strip()
    # "Noether, Emmy (Prof.)" is how older servers write it.
    name = name or (f"{first.strip()} {last.strip()}" if comma else whole)
    findings.speaker(
        name, origin, affiliation=value_at(person, "affiliation"), email=value_at(person, "email")
    )


def _finished(findings: Findings, entry: Any, event: Any, uid: str) -> Draft:
    findings.put("title", value_at(entry, "title"), "title")
    findings.put("abstract", value_at(entry, "description"), "description")
    findings.put("location.room", word_at(entry, "room") or word_at(entry, "roomFullname"), "room")
    findings.put("location.building", word_at(entry, "location"), "location")
    findings.put("location.address", word_at(entry, "address"), "address")
    findings.put("url", word_at(entry, "url") or word_at(event, "url"), "url")
    label = value_at(event, "label")
    off = bool(value_at(label, "is_event_not_happening")) or _OFF.search(word_at(label, "title")) is not None
    if word_at(event, "visibility") == "nowhere" or value_at(event, "hasAnyProtection") is True:
        findings.leave("internal-there", "Indico protects it from the public")
    return findings.draft(uid=uid, cancelled=off, series=word_at(event, "category") or None)
