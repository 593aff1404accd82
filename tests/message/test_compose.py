"""A group becomes a message: one function, the same bytes, everything that a talk says in it."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from html import unescape

import pytest

from announcer.domain.department import MailingList, Site
from announcer.domain.occasion import Occasion
from announcer.domain.redaction import opaque
from announcer.domain.talk import Audience, Kind, Online, Place, Speaker, Status
from announcer.message import Message
from announcer.message.compose import for_test
from announcer.message.leak_check import visible_text
from tests.message.samples import SENT, composer, digest, full, group, seed, snapshot_of

OCCASIONS = {
    "announcement": lambda: group(),
    "reminder": lambda: group(occasion=Occasion.REMINDER, before=snapshot_of(seed())),
    "correction": lambda: group(
        seed(place=Place(room="Crow 305", building="Crow Hall")),
        Occasion.CORRECTION,
        before=snapshot_of(seed()),
    ),
    "cancellation": lambda: group(
        seed(status=Status.CANCELLED, notice="The flight was cancelled."),
        Occasion.CANCELLATION,
        before=snapshot_of(seed()),
    ),
    "digest": lambda: digest(seed()),
}


def parsed(message: Message) -> EmailMessage:
    """The message as Python's parser reads it."""
    made = email.message_from_bytes(message.data, policy=email.policy.default)
    assert isinstance(made, EmailMessage)
    return made


def part(message: Message, kind: str) -> str:
    """The decoded part of that content type."""
    parts = [candidate for candidate in parsed(message).walk() if candidate.get_content_type() == kind]
    assert len(parts) == 1
    return str(parts[0].get_content())


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_occasion_becomes_the_same_bytes_each_time(occasion: str) -> None:
    """Nothing but the arguments is in the bytes: two composers, one result."""
    made = OCCASIONS[occasion]()
    assert composer().compose(made, date=SENT).data == composer().compose(made, date=SENT).data


def test_only_date_depends_on_the_date() -> None:
    """A message composed at another time differs in its Date line alone."""
    lines = composer().compose(group(), date=SENT).data.split(b"\r\n")
    other = composer().compose(group(), date=datetime(2027, 1, 1, tzinfo=UTC)).data.split(b"\r\n")
    assert [a for a, b in zip(lines, other, strict=True) if a != b] == [
        b"Date: Mon, 30 Nov 2026 15:00:07 +0000"
    ]


def test_the_structure_is_mixed_of_alternatives_and_the_calendar() -> None:
    """multipart/mixed of (multipart/alternative of plain and HTML) and text/calendar."""
    kinds = [subpart.get_content_type() for subpart in parsed(composer().compose(group(), date=SENT)).walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar"]


def test_the_headers_are_these_and_no_others() -> None:
    """To is the list, Reply-To a human, and nothing that belongs to the list server is there."""
    message = parsed(composer().compose(group(), date=SENT))
    assert message.keys() == [
        "Date",
        "From",
        "To",
        "Reply-To",
        "Subject",
        "Message-ID",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
        "MIME-Version",
        "Content-Type",
        "Content-Language",
    ]
    assert message["To"] == "colloquium@lists.example.edu"
    assert message["Reply-To"] == "colloquium-committee@physics.example.edu"
    assert message["Auto-Submitted"] == "auto-generated"


def test_lines_are_ascii_within_998_octets_and_end_in_crlf() -> None:
    """RFC 5322 2.1.1 and no 8bit: whatever the talk says."""
    data = composer().compose(group(full(title="Ω" * 3000)), date=SENT).data
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998


def test_a_reminder_is_threaded_under_its_announcement() -> None:
    """In-Reply-To and References name the announcement that the group got."""
    made = group(occasion=Occasion.REMINDER, before=snapshot_of(seed()))
    message = parsed(composer().compose(made, date=SENT))
    assert (message["In-Reply-To"], message["References"]) == (made.in_reply_to, made.in_reply_to)


def test_an_announcement_answers_nothing() -> None:
    """Where the group got nothing before, there is no In-Reply-To."""
    assert parsed(composer().compose(group(), date=SENT))["In-Reply-To"] is None


def test_the_message_id_is_stable_short_and_opaque() -> None:
    """It depends on key, audience, profile and what was told; not on names of lists or on time."""
    made = group()
    message_id = composer().compose(made, date=SENT).message_id
    renamed = replace(made, lists=(replace(made.lists[0], name="renamed"),), moment=SENT, due=SENT)
    assert composer().compose(renamed, date=SENT).message_id == message_id
    assert len(message_id) <= 60
    assert "bordelon" not in message_id
    for other in (
        replace(made, audience=Audience.PUBLIC),
        replace(made, key=replace(made.key, period="2026-W50")),
        replace(made, lists=(replace(made.lists[0], server="sympa"),)),
        replace(made, announced=(snapshot_of(seed()),)),
    ):
        assert composer().compose(other, date=SENT).message_id != message_id


def test_every_field_of_a_talk_reaches_both_parts() -> None:
    """Whatever an administrator writes is read by somebody, in text and in HTML."""
    message = composer().compose(group(full()), date=SENT)
    for words in (
        "The Hubble tension: H",
        "Ada Example",
        "she/her",
        "Example Observatory",
        "Bo Sample",
        "Sample Institute for Advanced Study",
        "spectrographs",
        "Cepheids and supernovae",
        "Wednesday, December 9, 2026",
        "4:00–5:00 pm CST",
        "11:00 pm CET in Berlin",
        "7:00 am JST, Thu Dec 10 in Tokyo",
        "Crow 201, Crow Hall",
        "1 Example Drive, Example City",
        "Enter from the east side",
        "https://maps.example.edu/crow",
        "https://meet.example.edu/j/98765432100",
        "987 6543 2100",
        "xk7-quark",
        "Cameras off, please.",
        "Chris Host",
        "chris@physics.example.edu",
        "Coffee and cookies, 3:30 pm, Crow 241",
        "Lunch with students",
        "https://signup.example.edu/ada",
        "until Dec 7",
        "This lecture was made possible by the William C. Ferguson Fund.",
        "https://physics.example.edu/events/example",
        "https://physics.example.edu/slides",
        "This talk will be recorded.",
        "events@physics.example.edu",
        "hearing loop",
        "Free in garage B after 3 pm.",
    ):
        assert words in message.text, words
        assert words.replace("<", "&lt;") in (message.html or "").replace("&#8211;", "–"), words
    assert "honorarium" not in message.text + str(message.html)


def test_a_short_talk_has_no_empty_places() -> None:
    """What a talk lacks leaves no label behind, but for where it is: that is to be announced."""
    bare = seed(abstract=None, host=None, sponsor=None, links=(), place=None)
    message = composer().compose(group(bare), date=SENT)
    for label in ("Abstract", "Host", "Online", "Links", "Refreshments", "Event page"):
        assert label not in message.text.title()
        assert f">{label}<" not in str(message.html)
    assert "Where:          To be announced\n" in message.text
    assert ">Room to be announced<" in str(message.html)


def test_what_a_talk_lacks_is_said_to_be_announced() -> None:
    """A reminder goes without a title."""
    message = composer().compose(group(seed(title=None), Occasion.REMINDER), date=SENT)
    assert "Title to be announced\n\nBlake Bordelon" in message.text
    assert ">Title to be announced<" in str(message.html)


@pytest.mark.parametrize("place", [None, Place(room="Online")])
def test_a_talk_that_is_online_says_so_to_those_who_may_not_have_the_link(place: Place | None) -> None:
    """Members know where it is; everybody else knows that there is a link, and not which."""
    made = seed(place=place, online=Online(url="https://meet.example.edu/j/12345"))
    public = composer().compose(group(made, audience=Audience.PUBLIC), date=SENT)
    assert "Where:          Online (link for members)\n" in public.text
    assert ">Online (link for members)<" in str(public.html)
    assert "meet.example.edu" not in public.data.decode()
    assert "Where:          Online\n" in composer().compose(group(made), date=SENT).text


def test_text_is_wrapped_at_72_columns() -> None:
    """No line of text is longer, unless an address makes it so."""
    for made in (group(full()), group(), digest(seed(), full())):
        text = composer().compose(made, date=SENT).text
        long = [line for line in text.split("\n") if len(line) > 72]
        assert [line for line in long if "://" not in line] == []


SUBJECTS = {
    "announcement": (
        lambda: group(),
        "Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): A Physics Approach to Deep Learning Theory",
    ),
    "reminder today": (
        lambda: group(occasion=Occasion.REMINDER),
        "Reminder: Today at 4:00 pm, Crow 201: Blake Bordelon (Harvard): "
        "A Physics Approach to Deep Learning Theory",
    ),
    "reminder tomorrow": (
        lambda: group(
            seed(title="Short"), Occasion.REMINDER, moment=seed().local_start.replace(day=1, hour=8)
        ),
        "Reminder: Tomorrow at 4:00 pm, Crow 201: Blake Bordelon (Harvard): Short",
    ),
    "reminder two days before": (
        lambda: group(
            seed(title="Short"),
            Occasion.REMINDER,
            moment=seed().local_start.replace(month=11, day=30, hour=8),
        ),
        "Reminder: Wednesday at 4:00 pm, Crow 201: Blake Bordelon (Harvard): Short",
    ),
    "room changed": (
        lambda: group(
            seed(title="Short", place=Place(room="Crow 305", building="Crow Hall")),
            Occasion.CORRECTION,
            before=snapshot_of(seed(title="Short")),
        ),
        "ROOM CHANGE: Wed Dec 2, 4:00 pm, Crow 305: Blake Bordelon (Harvard): Short",
    ),
    "reminder with a change": (
        lambda: group(
            seed(title="Short", place=Place(room="Crow 305", building="Crow Hall")),
            Occasion.REMINDER,
            before=snapshot_of(seed(title="Short")),
        ),
        "ROOM CHANGE: Today at 4:00 pm, Crow 305: Blake Bordelon (Harvard): Short",
    ),
    "cancelled": (
        lambda: group(
            seed(title="Short", status=Status.CANCELLED), Occasion.CANCELLATION, before=snapshot_of(seed())
        ),
        "CANCELLED: Wed Dec 2, 4:00 pm: Blake Bordelon (Harvard): Short",
    ),
    "postponed": (
        lambda: group(
            seed(title="Short", status=Status.POSTPONED), Occasion.CANCELLATION, before=snapshot_of(seed())
        ),
        "POSTPONED: Wed Dec 2, 4:00 pm: Blake Bordelon (Harvard): Short",
    ),
    "a withdrawn reminder of what is cancelled, in plan": (
        lambda: group(
            seed(title="Short", status=Status.CANCELLED), Occasion.REMINDER, before=snapshot_of(seed())
        ),
        "CANCELLED: Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): Short",
    ),
    "a withdrawn announcement of what is postponed, in plan": (
        lambda: group(seed(title="Short", status=Status.POSTPONED), before=snapshot_of(seed())),
        "POSTPONED: Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): Short",
    ),
    "on again": (
        lambda: group(
            seed(title="Short"),
            Occasion.CORRECTION,
            before=snapshot_of(seed(title="Short", status=Status.CANCELLED)),
        ),
        "ON AGAIN: Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): Short",
    ),
    "none this week": (
        lambda: group(seed(kind=Kind.NONE, title=None, speakers=(), notice="Thanksgiving.")),
        "No Physics Colloquium on Wed Dec 2",
    ),
    "digest": (
        lambda: digest(seed(), full()),
        "Week of Nov 30: Blake Bordelon; Ada Example and Bo Sample",
    ),
    "digest of nothing": (lambda: digest(), "Week of Nov 30: no talks"),
    "confidential": (
        lambda: group(seed(confidential="Faculty candidate talk"), audience=Audience.PUBLIC),
        "Wed Dec 2, 4:00 pm, Crow 201: Faculty candidate talk",
    ),
    "with the series' prefix": (
        lambda: group(seed(series="prefixed", title="Short")),
        "[Seminar] Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): Short",
    ),
    "long, cut at a word": (
        lambda: group(seed(title="A title of many words " * 9)),
        "Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): A title of many words A title of many "
        "words A title...",
    ),
    "one endless word": (
        lambda: group(seed(title="x" * 300)),
        "Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): " + "x" * 51 + "...",
    ),
    "at noon, online": (
        lambda: group(
            seed(
                title="Short",
                start=seed().start.replace(hour=12),
                place=None,
                online=Online(url="https://meet.example.edu/1"),
            )
        ),
        "Wed Dec 2, noon, online: Blake Bordelon (Harvard): Short",
    ),
    "with maths": (
        lambda: group(seed(title=r"Measuring $H_0$ to $1\%$")),
        "Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): Measuring H₀ to 1%",
    ),
    "many speakers": (
        lambda: group(
            seed(title="Short", speakers=tuple(Speaker(name=f"Speaker {letter}") for letter in "ABCDE"))
        ),
        "Wed Dec 2, 4:00 pm, Crow 201: Speaker A and 4 others: Short",
    ),
    "two of one home": (
        lambda: group(
            seed(
                title="Short",
                speakers=(
                    Speaker(name="Ada Example", affiliation="Example Institute of Technology"),
                    Speaker(name="Bo Sample", affiliation="Example Institute of Technology"),
                ),
            )
        ),
        "Wed Dec 2, 4:00 pm, Crow 201: Ada Example and Bo Sample (Example Institute of Technology): Short",
    ),
    "its own": (lambda: group(seed(subject="Deep learning night")), "Deep learning night"),
}


@pytest.mark.parametrize("case", SUBJECTS)
def test_subjects_say_what_matters_first(case: str) -> None:
    """The subject alone tells when, where, who and what, and what has changed."""
    made, subject = SUBJECTS[case]
    assert composer().subject(made()) == subject
    assert parsed(composer().compose(made(), date=SENT))["Subject"] == subject


def test_a_text_list_gets_no_html() -> None:
    """`format: text` leaves the HTML out, and keeps the calendar."""
    plain = MailingList(name="plain", address="plain@lists.example.edu", text_only=True)
    message = composer().compose(group(lists=(plain,)), date=SENT)
    assert message.html is None
    kinds = [subpart.get_content_type() for subpart in parsed(message).walk()]
    assert kinds == ["multipart/mixed", "text/plain", "text/calendar"]


def test_a_list_that_wants_none_gets_no_auto_submitted() -> None:
    """Sympa drops posts that say they were generated."""
    sympa = MailingList(name="sympa", address="talks@lists.example.edu", server="sympa", auto_submitted=False)
    assert parsed(composer().compose(group(lists=(sympa,)), date=SENT))["Auto-Submitted"] is None


def test_a_test_copy_differs_in_to_and_message_id_alone() -> None:
    """Every other byte is the real message's."""
    real = composer().compose(group(full()), date=SENT)
    copy = for_test(real, "me@example.edu")
    pairs = zip(real.data.split(b"\r\n"), copy.data.split(b"\r\n"), strict=True)
    differing = [(a.split(b":")[0], b) for a, b in pairs if a != b]
    assert [name for name, _ in differing] == [b"To", b"Message-ID"]
    assert differing[0][1] == b"To: me@example.edu"
    assert parsed(copy)["Message-ID"] == copy.message_id != real.message_id


def test_the_signature_is_marked() -> None:
    """RFC 3676 4.3: `-- ` alone on a line, its blank kept on the way."""
    message = composer().compose(group(), date=SENT)
    assert "\n-- \n" in part(message, "text/plain").replace("\r\n", "\n")


def test_the_seed_announcement_is_small() -> None:
    """HTML, text and calendar together stay below what list servers hold."""
    assert len(composer().compose(group(), date=SENT).data) < 38 * 1024


FIRST = {
    "announcement": [],
    "reminder": ["REMINDER", "Today at 4:00 pm"],
    "correction": ["ROOM CHANGE", "Crow 305"],
    "cancellation": ["CANCELLED"],
}


@pytest.mark.parametrize("occasion", FIRST)
def test_what_matters_stands_first(occasion: str) -> None:
    """The first 250 characters that a reader sees say what it is about, who speaks, of what and when."""
    message = composer().compose(OCCASIONS[occasion](), date=SENT)
    page = visible_text(message.html or "").partition("#")[0].replace("\u200c", "")
    for words in (message.text, page[page.index("4:00–5:00 pm CST") :]):
        seen = " ".join(words.split())[:250].casefold()
        for fact in [*FIRST[occasion], "A Physics Approach", "Blake Bordelon"]:
            assert fact.casefold() in seen
        assert "4:00" in seen


def test_the_preheader_adds_to_the_subject() -> None:
    """What a list of mails shows behind the subject: until when, the building, the host."""
    page = composer().compose(group(), date=SENT).html or ""
    preheader = re.search(r'<div class="preheader"[^>]*>(.*?)</div>', page)
    assert preheader is not None
    shown = unescape(preheader[1])
    assert shown.rstrip("\u00a0\u200c") == (
        "4:00–5:00 pm CST, Crow 201, Crow Hall. Host: Zohar Nussinov. Recent developments in artificial..."
    )
    assert len(shown) in (200, 201), "what stands below it fills no line of the list"
    assert "display:none" in preheader[0]


def test_mails_link_to_the_published_page_where_the_talk_names_no_other() -> None:
    """Text, HTML and calendar entry have its address; a talk's own page comes first; a week without a talk
    has none."""
    site = Site(url="https://physics.example.edu/talks")
    page = "https://physics.example.edu/talks/talks/2026-bordelon.html"
    made = composer(site=site).compose(group(), date=SENT)
    assert page in made.text
    assert f'href="{page}"' in (made.html or "")
    assert f"URL:{page}".encode() in (made.calendar or b"").replace(b"\r\n ", b"")
    own = composer(site=site).compose(group(seed(url="https://example.edu/event")), date=SENT)
    assert page not in own.text
    none = seed(kind=Kind.NONE, title=None, speakers=(), notice="Thanksgiving.")
    assert page not in composer(site=site).compose(group(none), date=SENT).text


@pytest.mark.parametrize("audience", Audience)
def test_a_confidential_talks_page_has_the_address_that_everybody_may_know(audience: Audience) -> None:
    """Internal lists, too, are sent to the page that tells nothing: there is no other."""
    made = composer(site=Site(url="https://physics.example.edu/t")).compose(
        group(seed(confidential="Faculty candidate talk"), audience=audience), date=SENT
    )
    assert f"https://physics.example.edu/t/talks/{opaque('2026-bordelon')}.html" in made.text
    assert "talks/2026-bordelon" not in made.text
