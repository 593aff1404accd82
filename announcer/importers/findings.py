"""What is found of one talk, value by value: cleaned, without placeholders and without private things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from announcer.domain.clock import instant, zone
from announcer.domain.plain import Plain
from announcer.domain.spelling import in_form
from announcer.importers.contract import Draft, How, Remark
from announcer.importers.hypertext import is_html, tidied, to_line, to_markdown, unescaped
from announcer.importers.meetings import MEETING, extracted, without_meeting
from announcer.importers.people import Person, person
from announcer.importers.placeholders import is_placeholder

PROSE = frozenset(("abstract", "notes", "speaker.bio", "location.directions", "accessibility", "parking"))
_NAME_AND_ADDRESS = re.compile(
    r"(?P<name>[^<>()@]*[^<>()@\s])\s*[<(](?:mailto:)?(?P<email>[^<>()\s]+@[^<>()\s]+)[>)]"
)
LONGEST_LINE = 200
LONGEST_PROSE = 20_000
LONGEST_TALK = timedelta(hours=12)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
MOVED = "a meeting's link, id or passcode was moved to `online`, which internal lists alone see"


class Findings:
    """A draft in the making."""

    def __init__(self) -> None:
        self.values: dict[str, Plain] = {}
        self.origins: dict[str, str] = {}
        self.remarks: list[Remark] = []
        self.skip: Remark | None = None
        self.day: date | None = None
        self.at: time | None = None
        self.length: timedelta | None = None
        self._people: list[Person] = []
        self._nested: dict[str, dict[str, str]] = {}

    def put(self, field: str, value: object, origin: str) -> None:
        """Keeps a value of a field, `location.building` for one within; the first one that says anything."""
        text = _prose(str(value)) if field in PROSE else to_line(_cleaned(str(value)))
        if value is None or is_placeholder(text):
            return
        text = self.public_part(text, field, origin)
        if not text:
            return
        if field in PROSE and len(text) > LONGEST_PROSE:
            self.say("cut", f"the {field} from {origin} has {len(text)} characters and was cut")
            text = text[:LONGEST_PROSE].rsplit(" ", 1)[0] + " …"
        if field not in PROSE and len(text) > LONGEST_LINE and not text.startswith("http"):
            self.say("too-long", f"what {origin} has is too long for a {field}, and went into the notes")
            field = "notes"
        self._keep(field, text, origin)

    def link(self, label: str, url: str, origin: str) -> None:
        """Adds a link with its label; one into a meeting is private, and what is no address is a note."""
        if MEETING.match(url):
            self._online({"url": url}, origin)
        elif re.fullmatch(r"https?://\S+", url):
            known = self.values.get("links")
            links = list(known) if isinstance(known, list) else []
            self.values["links"] = [*links, {"label": " ".join(label.split()) or url, "url": url}]
            self.origins.setdefault("links", origin)
        elif url:
            self.put("notes", f"{label}: {url}", origin)

    def host(self, text: str, origin: str) -> None:
        """Who invited the speaker; an address beside the name goes into the notes."""
        match = _NAME_AND_ADDRESS.fullmatch(text.strip())
        self.put("host", match["name"] if match else text, origin)
        if match:
            self.put("notes", f"The host's address: {match['email']}", origin)

    def speaker(self, value: object, origin: str, **more: object) -> None:
        """Adds a speaker, written in one line, and what else the source says of them."""
        text = to_line(_cleaned(str(value or "")))
        if is_placeholder(text):
            return
        details = {
            name: _prose(str(detail)) if name == "bio" else to_line(_cleaned(str(detail)))
            for name, detail in more.items()
            if detail is not None
        }
        speaker = person(
            text, {name: detail for name, detail in details.items() if not is_placeholder(detail)}
        )
        if all(speaker.name != known.name for known in self._people):
            self._people.append(speaker)
            self.origins.setdefault("speaker", origin)

    def amend_speaker(self, more: Mapping[str, str], origin: str) -> None:
        """Gives the one speaker what stands elsewhere; what is known already stays. Where there are
        several, or none, it goes into the notes."""
        if not more:
            return
        if len(self._people) != 1:
            self.put("notes", "\n".join(f"{name.capitalize()}: {more[name]}" for name in more), origin)
            if self._people and "affiliation" in more:
                text = "there are several speakers and one affiliation: it went into the notes"
                self.say("whose-affiliation", text)
            return
        known = self._people[0]
        self._people.clear()
        self.speaker(known.name, self.origins.get("speaker", ""), **{**more, **known.more})

    def starts(self, moment: datetime, home: str, ends: datetime | None = None) -> None:
        """When it begins, as an instant, and perhaps ends."""
        local = moment.astimezone(zone(home))
        self.day, self.at = local.date(), local.time().replace(second=0, microsecond=0, tzinfo=None)
        if ends is not None and ends > moment:
            self.lasts(ends - moment)

    def shows(self, day: date | None, at: time | None, how: How) -> None:
        """When it begins, as the clocks of the source's zone show it; without a time the day stands."""
        self.day, self.at = day, at
        if day is not None and at is not None and how.zone != how.department_zone:
            self.starts(instant(day, at, zone(how.zone)), how.department_zone)

    def lasts(self, length: timedelta) -> None:
        """How long it takes; what takes half a day is no talk's length."""
        if timedelta() < length <= LONGEST_TALK:
            self.length = timedelta(minutes=round(length.total_seconds() / 60))
        elif length > LONGEST_TALK:
            self.say("long", "the source says that it takes more than twelve hours: its end was left out")

    def say(self, code: str, text: str) -> None:
        """What a person should know; once."""
        remark = Remark(code=code, text=text)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def leave(self, code: str, text: str) -> None:
        """Why no talk is made of it; the first reason counts."""
        self.skip = self.skip or Remark(code=code, text=text)

    def has(self, field: str) -> bool:
        """Whether a field is known; `speaker` for any."""
        return bool(self._people) if field == "speaker" else field in self.values or field in self._nested

    @property
    def speakers(self) -> tuple[Person, ...]:
        """Those who are known."""
        return tuple(self._people)

    def draft(
        self,
        *,
        uid: str | None = None,
        address: str | None = None,
        line: str | None = None,
        cancelled: bool = False,
        series: str | None = None,
        categories: Iterable[str] = (),
    ) -> Draft:
        """The draft."""
        values = dict(self.values)
        people = [speaker.written() for speaker in self._people]
        if len(people) == 1:
            values["speaker"] = people[0]
        elif people:
            values["speakers"] = people
            self.origins["speakers"] = self.origins.pop("speaker")
        for field, inner in self._nested.items():
            only = {"location": "room", "host": "name", "refreshments": "what"}.get(field)
            values[field] = inner[only] if only and list(inner) == [only] else inner
        return Draft(
            uid=uid,
            address=address,
            day=self.day,
            at=self.at,
            length=self.length,
            line=line,
            values=values,
            origins=self.origins,
            remarks=tuple(self.remarks),
            skip=self.skip,
            cancelled=cancelled,
            series=to_line(series) if series else None,
            categories=tuple(to_line(category) for category in categories if category),
        )

    def _keep(self, field: str, text: str, origin: str) -> None:
        top, _, inner = field.partition(".")
        if not inner and top in ("location", "host", "refreshments"):
            inner = {"location": "room", "host": "name", "refreshments": "what"}[top]
        if inner:
            self._nested.setdefault(top, {}).setdefault(inner, text)
        elif top in self.values and top == "notes":
            self.values[top] = f"{self.values[top]}\n\n{text}"
        else:
            self.values.setdefault(top, text)
        self.origins.setdefault(top, origin)

    def public_part(self, text: str, field: str, origin: str) -> str:
        """The text without the meeting in it, which is put to `online`."""
        if field.startswith("online."):
            return text
        if field == "url" and MEETING.match(text):
            self._online({"url": text}, origin)
            return ""
        extraction = extracted(text)
        if extraction.leftover:
            self.leave(
                "passcode-unplaced",
                f"what looks like a passcode stands in {origin} and cannot be told from the text around it",
            )
        if extraction.online:
            self._online(extraction.online, origin)
            if field not in PROSE and not extraction.text and "\n" not in text:
                return without_meeting(text)
        return extraction.text

    def _online(self, online: dict[str, str], origin: str) -> None:
        known = self._nested.setdefault("online", {})
        for name, value in online.items():
            if name == "passcode" and known.get(name, value) != value:
                self.leave("passcode-unplaced", "the source has two passcodes for one meeting")
            known.setdefault(name, value)
        self.origins.setdefault("online", origin)
        self.say("moved-to-online", MOVED)


def _cleaned(text: str) -> str:
    return in_form(_UNSEEN.sub("", text))


def _prose(text: str) -> str:
    text = _cleaned(text)
    return to_markdown(text) if is_html(text) else tidied(unescaped(text))


def first(values: Iterable[object]) -> str | None:
    """The first that says anything."""
    return next((text for text in (str(value or "").strip() for value in values) if text), None)
