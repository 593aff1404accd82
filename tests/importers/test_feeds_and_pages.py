"""News feeds and web pages: broken ones too, and dates that are none."""

from __future__ import annotations

from datetime import date, time

import pytest

from announcer.importers.contract import Given, SourceFaultError
from announcer.importers.detecting import detected
from tests.importers.conftest import HOW, only, reading

ITEM = """\
<item><title>Wed 02 Dec 16:00: On codes</title><link>https://talks.example.edu/talk/1</link>
<guid>https://talks.example.edu/talk/1#1700000000</guid><description>
Abstract: We study &lt;b&gt;codes&lt;/b&gt;.&lt;br&gt;
Speaker: Ada Example</description><ev:startdate>2026-12-02T16:00:00</ev:startdate>
<ev:location>Hall 3</ev:location><pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate></item>
"""
RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel>'
    f"<title>Talks</title>{ITEM}</channel></rss>"
)


def test_a_feed_with_event_fields_has_dates() -> None:
    """A start without an offset is on the department's clocks; the guid that changes is no identity."""
    draft = only(reading(RSS, summary="title"))
    assert (draft.day, draft.at, draft.uid) == (date(2026, 12, 2), time(16), None)
    assert draft.address == "https://talks.example.edu/talk/1"
    assert draft.values == {
        "title": "On codes",
        "speaker": "Ada Example",
        "abstract": "We study **codes**.",
        "location": "Hall 3",
        "url": "https://talks.example.edu/talk/1",
    }


SEED = """\
<rss version="2.0"><channel><item><title>On codes with Ada Example</title>
<link>https://physics.example.edu/events/1</link>
<description>&lt;p&gt;Ada Example (hosted by Max Sample) from Example University will be
presenting the Physics Colloquium on On codes.&lt;/p&gt;&lt;p&gt;We study codes.&lt;/p&gt;
&lt;p&gt;This lecture was made possible by
the Example Fund.&lt;/p&gt;</description>
<pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate></item></channel></rss>
"""


def test_a_feed_that_says_all_in_a_sentence_has_no_date() -> None:
    """The day of publication is none."""
    draft = only(reading(SEED))
    assert draft.values["title"] == "On codes"
    assert draft.values["speaker"] == {"name": "Ada Example", "affiliation": "Example University"}
    assert draft.values["sponsor"] == "This lecture was made possible by the Example Fund."
    assert (draft.day, draft.series) == (None, "Physics Colloquium")
    assert draft.skip is not None


def test_an_atom_feed_with_a_labelled_date() -> None:
    """The date stands in its words."""
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>tag:example.edu,2026:1</id>'
        "<title>On codes</title><link href='https://example.edu/1'/><updated>2026-11-02T09:00:00Z</updated>"
        '<content type="html">&lt;p&gt;Date: Wednesday, December 2, 2026, 4 pm&lt;/p&gt;&lt;p&gt;'
        "Speaker: Ada Example&lt;/p&gt;</content></entry></feed>"
    )
    draft = only(reading(text, summary="title"))
    assert (draft.uid, draft.day, draft.at) == ("tag:example.edu,2026:1", date(2026, 12, 2), time(16))
    assert draft.values["speaker"] == "Ada Example"


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("We study", "We&nbsp;study"),
        RSS.replace("On codes", "Codes & noise"),
        RSS.replace(' xmlns:ev="http://purl.org/rss/1.0/modules/event/"', ""),
        RSS.replace("</channel></rss>", ""),
        f"\n\n{RSS}",
        RSS.replace('version="1.0"', 'version="1.0" encoding="utf-8"').encode("cp1252"),
        RSS.replace("We study", "We <script>alert(1)</script> study"),
    ],
)
def test_a_broken_feed_is_read_as_far_as_it_goes(broken: str | bytes) -> None:
    """People see it in their readers, so it must be read here."""
    draft = only(reading(broken, summary="title"))
    assert draft.values["url"] == "https://talks.example.edu/talk/1"
    assert "script" not in str(draft.values)


def test_a_feed_of_nothing_says_so() -> None:
    """Cut off before its first entry."""
    with pytest.raises(SourceFaultError) as error:
        reading("<?xml version='1.0'?><rss version='2.0'><cha")
    assert error.value.code == "broken-feed"


PAGE = """<!DOCTYPE html><html><head><title>On codes</title>
<script type="application/ld+json">//<![CDATA[
{"@context": "https://schema.org", "@graph": [{"@type": "BreadcrumbList"}, {"@type": ["EducationEvent"],
 "name": "On codes &amp; more", "startDate": "2026-12-02T16:00:00-06:00", "endDate": "2026-12-02T17:00-06:00",
 "location": [{"@type": "Place", "name": "Hall 3", "address": {"streetAddress": "1 Example Street"}},
              {"@type": "VirtualLocation", "url": "https://example.zoom.us/j/123456789"}],
 "performer": {"@type": "Person", "name": "Ada Example", "affiliation": {"name": "Example University"}},
 "eventStatus": "https://schema.org/EventScheduled",
 "description": "We study
codes.", "url": "/events/1"}]}
//]]></script></head><body>Hello</body></html>"""


def test_a_page_that_describes_its_event_is_read() -> None:
    """JSON-LD with a raw line end, entities, several places, and a link that is private."""
    given = Given(data=PAGE.encode(), address="https://physics.example.edu/events/1?x=1")
    draft = only(detected(given).read(given, HOW))
    assert (draft.day, draft.at) == (date(2026, 12, 2), time(16))
    assert draft.values == {
        "title": "On codes & more",
        "abstract": "We study\ncodes.",
        "location": {"room": "Hall 3", "address": "1 Example Street"},
        "online": {"url": "https://example.zoom.us/j/123456789"},
        "speaker": {"name": "Ada Example", "affiliation": "Example University"},
        "url": "https://physics.example.edu/events/1",
    }


def test_a_page_without_that_is_read_by_its_words() -> None:
    """As if its text had been pasted."""
    text = (
        "<html><body><nav>Home</nav><main><h1>On codes with Ada Example</h1><p>"
        "Ada Example (hosted by Max Sample) from Example University will be presenting the "
        "Physics Colloquium on On codes.</p></main></body></html>"
    )
    draft = only(reading(text))
    assert (draft.values["title"], draft.values["host"]) == ("On codes", "Max Sample")


def test_a_page_without_a_talk_names_the_calendar_that_it_links_to() -> None:
    """The hint can be pasted."""
    text = (
        "<html><head><link rel='alternate' type='text/calendar' href='/feeds/talks.ics'></head>"
        "<body>Welcome.</body></html>"
    )
    given = Given(data=text.encode(), address="https://physics.example.edu/events")
    with pytest.raises(SourceFaultError) as error:
        detected(given).read(given, HOW)
    assert error.value.hint.endswith("announcer import https://physics.example.edu/feeds/talks.ics")
