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
    return Reading(drafts=tuple(_draft(one, how) for one in listed(given.json, "talks")))


def _draft(one: Any, how: How) -> Draft:
    found = Findings()
    zone_name = known_zone(at(one, "timezone"), how.zone)
    start = instant_of(at(one, "start"), zone_name)
    if start is None:
        found.leave("no-start", "it has no start")
    else:
        found.starts(start, how.department_zone, instant_of(at(one, "end"), zone_name))
    if word(one, "kind") == "none":
        found.leave("no-talk", "it says that there is no talk")
    for person in listed(one, "speakers"):
        said = {name: at(person, name) for name in ("affiliation", "url", "pronouns", "bio")}
        name = word(person, "name") if isinstance(person, dict) else person
        found.speaker(name, "speakers", **{key: _markdown(value) for key, value in said.items()})
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
        found.put(name, _markdown(at(one, name)), name)
    place = at(one, "place") or at(one, "location")
    if isinstance(place, dict):
        for name in ("room", "building", "address", "directions", "map"):
            found.put(f"location.{name}", at(place, name), "place")
        if not found.has("location"):
            found.put("location", at(place, "label") or at(place, "name"), "place")
    else:
        found.put("location", place, "place")
    host = at(one, "host")
    found.put("host", at(host, "name") if isinstance(host, dict) else host, "host")
    found.put("url", first(url for url in (word(one, "event_url"), word(one, "url")) if "://" in url), "url")
    for link in listed(one, "links"):
        found.link(word(link, "label"), word(link, "url"), "links")
    named = word(one, "series_name") or word(one, "series")
    off = word(one, "status") in ("cancelled", "postponed")
    return found.draft(uid=word(one, "id") or None, cancelled=off, series=named or None)


def _markdown(value: Any) -> Any:
    """A text that is there in several forms is taken as it was typed."""
    if isinstance(value, dict):
        return first([at(value, "markdown"), at(value, "text")])
    return None if value is False else "yes" if value is True else value
