"""`talks.json`: the talks as an audience may know them, for a department's own web site; and its schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC

from announcer.domain.department import Department
from announcer.domain.talk import Place
from announcer.message.views import TalkView
from announcer.publish import addresses
from announcer.publish.addresses import PageView
from announcer.publish.listing import Listed

VERSION = 1
"""Rises when something is taken away or comes to mean something else; additions are no new version."""


def entry(listed: Listed, talk: TalkView, page: PageView, language: str) -> dict[str, object]:
    """One talk, in a language."""
    record, announced = listed.talk.in_language(language), listed.announced
    return {
        "id": listed.name,
        "uid": listed.telling.uid if page.calendar else None,
        "series": record.series,
        "series_name": talk.series,
        "status": listed.telling.status.value,
        "title": record.title,
        "title_text": str(talk.title) if talk.title else None,
        "speakers": [
            {
                "name": speaker.name,
                "affiliation": speaker.affiliation,
                "url": speaker.url,
                "pronouns": speaker.pronouns,
            }
            for speaker in talk.speakers
        ],
        "start": page.start,
        "end": page.end,
        "timezone": record.zone,
        "place": _place(record.place),
        "online": talk.online.url if talk.online else None,
        "notice": str(talk.notice) if talk.notice else None,
        "abstract": {"markdown": record.abstract, "html": talk.abstract.html} if talk.abstract else None,
        "event_url": record.url,
        "links": [{"label": link.label, "url": link.url} for link in talk.links],
        "recording": talk.recording,
        "url": page.url or page.page,
        "updated": announced.last.astimezone(UTC).isoformat() if announced else None,
    }


def _place(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    return {
        "label": place.label,
        "room": place.room,
        "building": place.building,
        "address": place.address,
        "map": place.map,
    }


def talks(department: Department, entries: Sequence[object]) -> bytes:
    """The file."""
    site = department.site
    return _written(
        {
            "version": VERSION,
            "organization": department.organization,
            "timezone": department.timezone,
            "url": site.url if site else None,
            "talks": entries,
        }
    )


def schema() -> bytes:
    """The JSON Schema of the file."""
    text, maybe = {"type": "string"}, {"type": ["string", "null"]}
    moment = {"type": "string", "format": "date-time"}
    speaker = {"name": text, "affiliation": maybe, "url": maybe, "pronouns": maybe}
    place = {"label": text, "room": maybe, "building": maybe, "address": maybe, "map": maybe}
    talk = {
        "id": text,
        "uid": {**maybe, "description": "The UID of its entry in the calendar feeds."},
        "series": text,
        "series_name": text,
        "status": {"enum": ["tentative", "confirmed", "postponed", "cancelled"]},
        "title": {**maybe, "description": "As it was written, with its LaTeX; null while it is not known."},
        "title_text": {**maybe, "description": "The title as a person reads it."},
        "speakers": {"type": "array", "items": _object(speaker)},
        "start": moment,
        "end": moment,
        "timezone": {**text, "description": "The IANA name of the zone of its start and end."},
        "place": {"anyOf": [_object(place), {"type": "null"}]},
        "online": {**maybe, "description": "A link for everybody."},
        "notice": maybe,
        "abstract": {"anyOf": [_object({"markdown": text, "html": text}), {"type": "null"}]},
        "event_url": {**maybe, "description": "The page that the talk itself names."},
        "links": {"type": "array", "items": _object({"label": text, "url": text})},
        "recording": maybe,
        "url": {**text, "description": f"Its page; relative to {addresses.INDEX} without an address."},
        "updated": {**maybe, "format": "date-time", "description": "When what is told of it was told first."},
    }
    file = {
        "version": {"const": VERSION},
        "organization": text,
        "timezone": text,
        "url": maybe,
        "talks": {"type": "array", "items": _object(talk)},
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "The talks of a department"}
    return _written({**head, **_object(file)})


def _object(properties: dict[str, object]) -> dict[str, object]:
    """Every property is there; later versions may have more."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _written(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
