"""Web pages: the events that a page describes for search engines (JSON-LD), else its words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from announcer.importers.contract import Draft, Given, How, SourceFaultError, SourceTalks
from announcer.importers.findings import Findings, first
from announcer.importers.formats import pasted
from announcer.importers.formats.calendar_text import put_text
from announcer.importers.hypertext import is_html, to_line, to_markdown, unescaped
from announcer.importers.wall_clock import instant_of

NAME = "page"
LABEL = "a web page"
_EVENTS = re.compile(r"(?:^|/)(?:\w*Event|CourseInstance)$")
_OFF = ("EventCancelled", "EventPostponed")
_LOGIN = re.compile(r"type=[\"']?password|shibboleth|single sign-on|saml", re.IGNORECASE)


def detect(given: Given) -> bool:
    """A page's first tags."""
    return (
        re.match(
            r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b",
            given.start,
            re.DOTALL,
        )
        is not None
    )


def read(given: Given, how: How) -> SourceTalks:
    """Reads it. Raises SourceFaultError for a login page, and for a page without a talk."""
    events = list(_events(given.text))
    if events:
        return SourceTalks(drafts=tuple(_draft(event, given, how) for event in events))
    if _LOGIN.search(given.text):
        raise SourceFaultError(
            code="login-page",
            place=given.name or "the page",
            message="this is a page that asks for a password, and no talk is in it",
            hint="use the calendar's own public or secret address; nothing was changed",
        )
    reading = pasted.read_text(_words(given.text), how)
    drafts = tuple(
        draft
        for draft in reading.drafts
        if "title" in draft.values and {"speaker", "speakers"} & draft.values.keys()
    )
    if drafts:
        return SourceTalks(drafts=drafts)
    other = _alternates(given)
    raise SourceFaultError(
        code="no-talks",
        place=given.name or "the page",
        message="this is a web page, and no talk can be read from it",
        hint=f"it names a calendar or a feed: announcer import {other[0]}"
        if other
        else "find the calendar's or the feed's own address, or paste the page's text: announcer import -",
    )


def _words(text: str) -> str:
    from lxml import html

    root = _document(text)
    elements = root.xpath("//main") or root.xpath("//article") or root.xpath("//body")
    return to_markdown(html.tostring(elements[0], encoding="unicode")) if elements else ""


def _document(text: str) -> Any:
    from lxml import html

    return html.document_fromstring(re.sub(r"^<\?xml[^>]*>", "", text.strip()) or "<html></html>")


def _alternates(given: Given) -> list[str]:
    """The calendars and feeds that the page links to."""
    root = _document(given.text)
    links = [
        link.get("href")
        for link in root.xpath("//link[@rel='alternate'][@href]")
        if link.get("type") in ("text/calendar", "application/rss+xml", "application/atom+xml")
    ]
    links += root.xpath("//a[contains(@href, '.ics')]/@href")
    return [
        urljoin(given.address, str(link)) for link in links if given.address or str(link).startswith("http")
    ]


def _events(text: str) -> Iterator[dict[str, Any]]:
    for block in re.findall(
        r"<script\b[^>]*application/ld\+json[^>]*>(.*?)</script>", text, re.DOTALL | re.IGNORECASE
    ):
        plain = re.sub(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$", "", block.strip())
        try:
            yield from _within(json.loads(plain, strict=False))
        except ValueError:
            continue


def _within(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for entry in value:
            yield from _within(entry)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(_EVENTS.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        for name in ("@graph", "itemListElement", "item", "subEvent", "event", "events", "mainEntity"):
            yield from _within(value.get(name))


def _draft(event: dict[str, Any], given: Given, how: How) -> Draft:
    findings = Findings()
    start = instant_of(event.get("startDate"), how.zone)
    if start is None:
        start_date = event.get("startDate")
        findings.leave(
            *(
                ("all-day", f"it begins on {start_date}, and no time is said")
                if start_date
                else ("no-start", "it has no start")
            )
        )
    else:
        findings.starts(start, how.department_zone, instant_of(event.get("endDate"), how.zone))
    address = str(event.get("url") or "") or (given.address if given.address else "")
    findings.put("url", urljoin(given.address, address) if address else None, "url")
    for name in ("performer", "performers", "actor"):
        for person in _listed(event.get(name)):
            if isinstance(person, dict):
                where = person.get("affiliation") or person.get("worksFor")
                where = where.get("name") if isinstance(where, dict) else where
                findings.speaker(person.get("name"), name, affiliation=where, url=_web(person.get("url")))
            else:
                findings.speaker(person, name)
    for place in _listed(event.get("location")):
        _place(place, findings)
    body = str(event.get("description") or "")
    if body:
        put_text(findings, to_markdown(body) if is_html(body) else unescaped(body), "description")
    line: str | None = to_line(str(event.get("name") or ""))
    if line and (findings.has("speaker") or findings.has("title")):
        findings.put("title", line, "name")
        line = None
    elif line and how.summary:
        from announcer.importers.titles import read_summary

        read_summary(findings, line, how.summary, "name")
        line = None
    off = any(status in str(event.get("eventStatus")) for status in _OFF)
    uid = first(
        [event.get("@id"), event.get("identifier") if isinstance(event.get("identifier"), str) else None]
    )
    return findings.draft(uid=uid, address=address or None, line=line, cancelled=off)


def _place(place: Any, findings: Findings) -> None:
    if not isinstance(place, dict):
        findings.put("location", place, "location")
    elif "VirtualLocation" in str(place.get("@type")):
        findings.put("online.url", _web(place.get("url")), "location")
    else:
        findings.put("location.room", place.get("name"), "location")
        address = place.get("address")
        if isinstance(address, dict):
            address = ", ".join(
                str(address[key]) for key in ("streetAddress", "addressLocality") if address.get(key)
            )
        if address and address != place.get("name"):
            findings.put("location.address", address, "location")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _web(value: Any) -> str | None:
    return str(value) if re.match(r"https?://\S+$", str(value or "")) else None
