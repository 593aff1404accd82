"""OxTalks' JSON (HAL): /api/talks/search."""

from __future__ import annotations

import re
from typing import Any

from announcer.importers.contract import Draft, Given, How, Reading
from announcer.importers.findings import Findings
from announcer.importers.jsonpath import at, listed, mapped, word
from announcer.importers.wall_clock import instant_of

NAME = "oxtalks"
LABEL = "OxTalks' JSON"


def detect(given: Given) -> bool:
    """Talks within `_embedded`, each with a slug."""
    return "slug" in mapped(given.json, "_embedded", "talks", 0)


def read(given: Given, how: How) -> Reading:
    """Reads a page of it."""
    drafts = tuple(_draft(talk, how) for talk in listed(given.json, "_embedded", "talks"))
    return Reading(drafts=drafts, following=word(given.json, "_links", "next", "href") or None)


def _draft(talk: Any, how: How) -> Draft:
    findings = Findings()
    # What it calls `timezone` is no zone ("GMT+1:00:00"); its moments have an offset.
    start = instant_of(at(talk, "start"), how.zone)
    if start is None:
        findings.leave("no-start", "it has no start")
    else:
        findings.starts(start, how.department_zone, instant_of(at(talk, "end"), how.zone))
    status, audience = word(talk, "status"), word(talk, "audience")
    if status == "preparation":
        findings.leave("internal-there", "it is in preparation there")
    if audience and not re.search(r"public|all|anyone|everyone", audience, re.IGNORECASE):
        findings.leave("internal-there", f'it is for "{audience}" there, and not for the public')
    for person in listed(talk, "_embedded", "speakers"):
        findings.speaker(
            word(person, "name") or word(person, "title"), "speakers", affiliation=at(person, "bio")
        )
    findings.put("title", word(talk, "title_display") or word(talk, "title"), "title")
    findings.put("abstract", at(talk, "description"), "description")
    findings.put("location", at(talk, "location_summary"), "location_summary")
    slug = word(talk, "slug")
    return findings.draft(
        uid=slug or None, cancelled=status == "cancelled", series=word(talk, "series", "title") or None
    )
