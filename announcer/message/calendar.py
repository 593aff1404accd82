"""The iCalendar object of a message (RFC 5545, RFC 5546): talks as entries that a list may keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from announcer import __version__
from announcer.domain.department import Department
from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import CalendarEffect
from announcer.domain.snapshot import Snapshot
from announcer.domain.talk import Kind, Status
from announcer.languages.words import ENGLISH, N_, Words
from announcer.message.views import LabelledLink, TalkView
from announcer.text.prose import NO_BREAK

if TYPE_CHECKING:
    from icalendar import Event

_GOOGLE = "https://calendar.google.com/calendar/render"
_OUTLOOK = "https://outlook.office.com/calendar/0/deeplink/compose"
_STATUS = {Status.TENTATIVE: "TENTATIVE", Status.CANCELLED: "CANCELLED", Status.POSTPONED: "CANCELLED"}


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarPart:
    """A calendar object and the method that its MIME part must name too (RFC 6047 2.4)."""

    data: bytes
    method: str
    filename: str


def calendar(
    group: AudienceGroup, talks: tuple[TalkView, ...], department: Department, words: Words
) -> CalendarPart | None:
    """The entries of a group's talks: PUBLISH, or CANCEL where its one talk is off (RFC 5546 3.2.1 and
    3.2.5); None where there is no talk to keep."""
    from icalendar import Calendar

    if group.occasion.row.calendar is CalendarEffect.NONE:
        return None
    announced = [
        (talk, view, snapshot)
        for talk, view, snapshot in zip(group.talks, talks, group.snapshots, strict=True)
        if talk.kind is Kind.TALK
    ]
    if not announced:
        return None
    off = all(snapshot.off for _, _, snapshot in announced)
    method = "CANCEL" if off else "PUBLISH"
    made = Calendar()
    made.add("prodid", f"-//announcer//announcer {__version__}//EN")
    made.add("version", "2.0")
    made.add("method", method)
    for _, view, snapshot in announced:
        made.add_component(entry(view, snapshot, department, group.due, words))
    filename = "talks.ics" if group.days is not None else "talk.ics"
    return CalendarPart(data=made.to_ical(), method=method, filename=filename)


def entry(talk: TalkView, announced: Snapshot, department: Department, due: datetime, words: Words) -> Event:
    """One talk's entry, with the identity that its snapshot gives it."""
    from icalendar import Event, vCalAddress, vUri

    event = Event()
    event.add("uid", announced.uid)
    event.add("sequence", announced.sequence)
    midnight = datetime.combine(due.astimezone(UTC).date(), time(), UTC)
    event.add("dtstamp", announced.dtstamp or midnight)
    event.add("dtstart", announced.start)
    event.add("dtend", announced.end)
    event.add("status", _STATUS.get(announced.status, "CONFIRMED"))
    event.add("summary", summary(talk), {"LANGUAGE": words.tag} if words.language != ENGLISH else {})
    location = talk.place.label if talk.place else (talk.online.url if talk.online else None)
    if talk.place and talk.place.address:
        location = f"{location}, {talk.place.address}" if location else talk.place.address
    if location:
        event.add("location", location)
    event.add("description", description(talk, words))
    event.add("categories", [talk.series])
    if talk.url:
        event["url"] = vUri(talk.url)
    human = department.reply_to or department.sender
    organizer = vCalAddress(f"mailto:{human.address}")
    organizer.params["CN"] = department.sender.name or department.organization
    event["organizer"] = organizer
    return event


def summary(talk: TalkView) -> str:
    """An entry's title: `Blake Bordelon (Harvard): A Physics Approach to Deep Learning Theory`."""
    parts = [talk.who, str(talk.title)] if talk.title else [talk.series, talk.who]
    return ": ".join(part for part in parts if part)


def description(talk: TalkView, words: Words) -> str:
    """An entry's details, as plain text."""
    blocks = [talk.series]
    if talk.notice:
        blocks.append(str(talk.notice))
    blocks.append(
        "\n".join(
            f"{speaker.name}, {speaker.affiliation}" if speaker.affiliation else speaker.name
            for speaker in talk.speakers
        )
    )
    if talk.online:
        link = talk.online
        facts = ((N_("Join"), link.url), (N_("Meeting ID"), link.meeting_id), (N_("Passcode"), link.passcode))
        lines = [_line(words, name, value) for name, value in facts if value]
        blocks.append("\n".join(lines + ([str(link.note)] if link.note else [])))
    if talk.place and talk.place.directions:
        blocks.append(str(talk.place.directions))
    if talk.url:  # some calendars show no URL property
        blocks.append(_line(words, "Event page", talk.url))
    if talk.abstract:
        blocks.append(str(talk.abstract))
    return "\n\n".join(block for block in blocks if block).replace(NO_BREAK, " ")


def _line(words: Words, label: str, value: str) -> str:
    return f"{words.gettext('%(label)s:') % {'label': words.gettext(label)}} {value}"


def web_calendars(talk: TalkView, start: datetime, end: datetime) -> tuple[LabelledLink, ...]:
    """Google's and Outlook's link for a talk. Each leaves an entry that no cancellation takes out again."""
    title, place, page = summary(talk), talk.place.label if talk.place else "", talk.url or ""
    google = {
        "action": "TEMPLATE",
        "text": title,
        "dates": f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}/{end.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        "location": place,
        "details": page,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": f"{start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{end.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "location": place,
        "body": page,
    }
    return (
        LabelledLink(label="Google Calendar", url=_address(_GOOGLE, google)),
        LabelledLink(label="Outlook", url=_address(_OUTLOOK, outlook)),
    )


def _address(base: str, query: dict[str, str]) -> str:
    return f"{base}?{urlencode({name: value for name, value in query.items() if value}, quote_via=quote)}"
