"""What lists are told again, and what a careful person would leave as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from announcer.domain.mailing import Entry, EntryState, Key, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.on_demand import at_once, on_demand
from announcer.domain.talk import HIDDEN, Place, Speaker, Status
from tests.domain.story import SCHEDULE, Story, at, talk

ANNOUNCEMENT = "noether/announcement/2026-W49"
REMINDER = "noether/reminder/2026-12-02"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"speakers": ("Petra Novak",)}, {"speakers": ("Petra Nowak",)}),
        ({"speakers": ("Jose Sample",)}, {"speakers": ("José Sample",)}),
        ({"speakers": ("A. Example",)}, {"speakers": ("Ada Example",)}),
        ({"speakers": ("Ada Example (MIT)",)}, {"speakers": ("Ada Example",)}),
        ({"speakers": ("Ada Example", "Bo Sample")}, {"speakers": ("Bo Sample", "Ada Example")}),
        ({"place": "Exmaple Hall"}, {"place": "Example Hall"}),
        ({"speakers": ()}, {"speakers": ("Ada Example",)}),
    ],
)
def test_a_correction_of_spelling_is_told_by_nothing(old: dict[str, object], new: dict[str, object]) -> None:
    """Later mails have the new spelling, nothing leads with it and nothing waits; by hand it goes."""

    def with_(facts: dict[str, object]) -> dict[str, object]:
        made = dict(facts)
        if "speakers" in made:
            made["speakers"] = tuple(Speaker(name=name) for name in made["speakers"])  # type: ignore[attr-defined]
        if "place" in made:
            made["place"] = Place(room=str(made["place"]))
        return made

    before, after = replace(talk(), **with_(old)), replace(talk(), **with_(new))
    story = Story(before)
    story.department = replace(story.department, series={})
    on_monday = on_demand(story.situation(at("2026-11-30 09:00")), before, Occasion.ANNOUNCEMENT)
    assert on_monday is not None
    loose = replace(on_monday, outcomes=tuple(replace(o, state=State.DUE) for o in on_monday.outcomes))
    story.hand_over([loose], at("2026-11-30 09:00"))
    story.now_is(after, modified="2026-12-01 12:00")
    assert story.states(at("2026-12-01 13:00")) == {ANNOUNCEMENT: "accepted", REMINDER: "upcoming"}
    by_hand = on_demand(story.situation(at("2026-12-01 13:00")), story.talks[0], Occasion.CORRECTION)
    assert by_hand is not None
    assert [len(group.changes) for group in by_hand.groups] == [1, 1]
    (due,) = {o.state for o in at_once(by_hand, at("2026-12-01 13:00")).outcomes}
    assert due is State.DUE
    assert story.send(at("2026-12-02 08:00")) == [REMINDER]
    assert story.changes == []
    newest = story.entries[-1].snapshots[0]
    assert (newest.sequence, newest.revision) == (0, 0)
    assert newest.dtstamp is not None
    assert newest.dtstamp > story.entries[0].snapshots[0].dtstamp  # type: ignore[operator]


def test_another_room_number_is_a_change() -> None:
    """Crow 201 is not Crow 301."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), place=Place(room="Crow 301")), modified="2026-12-01 12:00")
    assert story.states(at("2026-12-01 13:00"))["noether/correction/r1"] == "held"


def skip(story: Story, key: str, now: str) -> None:
    """A person does not want that mailing."""
    mailing = story.mailing(key, at(now))
    for group in mailing.groups:
        for mailing_list in group.lists:
            story.entries.append(
                Entry(
                    key=Key.parse(key),
                    list=mailing_list.name,
                    address=mailing_list.address,
                    audience=mailing_list.audience,
                    state=EntryState.SKIPPED,
                    snapshots=group.snapshots,
                    at=at(now),
                )
            )


def test_what_was_skipped_is_not_led_with() -> None:
    """The correction was not wanted: the reminder is plain, and later facts are taken from there."""
    story = Story(talk(), digest="Tuesday at 6:00 pm")
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), place=Place(room="Crow 301")), modified="2026-12-01 12:00")
    skip(story, "noether/correction/r1", "2026-12-01 13:00")
    assert story.states(at("2026-12-01 13:30"))["noether/correction/r1"] == "withdrawn"
    story.send(at("2026-12-01 18:00"))
    assert story.send(at("2026-12-02 08:00")) == [REMINDER]
    assert story.changes == []


def test_what_was_skipped_does_not_hide_what_changes_later() -> None:
    """The room was not worth a mail; the new hour is, and is told alone."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    elsewhere = replace(talk(), place=Place(room="Crow 301"))
    story.now_is(elsewhere, modified="2026-12-01 12:00")
    skip(story, "noether/correction/r1", "2026-12-01 13:00")
    later = replace(talk(start="2026-12-02 17:00"), place=Place(room="Crow 301"))
    story.now_is(later, modified="2026-12-01 14:00")
    mailing = story.mailing("noether/correction/r2", at("2026-12-01 15:00"))
    assert [fact.value for fact in mailing.groups[0].changes] == ["time"]


def test_a_skipped_announcement_tells_nothing() -> None:
    """Nobody knows of the talk: a new room is no change to anybody."""
    story = Story(talk())
    skip(story, ANNOUNCEMENT, "2026-11-30 08:00")
    story.now_is(replace(talk(), place=Place(room="Crow 301")), modified="2026-12-01 12:00")
    assert story.send(at("2026-12-02 08:00")) == [REMINDER]
    assert story.changes == []


def test_a_move_whose_correction_was_skipped_is_not_announced_at_once() -> None:
    """Its announcement would have been due before the move: whoever wanted none gets none."""
    early = [*SCHEDULE, "announcement: 7 days before at 9:00 am"]
    story = Story(talk(schedule=early))
    story.send(at("2026-11-25 09:00"))
    moved = talk(start="2026-12-09 16:00", schedule=early)
    story.now_is(moved, modified="2026-12-04 12:00")
    skip(story, "noether/correction/r1", "2026-12-04 13:00")
    assert story.send(at("2026-12-04 14:00")) == []


def test_a_hidden_talk_is_told_to_internal_lists_alone() -> None:
    """No public list hears of it, in a digest neither."""
    story = Story(replace(talk(), confidential=HIDDEN), digest="Monday at 8:00 am")
    assert story.send(at("2026-11-30 09:00")) == [ANNOUNCEMENT]
    assert story.recipients(ANNOUNCEMENT) == ["staff"]


def test_what_public_lists_cannot_see_of_a_candidate_sends_them_nothing() -> None:
    """Another name and another title: the members hear of it, the town does not; a new room both see."""
    candidate = replace(talk(), confidential="Special talk")
    story = Story(candidate)
    story.send(at("2026-11-30 09:00"))
    other = replace(candidate, speakers=(Speaker(name="Bo Sample"),), title="Other")
    story.now_is(other, modified="2026-12-01 12:00")
    held = story.mailing("noether/correction/r1", at("2026-12-01 13:00"))
    assert [outcome.list.name for outcome in held.outcomes] == ["staff"]
    story.now_is(replace(other, place=Place(room="Hall 2")), modified="2026-12-01 14:00")
    held = story.mailing("noether/correction/r1", at("2026-12-01 15:00"))
    assert [outcome.list.name for outcome in held.outcomes] == ["staff", "town"]


DIGEST = "this-week/digest/2026-W49"


def empty(story: Story, now: str) -> None:
    """What a run keeps of a digest that has nothing to tell."""
    mailing = story.mailing(DIGEST, at(now))
    for outcome in mailing.outcomes:
        story.entries.append(
            Entry(
                key=mailing.key,
                list=outcome.list.name,
                address=outcome.list.address,
                audience=outcome.list.audience,
                state=EntryState.EMPTY,
                at=at(now),
            )
        )


def test_an_empty_digest_does_not_come_to_life() -> None:
    """Monday had nothing to tell; the talk that is added at ten is announced, and no digest goes for it."""
    story = Story(digest="Monday at 8:00 am")
    assert story.states(at("2026-11-30 08:00")) == {DIGEST: "withdrawn"}
    assert story.reason(story.mailing(DIGEST, at("2026-11-30 08:00"))) == "there is nothing to tell"
    assert story.states(at("2026-11-29 08:00")) == {}
    empty(story, "2026-11-30 08:00")
    story.now_is(talk(), modified="2026-11-30 10:00")
    assert story.send(at("2026-11-30 10:01")) == [ANNOUNCEMENT]


def test_a_digest_is_missed_a_day_after_it_was_due() -> None:
    """Nobody wants Monday's digest on Wednesday."""
    story = Story(talk(schedule=[]), digest="Monday at 8:00 am")
    assert story.states(at("2026-12-01 07:59"))[DIGEST] == "due"
    assert story.states(at("2026-12-01 08:00"))[DIGEST] == "missed"


def test_a_talk_written_minutes_before_its_day_is_told_of_once() -> None:
    """At 7:57 for 4 pm: the announcement goes, and no digest of Monday, and no reminder at eight."""
    story = Story(digest="Monday at 8:00 am")
    empty(story, "2026-11-30 08:00")
    story.now_is(talk(), modified="2026-12-02 07:57")
    assert story.send(at("2026-12-02 07:58")) == [ANNOUNCEMENT]
    assert story.states(at("2026-12-02 07:59"))[REMINDER] == "withdrawn"
    assert story.reason(story.mailing(REMINDER, at("2026-12-02 07:59"))) == "the announcement went instead"
    for moment in ("2026-12-02 08:00", "2026-12-02 08:05", "2026-12-02 12:00"):
        assert story.send(at(moment)) == []


def test_a_schedule_that_has_both_within_three_hours_sends_both() -> None:
    """An announcement that a timer sent minutes after its time is not late."""
    near = ["announcement: same day at 7:00 am", "reminder: same day at 8:00 am"]
    story = Story(talk(schedule=near))
    assert story.send(at("2026-12-02 07:05")) == [ANNOUNCEMENT]
    assert story.send(at("2026-12-02 08:05")) == [REMINDER]


def test_a_late_announcement_does_not_spare_what_has_changed_since() -> None:
    """The room moved at 7:58: the reminder at eight tells it."""
    story = Story(talk())
    assert story.send(at("2026-12-02 07:50")) == [ANNOUNCEMENT]
    story.now_is(replace(talk(), place=Place(room="Hall 2")), modified="2026-12-02 07:52")
    assert story.send(at("2026-12-02 08:10")) == [REMINDER]
    assert story.changes == ["place"]


def test_a_talk_without_a_title_is_in_the_digest_and_reminded_of() -> None:
    """What is known is told; the announcement waits for the title, which is no change when it comes."""
    bare = replace(talk(), title=None)
    story = Story(bare, digest="Monday at 8:00 am")
    assert story.send(at("2026-11-30 08:00")) == [DIGEST]
    assert story.states(at("2026-11-30 09:00"))[ANNOUNCEMENT] == "held"
    assert story.send(at("2026-12-02 08:00")) == [REMINDER]
    assert story.talks_told == ["noether"]
    story.now_is(talk(), modified="2026-12-02 09:00")
    assert story.send(at("2026-12-02 10:00")) == []
    assert "noether/correction/r1" not in story.states(at("2026-12-02 10:00"))


def test_a_digest_names_a_talk_of_which_the_date_alone_is_known() -> None:
    """The speaker who comes later is no change, and the announcement goes as ever."""
    bare = replace(talk(), title=None, speakers=())
    story = Story(bare, digest="Monday at 8:00 am")
    assert story.send(at("2026-11-30 08:00")) == [DIGEST]
    story.now_is(talk(), modified="2026-11-30 12:00")
    assert story.send(at("2026-11-30 12:30")) == [ANNOUNCEMENT]
    assert story.changes == []


def test_the_digest_says_what_was_to_be_in_its_days_and_is_not() -> None:
    """Told for Wednesday, moved by three weeks, the correction held: that week's digest says so, and with
    it everything is told. A list that never heard of it hears nothing."""
    story = Story(talk(), digest="Wednesday at 7:00 am")
    early = ["announcement: 14 days before at 9:00 am", "reminder: same day at 8:00 am"]
    story.now_is(talk(schedule=early))
    story.send(at("2026-11-18 09:00"))
    moved = talk(start="2026-12-23 16:00", schedule=early)
    story.now_is(moved, modified="2026-11-20 12:00")
    story.department = replace(
        story.department,
        digests={
            "this-week": replace(story.department.digests["this-week"], lists=("town", "new")),
        },
        lists=story.department.lists
        | {"new": replace(story.department.lists["town"], name="new", address="new@lists.example.edu")},
    )
    mailing = story.mailing(DIGEST, at("2026-12-02 07:00"))
    assert [(o.list.name, o.state.value) for o in mailing.outcomes] == [("town", "due"), ("new", "withdrawn")]
    assert DIGEST in story.send(at("2026-12-02 07:00"))
    assert [e.snapshots[0].date.isoformat() for e in story.entries if e.list == "town"][-1] == "2026-12-23"
    held = story.mailing("noether/correction/r1", at("2026-12-02 07:05"))
    assert [outcome.list.name for outcome in held.outcomes] == ["staff"]


def test_a_digest_says_that_a_talk_is_off_where_no_cancellation_said_so() -> None:
    """The cancellation was refused for the list: the digest takes the talk back as it was told."""
    story = Story(talk(schedule=["announcement: 14 days before at 9:00 am"]), digest="Monday at 8:00 am")
    story.send(at("2026-11-18 09:00"))
    off = replace(story.talks[0], status=Status.CANCELLED)
    story.now_is(off, modified="2026-11-20 12:00")
    story.send(at("2026-11-20 12:01"), town=EntryState.REFUSED)
    assert story.send(at("2026-11-30 08:00")) == [DIGEST]
    assert story.entries[-1].snapshots[0].off
    assert story.send(at("2026-12-07 08:00")) == []
