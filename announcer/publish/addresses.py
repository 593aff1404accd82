"""Where everything is: the files' names, and their addresses on the web where these are known."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from announcer.domain.department import Department
from announcer.publish.terms import Term

ALL = "all"
INDEX, NEWS, DATA, SCHEMA, SCREEN = (
    "index.html",
    "feed.atom",
    "talks.json",
    "talks.schema.json",
    "screen.html",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarView:
    """A calendar to subscribe to."""

    name: str
    file: str
    """`colloquium.ics`."""
    https: str | None
    """Its address; None where nobody said where the files will be."""
    webcal: str | None
    """The same for a click: calendar programs take it."""
    google: str | None
    """Where Google Calendar subscribes to it."""
    is_all: bool = False
    """Whether it is that of all series."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageView:
    """A talk's files, each from the top of the folder."""

    page: str
    """`talks/2026-noether.html`."""
    calendar: str | None
    poster: str
    url: str | None
    """The page's address, where it is known."""
    start: str
    """ISO 8601 with its offset."""
    end: str
    is_over: bool
    is_off: bool
    """Whether it was cancelled or postponed."""


def page(name: str) -> str:
    """A talk's page."""
    return f"talks/{name}.html"


def entry(name: str) -> str:
    """A talk's calendar entry."""
    return f"talks/{name}.ics"


def poster(name: str) -> str:
    """A talk's poster."""
    return f"talks/{name}-poster.html"


def term_page(term: Term) -> str:
    """The list of a half-year's talks."""
    return f"term-{term.name}.html"


def feed(series: str) -> str:
    """A series' calendar; a series may be called `all`, which is what all of them are called."""
    return f"{series}-series.ics" if series == ALL else f"{series}.ics"


def on_the_web(department: Department, file: str) -> str | None:
    """A file's address."""
    site = department.site
    return f"{site.url}/{quote(file)}" if site and site.url else None


def calendar(department: Department, name: str, series: str | None) -> CalendarView:
    """A series' feed, or that of all talks, with what subscribes to it."""
    file = feed(series) if series else f"{ALL}.ics"
    https = on_the_web(department, file)
    webcal = f"webcal://{https.partition('://')[2]}" if https else None
    return CalendarView(
        name=name,
        file=file,
        https=https,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}" if webcal else None,
        is_all=series is None,
    )
