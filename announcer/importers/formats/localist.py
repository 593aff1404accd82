"""Localist's JSON: /api/2/events, one draft for each instance of an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from announcer.importers.contract import Draft, Given, How, Reading
from announcer.importers.findings import Findings
from announcer.importers.formats.calendar_text import put_text
from announcer.importers.headings import field_of
from announcer.importers.hypertext import is_html, to_line, to_markdown
from announcer.importers.jsonpath import at, listed, mapped, word
from announcer.importers.titles import read_line
from announcer.importers.wall_clock import instant_of

NAME = "localist"
LABEL = "Localist's JSON"


def detect(given: Given) -> bool:
    """Events within `event`, with instances."""
    return "event_instances" in mapped(given.json, "events", 0, "event")


def read(given: Given, how: How) -> Reading:
    """Reads a page of it."""
    drafts = [draft for one in listed(given.json, "events") for draft in _talks(at(one, "event"), how)]
    return Reading(drafts=tuple(drafts), following=_following(given))


def _following(given: Given) -> str | None:
    current, total = at(given.json, "page", "current"), at(given.json, "page", "total")
    if not given.address or not isinstance(current, int) or not isinstance(total, int) or current >= total:
        return None
    parts = urlsplit(given.address)
    query = {**dict(parse_qsl(parts.query, keep_blank_values=True)), "page": str(current + 1)}
    return urlunsplit(parts._replace(query=urlencode(query)))


def _talks(event: Any, how: How) -> Iterator[Draft]:
    for instance in listed(event, "event_instances"):
        one = at(instance, "event_instance")
        found = Findings()
        start = instant_of(at(one, "start"), how.zone)
        if at(one, "all_day") is True:
            found.leave("all-day", "it is all day long, so no time is known")
        elif start is None:
            found.leave("no-start", "it has no start")
        else:
            found.starts(start, how.department_zone, instant_of(at(one, "end"), how.zone))
        if at(event, "private") is True or word(event, "status") in ("pending", "draft"):
            found.leave("internal-there", "Localist shows it to few")
        for audience in listed(event, "filters", "event_audience") + listed(
            event, "filters", "event_target_audience"
        ):
            if re.search(r"faculty|staff|internal|department only", word(audience, "name"), re.IGNORECASE):
                found.say(
                    "audience", f'it is for "{word(audience, "name")}" there: see which lists it goes to'
                )
        line = _parts(event, found, how)
        uid = f"{word(event, 'id')}#{word(one, 'id')}"
        off = word(event, "status") in ("canceled", "cancelled")
        yield found.draft(uid=uid, address=None, line=line, cancelled=off)


def _parts(event: Any, found: Findings, how: How) -> str | None:
    for label, value in mapped(event, "custom_fields").items():
        field = field_of(str(label).replace("_", " "))
        if field == "speaker":
            found.speaker(value, f"the field {label}")
        elif field in ("title", "host", "sponsor", "contact", "speaker.affiliation"):
            found.put(field, value, f"the field {label}") if field != "speaker.affiliation" else None
    body = word(event, "description") or word(event, "description_text")
    if body:
        put_text(found, to_markdown(body) if is_html(body) else body, "description")
    found.put("location.room", at(event, "room_number"), "room_number")
    found.put("location.building", at(event, "location_name"), "location_name")
    found.put("url", at(event, "localist_url"), "localist_url")
    line = to_line(word(event, "title"))
    if how.summary:
        read_line(found, line, how.summary, "title")
        return None
    return line
