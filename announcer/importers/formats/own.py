"""The `talks.json` that `announcer publish` writes: another department's talks, as the public sees them."""

from __future__ import annotations

from typing import Any

from announcer.importers.contract import Draft, Given, How, SourceTalks
from announcer.importers.findings import Findings, first
from announcer.importers.jsonpath import list_at, value_at, word_at
from announcer.importers.wall_clock import instant_of, known_zone

NAME = "talks.json"
LABEL = "announcer's talks.json"


def detect(given: Given) -> bool:
    """A version, and talks with an id and a start."""
    return value_at(given.json, "version") is not None and isinstance(value_at(given.json, "talks"), list)


def read(given: Given, how: How) -> SourceTalks:
    """Reads it."""
    return SourceTalks(drafts=tuple(_draft(talk, how) for talk in list_at(given.json, "talks")))


def _draft(talk: Any, how: How) -> Draft:
    findings = Findings()
    zone_name = known_zone(value_at(talk, "timezone"), how.zone)
    start = instant_of(value_at(talk, "start"), zone_name)
    if start is None:
        findings.leave("no-start", "it has no start")
    else:
        findings.starts(start, how.department_zone, instant_of(value_at(talk, "end"), zone_name))
    if word_at(talk, "kind") == "none":
        findings.leave("no-talk", "it says that there is no talk")
    for person in list_at(talk, "speakers"):
        details = {name: value_at(person, name) for name in ("affiliation", "url", "pronouns", "bio")}
        name = word_at(person, "name") if isinstance(person, dict) else person
        findings.speaker(name, "speakers", **{key: _markdown(value) for key, value in details.items()})
    for name in (
        "title",
        "abstract",
        "sponsor",
        "contact",
        "accessibility",
        "parking",
        "recording",
        "notice",
    ):
        findings.put(name, _markdown(value_at(talk, name)), name)
    place = value_at(talk, "place") or value_at(talk, "location")
    if isinstance(place, dict):
        for name in ("room", "building", "address", "directions", "map"):
            findings.put(f"location.{name}", value_at(place, name), "place")
        if not findings.has("location"):
            findings.put("location", value_at(place, "label") or value_at(place, "name"), "place")
    else:
        findings.put("location", place, "place")
    host = value_at(talk, "host")
    findings.put("host", value_at(host, "name") if isinstance(host, dict) else host, "host")
    findings.put(
        "url", first(url for url in (word_at(talk, "event_url"), word_at(talk, "url")) if "://" in url), "url"
    )
    for link in list_at(talk, "links"):
        findings.link(word_at(link, "label"), word_at(link, "url"), "links")
    named = word_at(talk, "series_name") or word_at(talk, "series")
    off = word_at(talk, "status") in ("cancelled", "postponed")
    return findings.draft(uid=word_at(talk, "id") or None, cancelled=off, series=named or None)


def _markdown(value: Any) -> Any:
    """A text that is there in several forms is taken as it was typed."""
    if isinstance(value, dict):
        return first([value_at(value, "markdown"), value_at(value, "text")])
    return None if value is False else "yes" if value is True else value
