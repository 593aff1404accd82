"""What the lists' templates get: the site, its days and its terms. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from announcer.domain.department import Department
from announcer.domain.talk import Audience
from announcer.languages.words import Words, words_of
from announcer.message.colors import colors
from announcer.message.context import department_view
from announcer.publish import Records, addresses
from announcer.publish.addresses import CalendarView
from announcer.publish.listing import Listing


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteDay:
    """A day with its talks."""

    date: str
    """`Wednesday, December 2, 2026`."""
    iso: str
    month: str
    """`Dec`."""
    number: str
    weekday_short: str
    rows: tuple[Markup, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TermView:
    """A half-year with its talks, those that are over newest first."""

    name: str
    """`July – December 2026`."""
    file: str
    rows: tuple[Markup, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteView:
    """Where everything is."""

    title: str
    """`Physics Colloquium`, or `Talks` of several series."""
    url: str | None
    index: str
    news: str
    data: str
    screen: str
    calendars: tuple[CalendarView, ...]
    """One for each series, and one for all of several; none where nobody knows what was announced."""
    has_many: bool
    """Whether there are several series."""


def words_of_site(department: Department) -> Words:
    """The language of the pages: the department's."""
    return words_of(department.locale, department.labels)


def spoken(department: Department) -> Department:
    """The department as its pages call it."""
    return department.in_language(words_of_site(department).language)


def shared(records: Records, listing: Listing) -> dict[str, object]:
    """The variables of every page."""
    department = spoken(records.department)
    return {
        "language": words_of_site(department).tag,
        "department": department_view(department),
        "colors": colors(department.style.accent),
        "site": _site(records, listing),
    }


def _site(records: Records, listing: Listing) -> SiteView:
    department = spoken(records.department)
    used = {listed.talk.series for listed in listing.talks}
    keys = [key for key in department.series if key in used or _is_open(records, key)]
    names = {key: department.series[key].name for key in keys}
    feeds = [addresses.calendar(department, names[key], key) for key in keys]
    has_many = len(keys) > 1
    if has_many:
        feeds.append(addresses.calendar(department, department.organization, None))
    return SiteView(
        title=words_of_site(department).gettext("Talks") if has_many or not keys else names[keys[0]],
        url=department.site.url if department.site else None,
        index=addresses.INDEX,
        news=addresses.NEWS,
        data=addresses.DATA,
        screen=addresses.SCREEN,
        calendars=tuple(feeds) if records.entries is not None else (),
        has_many=has_many,
    )


def _is_open(records: Records, key: str) -> bool:
    lists = [records.department.lists.get(name) for name in records.department.series[key].lists]
    return any(
        records.audience in (Audience.INTERNAL, mailing_list.audience)
        for mailing_list in lists
        if mailing_list
    )
