"""The list at the left: what comes, what it lacks, and what a search finds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from announcer.domain.occasion import Occasion
from announcer.domain.planning.plan import plan
from announcer.domain.planning.situation import Situation
from announcer.domain.rule import Rule
from announcer.domain.talk import Speaker, Status
from announcer.domain.when import parse_when
from announcer.preview.upcoming import rows_of, search, upcoming
from tests.message.samples import department
from tests.preview.story import SCHEDULE, keeper, later, talk

PLAIN = department(digests={})


def test_mailings_stand_by_day_with_their_state_in_words() -> None:
    """A held one says what is missing."""
    coming = upcoming(keeper(talk(title=None), later(1), home=PLAIN).state)
    assert [(day.label, day.near) for day in coming.days] == [
        ("Mon Nov 30", "in 7 days"),
        ("Wed Dec 2", "in 9 days"),
        ("Mon Dec 7", "in 14 days"),
        ("Wed Dec 9", "in 16 days"),
    ]
    first, *_, last = rows_of(coming)
    assert (first.label, first.time, first.title, first.state, first.reason) == (
        "announcement",
        "9:00 am",
        "Title to be announced",
        "held",
        "it has no title yet",
    )
    assert (last.label, last.state, last.reason) == ("reminder", "upcoming", None)


def test_it_is_the_plan_of_all_talks() -> None:
    """Leaving out far talks before planning leaves out nothing that is due."""
    early = (Rule(send=Occasion.ANNOUNCEMENT, when=parse_when("100 days before at 9:00 am")),)
    talks = [later(weeks) for weeks in range(80)] + [replace(later(12, schedule=early), id="early")]
    state = keeper(*talks, home=PLAIN).state
    whole = plan(Situation.of(PLAIN, [], state.now), talks, [])
    coming = upcoming(state)
    assert coming.all_ahead is False
    until = state.now.timestamp() + 30 * 86400
    assert {(row.selection.subject, row.selection.occasion) for row in rows_of(coming)} == {
        (mailing.key.subject, mailing.occasion)
        for mailing in whole.mailings
        if mailing.due and mailing.due.timestamp() <= until and mailing.state != "withdrawn"
    }
    assert "early" in {row.selection.subject for row in rows_of(coming)}


def test_few_talks_are_listed_however_far_ahead() -> None:
    """A small department sees its whole term."""
    coming = upcoming(keeper(*(later(weeks) for weeks in range(20)), home=PLAIN).state)
    assert (coming.all_ahead, len(rows_of(coming))) == (True, 40)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("bordelon", ["2026-bordelon"]),
        ("BORDELON harvard crow", []),
        ("Bordelon crow", ["2026-bordelon"]),
        ("dec 9", ["later-1"]),
        ("ada", ["later-1"]),
        ("", ["2026-bordelon", "later-1", "later--3"]),
        ("nothing like it", []),
    ],
)
def test_a_search_finds_the_talks_with_every_word(text: str, ids: list[str]) -> None:
    """In title, speaker, place, series, id and date; what is to come stands first."""
    other = (Speaker(name="Ada Example"),)
    state = keeper(
        talk(),
        later(1, speakers=other, title="Else", place=None),
        later(-3, speakers=other[:0], title="Gone", place=None),
        home=PLAIN,
    ).state
    assert [row.selection.subject for row in search(state, text)] == ids


def test_a_talk_says_where_it_stands() -> None:
    """Past, cancelled, held with what it lacks, or confirmed."""
    talks = [
        later(-2),
        talk(),
        later(1, status=Status.CANCELLED),
        later(2, title=None),
        later(3, status=Status.DRAFT),
    ]
    rows = {row.selection.subject: (row.state, row.reason) for row in search(keeper(*talks).state, "")}
    assert rows == {
        "later--2": ("past", None),
        "2026-bordelon": ("confirmed", None),
        "later-1": ("cancelled", None),
        "later-2": ("held", "it has no title yet"),
        "later-3": ("held", "it is a draft: set `status: confirmed` when it may be announced"),
    }


def test_several_of_one_occasion_have_addresses_of_their_own() -> None:
    """Two reminders are told apart by slot and date."""
    two = (*SCHEDULE, Rule(send=Occasion.REMINDER, when=parse_when("1 day before at 4:00 pm")))
    rows = rows_of(upcoming(keeper(talk(schedule=two), home=PLAIN).state))
    assert [row.selection.slot for row in rows] == ["", "1-day-before", "same-day"]
    assert len({row.selection for row in rows}) == 3
