"""The JSON of other programs, as each writes it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from announcer.importers.contract import Given, SourceFaultError
from announcer.importers.detecting import detected
from tests.importers.conftest import HOW, only, reading

INDICO = {
    "results": [
        {
            "id": "12",
            "title": "On codes",
            "description": "<p>We study <b>codes</b>.</p>",
            "startDate": {"date": "2026-12-02", "time": "16:00:00", "tz": "Europe/Zurich"},
            "endDate": {"date": "2026-12-02", "time": "17:30:00", "tz": "Europe/Zurich"},
            "timezone": "America/Chicago",
            "type": "simple_event",
            "room": "4-3-006",
            "location": "Example Site",
            "address": "No location set",
            "url": "https://indico.example.edu/event/12/",
            "chairs": [
                {
                    "fullName": "Dr. Example, Ada",
                    "first_name": "Ada",
                    "last_name": "Example",
                    "affiliation": "EXU",
                }
            ],
            "label": {"title": "Cancelled", "is_event_not_happening": True, "message": ""},
        },
        {
            "id": "13",
            "title": "A workshop",
            "startDate": {"date": "2026-12-03", "time": "09:00:00", "tz": "Europe/Zurich"},
            "type": "meeting",
            "contributions": [
                {
                    "id": "1",
                    "title": "On noise",
                    "startDate": {"date": "2026-12-03", "time": "10:00:00", "tz": "Europe/Zurich"},
                    "duration": 45,
                    "speakers": [{"fullName": "Sample, Bob", "affiliation": ""}],
                }
            ],
        },
    ]
}


def test_indico_has_lectures_and_contributions() -> None:
    """Its clock is the zone that stands beside it, and a label says that it is off."""
    lecture, contribution = reading(json.dumps(INDICO)).drafts
    assert (lecture.day, lecture.at, lecture.length) == (date(2026, 12, 2), time(9), timedelta(minutes=90))
    assert lecture.values == {
        "title": "On codes",
        "abstract": "We study **codes**.",
        "location": {"room": "4-3-006", "building": "Example Site"},
        "url": "https://indico.example.edu/event/12/",
        "speaker": {"name": "Ada Example", "affiliation": "EXU"},
    }
    assert (lecture.cancelled, contribution.uid) == (True, "13.1")
    assert contribution.values == {"title": "On noise", "speaker": "Bob Sample"}
    assert (contribution.at, contribution.length) == (time(3), timedelta(minutes=45))


def test_researchseminars_knows_its_zone_and_gives_addresses() -> None:
    """A name may be a link; an address is private, and a hidden talk none."""
    talk: dict[str, Any] = {
        "seminar_id": "EXNT",
        "seminar_ctr": 7,
        "title": "TBA",
        "abstract": "We study $\\zeta(s)$.\n\nAt length.",
        "speaker": '<a href="https://example.edu/~ada">Ada Example</a>',
        "speaker_affiliation": "Example University",
        "speaker_homepage": "",
        "speaker_email": "ada@example.edu",
        "start_time": "2026-12-02T22:00:00+00:00",
        "end_time": "2026-12-02T23:00:00+00:00",
        "timezone": "America/New_York",
        "room": "Room 3",
        "slides_link": "https://example.edu/slides.pdf",
        "deleted": False,
        "display": True,
    }
    draft, hidden = reading(
        json.dumps({"talks": [talk, {**talk, "seminar_ctr": 8, "display": False}]})
    ).drafts
    assert (draft.uid, draft.day, draft.at) == ("EXNT/7", date(2026, 12, 2), time(16))
    assert draft.values == {
        "abstract": "We study $\\zeta(s)$.\n\nAt length.",
        "location": "Room 3",
        "links": [{"label": "Slides", "url": "https://example.edu/slides.pdf"}],
        "speaker": {
            "name": "Ada Example",
            "affiliation": "Example University",
            "url": "https://example.edu/~ada",
            "email": "ada@example.edu",
        },
    }
    assert hidden.skip is not None


def test_pretalx_has_rooms_within_days() -> None:
    """A length of hours and minutes, and several persons."""
    talk = {
        "guid": "8a1e",
        "code": "ABC",
        "date": "2026-12-02T16:00:00-06:00",
        "duration": "00:45",
        "title": "On codes",
        "abstract": "We study codes.",
        "description": "At length.",
        "persons": [{"name": "Ada Example", "biography": "Ada is."}, {"public_name": "Bob Sample"}],
        "url": "https://pretalx.example.edu/x/talk/ABC/",
        "do_not_record": True,
    }
    schedule = {"schedule": {"conference": {"days": [{"rooms": {"Hall 3": [talk], "Hall 4": None}}]}}}
    draft = only(reading(json.dumps(schedule)))
    assert (draft.uid, draft.at, draft.length) == ("8a1e", time(16), timedelta(minutes=45))
    assert draft.values["speakers"] == [{"name": "Ada Example", "bio": "Ada is."}, "Bob Sample"]
    assert draft.values["recording"] == "no"
    assert draft.values["abstract"] == "We study codes.\n\nAt length."


LOCALIST = {
    "events": [
        {
            "event": {
                "id": 5,
                "title": "Ada Example: On codes",
                "description": "<p>We study codes.</p>",
                "location_name": "Example Hall",
                "room_number": "3",
                "localist_url": "https://events.example.edu/event/codes",
                "status": "live",
                "private": False,
                "filters": {"event_audience": [{"name": "Faculty and staff"}]},
                "custom_fields": {"sponsor": "The Example Fund", "speaker_affiliation": "Example University"},
                "event_instances": [
                    {"event_instance": {"id": 51, "start": "2026-12-02T16:00:00-06:00", "end": None}},
                    {"event_instance": {"id": 52, "start": "2026-12-03T00:00:00-06:00", "all_day": True}},
                ],
            }
        }
    ],
    "page": {"current": 1, "size": 10, "total": 3},
}


def test_localist_has_pages_and_instances() -> None:
    """An end may be missing, an instance all day long, and an audience internal."""
    given = Given(
        data=json.dumps(LOCALIST).encode(), address="https://events.example.edu/api/2/events?pp=10&page=1"
    )
    contents = detected(given).read(given, HOW)
    assert contents.following == "https://events.example.edu/api/2/events?pp=10&page=2"
    first, second = contents.drafts
    assert (first.uid, first.line, first.at, first.length) == (
        "5#51",
        "Ada Example: On codes",
        time(16),
        None,
    )
    assert first.values == {
        "abstract": "We study codes.",
        "location": {"room": "3", "building": "Example Hall"},
        "url": "https://events.example.edu/event/codes",
        "sponsor": "The Example Fund",
        "notes": "Affiliation: Example University",
    }
    assert [remark.code for remark in first.remarks] == ["audience"]
    assert second.skip is not None
    how = replace(HOW, summary="{speaker}: {title}")
    assert detected(given).read(given, how).drafts[0].values["speaker"] == {
        "name": "Ada Example",
        "affiliation": "Example University",
    }


@pytest.mark.parametrize("named", ["America/Chicago", "UTC+0"])
def test_the_events_calendar_may_call_local_times_utc(named: str) -> None:
    """A site left at UTC+0 has the department's times; titles have entities."""
    event = {
        "id": 9,
        "title": "Ada&#8217;s codes &amp; more",
        "description": "<p>Speaker: Ada Example</p><p>We study codes.</p>",
        "start_date": "2026-12-02 16:00:00",
        "end_date": "2026-12-02 17:00:00",
        "utc_start_date": "2026-12-02 16:00:00",
        "timezone": named,
        "venue": {"venue": "Hall 3", "address": "1 Example Street"},
        "url": "https://example.edu/event/codes/",
        "status": "publish",
    }
    contents = reading(
        json.dumps({"events": [event], "next_rest_url": "https://example.edu/p2"}), summary="title"
    )
    assert contents.following == "https://example.edu/p2"
    draft = only(contents)
    assert (draft.day, draft.at) == (date(2026, 12, 2), time(16))
    assert (draft.values["title"], draft.values["speaker"]) == ("Ada’s codes & more", "Ada Example")
    assert draft.values["location"] == {"room": "Hall 3", "address": "1 Example Street"}


def test_oxtalks_skips_what_is_for_members() -> None:
    """And what is cancelled there says so."""
    talk: dict[str, Any] = {
        "slug": "abc",
        "title_display": "On codes",
        "description": "We study codes.",
        "start": "2026-12-02T22:00:00Z",
        "end": "2026-12-02T23:00:00Z",
        "status": "cancelled",
        "timezone": "GMT+1:00:00",
        "audience": "Public",
        "series": {"title": "Physics Colloquium", "slug": "pc"},
        "location_summary": "Hall 3",
        "organiser_email": "org@example.edu",
        "_embedded": {"speakers": [{"name": "Ada Example", "bio": "Example University"}]},
    }
    both = {
        "_embedded": {"talks": [talk, {**talk, "slug": "b", "audience": "Members of the University only"}]}
    }
    draft, hidden = reading(json.dumps(both)).drafts
    assert (draft.uid, draft.at, draft.cancelled, draft.series) == (
        "abc",
        time(16),
        True,
        "Physics Colloquium",
    )
    assert draft.values["speaker"] == {"name": "Ada Example", "affiliation": "Example University"}
    assert "org@example.edu" not in json.dumps(draft.values)
    assert hidden.skip is not None


def test_json_of_no_known_program_is_named_so() -> None:
    """Rather than read as a text."""
    with pytest.raises(SourceFaultError) as error:
        reading('{"items": [{"kind": "calendar#event"}]}')
    assert error.value.code == "unknown-source"


@pytest.mark.parametrize("value", [INDICO, LOCALIST])
def test_a_document_with_anything_missing_is_still_read(value: dict[str, Any]) -> None:
    """No key is relied on but those by which it is known."""
    name = next(iter(value))
    for key in list(value[name][0].get("event", value[name][0])):
        bare = json.loads(json.dumps(value))
        target = bare[name][0].get("event", bare[name][0])
        if key in ("event_instances", "startDate", "title"):
            continue
        target[key] = None
        assert reading(json.dumps(bare)).drafts
