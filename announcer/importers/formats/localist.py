"""Localist's JSON: /api/2/events, one draft for each instance of an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from announcer.importers.contract import Draft, Given, How, SourceTalks
from announcer.importers.findings import Findings
from announcer.importers.formats.calendar_text import put_text
from announcer.importers.headings import field_of
from announcer.importers.hypertext import is_html, to_line, to_markdown
from announcer.importers.jsonpath import list_at, mapping_at, value_at, word_at
from announcer.importers.titles import read_summary
from announcer.importers.wall_clock import instant_of

NAME = "localist"
LABEL = "Localist's JSON"


def detect(given: Given) -> bool:
    """Events within `event`, with instances."""
    return "event_instances" in mapping_at(given.json, "events", 0, "event")


def read(given: Given, how: How) -> SourceTalks:
    """Reads a page of it."""
    drafts = [
        draft for entry in list_at(given.json, "events") for draft in _talks(value_at(entry, "event"), how)
    ]
    return SourceTalks(drafts=tuple(drafts), following=_following(given))


def _following(given: Given) -> str | None:
    current, total = value_at(given.json, "page", "current"), value_at(given.json, "page", "total")
    if not given.address or not isinstance(current, int) or not isinstance(total, int) or current >= total:
        return None
    parts = urlsplit(given.address)
    query = {**dict(parse_qsl(parts.query, keep_blank_values=True)), "page": str(current + 1)}
    return urlunsplit(parts._replace(query=urlencode(query)))


def _talks(event: Any, how: How) -> Iterator[Draft]:
    for instance in list_at(event, "event_instances"):
        occurrence = value_at(instance, "event_instance")
        findings = Findings()
        start = instant_of(value_at(occurrence, "start"), how.zone)
        if value_at(occurrence, "all_day") is True:
            findings.leave("all-day", "it is all day long, so no time is known")
        elif start is None:
            findings.leave("no-start", "it has no start")
        else:
            findings.starts(start, how.department_zone, instant_of(value_at(occurrence, "end"), how.zone))
        if value_at(event, "private") is True or word_at(event, "status") in ("pending", "draft"):
            findings.leave("internal-there", "Localist shows it to few")
        for audience in list_at(event, "filters", "event_audience") + list_at(
            event, "filters", "event_target_audience"
        ):
            if re.search(r"faculty|staff|internal|department only", word_at(audience, "name"), re.IGNORECASE):
                findings.say(
                    "audience", f'it is for "{word_at(audience, "name")}" there: see which lists it goes to'
                )
        line = _parts(event, findings, how)
        uid = f"{word_at(event, 'id')}#{word_at(occurrence, 'id')}"
        off = word_at(event, "status") in ("canceled", "cancelled")
        yield findings.draft(uid=uid, address=None, line=line, cancelled=off)


def _parts(event: Any, findings: Findings, how: How) -> str | None:
    person: dict[str, str] = {}
    for label, value in mapping_at(event, "custom_fields").items():
        field = field_of(str(label).replace("_", " "))
        if field == "speaker":
            findings.speaker(value, f"the field {label}")
        elif field == "speaker.affiliation":
            person["affiliation"] = word_at(value)
        elif field in ("title", "host", "sponsor", "contact"):
            findings.put(field, value, f"the field {label}")
    body = word_at(event, "description") or word_at(event, "description_text")
    if body:
        put_text(findings, to_markdown(body) if is_html(body) else body, "description")
    findings.put("location.room", value_at(event, "room_number"), "room_number")
    findings.put("location.building", value_at(event, "location_name"), "location_name")
    findings.put("url", value_at(event, "localist_url"), "localist_url")
    line = to_line(word_at(event, "title"))
    if how.summary:
        read_summary(findings, line, how.summary, "title")
    findings.amend_speaker(person, "custom_fields")
    return None if how.summary else line
