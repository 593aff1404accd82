"""The Events Calendar's JSON (WordPress): /wp-json/tribe/events/v1/events."""

from __future__ import annotations

from typing import Any

from announcer.importers.contract import Draft, Given, How, SourceTalks
from announcer.importers.findings import Findings
from announcer.importers.formats.calendar_text import put_text
from announcer.importers.hypertext import is_html, to_line, to_markdown
from announcer.importers.jsonpath import list_at, mapping_at, value_at, word_at
from announcer.importers.titles import read_summary
from announcer.importers.wall_clock import instant_of, known_zone

NAME = "events-calendar"
LABEL = "The Events Calendar's JSON"


def detect(given: Given) -> bool:
    """`events` with a `utc_start_date`."""
    return "utc_start_date" in mapping_at(given.json, "events", 0)


def read(given: Given, how: How) -> SourceTalks:
    """Reads a page of it."""
    drafts = tuple(_draft(event, how) for event in list_at(given.json, "events"))
    return SourceTalks(drafts=drafts, following=word_at(given.json, "next_rest_url") or None)


def _draft(event: Any, how: How) -> Draft:
    findings = Findings()
    # A site that was left at UTC+0 has local times in both fields.
    named = word_at(event, "timezone")
    zone_name = how.zone if named.upper() in ("UTC+0", "UTC", "") else known_zone(named, how.zone)
    start = instant_of(value_at(event, "start_date"), zone_name)
    if value_at(event, "all_day") is True:
        findings.leave("all-day", "it is all day long, so no time is known")
    elif start is None:
        findings.leave("no-start", "it has no start")
    else:
        findings.starts(start, how.department_zone, instant_of(value_at(event, "end_date"), zone_name))
    if word_at(event, "status") in ("draft", "pending", "private"):
        findings.leave("internal-there", "it is not published there")
    body = word_at(event, "description")
    if body:
        put_text(findings, to_markdown(body) if is_html(body) else body, "description")
    findings.put("location.room", value_at(event, "venue", "venue"), "venue")
    findings.put("location.address", value_at(event, "venue", "address"), "venue")
    findings.put("url", value_at(event, "url"), "url")
    line: str | None = to_line(word_at(event, "title"))
    if line and how.summary:
        read_summary(findings, line, how.summary, "title")
        line = None
    categories = [word_at(category, "name") for category in list_at(event, "categories")]
    off = word_at(event, "event_status") in ("canceled", "cancelled", "postponed")
    series = next(iter(categories), None)
    return findings.draft(
        uid=word_at(event, "id") or None,
        address=word_at(event, "url") or None,
        line=line,
        cancelled=off,
        series=series,
        categories=categories,
    )
