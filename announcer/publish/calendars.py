"""Calendar feeds (RFC 5545, RFC 7986): the entries of the mails, to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from announcer import __version__
from announcer.languages.words import N_
from announcer.message.calendar import entry

if TYPE_CHECKING:
    from announcer.domain.department import Department
    from announcer.domain.snapshot import Snapshot
    from announcer.languages.words import Words
    from announcer.message.views import TalkView

MOST = 2000
"""Entries of a feed; the oldest go first."""
_OFF = {"cancelled": N_("Cancelled"), "postponed": N_("Postponed")}
_CSS_COLORS = {
    "black": 0x000000, "dimgray": 0x696969, "slategray": 0x708090,
    "maroon": 0x800000, "firebrick": 0xB22222, "crimson": 0xDC143C, "tomato": 0xFF6347,
    "saddlebrown": 0x8B4513, "darkorange": 0xFF8C00, "goldenrod": 0xDAA520, "olive": 0x808000,
    "darkolivegreen": 0x556B2F, "forestgreen": 0x228B22, "darkgreen": 0x006400, "seagreen": 0x2E8B57,
    "teal": 0x008080, "steelblue": 0x4682B4, "dodgerblue": 0x1E90FF, "royalblue": 0x4169E1,
    "mediumblue": 0x0000CD, "navy": 0x000080, "midnightblue": 0x191970, "indigo": 0x4B0082,
    "rebeccapurple": 0x663399, "purple": 0x800080, "mediumvioletred": 0xC71585, "deeppink": 0xFF1493,
}  # fmt: skip
"""Some of the names of CSS Color 4 6.1: a feed's COLOR is a name (RFC 7986 5.9)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """What a calendar says of itself."""

    name: str
    source: str | None
    """Its own address, where it is known."""
    page: str | None
    """The address of the list of talks."""
    color: str
    """`#rrggbb`."""


def event(talk: TalkView, snapshot: Snapshot, department: Department, words: Words) -> str:
    """A talk's entry as text: the mail's, with LAST-MODIFIED, and struck in words too where it is off.

    Without a METHOD, DTSTAMP is when the entry changed last (RFC 5545 3.8.7.2), and so is LAST-MODIFIED.
    """
    from icalendar.prop import vText

    stamp = snapshot.dtstamp or datetime(2000, 1, 1, tzinfo=UTC)
    made = entry(talk, snapshot, department, stamp, words)
    made.add("last-modified", stamp)
    mark = _OFF.get(snapshot.status.value) if snapshot.off else None
    if mark:
        # Where a calendar shows no status, only the words tell.
        made["summary"] = vText(f"{words.gettext(mark).upper()}: {made['summary']}")
    return bytes(made.to_ical()).decode()


def calendar(events: Iterable[str], feed: Feed) -> bytes:
    """A calendar of entries. It has no METHOD, with which some programs take it for an invitation."""
    from icalendar import Calendar
    from icalendar.prop import vText, vUri

    head = Calendar()
    head.add("prodid", f"-//announcer//announcer {__version__}//EN")
    head.add("version", "2.0")
    head["name"] = vText(feed.name)
    head["x-wr-calname"] = vText(feed.name)
    head["refresh-interval"] = vText("PT1H", params={"VALUE": "DURATION"})
    head["x-published-ttl"] = vText("PT1H")
    if feed.source:
        head["source"] = vUri(feed.source, params={"VALUE": "URI"})
    if feed.page:
        head["url"] = vUri(feed.page)
    head["color"] = vText(_named(feed.color))
    begin, end = head.to_ical().decode().split("END:VCALENDAR")
    return f"{begin}{''.join(events)}END:VCALENDAR{end}".encode()


def _named(color: str) -> str:
    """The nearest color that has a name."""

    def far(value: int) -> int:
        return sum(((int(color[1:], 16) >> at & 255) - (value >> at & 255)) ** 2 for at in (0, 8, 16))

    return min(_CSS_COLORS, key=lambda name: far(_CSS_COLORS[name]))
