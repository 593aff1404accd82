"""The news feed (RFC 4287): what was announced, changed or cancelled, newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

_ATOM = "http://www.w3.org/2005/Atom"
_EVENT = "http://purl.org/rss/1.0/modules/event/"
MOST = 50
"""Entries."""
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 2.2 has no place for; one of these, and a reader refuses the whole feed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewsItem:
    """One talk as it was told."""

    id: str
    """`tag:physics.example.edu,2026:2026-noether` (RFC 4151): the same for ever."""
    title: str
    link: str
    published: datetime
    updated: datetime
    content: str
    """HTML."""
    names: tuple[str, ...]
    series: str
    start: datetime
    """On the clocks of its zone; for portals that would take `published` for it."""
    end: datetime
    location: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """What the feed says of itself."""

    id: str
    title: str
    page: str
    source: str
    language: str
    silent_since: datetime
    """Its date while there is nothing in it."""


def feed(channel: Channel, items: list[NewsItem]) -> bytes:
    """The Atom document, the same bytes for the same news."""
    Xml.register_namespace("", _ATOM)
    Xml.register_namespace("ev", _EVENT)
    root = Xml.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": channel.language})
    newest = max((item.updated for item in items), default=channel.silent_since)
    _text(root, "id", channel.id)
    _text(root, "title", channel.title)
    _text(root, "updated", _moment(newest))
    Xml.SubElement(root, f"{{{_ATOM}}}link", {"rel": "self", "href": channel.source})
    Xml.SubElement(root, f"{{{_ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": channel.page})
    _text(Xml.SubElement(root, f"{{{_ATOM}}}author"), "name", channel.title)
    for item in sorted(items, key=lambda entry: (entry.updated, entry.id), reverse=True)[:MOST]:
        _entry(root, item)
    Xml.indent(root, space=" ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'.encode()


def _entry(root: Xml.Element, item: NewsItem) -> None:
    entry = Xml.SubElement(root, f"{{{_ATOM}}}entry")
    _text(entry, "id", item.id)
    _text(entry, "title", item.title)
    Xml.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": item.link})
    _text(entry, "published", _moment(item.published))
    _text(entry, "updated", _moment(item.updated))
    for name in item.names:
        _text(Xml.SubElement(entry, f"{{{_ATOM}}}author"), "name", name)
    Xml.SubElement(entry, f"{{{_ATOM}}}category", {"term": _clean(item.series)})
    _text(entry, "content", item.content, type="html")
    for name, value in (("startdate", item.start.isoformat()), ("enddate", item.end.isoformat())):
        Xml.SubElement(entry, f"{{{_EVENT}}}{name}").text = value
    if item.location:
        Xml.SubElement(entry, f"{{{_EVENT}}}location").text = _clean(item.location)


def _text(parent: Xml.Element, name: str, text: str, **attributes: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}{name}", attributes).text = _clean(text)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
