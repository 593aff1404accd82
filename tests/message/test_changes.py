"""What differs from what was told: every mail leads with it, a digest at each of its talks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import Occasion
from announcer.domain.talk import Kind, Online, Place, Refreshments, Speaker, Status, Talk
from announcer.message.leak_check import visible_text
from tests.message.samples import SENT, composer, digest, full, group, seed, snapshot_of
from tests.message.stories import MOVED

HOUR = timedelta(hours=1)
TALK = seed(title="Short")
NONE = seed(
    kind=Kind.NONE,
    notice="Thanksgiving.",
    refreshments=Refreshments(what="Coffee", time="3:30 pm"),
    online=Online(url="https://meet.example.edu/1"),
)
EASTERN = replace(TALK, zone="America/New_York", start=TALK.start - HOUR, end=TALK.end - HOUR)


def page_words(made: AudienceGroup) -> str:
    """What a reader of the HTML sees, in one line."""
    page = composer().compose(made, date=SENT).html or ""
    return " ".join(visible_text(page[page.index('role="main"') :], between=" ").split())


def preheader(made: AudienceGroup) -> str:
    """What a list of mails shows behind the subject."""
    page = composer().compose(made, date=SENT).html or ""
    match = re.search(r'<div class="preheader"[^>]*>(.*?)</div>', page)
    assert match
    return unescape(match[1]).rstrip("\u00a0\u200c")


def changed(talk: Talk, before: Talk) -> AudienceGroup:
    """A week's digest with one talk, of which something else was told."""
    return digest(talk, announced=(snapshot_of(before),))


DIGESTS: dict[str, tuple[Talk, str, str, str]] = {
    "room": (
        replace(TALK, place=MOVED),
        "Week of Nov 30, ROOM CHANGE: Blake Bordelon",
        "*** ROOM CHANGE: was Crow 201, Crow Hall ***\n4:00–5:00 pm CST, Crow 305, Crow Hall\n",
        "Room change Crow 305, Crow Hall instead of Crow 201, Crow Hall 4:00–5:00 pm CST, Crow 305",
    ),
    "date": (
        replace(TALK, start=TALK.start + 24 * HOUR, end=TALK.end + 24 * HOUR),
        "Week of Nov 30, DATE CHANGE: Blake Bordelon",
        "*** DATE CHANGE: was Wednesday, December 2, 2026 ***\n4:00–5:00 pm CST, Crow 201",
        "Date change Thursday, December 3, 2026 instead of Wednesday, December 2, 2026 4:00–5:00 pm CST",
    ),
    "time and room": (
        replace(TALK, place=MOVED, start=TALK.start - HOUR, end=TALK.end - HOUR),
        "Week of Nov 30, CHANGED: Blake Bordelon",
        "*** TIME AND ROOM CHANGE ***\n    Time:           3:00–4:00 pm CST\n"
        "                    (was: 4:00–5:00 pm CST)\n    Room:           Crow 305, Crow Hall\n"
        "                    (was: Crow 201, Crow Hall)\n3:00–4:00 pm CST, Crow 305, Crow Hall\n",
        "Time and room change 3:00–4:00 pm CST instead of 4:00–5:00 pm CST Crow 305, Crow Hall instead of "
        "Crow 201, Crow Hall 3:00–4:00 pm CST",
    ),
    "online": (
        replace(TALK, online=Online(url="https://meet.example.edu/1")),
        "Week of Nov 30, ONLINE LINK ADDED: Blake Bordelon",
        "*** ONLINE LINK ADDED ***\n4:00–5:00 pm CST, Crow 201, Crow Hall\n",
        "Online link added see below 4:00–5:00 pm CST",
    ),
    "speaker": (
        replace(TALK, speakers=(Speaker(name="Ada Example"),)),
        "Week of Nov 30, SPEAKER CHANGE: Ada Example",
        "*** SPEAKER CHANGE: was Blake Bordelon ***\n",
        "Speaker change Ada Example instead of Blake Bordelon 4:00–5:00 pm CST",
    ),
}


@pytest.mark.parametrize("case", DIGESTS)
def test_a_digest_tells_a_change_at_its_talk(case: str) -> None:
    """What settles a correction says what was corrected: in the subject, in the text, on the page."""
    talk, subject, text, page = DIGESTS[case]
    made = changed(talk, TALK)
    assert composer().subject(made) == subject
    assert text in composer().compose(made, date=SENT).text
    assert page in page_words(made)


def test_a_digest_says_that_a_talk_is_on_again() -> None:
    """A list that heard of a cancellation reads that it is taken back."""
    made = changed(TALK, replace(TALK, status=Status.CANCELLED))
    assert composer().subject(made) == "Week of Nov 30, ON AGAIN: Blake Bordelon"
    assert "*** ON AGAIN ***\n4:00–5:00 pm CST" in composer().compose(made, date=SENT).text
    assert "On again 4:00–5:00 pm CST" in page_words(made)


def test_a_digest_says_where_a_talk_of_its_days_has_moved_to() -> None:
    """It stands under the day that was told, without an hour or a room that would be taken for it."""
    moved = replace(TALK, start=TALK.start + 21 * 24 * HOUR, end=TALK.end + 21 * 24 * HOUR)
    made = changed(moved, TALK)
    message = composer().compose(made, date=SENT)
    assert message.subject == "Week of Nov 30, MOVED: Blake Bordelon"
    under = message.text.partition("WEDNESDAY, DECEMBER 2, 2026\n\n")[2]
    assert under.startswith("*** MOVED to Wednesday, December 23 ***\n    Blake Bordelon")
    assert "4:00" not in under.partition("-- ")[0]
    assert "Moved to Wednesday, December 23" in page_words(made)


def test_a_digest_names_a_talk_by_what_is_known() -> None:
    """Also where that is its day alone; a tentative one is marked."""
    bare = replace(TALK, title=None, speakers=(), place=None, status=Status.TENTATIVE)
    message = composer().compose(digest(bare), date=SENT)
    assert "4:00–5:00 pm CST, room to be announced (tentative)\n    Title to be announced\n" in message.text


def test_a_digest_names_first_what_has_changed() -> None:
    """Of several talks the subject begins with those that changed; the others stand behind `also`."""
    later = replace(full(), start=TALK.start + 24 * HOUR, end=TALK.end + 24 * HOUR)
    made = digest(TALK, later, announced=(None, snapshot_of(replace(later, place=MOVED))))
    assert composer().subject(made) == (
        "Week of Nov 30, ROOM CHANGE: Ada Example and Bo Sample; also Blake Bordelon"
    )
    assert preheader(made).endswith("Thursday 4:00 pm Ada Example and Bo Sample (Room change).")


def test_a_digest_that_tells_what_was_told_says_nothing_of_it() -> None:
    """Without a difference it is a digest as ever."""
    made = changed(TALK, TALK)
    assert composer().subject(made) == "Week of Nov 30: Blake Bordelon"
    assert "***" not in composer().compose(made, date=SENT).text


ADDED: list[tuple[Talk, Talk, str, list[str], list[str]]] = [
    (
        replace(TALK, online=Online(url="https://meet.example.edu/1")),
        TALK,
        "ONLINE LINK ADDED: Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): Short",
        ["Online link:    see below\n\n"],
        ["none", "(was"],
    ),
    (
        TALK,
        replace(TALK, online=Online(url="https://meet.example.edu/1")),
        "ONLINE LINK CHANGE: Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): Short",
        ["Online link:    no longer offered\n\n"],
        ["none"],
    ),
    (
        TALK,
        replace(TALK, place=None),
        "ROOM ANNOUNCED: Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): Short",
        ["Room:           Crow 201, Crow Hall\n\n"],
        ["none", "(was"],
    ),
    (
        replace(TALK, place=None),
        TALK,
        "ROOM CHANGE: Wed Dec 2, 4:00 pm: Blake Bordelon (Harvard): Short",
        ["Room:           to be announced\n                (was: Crow 201, Crow Hall)"],
        ["none"],
    ),
    (
        replace(TALK, place=MOVED),
        replace(TALK, speakers=()),
        "ROOM CHANGE: Wed Dec 2, 4:00 pm, Crow 305: Blake Bordelon (Harvard): Short",
        ["Room:           Crow 305, Crow Hall\n                (was: Crow 201, Crow Hall)\n"],
        ["none", "Speaker:"],
    ),
]


@pytest.mark.parametrize(("talk", "before", "subject", "there", "absent"), ADDED)
def test_what_was_added_is_no_change(
    talk: Talk, before: Talk, subject: str, there: list[str], absent: list[str]
) -> None:
    """A room or a link that nobody had been told is announced, and replaces nothing.

    A speaker who was to be announced and has a name now is no change.
    """
    message = composer().compose(group(talk, Occasion.CORRECTION, before=snapshot_of(before)), date=SENT)
    head = message.text.partition("PHYSICS COLLOQUIUM")[0]
    assert message.subject == subject
    assert [words for words in there if words not in head] == []
    assert [words for words in absent if words in head] == []


CLOCKS: list[tuple[Talk, Occasion, str]] = [
    (EASTERN, Occasion.CORRECTION, "TIME CHANGE: Wed Dec 2, 4:00 pm EST, Crow 201: "),
    (EASTERN, Occasion.REMINDER, "TIME CHANGE: Today at 4:00 pm EST, Crow 201: "),
    (
        replace(TALK, end=TALK.end + HOUR / 2),
        Occasion.CORRECTION,
        "TIME CHANGE: Wed Dec 2, 4:00–5:30 pm, Crow 201: ",
    ),
    (replace(TALK, start=TALK.start + HOUR / 2), Occasion.CORRECTION, "TIME CHANGE: Wed Dec 2, 4:30 pm, "),
]


@pytest.mark.parametrize(("talk", "occasion", "subject"), CLOCKS)
def test_a_subject_shows_what_of_the_time_is_new(talk: Talk, occasion: Occasion, subject: str) -> None:
    """Where the clock on the wall shows the same, the subject names the zone or the end."""
    assert composer().subject(group(talk, occasion, before=snapshot_of(TALK))).startswith(subject)


WITHOUT_TALK: dict[str, tuple[Callable[[], AudienceGroup], str, str]] = {
    "announcement": (
        lambda: group(NONE),
        "No Physics Colloquium on Wed Dec 2",
        "Wednesday, December 2, 2026. Thanksgiving.",
    ),
    "reminder": (
        lambda: group(NONE, Occasion.REMINDER),
        "No Physics Colloquium today",
        "Wednesday, December 2, 2026. Thanksgiving.",
    ),
    "correction, once a talk was told": (
        lambda: group(NONE, Occasion.CORRECTION, before=snapshot_of(TALK)),
        "NO PHYSICS COLLOQUIUM on Wed Dec 2",
        "Wednesday, December 2, 2026. Thanksgiving.",
    ),
    "digest": (
        lambda: digest(NONE),
        "Week of Nov 30: no Physics Colloquium",
        "Mon Nov 30 – Sun Dec 6: Wednesday: no Physics Colloquium.",
    ),
    "digest, once a talk was told": (
        lambda: changed(NONE, replace(TALK, place=Place(room="Crow 7"))),
        "Week of Nov 30: no Physics Colloquium",
        "Mon Nov 30 – Sun Dec 6: Wednesday: no Physics Colloquium.",
    ),
}


OFFERS = ["4:00", "Crow", "Coffee", "3:30", "Nussinov", "meet.example", "Bordelon", "Ferguson", "talks.ics"]


@pytest.mark.parametrize("case", WITHOUT_TALK)
def test_a_week_without_a_talk_offers_nothing_to_come_to(case: str) -> None:
    """No hour, no room, no coffee, no host, no link: nowhere in the message."""
    make, subject, shown = WITHOUT_TALK[case]
    message = composer().compose(make(), date=SENT)
    assert (message.subject, preheader(make())) == (subject, shown)
    assert message.calendar is None
    words = message.text + page_words(make())
    assert [offer for offer in OFFERS if offer in words] == []
    assert "Thanksgiving." in message.text
    assert "No Physics Colloquium" in page_words(make())


def test_one_week_without_a_talk_among_talks() -> None:
    """The digest's subject names both, in the order of their days."""
    later = replace(full(), start=TALK.start + 24 * HOUR, end=TALK.end + 24 * HOUR)
    assert composer().subject(digest(NONE, later)) == (
        "Week of Nov 30: no Physics Colloquium; Ada Example and Bo Sample"
    )


def test_a_digest_names_its_days() -> None:
    """The first and the last day with their weekdays, also where there is no talk on any."""
    message = composer().compose(digest(), date=SENT)
    assert message.text.startswith(
        "THIS WEEK: Mon Nov 30 – Sun Dec 6\n\nThere are no talks from Mon Nov 30 to Sun Dec 6.\n"
    )
    assert "There are no talks from Mon Nov 30 to Sun Dec 6." in page_words(digest())
