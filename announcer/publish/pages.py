"""One talk -> its page, its poster, its calendar entry, and what lists and feeds say of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from announcer.domain.clock import zone
from announcer.domain.department import Department
from announcer.domain.errors import ProblemsError
from announcer.languages.words import Words
from announcer.message.context import TemplateContext
from announcer.message.leak_check import calendar_words, leak_problem, leaks_in, visible_text
from announcer.message.templates.rendering import Templates
from announcer.message.views import TalkView
from announcer.publish import Records, addresses, calendars, data
from announcer.publish.addresses import PageView
from announcer.publish.listing import Listed
from announcer.publish.posters import poster
from announcer.publish.site_views import spoken, words_of_site
from announcer.publish.structured import structured
from announcer.text.mathml import mathml
from announcer.text.prose import Picture
from announcer.text.writing import Maths


class LeakError(ProblemsError):
    """A file of a talk would have a private value in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageValues:
    """A talk, read."""

    values: Mapping[str, object]
    """The variables of its templates."""
    talk: TalkView
    page: PageView


class Press:
    """Makes what there is of each talk."""

    def __init__(self, records: Records, *, root: Path, templates: Templates, shared: Mapping[str, object]):
        """`root` is the department's folder, where photos are; `shared` are the variables of every page."""
        self._records = records
        self._root = root
        self._templates = templates
        self._shared = shared

    def made(self, listed: Listed, *, is_over: bool) -> tuple[dict[str, bytes], dict[str, object]]:
        """The files of a talk, and its pieces of other files. Raises LeakError and TemplateFaultError."""
        sheet = self.sheet(listed, is_over=is_over, maths=mathml)
        values = sheet.values
        pieces: dict[str, object] = {
            "row": self._templates.render("site/row.html", {**values, "brief": False}),
            "brief": self._templates.render("site/row.html", {**values, "brief": True}),
        }
        files: dict[str, bytes] = {}
        if listed.is_talk:
            page = self._templates.render("site/talk.html", values)
            # Feeds are read by programs that know no MathML, and a poster's lines are of one height.
            plain = self.sheet(listed, is_over=is_over) if "<math" in page else sheet
            files, of_feeds = self._files(listed, sheet, plain, page)
            pieces |= of_feeds
        self.inspect(listed, _places(files, pieces))
        return files, pieces

    def _files(
        self, listed: Listed, sheet: PageValues, plain: PageValues, page: str
    ) -> tuple[dict[str, bytes], dict[str, object]]:
        # As in the mail, whose entry links to the page.
        linked = replace(plain.talk, url=plain.talk.url or plain.page.url)
        speaking = self._department.speaking_for(listed.talk.series)
        event = calendars.event(linked, listed.telling, speaking, self._words)
        name = sheet.page
        files = {
            name.page: page.encode(),
            name.poster: self._templates.render("site/poster.html", plain.values).encode(),
            **{photo_file(picture): picture.data for picture in sheet.talk.pictures},
        }
        if name.calendar:
            feed = calendars.Feed(name=sheet.talk.series, source=None, page=name.url, color=self._accent())
            files[name.calendar] = calendars.calendar([event], feed)
        return files, {
            "event": event,
            "data": data.entry(listed, plain.talk, plain.page, self._words.language),
        }

    def sheet(self, listed: Listed, *, is_over: bool, maths: Maths | None = None) -> PageValues:
        """A talk as its templates get it; `maths` writes its formulas, where they are not as in a mail."""
        reading = TemplateContext(
            department=replace(self._department, site=None),
            root=self._root,
            group=listed.group(self._records.audience),
            words=self._words,
            drawn=None,
            maths=maths,
        )
        values = reading.values()
        talk = values["talk"]
        assert isinstance(talk, TalkView)  # noqa: S101 - the group is of one talk
        page = self._page(listed, is_over)
        address = page.url or talk.url
        photo = next((photo_file(picture) for picture in talk.pictures), None)
        image = addresses.on_the_web(self._department, photo) if photo else None
        sheet_of = poster(talk, address, self._department.locale, has_state=bool(values["state"]))
        values |= {
            **self._shared,
            "root": "../",
            "page": page,
            "poster": sheet_of,
            "structured": structured(listed, talk, page, self._department, image),
        }
        return PageValues(values=values, talk=talk, page=page)

    @property
    def _words(self) -> Words:
        return words_of_site(self._department)

    @property
    def _department(self) -> Department:
        return spoken(self._records.department)

    def _accent(self) -> str:
        colors = self._shared["colors"]
        return str(getattr(colors, "accent", ""))

    def _page(self, listed: Listed, is_over: bool) -> PageView:
        file = addresses.page(listed.name)
        clocks = zone(listed.talk.zone)
        has_calendar = self._records.entries is not None
        return PageView(
            page=file,
            calendar=addresses.entry(listed.name) if has_calendar else None,
            poster=addresses.poster(listed.name),
            url=addresses.on_the_web(self._department, file),
            start=listed.talk.start.astimezone(clocks).isoformat(),
            end=listed.talk.end.astimezone(clocks).isoformat(),
            is_over=is_over,
            is_off=listed.telling.off,
        )

    def inspect(self, listed: Listed, places: Iterable[tuple[str, str]]) -> None:
        """Looks for what is private in words that are named. Raises LeakError."""
        if not listed.private:
            return
        named = list(places)
        # A page has many words of its own, among which a common name is found: here the whole name counts.
        for private in sorted(secret for secret in listed.private if not secret.is_name):
            leaks = leaks_in(named, [private.value])
            if leaks:
                raise LeakError(leak_problem(private.path or "announcer.yaml", leaks, private.field))


def photo_file(picture: Picture) -> str:
    """Where a picture is: named by its bytes."""
    return f"photos/{picture.cid.partition('@')[0]}.jpg"


def files_digest(listed: Listed, records: Records, root: Path, *, of_all: str, is_over: bool) -> str:
    """What a talk's files are made of, in one word: the same word, the same files."""
    talk = listed.talk
    photos = [_state(root / speaker.photo.path) for speaker in talk.speakers if speaker.photo]
    facts = (
        repr(talk),
        repr(listed.telling),
        repr(listed.announced),
        sorted(listed.private),
        listed.name,
        photos,
        records.entries is None,
        is_over,
    )
    return hashlib.sha256(f"{of_all}\0{facts}".encode()).hexdigest()[:32]


def _state(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _places(files: Mapping[str, bytes], pieces: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Each file's words, as somebody could read them."""
    for name, content in files.items():
        if name.endswith(".html"):
            page = content.decode()
            yield name, f"{name} {visible_text(page)}"
        elif name.endswith(".ics"):
            yield name, f"{name} {calendar_words(content.decode())}"
    for name in ("row", "brief"):
        yield "index.html", visible_text(str(pieces[name]))
    if "data" in pieces:
        yield "talks.json", " ".join(_strings(pieces["data"]))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
