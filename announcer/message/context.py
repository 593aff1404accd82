"""A group -> what its templates get: its talks, and what is said of them together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from announcer.domain.department import Department
from announcer.domain.planning.afterwards import materials
from announcer.domain.talk import Audience
from announcer.languages import dates
from announcer.languages.words import N_
from announcer.message import changes, views
from announcer.message.colors import colors
from announcer.message.talk_views import TalkViews, without_talk
from announcer.text.characters import cleaned
from announcer.text.prose import Prose, one_line, safe_url
from announcer.text.reading import name_text, unemphasized

_ASKED = {
    "title": N_("title"),
    "abstract": N_("abstract"),
    "affiliation": N_("affiliation"),
    "bio": N_("short biography"),
    "photo": N_("photo"),
}


@dataclass(frozen=True, kw_only=True)
class TemplateContext(TalkViews):
    """One group, being made readable."""

    def values(self) -> dict[str, object]:
        """The variables of a template."""
        group = self.group
        records = tuple(without_talk(cleaned(talk)).in_language(self.words.language) for talk in group.talks)
        talks = tuple(self.view(talk, index) for index, talk in enumerate(records))
        values: dict[str, object] = {
            "occasion": group.occasion.value,
            "language": self.words.tag,
            "department": department_view(self.department),
            "colors": colors(self.department.style.accent),
            "lists": tuple(views.ListView(name=item.name, address=item.address) for item in group.lists),
            "prefix": self._prefix(),
            "state": None,
            "changes": (),
            "talks": talks,
        }
        if group.days is not None:
            return values | {"digest": self._digest(talks)}
        talk = records[0]
        return values | {
            "talk": talks[0],
            "request": self._request(),
            "recordings": self.links(materials(talk)[0]),
            "slides": self.links(materials(talk)[1]),
            "state": changes.state(group, talk, talks[0].series, talks[0].changes, self.words),
            "changes": talks[0].changes,
        }

    def _request(self) -> views.RequestView | None:
        request, human, locale = self.group.request, self.department.human, self.words.locale
        if request is None:
            return None
        site = self.department.site
        is_seen = site is not None and site.audience is Audience.PUBLIC
        return views.RequestView(
            asks=request.asks.value,
            name=name_text(request.name),
            is_copy=request.is_copy,
            instead_of=request.instead_of.value if request.instead_of else None,
            missing=request.missing,
            names={need: self.words.pgettext("asked of a speaker", _ASKED[need]) for need in request.missing},
            deadline=dates.short_date(request.deadline, locale),
            deadline_long=dates.day_of_year(request.deadline, locale),
            announced=dates.day_of_year(request.announced.date(), locale) if request.announced else None,
            waits=request.waits,
            asked=tuple(
                views.AskedView(who=asked.who, day=dates.short_date(asked.day, locale))
                for asked in request.asked
            ),
            is_last=request.is_last,
            form=safe_url(request.form),
            person=name_text(human.name),
            address=human.address,
            site=safe_url(site.url) if site and is_seen else None,
        )

    def _prefix(self) -> str:
        series = self.department.series.get(self.group.talks[0].series) if self.group.talks else None
        return one_line(series.subject_prefix) if series and self.group.days is None else ""

    def _digest(self, talks: tuple[views.TalkView, ...]) -> views.DigestView:
        group, locale = self.group, self.words.locale
        assert group.days is not None  # noqa: S101 - asked for digests alone
        first, last = group.days
        told_days = (changes.told_day(group, index) for index in range(len(talks)))
        triples = zip(told_days, (talk.start for talk in group.talks), talks, strict=True)
        pairs = [(day, view) for day, _, view in sorted(triples, key=lambda triple: triple[:2])]
        made = []
        for day, of_day in groupby(pairs, key=lambda pair: pair[0]):
            made.append(
                views.DayView(
                    date=dates.long_date(day, locale),
                    weekday=dates.weekday(day, locale),
                    weekday_short=dates.weekday(day, locale, short=True),
                    month=dates.month(day, locale),
                    number=str(day.day),
                    relative=changes.relative(day, group.today, self.words),
                    talks=tuple(view for _, view in of_day),
                )
            )
        name = self._digest_name()
        return views.DigestView(
            name=name,
            says_week=any(week in name.lower() for week in (N_("week"), self.words.gettext("week"))),
            period=dates.days(first, last, locale),
            first=dates.short_date(first, locale),
            first_day=dates.month_and_day(first, locale),
            is_week=first.weekday() == 0 and (last - first).days == 6,
            last=dates.short_date(last, locale),
            count=len(talks),
            days=tuple(made),
        )

    def _digest_name(self) -> str:
        """As the config calls it, else what its key says: `This week`, of `this-week`."""
        key = self.group.key.subject
        digest = self.department.digests.get(key)
        if digest and digest.title:
            return name_text(digest.title)
        return self.words.gettext(key.replace("-", " ").replace("_", " ").capitalize())


def department_view(department: Department) -> views.DepartmentView:
    """Who sends, as templates get it."""
    answers = department.reply_to or department.sender
    return views.DepartmentView(
        name=department.organization,
        website=safe_url(department.website),
        contact=answers.address,
        logo=safe_url(department.style.logo),
        logo_alt=department.style.logo_alt or department.organization,
        footer=_plain(department.style.footer),
    )


def _plain(text: str | None) -> Prose | None:
    return unemphasized(text) if text and text.strip() else None
