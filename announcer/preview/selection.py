"""A selection as the address of a page, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlencode

from announcer.domain.clock import zone
from announcer.domain.occasion import Occasion
from announcer.service.selection import Selection

VIEWS = ("email", "text", "headers", "calendar", "source")
"""In the order of their keys, 1 to 5."""
WIDTHS = ("full", "tablet", "phone")
MODES = ("light", "dark", "inverted")


class UnreadableSelectionError(ValueError):
    """The address of a page says what cannot be read."""


def read(subject: str, occasion: str, query: Mapping[str, str], zone_name: str) -> Selection:
    """Reads a page's address, its moment on the clocks of that zone. Raises UnreadableSelectionError."""
    if occasion not in set(Occasion):
        raise UnreadableSelectionError(f'there is no occasion "{occasion}"')
    return Selection(
        subject=subject,
        occasion=Occasion(occasion),
        period=query.get("period", ""),
        slot=query.get("slot", ""),
        list=query.get("list", ""),
        at=_moment(query.get("at", ""), zone_name),
    )


def path(selection: Selection) -> str:
    """`2026-bordelon/reminder`, safe in a URL."""
    return f"{quote(selection.subject, safe='')}/{selection.occasion.value}"


def query(selection: Selection, **more: str) -> str:
    """The rest of its address, with its question mark; what is usual is left out."""
    options = {
        "period": selection.period,
        "slot": selection.slot,
        "list": selection.list,
        "at": selection.at.strftime("%Y-%m-%dT%H:%M") if selection.at else "",
        **more,
    }
    parameters = {name: value for name, value in options.items() if value}
    return f"?{urlencode(parameters)}" if parameters else ""


def _moment(text: str, zone_name: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadableSelectionError(
            f'"{text}" is not a moment that can be read: write 2026-12-02T08:00'
        ) from error
    tz = zone(zone_name)
    return moment.replace(tzinfo=tz) if moment.tzinfo is None else moment.astimezone(tz)
