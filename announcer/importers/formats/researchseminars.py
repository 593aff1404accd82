"""researchseminars.org's JSON: /api/0/lookup/series and /api/0/search/talks."""

from __future__ import annotations

import re
from typing import Any

from announcer.importers.contract import Draft, Given, How, SourceTalks
from announcer.importers.findings import Findings
from announcer.importers.hypertext import to_line
from announcer.importers.jsonpath import list_at, value_at, word_at
from announcer.importers.wall_clock import instant_of, known_zone

NAME = "researchseminars"
LABEL = "researchseminars.org's JSON"
_LINKED = re.compile(r"<a\s[^>]*href=[\"'](?P<href>https?://[^\"']+)[\"'][^>]*>(?P<name>.*?)</a>", re.DOTALL)


def detect(given: Given) -> bool:
    """Talks with a `seminar_ctr`."""
    return any("seminar_ctr" in talk for talk in _talks(given) if isinstance(talk, dict))


def read(given: Given, how: How) -> SourceTalks:
    """Reads it."""
    return SourceTalks(drafts=tuple(_draft(talk, how) for talk in _talks(given)))


def _talks(given: Given) -> list[Any]:
    return list_at(given.json, "talks") or list_at(given.json, "results")


def _draft(talk: Any, how: How) -> Draft:
    findings = Findings()
    zone_name = known_zone(value_at(talk, "timezone"), how.zone)
    start = instant_of(value_at(talk, "start_time"), zone_name)
    if start is None:
        findings.leave("no-start", "it has no start")
    else:
        findings.starts(start, how.department_zone, instant_of(value_at(talk, "end_time"), zone_name))
    if (
        value_at(talk, "deleted") is True
        or value_at(talk, "display") is False
        or value_at(talk, "hidden") is True
    ):
        findings.leave("internal-there", "it is deleted or hidden there")
    speaker = word_at(talk, "speaker")
    linked = _LINKED.search(speaker)
    findings.speaker(
        to_line(speaker),
        "speaker",
        affiliation=value_at(talk, "speaker_affiliation"),
        url=word_at(talk, "speaker_homepage") or (linked["href"] if linked else None),
        email=value_at(talk, "speaker_email"),
    )
    findings.put("title", value_at(talk, "title"), "title")
    findings.put("abstract", value_at(talk, "abstract"), "abstract")
    findings.put("location", value_at(talk, "room"), "room")
    findings.put("online.url", word_at(talk, "live_link"), "live_link")
    for label, name in (("Slides", "slides_link"), ("Paper", "paper_link"), ("Video", "video_link")):
        findings.link(label, word_at(talk, name), "its links")
    uid = f"{word_at(talk, 'seminar_id')}/{word_at(talk, 'seminar_ctr')}"
    return findings.draft(
        uid=uid, series=word_at(talk, "seminar_name") or word_at(talk, "seminar_id") or None
    )
