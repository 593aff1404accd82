"""Indico's JSON export: /export/categ/ID.json, lectures and the contributions of other events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from announcer.importers.contract import Draft, Given, How, Reading
from announcer.importers.findings import Findings
from announcer.importers.jsonpath import at, listed, mapped, word
from announcer.importers.wall_clock import instant_of, known_zone

NAME = "indico"
LABEL = "Indico's JSON"
_OFF = re.compile(r"cancel|postpone|abgesagt|annul", re.IGNORECASE)


def detect(given: Given) -> bool:
    """`results`, each with a `startDate` of three parts."""
    first = mapped(given.json, "results", 0)
    return bool(mapped(first, "startDate")) and "title" in first


def read(given: Given, how: How) -> Reading:
    """Reads it."""
    return Reading(
        drafts=tuple(draft for event in listed(given.json, "results") for draft in _talks(event, how))
    )


def _talks(event: Any, how: How) -> Iterator[Draft]:
    contributions = listed(event, "contributions")
    if word(event, "type") != "simple_event" and contributions:
        for contribution in contributions:
            yield _contribution(contribution, event, how)
        return
    findings = Findings()
    _when(event, findings, how)
    for person in listed(event, "chairs"):
        _person(person, findings, "chairs")
    yield _finished(findings, event, event, word(event, "id"))


def _contribution(entry: Any, event: Any, how: How) -> Draft:
    findings = Findings()
    _when(entry, findings, how)
    if (minutes := word(entry, "duration")).replace(".", "", 1).isdigit():
        findings.lasts(timedelta(minutes=float(minutes)))
    for person in listed(entry, "speakers") or listed(entry, "primaryauthors"):
        _person(person, findings, "speakers")
    return _finished(
        findings, entry, event, f"{word(event, 'id')}.{word(entry, 'id') or word(entry, 'db_id')}"
    )


def _when(value: Any, findings: Findings, how: How) -> None:
    start, end = (_moment(at(value, name), how) for name in ("startDate", "endDate"))
    if start is None:
        findings.leave("no-start", "it has no start")
    else:
        findings.starts(start, how.department_zone, end)


def _moment(stamp: Any, how: How) -> Any:
    """`tz` is the zone in which the clock is written: the server's, unless it was asked for another."""
    return instant_of(f"{word(stamp, 'date')} {word(stamp, 'time')}", known_zone(at(stamp, "tz"), how.zone))


def _person(person: Any, findings: Findings, origin: str) -> None:
    whole = word(person, "fullName")
    last, comma, first = whole.partition(",")
    name = f"{word(person, 'first_name')} {word(person, 'last_name')}".strip()
    # "Noether, Emmy (Prof.)" is how older servers write it.
    name = name or (f"{first.strip()} {last.strip()}" if comma else whole)
    findings.speaker(name, origin, affiliation=at(person, "affiliation"), email=at(person, "email"))


def _finished(findings: Findings, entry: Any, event: Any, uid: str) -> Draft:
    findings.put("title", at(entry, "title"), "title")
    findings.put("abstract", at(entry, "description"), "description")
    findings.put("location.room", word(entry, "room") or word(entry, "roomFullname"), "room")
    findings.put("location.building", word(entry, "location"), "location")
    findings.put("location.address", word(entry, "address"), "address")
    findings.put("url", word(entry, "url") or word(event, "url"), "url")
    label = at(event, "label")
    off = bool(at(label, "is_event_not_happening")) or _OFF.search(word(label, "title")) is not None
    if word(event, "visibility") == "nowhere" or at(event, "hasAnyProtection") is True:
        findings.leave("internal-there", "Indico protects it from the public")
    return findings.draft(uid=uid, cancelled=off, series=word(event, "category") or None)
