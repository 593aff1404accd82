"""A group -> what its templates get: every field of its talks, worded and safe."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from announcer.domain.clock import zone
from announcer.domain.department import Department
from announcer.domain.mailing import AudienceGroup
from announcer.domain.problem import Problem, Severity
from announcer.domain.redaction import opaque
from announcer.domain.talk import Audience, Kind, Place, Speaker, Talk
from announcer.message import changes, dates, views
from announcer.message.colors import colors
from announcer.message.equations import draw
from announcer.message.photos import UnusablePhotoError, photo
from announcer.text.latex import titled
from announcer.text.markdown import Draw, markdown
from announcer.text.prose import Picture, Prose, cleaned, listed, one_line, plain, safe_url, shorten


@dataclass(frozen=True, kw_only=True)
class TemplateContext:
    """One group, being made readable. Without `pictures` no photo is opened and no equation drawn, and
    without `drawn` no equation."""

    department: Department
    root: Path
    group: AudienceGroup
    pictures: bool = True
    drawn: Draw | None = draw
    warnings: list[Problem] = field(default_factory=list)

    def values(self) -> dict[str, object]:
        """The variables of a template."""
        group = self.group
        said = tuple(_without_talk(cleaned(talk)) for talk in group.talks)
        talks = tuple(self._talk(talk, index) for index, talk in enumerate(said))
        values: dict[str, object] = {
            "occasion": group.occasion.value,
            "language": self.department.locale.replace("_", "-"),
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
        locale = self.department.locale
        talk = said[0]
        return values | {
            "talk": talks[0],
            "state": changes.state(group, talk, talks[0].series, talks[0].changes, locale),
            "changes": talks[0].changes,
        }

    def _prefix(self) -> str:
        series = self.department.series.get(self.group.talks[0].series) if self.group.talks else None
        return one_line(series.subject_prefix) if series and self.group.days is None else ""

    def _digest(self, talks: tuple[views.TalkView, ...]) -> views.DigestView:
        group, locale = self.group, self.department.locale
        assert group.days is not None  # noqa: S101 - asked for digests alone
        first, last = group.days
        pairs = sorted(zip(group.talks, talks, strict=True), key=lambda pair: pair[0].start)
        made = []
        for day, of_day in groupby(pairs, key=lambda pair: pair[0].date):
            made.append(
                views.DayView(
                    date=dates.long_date(day, locale),
                    weekday=dates.weekday(day, locale),
                    weekday_short=dates.weekday(day, locale, short=True),
                    month=dates.month(day, locale),
                    number=str(day.day),
                    relative=changes.relative(day, group.today),
                    talks=tuple(view for _, view in of_day),
                )
            )
        return views.DigestView(
            name=group.key.subject.replace("-", " ").replace("_", " ").capitalize(),
            period=dates.days(first, last, locale),
            first=dates.short_date(first, locale),
            last=dates.short_date(last, locale),
            count=len(talks),
            days=tuple(made),
        )

    def _talk(self, talk: Talk, index: int) -> views.TalkView:
        pictures: list[Picture] = []
        differing = changes.changes(self.group, index, self.department.locale)
        place = _place(talk.place)
        series = self.department.series.get(talk.series)
        return views.TalkView(
            id=talk.id,
            series=one_line(series.name) if series else talk.series,
            kind=talk.kind.value,
            status=talk.status.value,
            notice=_plain(talk.notice),
            subject=titled(talk.subject).text if talk.subject else None,
            title=titled(talk.title) if talk.title else None,
            speakers=tuple(self._speaker(talk, speaker, pictures) for speaker in talk.speakers),
            who=_who(talk.speakers),
            names=listed(one_line(speaker.name) for speaker in talk.speakers) if talk.speakers else "",
            abstract=self._markdown(talk.abstract, pictures),
            when=self._when(talk, index),
            where=place.short if place else ("online" if talk.online else None),
            place=place,
            online=_online(talk),
            host=_host(talk),
            refreshments=_refreshments(talk),
            meet=_meet(talk),
            sponsor=_plain(talk.sponsor),
            url=safe_url(talk.url) or self._page(talk),
            links=tuple(
                views.LinkView(label=one_line(link.label), url=link.url)
                for link in talk.links
                if safe_url(link.url)
            ),
            recording=_recording(talk),
            contact=_plain(talk.contact),
            accessibility=_plain(talk.accessibility),
            parking=_plain(talk.parking),
            changes=differing,
            changed=changes.called(differing),
            pictures=tuple(dict.fromkeys(pictures)),
        )

    def _page(self, talk: Talk) -> str | None:
        """The address of our own page of a talk, where the department publishes some: a confidential
        talk's is the one that everybody may open."""
        site = self.department.site
        if site is None or talk.kind is Kind.NONE:
            return None
        unnamed = talk.confidential and self.group.audience is Audience.INTERNAL
        return safe_url(site.page(opaque(talk.id) if unnamed else talk.id))

    def _markdown(self, source: str | None, pictures: list[Picture]) -> Prose | None:
        if not source:
            return None
        made = markdown(source, self.drawn if self.pictures else None)
        pictures += made.pictures
        return made if made.text else None

    def _speaker(self, talk: Talk, speaker: Speaker, pictures: list[Picture]) -> views.SpeakerView:
        return views.SpeakerView(
            name=one_line(speaker.name),
            affiliation=_line(speaker.affiliation),
            url=safe_url(speaker.url),
            pronouns=_line(speaker.pronouns),
            bio=self._markdown(speaker.bio, pictures),
            photo=self._photo(talk, speaker, pictures),
        )

    def _photo(self, talk: Talk, speaker: Speaker, pictures: list[Picture]) -> views.PhotoView | None:
        if speaker.photo is None or not self.pictures or self.group.days is not None:
            return None
        try:
            scaled = photo(self.root, speaker.photo.path)
        except UnusablePhotoError as error:
            self.warn(talk.path, "photo-unusable", f"{error}; the mail goes without it", error.hint)
            return None
        pictures.append(scaled.picture)
        return views.PhotoView(
            cid=scaled.picture.cid, alt=one_line(speaker.photo.alt), width=scaled.width, height=scaled.height
        )

    def warn(self, path: str, code: str, message: str, hint: str) -> None:
        """Notes a warning about a whole file."""
        self.warnings.append(
            Problem(
                path=path, line=1, column=1, severity=Severity.WARNING, code=code, message=message, hint=hint
            )
        )

    def _when(self, talk: Talk, index: int) -> views.WhenView:
        locale = self.department.locale
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
            relative=changes.relative(talk.date, self.group.today),
            elsewhere=tuple(
                _elsewhere(talk, name, locale) for name in talk.show_timezones if name != talk.zone
            ),
        )


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


_OF_A_TALK = ("title", "abstract", "place", "online", "host", "refreshments", "meet", "sponsor", "recording")
_TO_COME_TO: dict[str, Any] = {"speakers": (), **dict.fromkeys((*_OF_A_TALK, "accessibility", "parking"))}


def _without_talk(talk: Talk) -> Talk:
    """A week without a talk as it is told: nothing of what there would be if there were one."""
    return talk if talk.kind is Kind.TALK else replace(talk, **_TO_COME_TO)


def _elsewhere(talk: Talk, name: str, locale: str) -> views.ZoneView:
    local = talk.start.astimezone(zone(name))
    day = f", {dates.short_date(local.date(), locale)}" if local.date() != talk.date else ""
    clock = f"{dates.time_of_day(local, locale)} {dates.zone_name(local, name, locale)}{day}"
    return views.ZoneView(city=dates.city(name), time=clock)


def _line(text: str | None) -> str | None:
    return one_line(text) if text else None


def _plain(text: str | None) -> Prose | None:
    return plain(text) if text and text.strip() else None


def _who(speakers: tuple[Speaker, ...]) -> str:
    """The speakers as a subject names them: `Blake Bordelon (Harvard)`."""
    names = [one_line(speaker.name) for speaker in speakers]
    if not names:
        return ""
    if len(names) > 3:
        return f"{names[0]} and {len(names) - 1} others"
    homes = {speaker.affiliation for speaker in speakers}
    home = homes.pop() if len(homes) == 1 else None
    return listed(names) + (f" ({_short_home(home)})" if home else "")


def _short_home(affiliation: str) -> str:
    """`Harvard`, of `Harvard University`; a longer name stays."""
    return re.sub(r"^(\w+) University$", r"\1", shorten(one_line(affiliation), 40))


def _place(place: Place | None) -> views.PlaceView | None:
    if place is None or not (place.label or place.directions or place.map):
        return None
    short = place.room or place.building or place.address or place.label
    return views.PlaceView(
        label=one_line(place.label),
        short=one_line(short.split(",")[0] if not place.room else short),
        room=_line(place.room),
        building=_line(place.building),
        address=_line(place.address) if place.address != place.label else None,
        directions=_plain(place.directions),
        map=safe_url(place.map),
    )


def _online(talk: Talk) -> views.OnlineView | None:
    said = talk.online
    if said is None or not (said.url or said.meeting_id or said.passcode or said.note):
        return None
    return views.OnlineView(
        url=safe_url(said.url),
        meeting_id=_line(said.meeting_id),
        passcode=_line(said.passcode),
        note=_plain(said.note),
    )


def _host(talk: Talk) -> views.HostView | None:
    return views.HostView(name=one_line(talk.host.name), email=_line(talk.host.email)) if talk.host else None


def _refreshments(talk: Talk) -> views.RefreshmentsView | None:
    said = talk.refreshments
    if said is None:
        return None
    return views.RefreshmentsView(what=plain(said.what), time=_line(said.time), location=_line(said.location))


def _meet(talk: Talk) -> views.MeetView | None:
    said = talk.meet
    if said is None or not (said.text or said.url or said.until):
        return None
    return views.MeetView(text=_plain(said.text), url=safe_url(said.url), until=_line(said.until))


def _recording(talk: Talk) -> str | None:
    if talk.recording is None:
        return None
    if isinstance(talk.recording, str):
        return one_line(talk.recording)
    return "This talk will be recorded." if talk.recording else "This talk will not be recorded."
