"""What lists are told again, and what a careful person would leave as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from announcer.domain.mailing import Entry, EntryState, Key, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.on_demand import at_once, on_demand
from announcer.domain.talk import Place, Speaker
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
        for each in group.lists:
            story.entries.append(
                Entry(
                    key=Key.parse(key),
                    list=each.name,
                    address=each.address,
                    audience=each.audience,
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
