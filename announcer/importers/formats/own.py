"""The `talks.json` that `announcer publish` writes: another department's talks, as the public sees them."""

from __future__ import annotations

from typing import Any

from announcer.importers.contract import Draft, Given, How, Reading
from announcer.importers.findings import Findings, first
from announcer.importers.jsonpath import at, listed, word
from announcer.importers.wall_clock import instant_of, known_zone

NAME = "talks.json"
LABEL = "announcer's talks.json"


def detect(given: Given) -> bool:
    """A version, and talks with an id and a start."""
    return at(given.json, "version") is not None and isinstance(at(given.json, "talks"), list)


def read(given: Given, how: How) -> Reading:
    """Reads it."""
    return Reading(drafts=tuple(_draft(talk, how) for talk in listed(given.json, "talks")))


def _draft(talk: Any, how: How) -> Draft:
    findings = Findings()
    zone_name = known_zone(at(talk, "timezone"), how.zone)
    start = instant_of(at(talk, "start"), zone_name)
    if start is None:
        findings.leave("no-start", "it has no start")
    else:
        findings.starts(start, how.department_zone, instant_of(at(talk, "end"), zone_name))
    if word(talk, "kind") == "none":
        findings.leave("no-talk", "it says that there is no talk")
    for person in listed(talk, "speakers"):
        details = {name: at(person, name) for name in ("affiliation", "url", "pronouns", "bio")}
        name = word(person, "name") if isinstance(person, dict) else person
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
        findings.put(name, _markdown(at(talk, name)), name)
    place = at(talk, "place") or at(talk, "location")
    if isinstance(place, dict):
        for name in ("room", "building", "address", "directions", "map"):
            findings.put(f"location.{name}", at(place, name), "place")
        if not findings.has("location"):
            findings.put("location", at(place, "label") or at(place, "name"), "place")
    else:
        findings.put("location", place, "place")
    host = at(talk, "host")
    findings.put("host", at(host, "name") if isinstance(host, dict) else host, "host")
    findings.put(
        "url", first(url for url in (word(talk, "event_url"), word(talk, "url")) if "://" in url), "url"
    )
    for link in listed(talk, "links"):
        findings.link(word(link, "label"), word(link, "url"), "links")
    named = word(talk, "series_name") or word(talk, "series")
    off = word(talk, "status") in ("cancelled", "postponed")
    return findings.draft(uid=word(talk, "id") or None, cancelled=off, series=named or None)


def _markdown(value: Any) -> Any:
    """A text that is there in several forms is taken as it was typed."""
    if isinstance(value, dict):
        return first([at(value, "markdown"), at(value, "text")])
    return None if value is False else "yes" if value is True else value
