"""A talk of a group -> its view: what each of its fields says, safe, in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from announcer.domain.clock import zone
from announcer.domain.department import Department
from announcer.domain.fields import Field, Shape, WithoutTalk, fields_of
from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import CalendarEffect
from announcer.domain.planning.schedule import talk_is_off
from announcer.domain.problem import Problem, Severity
from announcer.domain.redaction import is_online_alone, public_id
from announcer.domain.talk import CANDIDATE, Audience, Kind, Link, Speaker, Talk
from announcer.languages import dates
from announcer.languages.words import Words
from announcer.message import changes, views
from announcer.message.calendar import web_calendars
from announcer.message.equations import draw
from announcer.message.photos import FINEST, Fineness, UnusablePhotoError, photo
from announcer.message.wording import Markdown, readable_fields, record_view, worded
from announcer.text.macros import own
from announcer.text.prose import Picture, Prose, one_line, safe_url, shorten
from announcer.text.reading import markdown, name_text, titled
from announcer.text.writing import Draw, Maths


@dataclass(frozen=True, kw_only=True)
class TalkViews:
    """The talks of one group, being made readable. Without `pictures` no photo is opened and no equation
    drawn, and without `drawn` no equation."""

    department: Department
    root: Path
    group: AudienceGroup
    pictures: bool = True
    drawn: Draw | None = draw
    fineness: Fineness = FINEST
    """Of the photos."""
    words: Words
    """The language that it is told in."""
    other_locales: tuple[str, ...] = ()
    """Those of the other languages that it is told in."""
    maths: Maths | None = None
    """Writes an abstract's formulas for a page; without it they are as a mail can show them."""
    warnings: list[Problem] = field(default_factory=list)

    def links(self, links: list[Link]) -> tuple[Any, ...]:
        """Links that can be followed, as templates get them."""
        made = (record_view(link, lambda source: self._markdown(source, []), self.words) for link in links)
        return tuple(view for view in made if view.url)

    def _words(self, talk: Talk, pictures: list[Picture]) -> dict[str, Any]:
        """What a talk's fields say; the pictures that show it are added."""

        def prose(source: str) -> Prose | None:
            return self._markdown(source, pictures)

        def value_of(field: Field) -> Any:
            if field.name == "speakers":
                sure = (speaker for speaker in talk.speakers if one_line(speaker.name))
                return tuple(self._speaker(talk, speaker, prose, pictures) for speaker in sure)
            if field.shape is Shape.TITLE and getattr(talk, field.name) == CANDIDATE:
                return titled(self.words.gettext(CANDIDATE))
            if field.shape is Shape.TITLE and self.department.macros and getattr(talk, field.name):
                return titled(getattr(talk, field.name), own(self.department.macros))
            return worded(field, getattr(talk, field.name), prose, self.words)

        words = {field.name: value_of(field) for field in readable_fields(Talk)}
        words["url"] = words["url"] or self._page(talk)
        if words["language"]:
            words["language"] = dates.language_name(words["language"], self.words.locale, self.other_locales)
        if words["meet"] and words["meet"].until:
            until = dates.with_weekdays(words["meet"].until, self.words.locale)
            words["meet"] = replace(words["meet"], until=until)
        return words

    def view(self, talk: Talk, index: int) -> views.TalkView:
        """The view of a talk, which is the group's at this index as it is told: see `without_talk`."""
        pictures: list[Picture] = []
        words = self._words(talk, pictures)
        differing = changes.changes(self.group, index, self.words)
        series = self.department.series.get(talk.series)
        lang = dates.language_tag(talk.language, self.words.locale) if talk.language else None
        place = words["place"]
        view = views.TalkView(
            **words,
            id=talk.id,
            lang=lang,
            series=name_text(series.name) if series else talk.series,
            kind=talk.kind.value,
            status=talk.status.value,
            who=_who(talk.speakers, self.words),
            names=self.words.listed(name_text(speaker.name) for speaker in talk.speakers)
            if talk.speakers
            else "",
            when=self._when(talk, index),
            where=place.short
            if place and place.label
            else (self.words.pgettext("within a sentence", "online") if talk.online else None),
            venue=_venue(talk, place, self.words),
            details=tuple(
                views.DetailView(
                    name=field.name, label=self.words.gettext(field.label), value=words[field.name]
                )
                for field in readable_fields(Talk)
                if field.detail and words[field.name]
            ),
            changes=differing,
            changed=changes.called(differing, self.words),
            changed_brief=changes.called(differing, self.words, brief=True),
            moved=changes.moved(self.group, index, self.words.locale),
            web_calendars=(),
            pictures=tuple(dict.fromkeys(pictures)),
        )
        if not self._has_web_calendars(talk):
            return view
        linked: Any = {"web_calendars": web_calendars(view, talk.start, talk.end)}
        return replace(view, **linked)

    def _has_web_calendars(self, talk: Talk) -> bool:
        """Whether it is linked to calendars on the web: where that is wanted, and there is a talk to keep."""
        is_wanted = self.department.has_calendar_links(talk.series) and self.group.days is None
        publishes = self.group.occasion.row.calendar is CalendarEffect.PUBLISH
        return is_wanted and publishes and talk.kind is Kind.TALK and not talk_is_off(talk)

    def _page(self, talk: Talk) -> str | None:
        """The address of our own page of a talk, where the department publishes some: a confidential
        talk's is the one that everybody may open."""
        site = self.department.site
        if site is None or talk.kind is Kind.NONE:
            return None
        unnamed = talk.confidential and self.group.audience is Audience.INTERNAL
        return safe_url(site.page(public_id(talk) if unnamed else talk.id))

    def _markdown(self, source: str | None, pictures: list[Picture]) -> Prose | None:
        if not source:
            return None
        drawn = self.drawn if self.pictures else None
        made = markdown(source, drawn, own(self.department.macros), maths=self.maths)
        pictures += made.pictures
        return made if made.text else None

    def _speaker(self, talk: Talk, speaker: Speaker, prose: Markdown, pictures: list[Picture]) -> Any:
        view = record_view(replace(speaker, photo=None), prose, self.words)
        return replace(view, photo=self._photo(talk, speaker, pictures))

    def _photo(self, talk: Talk, speaker: Speaker, pictures: list[Picture]) -> views.PhotoView | None:
        if speaker.photo is None or not self.pictures or self.group.days is not None:
            return None
        try:
            scaled = photo(self.root, speaker.photo.path, self.fineness)
        except UnusablePhotoError as error:
            self.warn(talk.path, error.code, f"{error.message}; the mail goes without it", error.hint)
            return None
        pictures.append(scaled.picture)
        return views.PhotoView(
            cid=scaled.picture.cid,
            alt=name_text(
                speaker.photo.alt or self.words.gettext("Photo of %(name)s") % {"name": speaker.name}
            ),
            width=scaled.width,
            height=scaled.height,
        )

    def warn(self, path: str, code: str, message: str, hint: str) -> None:
        """Notes a warning about a whole file."""
        self.warnings.append(
            Problem(
                path=path, line=1, column=1, severity=Severity.WARNING, code=code, message=message, hint=hint
            )
        )

    def _when(self, talk: Talk, index: int) -> views.WhenView:
        locale = self.words.locale
        start, end = talk.local_start, talk.local_end
        return views.WhenView(
            date=dates.long_date(talk.date, locale),
            day=dates.short_date(talk.date, locale),
            weekday=dates.weekday(talk.date, locale),
            weekday_short=dates.weekday(talk.date, locale, short=True),
            month=dates.month(talk.date, locale),
            number=str(talk.date.day),
            time=dates.time_of_day(start, locale),
            clock=changes.clock(self.group, index, talk, locale),
            times=dates.times(start, end, locale),
            zone=dates.zone_name(start, talk.zone, locale),
            span=f"{dates.times(start, end, locale)} {dates.zone_name(start, talk.zone, locale)}",
            relative=changes.relative(talk.date, self.group.today, self.words),
            elsewhere=tuple(
                _elsewhere(talk, name, locale) for name in talk.show_timezones if name != talk.zone
            ),
        )


def without_talk(talk: Talk) -> Talk:
    """A week without a talk as it is told: nothing of what there would be if there were one."""
    if talk.kind is Kind.TALK:
        return talk
    gone = [field for field in fields_of(Talk) if field.without_talk is WithoutTalk.GONE]
    return replace(talk, **{field.name: field.default for field in gone})


def _elsewhere(talk: Talk, name: str, locale: str) -> views.ZoneView:
    local = talk.start.astimezone(zone(name))
    day = f", {dates.short_date(local.date(), locale)}" if local.date() != talk.date else ""
    clock = f"{dates.time_of_day(local, locale)} {dates.zone_name(local, name, locale)}{day}"
    return views.ZoneView(city=dates.city(name, locale), time=clock)


def _venue(talk: Talk, place: Any, words: Words) -> str:
    """Where a talk is, in words, whatever is known of it."""
    if talk.online and is_online_alone(talk.place):
        known = (talk.online.url, talk.online.meeting_id, talk.online.note)
        return words.gettext("Online") if any(known) else words.gettext("Online (link for members)")
    return place.label if place and place.label else words.gettext("To be announced")


def _who(speakers: tuple[Speaker, ...], words: Words) -> str:
    """The speakers as a subject names them: `Blake Bordelon (Harvard)`."""
    names = [name_text(speaker.name) for speaker in speakers]
    if not names:
        return ""
    if len(names) > 3:
        others = {"name": names[0], "number": len(names) - 1}
        return words.gettext("%(name)s and %(number)s others") % others
    homes = {speaker.affiliation for speaker in speakers}
    home = homes.pop() if len(homes) == 1 else None
    return words.listed(names) + (f" ({_short_home(home)})" if home else "")


def _short_home(affiliation: str) -> str:
    """`Harvard`, of `Harvard University`; a longer name stays."""
    return re.sub(r"^(\w+) University$", r"\1", shorten(name_text(affiliation), 40))
