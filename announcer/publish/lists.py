"""The files about all talks: the index, half-years, calendars, news, data and the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from markupsafe import Markup

from announcer.domain.department import Department
from announcer.domain.problem import Problem
from announcer.languages import dates
from announcer.message.calendar import summary
from announcer.message.colors import colors
from announcer.message.leak_check import visible_text
from announcer.message.templates.rendering import Templates
from announcer.message.views import StateView
from announcer.publish import Records, addresses, calendars, data, news
from announcer.publish.listing import Listed
from announcer.publish.pages import LeakError, Press
from announcer.publish.site_views import SiteDay, SiteView, TermView, spoken, words_of_site
from announcer.publish.terms import Term, half_year, terms

_COMING, _PAST = 30_000, 14_000
"""Bytes of the index's coming and past talks: its page stays under 60 KB. The rest is on its term's page."""
ON_SCREEN = 6
_NO_YEAR = 2026
"""The year of tag URIs that are of no talk: when this scheme began (RFC 4151 2.1)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A talk of this edition with what was made of it."""

    listed: Listed
    pieces: Mapping[str, object]
    is_over: bool

    @property
    def is_struck_off(self) -> bool:
        """Whether it was cancelled, and its day is over: nobody looks for it."""
        return self.is_over and self.listed.telling.off


class Lists:
    """The files about all talks of one edition."""

    def __init__(
        self,
        records: Records,
        press: Press,
        templates: Templates,
        shared: Mapping[str, object],
        shown: Sequence[Shown],
    ) -> None:
        self._records = records
        self._press = press
        self._templates = templates
        self._shared = shared
        self._shown = [talk for talk in shown if not talk.is_struck_off]
        self._talks = [talk for talk in self._shown if talk.listed.is_talk]
        self.problems: list[Problem] = []
        """What keeps a talk out of the news."""

    @property
    def on_screen(self) -> list[str]:
        """The names of the talks that the screen shows: those that are not over at this very moment."""
        ahead = (talk.listed for talk in self._talks if talk.listed.talk.end > self._records.now)
        return [listed.name for listed in ahead][:ON_SCREEN]

    def files(self) -> dict[str, bytes]:
        """All of them."""
        made = {
            addresses.INDEX: self._index(),
            **{addresses.term_page(term): self._term(term) for term in self._terms()},
            addresses.SCREEN: self._screen(),
            addresses.NEWS: self._news(),
            addresses.DATA: data.talks(self._department, [talk.pieces["data"] for talk in self._talks]),
            addresses.SCHEMA: data.schema(),
        }
        return made | (self._calendars() if self._records.entries is not None else {})

    @property
    def _department(self) -> Department:
        return spoken(self._records.department)

    @property
    def _today(self) -> date:
        return self._records.now.date()

    def _render(self, name: str, **values: object) -> bytes:
        return self._templates.render(name, {**self._shared, "root": "", **values}).encode()

    def _index(self) -> bytes:
        ahead = [talk for talk in self._shown if not talk.is_over]
        near, later = _fitting(ahead, "row", _COMING)
        over = [talk for talk in reversed(self._shown) if talk.is_over]
        recent, _ = _fitting(over, "brief", _PAST)
        this = half_year(self._today)
        past = [self._term_view(term, recent) for term in (this, this.before)]
        return self._render(
            "site/index.html",
            days=self._days(near),
            later=[self._term_view(term) for term in self._terms() if _any(later, term)],
            past=[term for term in past if term.rows],
            terms=[self._term_view(term) for term in reversed(self._terms())],
        )

    def _term(self, term: Term) -> bytes:
        return self._render("site/term.html", term=self._term_view(term, self._shown[::-1]))

    def _days(self, shown: Sequence[Shown]) -> list[SiteDay]:
        locale = words_of_site(self._department).locale
        return [
            SiteDay(
                date=dates.long_date(day, locale),
                iso=day.isoformat(),
                month=dates.month(day, locale),
                number=str(day.day),
                weekday_short=dates.weekday(day, locale, short=True),
                rows=tuple(Markup(str(talk.pieces["row"])) for talk in of_day),  # noqa: S704 - a template made it
            )
            for day, of_day in groupby(shown, key=lambda talk: talk.listed.talk.date)
        ]

    def _terms(self) -> list[Term]:
        return terms(talk.listed.talk.date for talk in self._shown)

    def _term_view(self, term: Term, shown: Sequence[Shown] = ()) -> TermView:
        """A term with those of its talks that are given, in their order."""
        mine = [talk for talk in shown if term.has(talk.listed.talk.date)]
        return TermView(
            name=dates.months(term.first, term.last, words_of_site(self._department).locale),
            file=addresses.term_page(term),
            rows=tuple(Markup(str(talk.pieces["brief"])) for talk in mine),  # noqa: S704 - a template made it
        )

    def _screen(self) -> bytes:
        wanted = self.on_screen
        sheets = [
            self._press.sheet(talk.listed, is_over=talk.is_over).values
            for talk in self._talks
            if talk.listed.name in wanted
        ]
        return self._render("site/screen.html", items=sheets)

    def _calendars(self) -> dict[str, bytes]:
        site = self._shared["site"]
        assert isinstance(site, SiteView)  # noqa: S101 - shared() made it
        since = half_year(self._today).before.first
        recent = [talk for talk in self._talks if talk.listed.talk.date >= since][-calendars.MOST :]
        accent = colors(self._department.style.accent).accent
        page = addresses.on_the_web(self._department, addresses.INDEX)
        made = {}
        for view in site.calendars:
            mine = [
                talk for talk in recent if addresses.feed(talk.listed.talk.series) == view.file or view.is_all
            ]
            feed = calendars.Feed(name=view.name, source=view.https, page=page, color=accent)
            made[view.file] = calendars.calendar((str(talk.pieces["event"]) for talk in mine), feed)
        return made

    def _news(self) -> bytes:
        announced_talks = [talk.listed.as_news() for talk in self._talks]
        newest = sorted(
            (listed for listed in announced_talks if listed and listed.announced),
            key=lambda listed: (_last(listed), listed.name),
        )[-news.MOST :]
        domain = self._department.domain
        channel = news.Channel(
            id=f"tag:{domain},{_NO_YEAR}:talks",
            title=self._department.organization,
            page=addresses.on_the_web(self._department, addresses.INDEX) or addresses.INDEX,
            source=addresses.on_the_web(self._department, addresses.NEWS) or addresses.NEWS,
            language=words_of_site(self._department).tag,
            silent_since=datetime(_NO_YEAR, 1, 1, tzinfo=UTC),
        )
        return news.feed(channel, [item for item in map(self._item, newest) if item])

    def _item(self, listed: Listed) -> news.NewsItem | None:
        """One piece of news; None where it would tell what its readers may not know."""
        sheet = self._press.sheet(listed, is_over=False)
        talk, announced, state = sheet.talk, listed.announced, sheet.values["state"]
        assert announced is not None  # noqa: S101 - of what was told alone
        mark = f"{state.label.upper()}: " if isinstance(state, StateView) else ""
        clocks = listed.talk.local_start.tzinfo
        place = talk.place.label if talk.place else ""
        content = self._templates.render("site/news.html", sheet.values)
        title = mark + summary(talk)
        try:
            self._press.inspect(listed, [(addresses.NEWS, f"{title}\n{visible_text(content)}\n{talk.names}")])
        except LeakError as leak:
            self.problems += leak.problems
            return None
        return news.NewsItem(
            id=f"tag:{self._department.domain},{announced.first.year}:{listed.name}",
            title=title,
            link=sheet.page.url or sheet.page.page,
            published=announced.first,
            updated=announced.last,
            content=content,
            names=tuple(speaker.name for speaker in talk.speakers),
            series=talk.series,
            start=listed.talk.start.astimezone(clocks),
            end=listed.talk.end.astimezone(clocks),
            location=", ".join(part for part in (place, talk.place.address if talk.place else None) if part),
        )


def _last(listed: Listed) -> datetime:
    assert listed.announced is not None  # noqa: S101 - of what was told alone
    return listed.announced.last


def _any(shown: Sequence[Shown], term: Term) -> bool:
    return any(term.has(talk.listed.talk.date) for talk in shown)


def _fitting(shown: Sequence[Shown], piece: str, room: int) -> tuple[Sequence[Shown], Sequence[Shown]]:
    """The first of some talks whose rows take no more than so many bytes, and the rest."""
    for number, talk in enumerate(shown):
        room -= len(str(talk.pieces[piece]).encode())
        if room < 0:
            return shown[:number], shown[number:]
    return shown, []
