"""The news feed, talks.json and what search engines read: each valid, each saying what was told or is so."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import feedparser
import jsonschema
import pytest

from tests.publish.conftest import HIDDEN, NOW, Site

TALK = "date: 2026-12-02\ntitle: On tops\nspeaker: {name: Ada Example, affiliation: Sample College}\n"
HOSTILE = 'title: "A </script> ]]> & \\x0b <b> & \U0001f9d1‍\U0001f680 end"\n'


def structured(site: Site, name: str) -> dict[str, Any]:
    """The JSON-LD of a talk's page."""
    match = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', site.read(f"talks/{name}.html"), re.S
    )
    assert match
    read: dict[str, Any] = json.loads(match[1])
    return read


def news(site: Site) -> list[Any]:
    """The feed's entries, as feedparser reads them."""
    read = feedparser.parse((site.out / "feed.atom").read_bytes())
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return list(read.entries)


def test_the_news_has_what_was_told_and_when(full: Site) -> None:
    """An entry for each talk that everybody was told of: published then, its id constant, its start with an
    offset; a talk that nobody was told of is none yet."""
    full.publish(NOW)
    entries = {entry.id: entry for entry in news(full)}
    hidden = HIDDEN
    assert set(entries) == {
        f"tag:physics.example.edu,2026:{name}" for name in ("2026-ada", "2026-ice", hidden)
    }
    ada = entries["tag:physics.example.edu,2026:2026-ada"]
    assert ada.link == "https://physics.example.edu/talks/talks/2026-ada.html"
    assert ada.published == ada.updated
    assert ada.updated.startswith("2026-11-25T15:00:")
    assert ada.ev_startdate == "2026-12-02T16:00:00-06:00"
    assert "bound state" in ada.content[0].value


def test_news_changes_when_a_change_is_told_and_not_before(site: Site) -> None:
    """An edit alone is no news; once told, the entry is updated, and its title says what changed; a reminder
    of the same is no news."""
    site.talk("2026-ada", TALK)
    site.tell("2026-11-25 09:00")
    edited = datetime(2026, 11, 26, 6, tzinfo=UTC)
    site.talk("2026-ada", TALK + "location: Crow 305\n", at=edited)
    site.publish("2026-11-26 00:05")
    [before] = news(site)
    assert "Crow 305" not in str(before)
    assert before.updated.startswith("2026-11-25T15:00:")
    site.tell("2026-11-26 12:00")
    site.publish("2026-11-26 12:05")
    [after] = news(site)
    assert after.id == before.id
    assert after.published == before.published
    assert after.updated.startswith("2026-11-26T18:00:")
    assert after.title == "ROOM CHANGE: Ada Example (Sample College): On tops"
    assert "Crow 305" in after.content[0].value
    site.tell("2026-12-02 08:00")
    site.publish("2026-12-02 08:05")
    assert news(site)[0].updated == after.updated
    site.talk("2026-ada", TALK + "location: Crow 305\nstatus: cancelled\nnotice: The flight was cancelled.\n")
    site.tell("2026-12-02 09:00")
    site.publish("2026-12-02 09:05")
    assert news(site)[0].title.startswith("CANCELLED: ")
    assert "The flight was cancelled." in news(site)[0].content[0].value


def test_talks_json_is_what_its_schema_says(full: Site) -> None:
    """Every talk of the index but the week without one, as written and as read."""
    full.publish(NOW)
    talks = json.loads(full.read("talks.json"))
    jsonschema.validate(talks, json.loads(full.read("talks.schema.json")))
    assert talks["version"] == 1
    names = [talk["id"] for talk in talks["talks"]]
    assert names == ["2026-early", "2026-ada", HIDDEN, "2026-ice", "2027-perhaps"]
    ada = talks["talks"][1]
    assert ada["title"] == "Invariants of $SO(3)$ and the $H_0$ tension"
    assert ada["title_text"] == "Invariants of SO(3) and the H₀ tension"
    assert ada["start"] == "2026-12-02T16:00:00-06:00"
    assert ada["timezone"] == "America/Chicago"
    assert ada["place"]["label"] == "Crow 201, Crow Hall"
    assert ada["online"] is None
    assert ada["uid"] == "2026-ada@physics.example.edu"
    assert ada["updated"].startswith("2026-11-25T15:00:")
    assert [speaker["name"] for speaker in ada["speakers"]] == ["Ada Example", "Bo Sample"]


def test_search_engines_get_what_they_require(full: Site) -> None:
    """Name, start with offset and a place with an address; status, mode, performers, picture."""
    full.publish(NOW)
    ada = structured(full, "2026-ada")
    assert ada["@type"] == "EducationEvent"
    assert ada["name"] == "Invariants of SO(3) and the H₀ tension"
    assert ada["startDate"] == "2026-12-02T16:00:00-06:00"
    assert ada["eventStatus"] == "https://schema.org/EventScheduled"
    assert ada["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert ada["location"]["name"] == "Crow 201, Crow Hall"
    assert "1 Example Drive" in ada["location"]["address"]
    assert [performer["name"] for performer in ada["performer"]] == ["Ada Example", "Bo Sample"]
    assert ada["performer"][0]["affiliation"]["name"] == "University of Examples"
    assert ada["image"].startswith("https://physics.example.edu/talks/photos/")
    assert ada["isAccessibleForFree"] is True
    assert structured(full, "2026-ice")["location"]["address"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("status: cancelled\n", "EventCancelled"),
        ("status: postponed\n", "EventPostponed"),
        ("time: 5:00 pm\n", "EventRescheduled"),
    ],
)
def test_search_engines_hear_of_changes(site: Site, change: str, status: str) -> None:
    """A move names the start that was told before."""
    site.talk("2026-ada", TALK)
    site.tell("2026-11-25 09:00")
    site.talk("2026-ada", TALK + change)
    site.publish(NOW)
    event = structured(site, "2026-ada")
    assert event["eventStatus"] == f"https://schema.org/{status}"
    moved = status == "EventRescheduled"
    assert event.get("previousStartDate") == ("2026-12-02T16:00:00-06:00" if moved else None)
    assert event["startDate"] == f"2026-12-02T1{'7' if moved else '6'}:00:00-06:00"


def test_hostile_words_are_words_everywhere(site: Site) -> None:
    """What ends a script, a CDATA section or an XML file ends nothing here."""
    site.talk("2026-ada", TALK.replace("title: On tops\n", HOSTILE))
    site.tell("2026-11-25 09:00")
    site.publish(NOW)
    title = "A </script> ]]> & <b> & \U0001f9d1‍\U0001f680 end"
    assert structured(site, "2026-ada")["name"] == title
    assert unescape(news(site)[0].title).endswith(title)
    assert json.loads(site.read("talks.json"))["talks"][0]["title_text"] == title
    page = site.read("talks/2026-ada.html")
    assert page.count("</script>") == 1
    assert "<b>" not in page


def test_news_without_news_is_a_feed_all_the_same(site: Site) -> None:
    """A reader that subscribes before the first announcement gets no error."""
    site.publish(NOW)
    assert news(site) == []
    assert "No talks are planned" in site.read("index.html")
    assert "No talks are planned" in site.read("screen.html")
