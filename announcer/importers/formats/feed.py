"""News feeds (RSS and Atom), read by feedparser; the day of publication is never the day of a talk."""

from __future__ import annotations

import io
import re
from typing import Any

from announcer.domain.clock import zone
from announcer.importers.contract import Draft, Given, How, SourceFaultError, SourceTalks
from announcer.importers.findings import Findings, first
from announcer.importers.formats.calendar_text import put_text
from announcer.importers.hypertext import is_html, to_line, to_markdown, unescaped
from announcer.importers.labels import labelled
from announcer.importers.moments import read_moment
from announcer.importers.sentences import read_sentence
from announcer.importers.titles import read_summary
from announcer.importers.wall_clock import instant_of

NAME = "feed"
LABEL = "a news feed (RSS or Atom)"
_START = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_MOMENTS = ("ev_startdate", "xcal_dtstart", "dtstart", "bc_start_date", "start_date", "gd_when", "startdate")
_PLACES = ("ev_location", "xcal_location", "location", "bc_location", "gd_where")
_DATED = re.compile(
    r"^(?:\w{3},?\s+)?\d{1,2}\s+\w{3}(?:\s+\d{4})?\s+\d{1,2}:\d{2}\s*:\s*(?P<title>.+)$", re.DOTALL
)


def detect(given: Given) -> bool:
    """The root's name, which stands near the top."""
    return _START.search(given.start) is not None and "<html" not in given.start[:300]


def read(given: Given, how: How) -> SourceTalks:
    """Reads it. Raises SourceFaultError where nothing of a feed is in it."""
    import feedparser

    # Bytes, never a string: a string would be taken for an address or a file's name.
    feed = feedparser.parse(io.BytesIO(given.data), response_headers={"content-type": "application/xml"})
    if not feed.entries and (feed.bozo or not feed.get("version")):
        raise SourceFaultError(
            code="broken-feed",
            place=given.name or "the feed",
            message="this cannot be read as a feed, or is cut off before its first entry",
            hint="open its address in a browser and see what comes",
        )
    return SourceTalks(drafts=tuple(_draft(entry, how) for entry in feed.entries))


def _draft(entry: Any, how: How) -> Draft:
    findings = Findings()
    title = to_line(str(entry.get("title") or ""))
    link = str(entry.get("link") or "")
    body = first([*(part.get("value") for part in entry.get("content", [])), entry.get("summary")]) or ""
    text = to_markdown(body) if is_html(body) else unescaped(body)
    findings.put("url", link, "link")
    place = first(entry.get(name) for name in _PLACES)
    findings.put("location", place, "location")
    _when(entry, text, findings, how)
    line: str | None = title
    categories = [str(tag.get("term") or "") for tag in entry.get("tags", [])]
    series = first(categories)
    if match := _DATED.match(title):
        line = match["title"]
    if sentence := read_sentence(text, title, findings, "description"):
        line, series = None, sentence.series or series
        text = sentence.rest
    if text:
        put_text(findings, text, "description")
    if line and how.summary:
        series = read_summary(findings, line, how.summary, "title") or series
        line = None
    if findings.day is None:
        findings.leave("no-start", "the feed says no date for it: the day of publication is none")
    # talks.cam's guid ends in the moment of the last edit: the page is what stays.
    uid = str(entry.get("id") or "")
    stable = None if "#" in uid or uid == link else uid or None
    return findings.draft(uid=stable, address=link or None, line=line, series=series, categories=categories)


def _when(entry: Any, text: str, findings: Findings, how: How) -> None:
    start = first(entry.get(name) for name in _MOMENTS)
    if start and (moment := instant_of(start, how.zone)):
        findings.starts(moment, how.department_zone)
        return
    parts = labelled(text).parts
    words = " ".join(parts[name][0] for name in ("date", "time") if name in parts)
    if words:
        moment_said = read_moment(words, today=how.now.astimezone(zone(how.zone)).date())
        findings.shows(moment_said.day, moment_said.at, how)
        for remark in moment_said.remarks:
            findings.say(remark.code, remark.text)
