"""Calendars (iCalendar, RFC 5545), as Google, Outlook, Drupal, Indico, pretalx and others write them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfoNotFoundError

from announcer.domain.clock import zone
from announcer.importers.contract import Draft, Given, How, Remark, SourceFaultError, SourceTalks
from announcer.importers.findings import Findings
from announcer.importers.formats.calendar_text import Dialect, dialect_of, put_description, unescaped_value
from announcer.importers.recurrence import occurrences
from announcer.importers.titles import read_summary
from announcer.languages.vocabularies import expression

if TYPE_CHECKING:
    from icalendar import Calendar, Component

NAME = "ics"
LABEL = "a calendar (iCalendar)"
_UTC_WITH_ZONE = re.compile(
    rb"(?im)^((?:DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE)(?:;[^:\r\n]*)?);TZID=(?:\"[^\"]*\"|[^:;\r\n]*)((?:;[^:\r\n]*)?:[0-9T]+Z\s*)$"
)
_ZONE_WITH_COLON = re.compile(rb";TZID=(tzone:[^\"\r\n]*?)(?=:\d{8})", re.IGNORECASE)
"""`tzone://Microsoft/Custom` stands without the quotes that its colon needs (RFC 5545 3.2)."""
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_CANCELLED = re.compile(
    rf"\s*[\[(]?\s*(?:{expression(lambda vocabulary: vocabulary.cancelled)})(?![^\W\d_])", re.IGNORECASE
)


def detect(given: Given) -> bool:
    """A line that opens a calendar stands at the top."""
    return "begin:vcalendar" in given.start[:2000]


def read(given: Given, how: How) -> SourceTalks:
    """Reads it. Raises SourceFaultError for one that is cut off, or no calendar."""
    from icalendar import Calendar

    data = _mended(given.data)
    if data.upper().count(b"BEGIN:VCALENDAR") > data.upper().count(b"END:VCALENDAR"):
        raise SourceFaultError(
            code="cut-off",
            place=given.name or "the calendar",
            message="the calendar breaks off before its end",
            hint="fetch it again; nothing was changed",
        )
    try:
        with warnings.catch_warnings():  # it warns of what is told below, in words for its author
            warnings.simplefilter("ignore")
            roots = Calendar.from_ical(data, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise SourceFaultError(
            code="broken-calendar",
            place=given.name or "the calendar",
            message="this cannot be read as a calendar",
            hint="open its address in a browser and see what comes: perhaps a login page",
        ) from error
    calendars = [root for root in (roots if isinstance(roots, list) else [roots]) if root.name == "VCALENDAR"]
    remarks: dict[str, Remark] = {}
    drafts = tuple(draft for calendar in calendars for draft in _drafts(calendar, how, remarks))
    return SourceTalks(drafts=drafts, remarks=tuple(remarks.values()))


def _mended(data: bytes) -> bytes:
    """Line ends as RFC 5545 has them, no control characters, and no zone behind a moment in UTC."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            data = data[2:].decode(encoding, "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    data = _CONTROLS.sub(b"", data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    end = data.upper().rfind(b"END:VCALENDAR")
    data = data[: end + len(b"END:VCALENDAR")] + b"\n" if end >= 0 else data
    data = _ZONE_WITH_COLON.sub(rb';TZID="\1"', data)
    return _UTC_WITH_ZONE.sub(rb"\1\2", data)


def _drafts(calendar: Calendar, how: How, remarks: dict[str, Remark]) -> Iterator[Draft]:
    named = None if how.zone_is_told else _zone_named(str(calendar.get("X-WR-TIMEZONE") or ""))
    own = named or how.zone
    events = list(calendar.walk("VEVENT"))
    changed = {
        (str(event.get("UID")), moment)
        for event in events
        if event.get("RECURRENCE-ID") and (moment := _moment(event, "RECURRENCE-ID", own, {}))
    }
    dialect = dialect_of(str(calendar.get("PRODID") or ""))
    for event in events:
        if event.get("RRULE") and not event.get("RECURRENCE-ID"):
            yield from _slots(event, own, how, changed)
        else:
            yield _draft(event, own, how, dialect, remarks)


def _draft(event: Component, own: str, how: How, dialect: Dialect, remarks: dict[str, Remark]) -> Draft:
    findings = Findings()
    uid = str(event.get("UID") or "") or None
    start = _moment(event, "DTSTART", own, remarks)
    if start is None:
        findings.leave(*_without_start(event))
    else:
        findings.starts(start, how.department_zone, _end(event, start, own))
    recurrence = _moment(event, "RECURRENCE-ID", own, {})
    if recurrence and uid:
        uid = f"{uid}#{recurrence.astimezone(zone('UTC')):%Y%m%dT%H%M%SZ}"
    if str(event.get("CLASS") or "").upper() in ("PRIVATE", "CONFIDENTIAL"):
        findings.leave("internal-there", "the calendar marks it as private")
    address = _address(event, findings)
    label = dialect.status(event, findings)
    line = series = None
    if not dialect.whole(event, findings):
        put_description(event, findings)
        line, series = _summary(event, findings, how, dialect)
    _place(event, findings)
    cancelled = label or str(event.get("STATUS") or "").upper() == "CANCELLED"
    if line and _CANCELLED.match(line):
        cancelled = True
    categories = list(_categories(event))
    series = series or next(iter(categories), None)
    stable = None if dialect.by_address and address else uid
    return findings.draft(
        uid=stable, address=address, line=line, cancelled=cancelled, series=series, categories=categories
    )


def _summary(
    event: Component, findings: Findings, how: How, dialect: Dialect
) -> tuple[str | None, str | None]:
    """The title line where its meaning is open, and the series that it names."""
    text = dialect.line(unescaped_value(event.get("SUMMARY")))
    if not text:
        return None, None
    pattern = how.summary or dialect.summary
    if pattern is None:
        return text, None
    return None, read_summary(findings, text, pattern, "SUMMARY")


def _address(event: Component, findings: Findings) -> str | None:
    url = unescaped_value(event.get("URL"))
    if re.match(r"https?://\S+$", url):
        findings.put("url", url, "URL")
        return url
    return None


def _place(event: Component, findings: Findings) -> None:
    for name in (
        "X-GOOGLE-CONFERENCE",
        "X-MICROSOFT-SKYPETEAMSMEETINGURL",
        "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    ):
        url = unescaped_value(event.get(name))
        if re.match(r"https?://\S+$", url):
            findings.put("online.url", url, name)
            findings.say(
                "moved-to-online", "the meeting's link stands in `online`, which internal lists alone see"
            )
    text = unescaped_value(event.get("LOCATION"))
    if re.match(r"https?://\S+$", text):
        findings.put("online.url", text, "LOCATION")
    elif text and not re.fullmatch(
        r"(?:microsoft\s+)?(?:teams|zoom|online|virtual)(?:\s+meeting)?", text, re.IGNORECASE
    ):
        findings.put("location", text, "LOCATION")


def _categories(event: Component) -> Iterable[str]:
    groups = event.get("CATEGORIES")
    for group in groups if isinstance(groups, list) else [groups] if groups else []:
        yield from (str(name) for name in getattr(group, "cats", [group]))


def _without_start(event: Component) -> tuple[str, str]:
    start = event.get("DTSTART")
    if start is None and not any(name == "DTSTART" for name, _ in getattr(event, "errors", [])):
        return "no-start", "it has no start"
    value = _value(event, "DTSTART")
    if isinstance(value, date):
        return "all-day", "it is all day long, so no time is known"
    return "no-start", "its start cannot be read"


def _value(event: Component, name: str) -> Any:
    content = event.get(name)
    content = content[0] if isinstance(content, list) else content
    try:
        return getattr(content, "dt", None)
    except (ValueError, AttributeError, TypeError):
        return None


def _moment(event: Component, name: str, own: str, remarks: dict[str, Remark]) -> datetime | None:
    """An instant; one that floats is of the calendar's zone, or the department's."""
    value = _value(event, name)
    if not isinstance(value, datetime):
        return None
    if value.tzinfo is not None:
        return value
    content = event[name]
    content = content[0] if isinstance(content, list) else content
    named = str(content.params.get("TZID") or "").lstrip("/")
    known = _zone_named(named)
    if known is None and named:
        remarks[named] = Remark(
            code="unknown-zone",
            text=f'nobody knows the time zone "{named}": its times were read as those of {own}',
        )
    return value.replace(tzinfo=zone(known or own))


def _zone_named(name: str) -> str | None:
    if not name:
        return None
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    plain = name.lstrip("/")
    for candidate in (plain, WINDOWS_TO_OLSON.get(plain, ""), "/".join(plain.split("/")[-2:])):
        try:
            if candidate and zone(candidate):
                return candidate
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def _end(event: Component, start: datetime, own: str) -> datetime | None:
    end = _moment(event, "DTEND", own, {})
    if end is None and isinstance(length := _value(event, "DURATION"), timedelta):
        return start + length
    return end


def _slots(event: Component, own: str, how: How, changed: set[tuple[str, datetime]]) -> Iterator[Draft]:
    """The occurrences of a rule that have no entry of their own: free dates, and no talks."""
    start = _moment(event, "DTSTART", own, {})
    title = unescaped_value(event.get("SUMMARY"))
    if start is None:
        return
    for moment in occurrences(event, start, how.now):
        if (str(event.get("UID")), moment) in changed:
            continue
        findings = Findings()
        findings.starts(moment, how.department_zone)
        findings.leave("slot", f'it repeats "{title}" and says nothing of its own: a free date')
        uid = f"{event.get('UID')}#{moment.astimezone(zone('UTC')):%Y%m%dT%H%M%SZ}"
        yield findings.draft(uid=uid)
