"""Facts for search engines: schema.org's Event as JSON-LD, with what Google requires of one."""

from __future__ import annotations

from announcer.domain.department import Department
from announcer.domain.talk import Status
from announcer.message.views import TalkView
from announcer.publish.addresses import PageView
from announcer.publish.listing import Listed
from announcer.publish.site_views import words_of_site
from announcer.text.prose import one_line, shorten

_STATUS = {Status.CANCELLED: "EventCancelled", Status.POSTPONED: "EventPostponed"}
_SCHEMA = "https://schema.org/"
_SUMMARY = 300
"""Characters of a description."""


def structured(
    listed: Listed, talk: TalkView, page: PageView, department: Department, image: str | None
) -> dict[str, object]:
    """The event that a talk's page is about; `image` is the address of a speaker's picture."""
    announced = listed.announced
    status = _STATUS.get(listed.telling.status)
    moved = announced.moved_from if announced and status is None else None
    made: dict[str, object | None] = {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": str(talk.title) if talk.title else f"{talk.series}: {talk.names}".removesuffix(": "),
        "startDate": page.start,
        "endDate": page.end,
        "eventStatus": _SCHEMA + (status or ("EventRescheduled" if moved else "EventScheduled")),
        "previousStartDate": moved.astimezone(listed.talk.local_start.tzinfo).isoformat() if moved else None,
        "eventAttendanceMode": _SCHEMA + _mode(talk),
        "location": _location(talk, department),
        "performer": _performers(listed, talk),
        "organizer": _organizer(department),
        "description": shorten(one_line(talk.abstract.text), _SUMMARY) if talk.abstract else None,
        "url": page.url or talk.url,
        "image": image,
        "inLanguage": words_of_site(department).tag,
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in made.items() if value}


def _mode(talk: TalkView) -> str:
    if not talk.online:
        return "OfflineEventAttendanceMode"
    return "MixedEventAttendanceMode" if talk.place else "OnlineEventAttendanceMode"


def _location(talk: TalkView, department: Department) -> object:
    """The room and, where everybody may have it, the link."""
    places: list[object] = []
    if talk.place:
        name = talk.place.label or talk.series
        address = ", ".join(part for part in (talk.place.building, talk.place.address) if part)
        places.append(
            {"@type": "Place", "name": name, "address": address or f"{name}, {department.organization}"}
        )
    if talk.online and talk.online.url:
        places.append({"@type": "VirtualLocation", "url": talk.online.url})
    return places[0] if len(places) == 1 else places


def _performers(listed: Listed, talk: TalkView) -> list[dict[str, object]]:
    """The speakers; of a confidential talk none."""
    if listed.talk.confidential:
        return []
    performers = []
    for speaker in talk.speakers:
        person: dict[str, object] = {"@type": "Person", "name": speaker.name}
        if speaker.affiliation:
            person["affiliation"] = {"@type": "Organization", "name": speaker.affiliation}
        if speaker.url:
            person["url"] = speaker.url
        performers.append(person)
    return performers


def _organizer(department: Department) -> dict[str, object]:
    made: dict[str, object] = {"@type": "Organization", "name": department.organization}
    if department.website:
        made["url"] = department.website
    return made
