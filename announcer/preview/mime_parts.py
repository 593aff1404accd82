"""A message's bytes -> what they are made of: header fields, the tree of parts, the calendar's entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.policy import default

from announcer.domain.clock import clock_time, zone
from announcer.message.html_pieces import Element, Text, enclosing, pieces

INBOX = 140
"""Characters of the text beside a subject that the most generous mail client shows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeaderField:
    """One header field."""

    name: str
    value: str
    """Decoded and unfolded."""
    raw: str
    """As it stands in the message, where that differs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PartView:
    """One part of the tree."""

    depth: int
    kind: str
    detail: str
    size: int
    """Octets as sent, with its own header."""
    content: int | None
    """Octets once decoded; None for what has parts."""


def fields(data: bytes) -> list[HeaderField]:
    """The header fields of a message, in their order."""
    head = data.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
    parsed = message_from_bytes(data, policy=default)
    header_fields = []
    for line, value in zip(re.split(r"\r\n(?![ \t])", head), parsed.values(), strict=True):
        name, _, raw = line.partition(":")
        decoded, raw = " ".join(str(value).split()), raw.strip()
        header_fields.append(HeaderField(name=name, value=decoded, raw=raw if raw != decoded else ""))
    return header_fields


def parts(data: bytes) -> list[PartView]:
    """The tree of parts, from the top, each below what it is in."""
    return list(_parts(message_from_bytes(data, policy=default), 0))


def _parts(part: Message, depth: int) -> Iterator[PartView]:
    octets = len(part.as_bytes(policy=default.clone(linesep="\r\n")))
    if part.is_multipart():
        yield PartView(depth=depth, kind=part.get_content_type(), detail="", size=octets, content=None)
        for child in part.get_payload():
            assert isinstance(child, Message)  # noqa: S101 - what a multipart has are messages
            yield from _parts(child, depth + 1)
        return
    content = part.get_payload(decode=True)
    details = [part.get_filename(), part.get_param("method"), part.get_content_charset()]
    details += [str(part.get("Content-Transfer-Encoding", "7bit"))]
    yield PartView(
        depth=depth,
        kind=part.get_content_type(),
        detail=", ".join(str(detail) for detail in details if detail),
        size=octets,
        content=len(content) if isinstance(content, bytes) else 0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What a calendar shows of the entry."""

    method: str
    summary: str
    status: str
    month: str
    number: str
    when: str
    location: str
    description: str
    rows: tuple[tuple[str, str], ...]
    """Properties that only the calendar's program looks at."""


_MACHINE = ("UID", "SEQUENCE", "DTSTAMP", "ORGANIZER", "URL", "TRANSP", "CLASS")


def events(calendar: bytes, zone_name: str) -> list[Event]:
    """The entries of a calendar (RFC 5545), their times on the clocks of that zone."""
    from icalendar import Calendar

    parsed = Calendar.from_ical(calendar)
    entries = []
    for entry in parsed.walk("VEVENT"):
        start = _moment(entry.decoded("DTSTART"), zone_name)
        end = _moment(entry.decoded("DTEND"), zone_name) if "DTEND" in entry else start
        entries.append(
            Event(
                method=str(parsed.get("METHOD", "")),
                summary=str(entry.get("SUMMARY", "")),
                status=str(entry.get("STATUS", "")),
                month=f"{start:%b}",
                number=str(start.day),
                when=f"{start:%A, %B} {start.day}, {clock_time(start)} to {clock_time(end)} {start:%Z}",
                location=str(entry.get("LOCATION", "")),
                description=str(entry.get("DESCRIPTION", "")),
                rows=tuple((name, _written(entry[name])) for name in _MACHINE if name in entry),
            )
        )
    return entries


def _moment(when: object, zone_name: str) -> datetime:
    assert isinstance(when, datetime)  # noqa: S101 - a talk's entry has a time, not a day
    return when.astimezone(zone(zone_name))


def _written(value: object) -> str:
    """A property's value as the calendar has it."""
    to_ical = getattr(value, "to_ical", None)
    raw = to_ical() if to_ical else value
    return raw.decode() if isinstance(raw, bytes) else str(raw)


def preheader(page: str | None, text: str) -> tuple[str, str]:
    """The preheader that the email sets (empty where none), and what an inbox shows beside the subject."""
    if page is None:
        return "", " ".join(text.split())[:INBOX]
    hidden, words = "", ""
    for piece in pieces(page):
        inside = list(enclosing(piece))
        if isinstance(piece, Text) and not any(outer.tag in ("head", "style", "title") for outer in inside):
            words += f"{piece.text} "
            hidden += piece.text if any(_is_hidden(outer) for outer in inside) else ""
    blank = re.compile(r"[\s\u00a0\u034f\u200b-\u200f\ufeff\u00ad]+")
    return blank.sub(" ", hidden).strip(), blank.sub(" ", words).strip()[:INBOX]


def _is_hidden(element: Element) -> bool:
    return re.search(r"display\s*:\s*none", element.get("style") or "", re.IGNORECASE) is not None


def unsent(data: bytes) -> bytes:
    """A copy that a mail client opens as a draft: what the client itself writes is left to it.

    X-Unsent is what Outlook and its kin look for. Date and Message-ID are the client's to give, and what
    a person sends is not Auto-Submitted (RFC 3834).
    """
    head, blank, body = data.partition(b"\r\n\r\n")
    gone = re.compile(rb"(?:Date|Message-ID|Auto-Submitted):", re.IGNORECASE)
    kept = [line for line in re.split(rb"\r\n(?![ \t])", head) if not gone.match(line)]
    return b"\r\n".join([b"X-Unsent: 1", *kept]) + blank + body
