"""Moments as programs write them: ISO 8601 and RFC 5322, with an offset or on the clocks of a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfoNotFoundError

from announcer.domain.clock import instant, zone


def instant_of(text: object, zone_name: str, *, local: bool = False) -> datetime | None:
    """The instant, aware; None where there is none. A moment without an offset is on the zone's clocks; with
    `local` any is, since some programs write a local time and call it UTC.
    """
    plain = re.sub(r"\s+", " ", str(text or "").strip())
    moment = None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(plain)
            break
        except (ValueError, TypeError, IndexError):
            continue
    if moment is None or not re.search(r"\d:\d\d|T\d{4}", plain):
        return None
    if moment.tzinfo is None or local:
        return instant(moment.date(), moment.time(), zone(zone_name))
    return moment.astimezone(UTC)


def known_zone(name: object, otherwise: str) -> str:
    """The IANA name where it is one, else the other."""
    try:
        return str(name) if name and zone(str(name)) else otherwise
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return otherwise


def minutes(text: object) -> timedelta | None:
    """`01:30`, `90` or `PT1H30M` as a length of time."""
    plain = str(text or "").strip()
    if match := re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", plain):
        return timedelta(hours=int(match[1]), minutes=int(match[2]))
    if re.fullmatch(r"\d{1,3}(?:\.0)?", plain):
        return timedelta(minutes=float(plain))
    if (match := re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?", plain)) and any(match.groups()):
        return timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0))
    return None
