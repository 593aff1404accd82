"""OxTalks' JSON (HAL): /api/talks/search."""

from __future__ import annotations

import re
from typing import Any

from announcer.importers.contract import Draft, Given, How, SourceTalks
from announcer.importers.findings import Findings
from announcer.importers.jsonpath import list_at, mapping_at, value_at, word_at
from announcer.importers.wall_clock import instant_of

NAME = "oxtalks"
LABEL = "OxTalks' JSON"


def detect(given: Given) -> bool:
    """Talks within `_embedded`, each with a slug."""
    return "slug" in mapping_at(given.json, "_embedded", "talks", 0)


def read(given: Given, how: How) -> SourceTalks:
    """Reads a page of it."""
    drafts = tuple(_draft(talk, how) for talk in list_at(given.json, "_embedded", "talks"))
    return SourceTalks(drafts=drafts, following=word_at(given.json, "_links", "next", "href") or None)


def _draft(talk: Any, how: How) -> Draft:
    findings = Findings()
    # What it calls `timezone` is no zone ("GMT+1:00:00"); its moments have an offset.
    start = instant_of(value_at(talk, "start"), how.zone)
    if start is None:
        findings.leave("no-start", "it has no start")
    else:
        findings.starts(start, how.department_zone, instant_of(value_at(talk, "end"), how.zone))
    status, audience = word_at(talk, "status"), word_at(talk, "audience")
    if status == "preparation":
        findings.leave("internal-there", "it is in preparation there")
    if audience and not re.search(r"public|all|anyone|everyone", audience, re.IGNORECASE):
        findings.leave("internal-there", f'it is for "{audience}" there, and not for the public')
    for person in list_at(talk, "_embedded", "speakers"):
        findings.speaker(
            word_at(person, "name") or word_at(person, "title"),
            "speakers",
            affiliation=value_at(person, "bio"),
        )
    findings.put("title", word_at(talk, "title_display") or word_at(talk, "title"), "title")
    findings.put("abstract", value_at(talk, "description"), "description")
    findings.put("location", value_at(talk, "location_summary"), "location_summary")
    slug = word_at(talk, "slug")
    return findings.draft(
        uid=slug or None, cancelled=status == "cancelled", series=word_at(talk, "series", "title") or None
    )
