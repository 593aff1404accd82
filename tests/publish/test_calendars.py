"""Calendar feeds: the mails' entries, to subscribe to, as other programs read them."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject

from tests.message.programs import node_file, program
from tests.publish.conftest import NOW, Site

READER = Path(__file__).parents[1] / "read_calendar.mjs"
TALK = "date: 2026-12-02\ntitle: On {what}\nspeaker: {{name: Ada Example, affiliation: Sample College}}\n"
OWN = re.compile(r"(LAST-MODIFIED:\S*|METHOD:\S*)\n")


def entries(calendar: str) -> list[str]:
    """Each entry, unfolded, without what is the feed's or the mail's own."""
    unfolded = calendar.replace("\r\n ", "").replace("\r\n", "\n")
    return [OWN.sub("", entry) for entry in re.findall(r"BEGIN:VEVENT\n.*?END:VEVENT", unfolded, re.S)]


def facts(calendar: str) -> list[dict[str, Any]]:
    """What vobject reads in it."""
    return [
        {
            "uid": event.uid.value,
            "sequence": int(event.sequence.value),
            "status": event.status.value,
            "start": event.dtstart.value,
            "stamp": event.dtstamp.value,
            "summary": event.summary.value,
            "location": event.location.value,
        }
        for event in vobject.readOne(calendar).vevent_list
    ]


def test_the_feed_follows_the_mails(site: Site) -> None:
    """Announced, moved, cancelled, on again: after each mail the feed's entry is the mail's, but for METHOD,
    LAST-MODIFIED and the word before the title of what is off; SEQUENCE rises as there."""
    site.talk("2026-ada", TALK.format(what="tops"))
    story = [
        ("2026-11-25 09:00", "", "CONFIRMED", 0),
        ("2026-11-26 12:00", "location: Crow 305\ntime: 5:00 pm\n", "CONFIRMED", 1),
        ("2026-11-27 12:00", "location: Crow 305\ntime: 5:00 pm\nstatus: cancelled\n", "CANCELLED", 2),
        ("2026-11-28 12:00", "location: Crow 305\ntime: 5:00 pm\n", "CONFIRMED", 3),
    ]
    for moment, change, status, sequence in story:
        if change:
            edited = datetime.fromisoformat(f"{moment.split()[0]}T06:00:00+00:00")
            site.talk("2026-ada", TALK.format(what="tops") + change, at=edited)
        site.tell(moment)
        site.publish(moment)
        mailed, feed = site.mailed("everybody")[-1], site.read("colloquium.ics")
        assert entries(feed.replace("SUMMARY:CANCELLED: ", "SUMMARY:")) == entries(mailed)
        [event] = facts(feed)
        assert (event["status"], event["sequence"]) == (status, sequence)
        assert event["summary"].startswith("CANCELLED: ") == (status == "CANCELLED")
        assert facts(site.read("talks/2026-ada.ics")) == [event]
        assert f"LAST-MODIFIED:{event['stamp']:%Y%m%dT%H%M%SZ}" in feed
        assert "METHOD" not in feed


def test_a_change_that_was_not_told_has_the_sequence_that_its_mail_will_have(site: Site) -> None:
    """The feed is ahead of the mail, and the mail then says the same."""
    site.talk("2026-ada", TALK.format(what="tops"))
    site.tell("2026-11-25 09:00")
    site.talk(
        "2026-ada",
        TALK.format(what="tops") + "location: Crow 305\n",
        at=datetime(2026, 11, 26, 6, tzinfo=UTC),
    )
    site.publish("2026-11-26 00:05")
    before = site.read("colloquium.ics")
    site.tell("2026-11-26 12:00")
    site.publish("2026-11-26 12:05")
    assert entries(before) == entries(site.mailed("everybody")[-1])
    assert site.read("colloquium.ics") == before


def test_a_talk_never_told_of_has_its_first_due_time(site: Site) -> None:
    """SEQUENCE 0 and the DTSTAMP that the announcement will have."""
    site.talk("2026-ada", TALK.format(what="tops"))
    site.tell("2026-11-20 09:00")
    site.publish("2026-11-20 09:00")
    before = site.read("colloquium.ics")
    assert facts(before)[0]["stamp"] == datetime(2026, 11, 25, tzinfo=UTC)
    site.tell("2026-11-25 09:00")
    assert entries(before) == entries(site.mailed("everybody")[0])


def test_a_cancelled_talk_stays_until_its_day_is_over(site: Site) -> None:
    """Struck, with the day that was told; gone from the feed it would only vanish."""
    site.talk("2026-ada", TALK.format(what="tops"))
    site.tell("2026-11-25 09:00")
    site.talk("2026-ada", TALK.format(what="tops").replace("12-02", "12-09") + "status: cancelled\n")
    site.tell("2026-11-26 09:00")
    site.publish("2026-12-02 23:00")
    assert "STATUS:CANCELLED" in site.read("all.ics")
    assert "DTSTART:20261202T220000Z" in site.read("all.ics")
    site.publish("2026-12-03 00:30")
    assert "VEVENT" not in site.read("all.ics")
    assert "will not take place" in site.read("talks/2026-ada.html")


def test_a_broken_file_takes_no_talk_out_of_a_calendar(site: Site) -> None:
    """It stays as it was told, and its page as it was, until the file is right again."""
    site.talk("2026-ada", TALK.format(what="tops"))
    site.tell("2026-11-25 09:00")
    site.publish(NOW)
    page, calendar = site.read("talks/2026-ada.html"), site.read("talks/2026-ada.ics")
    [event] = entries(site.read("colloquium.ics"))
    site.talk("2026-ada", "date: Wednesday\ntitle: On tops\n")
    site.publish(NOW)
    [kept] = entries(site.read("colloquium.ics"))
    identity = re.compile(r"^(UID|SEQUENCE|DTSTAMP|DTSTART|DTEND|STATUS|SUMMARY).*$", re.M)
    assert [match[0] for match in identity.finditer(kept)] == [
        match[0].replace(" (Sample College)", "") for match in identity.finditer(event)
    ]
    assert (site.read("talks/2026-ada.html"), site.read("talks/2026-ada.ics")) == (page, calendar)


def test_a_broken_file_takes_no_picture_from_its_page(full: Site) -> None:
    """What a page shows stays as long as the page."""
    full.publish(NOW)
    pictures = {name for name in full.files() if name.startswith("photos/")}
    full.talk("2026-ada", "date: Wednesday\n")
    full.publish(NOW)
    assert {name for name in full.files() if name.startswith("photos/")} == pictures != set()


def test_a_feed_says_what_it_is_and_when_to_look_again(full: Site) -> None:
    """PRODID and VERSION first, a name and a color, hourly for Apple and Outlook, its own address; CRLF and
    at most 75 octets a line, cut between characters."""
    text = full.path / "talks/colloquium/2026-ada.yaml"
    title = "title: " + "𝔸ä" * 40
    full.talk("2026-ada", re.sub("^title: .*$", title, text.read_text(encoding="utf-8"), flags=re.M))
    full.publish(NOW)
    for name in ("colloquium.ics", "all.ics", "talks/2026-ada.ics"):
        data = (full.out / name).read_bytes()
        lines = data.split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR"
        assert {line.split(b":")[0] for line in lines[1:3]} == {b"PRODID", b"VERSION"}
        assert lines[-1] == b""
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= 75
        for line in lines:
            line.decode()
        assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in data
        assert b"X-PUBLISHED-TTL:PT1H\r\n" in data
        assert b"TZID" not in data
    feed = full.read("colloquium.ics")
    assert "\r\nNAME:Physics Colloquium\r\nX-WR-CALNAME:Physics Colloquium\r\n" in feed
    assert "SOURCE;VALUE=URI:https://physics.example.edu/talks/colloquium.ics" in feed
    assert "\r\nCOLOR:midnightblue\r\n" in feed
    assert facts(full.read("talks/2026-ada.ics"))[0]["summary"].endswith("𝔸ä" * 40)


def test_series_have_their_own_feeds_and_all_is_in_one(full: Site) -> None:
    """Each talk is in its series' feed and in that of all."""
    full.publish(NOW)
    names = {
        feed: [event["uid"] for event in facts(full.read(f"{feed}.ics"))]
        for feed in ("colloquium", "seminar", "all")
    }
    assert names["seminar"] == ["2026-ice@physics.example.edu"]
    assert sorted(names["all"]) == sorted(names["colloquium"] + names["seminar"])


def test_ical_js_reads_what_vobject_reads(full: Site) -> None:
    """Two readers who know nothing of each other see the same entries."""
    node = program("node", "apt-get install nodejs")
    node_file("ical.js/package.json")
    full.publish(NOW)
    for name in ("all.ics", "colloquium.ics", "talks/2026-ada.ics"):
        calendar = full.read(name)
        done = subprocess.run([node, str(READER)], input=calendar, capture_output=True, text=True, check=True)
        read = json.loads(done.stdout)["events"]
        assert [
            (
                *(event["uid"], int(event["sequence"]), event["status"]),
                *(event["start"], event["stamp"], event["summary"], event["location"]),
            )
            for event in read
        ] == [
            (
                *(event["uid"], event["sequence"], event["status"]),
                *(f"{event[moment]:%Y-%m-%dT%H:%M:%S.000Z}" for moment in ("start", "stamp")),
                *(event["summary"], event["location"]),
            )
            for event in facts(calendar)
        ]


@pytest.mark.parametrize("key", ["all", "index"])
def test_a_series_may_be_called_what_a_file_is_called(site: Site, key: str) -> None:
    """Its feed then has another name than that of all talks."""
    config = (site.path / "announcer.yaml").read_text(encoding="utf-8")
    site.write("announcer.yaml", config.replace("  seminar:", f"  {key}:"))
    site.write(f"talks/{key}/2026-ice.yaml", "date: 2026-12-04\ntitle: Spin ice\nspeaker: Åsa Prov\n")
    site.talk("2026-ada", TALK.format(what="tops"))
    site.tell("2026-11-20 09:00")
    site.publish(NOW)
    assert len(facts(site.read("all.ics"))) == 2
    assert len(facts(site.read("all-series.ics" if key == "all" else "index.ics"))) == 1
