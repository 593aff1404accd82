"""The plan as stories: what goes to whom, when, and what becomes of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from announcer.domain.mailing import EntryState, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.on_demand import at_once, on_demand
from announcer.domain.snapshot import Fact
from announcer.domain.talk import Audience, BrokenTalk, Kind, Online, Place, Speaker, Status
from announcer.domain.when import parse_when
from tests.domain.story import SCHEDULE, Story, at, talk


def test_an_ordinary_week() -> None:
    """Announced on Monday, reminded on Wednesday morning, each once."""
    story = Story(talk())
    assert story.states(at("2026-11-29 12:00")) == {
        "noether/announcement/2026-W49": "upcoming",
        "noether/reminder/2026-12-02": "upcoming",
    }
    assert story.send(at("2026-11-30 09:00")) == ["noether/announcement/2026-W49"]
    assert story.send(at("2026-11-30 09:01")) == []
    assert story.send(at("2026-12-02 08:00")) == ["noether/reminder/2026-12-02"]
    assert story.states(at("2026-12-02 18:00")) == {
        "noether/announcement/2026-W49": "accepted",
        "noether/reminder/2026-12-02": "accepted",
    }


def test_the_machine_was_off_for_three_days() -> None:
    """The reminder goes, and the announcement was missed because it did."""
    story = Story(talk())
    assert story.send(at("2026-12-02 09:00")) == ["noether/reminder/2026-12-02"]
    announcement = story.mailing("noether/announcement/2026-W49", at("2026-12-02 09:01"))
    assert (announcement.state, story.reason(announcement)) == (State.MISSED, "the reminder went instead")


def test_what_is_over_is_missed() -> None:
    """Nobody is reminded of a talk that has begun."""
    story = Story(talk())
    assert story.send(at("2026-12-02 16:00")) == []
    assert set(story.states(at("2026-12-02 16:00")).values()) == {"missed"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": Status.DRAFT}, "it is a draft: set `status: confirmed` when it may be announced"),
        ({"title": None}, "it has no title yet"),
        ({"title": None, "speakers": ()}, "it has no title and no speaker yet"),
        ({"kind": Kind.NONE}, "it has no notice that says why there is no talk yet"),
    ],
    ids=["draft", "no title", "neither", "no reason"],
)
def test_what_is_not_announceable_is_held_and_then_missed(change: dict[str, object], reason: str) -> None:
    """The reason is in words, and stays when it is too late."""
    story = Story(replace(talk(), **change))
    held = story.mailing("noether/announcement/2026-W49", at("2026-11-30 09:00"))
    assert (held.state, story.reason(held)) == (State.HELD, reason)
    assert story.send(at("2026-11-30 09:00")) == []
    missed = story.mailing("noether/announcement/2026-W49", at("2026-12-02 16:00"))
    assert (missed.state, story.reason(missed)) == (
        State.MISSED,
        f"it was held until it was too late: {reason}",
    )


def test_a_title_that_is_filled_in_an_hour_later_is_sent_then() -> None:
    """Held at nine, announced at ten."""
    story = Story(replace(talk(), title=None))
    assert story.send(at("2026-11-30 09:00")) == []
    story.now_is(talk())
    assert story.send(at("2026-11-30 10:00")) == ["noether/announcement/2026-W49"]


def test_a_title_that_is_filled_in_on_the_day_only_reminds() -> None:
    """One mail for a talk, list and run."""
    story = Story(replace(talk(), title=None))
    story.now_is(talk())
    assert story.send(at("2026-12-02 09:00")) == ["noether/reminder/2026-12-02"]


def test_editing_the_time_of_a_rule_after_it_fired_sends_nothing() -> None:
    """The key has no time in it."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(
        talk(schedule=["announcement: Tuesday of the same week at 10:00", "reminder: same day at 8:00 am"])
    )
    assert story.send(at("2026-12-01 10:00")) == []


def test_a_second_rule_of_an_occasion_sends_nothing_again() -> None:
    """What went before covers every rule that was due by then."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(
        talk(
            schedule=[
                "announcement: 7 days before at 9:00 am",
                "announcement: Monday of the same week at 9:00 am",
                "reminder: same day at 8:00 am",
            ]
        )
    )
    assert story.send(at("2026-11-30 12:00")) == []


def test_a_list_that_is_added_after_the_announcement_gets_the_reminder() -> None:
    """And the plan says why it had no announcement."""
    story = Story(talk(lists=("staff",)))
    story.send(at("2026-11-30 09:00"))
    story.now_is(talk())
    assert story.send(at("2026-11-30 10:00")) == []
    late = story.mailing("noether/announcement/2026-W49", at("2026-11-30 10:00"))
    assert [(o.list.name, o.state.value) for o in late.outcomes] == [
        ("staff", "accepted"),
        ("town", "withdrawn"),
    ]
    story.send(at("2026-12-02 08:00"))
    assert story.recipients("noether/reminder/2026-12-02") == ["staff", "town"]


def test_one_list_of_two_is_refused() -> None:
    """The other was told; the refused one is not tried again by itself."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"), town=EntryState.REFUSED)
    again = story.mailing("noether/announcement/2026-W49", at("2026-11-30 09:05"))
    assert [(o.list.name, o.state.value) for o in again.outcomes] == [
        ("staff", "accepted"),
        ("town", "refused"),
    ]
    assert again.state is State.REFUSED
    assert story.send(at("2026-11-30 09:05")) == []


def test_renaming_a_list_or_its_address_sends_nothing_again() -> None:
    """A row is a list's by its name or its address."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.rename("staff", "everybody")
    story.now_is(talk(lists=("everybody", "town")))
    assert story.send(at("2026-11-30 09:10")) == []


def test_moved_within_the_week_after_the_announcement() -> None:
    """Not announced again: a correction is held, and Thursday's reminder carries it."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(talk(start="2026-12-03 16:00"))
    assert story.send(at("2026-12-01 09:00")) == []
    assert story.states(at("2026-12-01 09:00")) == {
        "noether/announcement/2026-W49": "accepted",
        "noether/correction/r1": "held",
        "noether/reminder/2026-12-03": "upcoming",
    }
    assert story.send(at("2026-12-03 08:00")) == ["noether/reminder/2026-12-03"]
    assert story.changes == ["date"]
    assert "noether/correction/r1" not in story.states(at("2026-12-03 08:01"))


def test_a_correction_that_is_sent_waits_until_the_files_settle() -> None:
    """`corrections: send` sends it 15 minutes after the last edit."""
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), place=Place(room="Hall 2")), modified="2026-12-01 10:00")
    assert story.send(at("2026-12-01 10:14")) == []
    assert story.send(at("2026-12-01 10:15")) == ["noether/correction/r1"]
    assert story.changes == ["place"]
    assert story.send(at("2026-12-01 10:16")) == []


def test_four_moves_are_three_revisions_told() -> None:
    """Wednesday, Thursday, Wednesday, Thursday: r1, r2, r3, each with a higher SEQUENCE."""
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    sent = []
    for hour, day in ((10, "03"), (11, "02"), (12, "03")):
        story.now_is(talk(start=f"2026-12-{day} 16:00"), modified=f"2026-11-30 {hour}:00")
        sent += story.send(at(f"2026-11-30 {hour}:30"))
    assert sent == [f"noether/correction/r{n}" for n in (1, 2, 3)]
    assert story.sequences("staff") == [0, 1, 2, 3]


def test_moved_back_before_the_correction_went() -> None:
    """Nothing happens, and this week's announcement stays spent."""
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    story.now_is(talk(start="2026-12-09 16:00"), modified="2026-11-30 10:00")
    story.now_is(talk(), modified="2026-11-30 10:05")
    assert story.send(at("2026-11-30 11:00")) == []
    assert story.states(at("2026-11-30 11:00")) == {
        "noether/announcement/2026-W49": "accepted",
        "noether/reminder/2026-12-02": "upcoming",
    }


def test_moved_to_next_week() -> None:
    """The correction now, then next week's announcement and reminder."""
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    story.now_is(talk(start="2026-12-09 16:00"), modified="2026-11-30 10:00")
    assert story.send(at("2026-11-30 10:15")) == ["noether/correction/r1"]
    assert story.send(at("2026-12-07 09:00")) == ["noether/announcement/2026-W50"]
    assert story.send(at("2026-12-09 08:00")) == ["noether/reminder/2026-12-09"]


def test_a_rule_that_already_passed_for_the_new_date_is_covered_by_the_correction() -> None:
    """`7 days before` is in the past for the new date, and the correction told it."""
    story = Story(talk(schedule=["announcement: 7 days before at 9:00 am"]), corrections="send")
    story.send(at("2026-11-25 09:00"))
    moved = talk(start="2026-12-08 16:00", schedule=["announcement: 7 days before at 9:00 am"])
    story.now_is(moved, modified="2026-12-01 10:00")
    assert story.send(at("2026-12-01 10:00")) == []
    assert story.send(at("2026-12-01 10:15")) == ["noether/correction/r1"]
    assert story.changes == ["date"]
    withdrawn = story.mailing("noether/announcement/2026-W50", at("2026-12-01 10:30"))
    assert (withdrawn.state, story.reason(withdrawn)) == (State.WITHDRAWN, "the correction told it")


def test_a_late_announcement_reaches_a_list_that_was_told_nothing() -> None:
    """Only who was told otherwise is corrected."""
    story = Story(talk(lists=("staff",), schedule=["announcement: 7 days before at 9:00 am"]))
    story.send(at("2026-11-25 09:00"))
    moved = talk(start="2026-12-08 16:00", schedule=["announcement: 7 days before at 9:00 am"])
    story.now_is(moved, modified="2026-12-01 10:00")
    assert story.send(at("2026-12-01 10:00")) == ["noether/announcement/2026-W50"]
    assert story.recipients("noether/announcement/2026-W50") == ["town"]


def test_cancelled_and_then_not() -> None:
    """The cancellation goes at once to whoever was told; taking it back is ON AGAIN."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), status=Status.CANCELLED), modified="2026-12-01 09:00")
    assert story.send(at("2026-12-01 09:00")) == ["noether/cancellation/r1"]
    assert story.send(at("2026-12-02 08:00")) == []
    story.now_is(talk(), modified="2026-12-02 09:00")
    assert story.send(at("2026-12-02 09:00")) == ["noether/reminder/2026-12-02"]
    assert story.changes == ["status"]


def test_on_again_without_a_reminder_due_is_a_correction() -> None:
    """r1 is the cancellation, r2 says that the talk is on again."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), status=Status.CANCELLED), modified="2026-11-30 10:00")
    story.send(at("2026-11-30 10:00"))
    story.now_is(talk(), modified="2026-11-30 11:00")
    assert story.send(at("2026-11-30 11:00")) == ["noether/correction/r2"]
    assert story.changes == ["status"]


def test_a_talk_that_nobody_was_told_of_is_cancelled_in_silence() -> None:
    """Its announcement is withdrawn, not held."""
    story = Story(replace(talk(), status=Status.CANCELLED))
    assert story.send(at("2026-11-30 09:00")) == []
    assert story.states(at("2026-11-30 09:00")) == {
        "noether/announcement/2026-W49": "withdrawn",
        "noether/reminder/2026-12-02": "withdrawn",
    }


def test_a_list_that_was_removed_still_hears_of_the_cancellation() -> None:
    """Who was told is who hears."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.remove("town")
    story.now_is(replace(talk(lists=("staff",)), status=Status.CANCELLED), modified="2026-12-01 09:00")
    story.send(at("2026-12-01 09:00"))
    assert story.recipients("noether/cancellation/r1") == ["staff", "town"]


def test_postponed_keeps_the_old_date_until_there_is_a_new_one() -> None:
    """No reminder; confirmed with a new date it is on again."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), status=Status.POSTPONED), modified="2026-12-01 09:00")
    assert story.send(at("2026-12-01 09:00")) == ["noether/cancellation/r1"]
    assert story.send(at("2026-12-02 08:00")) == []
    story.now_is(talk(start="2026-12-16 16:00"), modified="2026-12-03 09:00")
    assert story.send(at("2026-12-03 09:00")) == ["noether/correction/r2"]
    assert story.changes == ["status", "date"]


def test_a_broken_file_holds_its_mail_and_cancels_nothing() -> None:
    """Once mended, the reminder goes."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.breaks(BrokenTalk(id="noether", path="talks/noether.yaml", reason="line 3: no colon"))
    assert story.send(at("2026-12-02 08:00")) == []
    held = story.mailing("noether/reminder/2026-12-02", at("2026-12-02 08:00"))
    assert (held.state, story.reason(held)) == (State.HELD, "its file has a problem: line 3: no colon")
    story.now_is(talk())
    assert story.send(at("2026-12-02 08:30")) == ["noether/reminder/2026-12-02"]


def test_a_file_that_vanished_holds_its_mail_and_its_new_name_too() -> None:
    """The hint is to say that it is the same talk."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), id="noether-emmy", path="talks/noether-emmy.yaml"))
    assert story.send(at("2026-12-02 08:00")) == []
    held = story.mailing("noether-emmy/reminder/2026-12-02", at("2026-12-02 08:00"))
    assert story.reason(held) == (
        "it looks like noether under a new file name: add `id: noether` to talks/noether-emmy.yaml, "
        "or drop this mail: `announcer skip noether-emmy/reminder/2026-12-02`"
    )


@pytest.mark.parametrize("broken", [True, False], ids=["broken", "gone"])
def test_a_talk_without_its_file_asks_for_no_correction(broken: bool) -> None:
    """Its title and its room are not known any more, which is no change. A row that there is stays."""
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    story.now_is()
    if broken:
        story.breaks(BrokenTalk(id="noether", path="talks/noether.yaml", reason="line 3: no colon"))
    assert set(story.states(at("2026-12-01 09:00"))) == {
        "noether/announcement/2026-W49",
        "noether/reminder/2026-12-02",
    }
    story.now_is(replace(talk(), place=Place(room="Hall 2")), modified="2026-12-01 09:00")
    assert story.send(at("2026-12-01 10:00"), town=EntryState.REFUSED) == ["noether/correction/r1"]
    story.now_is()
    assert story.states(at("2026-12-01 10:00"))["noether/correction/r1"] == "refused"


def test_an_unknown_outcome_is_shown_and_never_sent_again() -> None:
    """A reminder goes all the same: what is unknown counts as told."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"), town=EntryState.UNKNOWN)
    assert story.send(at("2026-11-30 10:00")) == []
    assert story.mailing("noether/announcement/2026-W49", at("2026-11-30 10:00")).state is State.UNKNOWN
    assert story.send(at("2026-12-02 08:00")) == ["noether/reminder/2026-12-02"]


def test_nothing_due_before_the_beginning_is_sent() -> None:
    """`begin` withdraws it."""
    story = Story(talk(), begin="2026-12-01")
    assert story.send(at("2026-12-01 09:00")) == []
    assert story.states(at("2026-12-01 09:00"))["noether/announcement/2026-W49"] == "withdrawn"


def test_what_is_paused_is_held_and_says_why() -> None:
    """In the config or in the series."""
    story = Story(talk(), paused="strike")
    held = story.mailing("noether/announcement/2026-W49", at("2026-11-30 09:00"))
    assert (held.state, story.reason(held)) == (State.HELD, "paused: strike")


def test_many_talks_that_move_at_once_are_held() -> None:
    """Somebody edited announcer.yaml."""
    many = [replace(talk(), id=f"talk-{n}", path=f"talks/{n}.yaml") for n in range(5)]
    story = Story(*many, corrections="send")
    story.send(at("2026-11-30 09:00"))
    story.now_is(*(replace(event, place=Place(room="Hall 2")) for event in many), modified="2026-11-30 10:00")
    assert story.send(at("2026-11-30 11:00")) == []
    held = story.mailing("talk-0/correction/r1", at("2026-11-30 11:00"))
    assert held.state is State.HELD
    assert (story.reason(held) or "").startswith("5 talks changed at once")


def test_a_zone_that_changes_the_instant_is_a_change_of_time() -> None:
    """An alias of the same zone is none."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), zone="US/Central"))
    assert "noether/correction/r1" not in story.states(at("2026-11-30 10:00"))
    story.now_is(talk(zone="America/New_York"))
    correction = story.mailing("noether/correction/r1", at("2026-11-30 10:00"))
    assert [fact.value for fact in correction.groups[0].changes] == ["time"]


def test_a_digest_and_an_announcement_at_the_same_minute_both_go() -> None:
    """Digests stand apart."""
    story = Story(
        talk(schedule=["announcement: Monday of the same week at 8:00 am"]), digest="Monday at 8:00 am"
    )
    assert sorted(story.send(at("2026-11-30 08:00"))) == [
        "noether/announcement/2026-W49",
        "this-week/digest/2026-W49",
    ]


def test_a_digest_leaves_out_what_is_over_and_what_is_not_announceable() -> None:
    """It tells of what it contains, and a change is then a correction to its list."""
    over = replace(talk(start="2026-11-30 07:00", schedule=[]), id="early")
    draft = replace(talk(schedule=[]), id="draft", status=Status.DRAFT)
    story = Story(talk(schedule=[]), over, draft, digest="Monday at 8:00 am", corrections="send")
    assert story.send(at("2026-11-30 09:00")) == ["this-week/digest/2026-W49"]
    assert story.talks_told == ["noether"]
    story.now_is(talk(start="2026-12-03 16:00", schedule=[]), modified="2026-11-30 10:00")
    assert story.send(at("2026-11-30 10:30")) == ["noether/correction/r1"]


def test_a_rule_may_end_earlier_than_the_talk_begins() -> None:
    """`not_after` is its latest useful moment."""
    first, second = talk().schedule
    early = replace(first, not_after=parse_when("same day at 9:00 am"))
    story = Story(replace(talk(), schedule=(early, second)))
    missed = story.mailing("noether/announcement/2026-W49", at("2026-12-02 09:00"))
    assert (missed.expires, missed.state) == (at("2026-12-02 09:00"), State.MISSED)


def test_corrections_that_are_off_send_nothing_but_the_reminder_tells_the_change() -> None:
    """A cancellation is a person's word, and goes all the same."""
    story = Story(talk(), corrections="off")
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), place=Place(room="Hall 2")))
    assert "noether/correction/r1" not in story.states(at("2026-12-01 09:00"))
    story.send(at("2026-12-02 08:00"))
    assert story.changes == ["place"]
    story.now_is(replace(talk(), status=Status.CANCELLED), modified="2026-12-02 09:00")
    assert story.send(at("2026-12-02 09:00")) == ["noether/cancellation/r1"]


def test_three_hundred_talks_that_a_config_edit_moves_are_held() -> None:
    """All of them, for one reason."""
    many = [replace(talk(), id=f"talk-{n}", path=f"talks/{n}.yaml") for n in range(300)]
    story = Story(*many, corrections="send")
    story.send(at("2026-11-30 09:00"))
    moved = [replace(talk(start="2026-12-02 17:00"), id=event.id, path=event.path) for event in many]
    story.now_is(*moved, modified="2026-11-30 10:00")
    held = [mailing for mailing in story.plan(at("2026-11-30 10:20")) if mailing.occasion == "correction"]
    assert len(held) == 300
    assert {(mailing.state, story.reason(mailing)) for mailing in held} == {
        (
            State.HELD,
            "300 talks changed at once, which looks like an edit of announcer.yaml: look at them first",
        )
    }


def test_a_digest_of_nothing_is_skipped_or_sent_as_its_config_says() -> None:
    """No talk in its days."""
    story = Story(talk(start="2026-12-16 16:00", schedule=[]), digest="Monday at 8:00 am")
    assert story.send(at("2026-11-30 08:00")) == []
    digest = replace(story.department.digests["this-week"], send_when_empty=True)
    story.department = replace(story.department, digests={"this-week": digest})
    assert story.send(at("2026-11-30 08:00")) == ["this-week/digest/2026-W49"]


def test_a_cancellation_tells_no_new_room() -> None:
    """The room had moved before, and nobody had been told: where it would have been matters no more."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    off = replace(talk(), status=Status.CANCELLED, place=Place(room="Hall 2"))
    story.now_is(off, modified="2026-12-01 09:00")
    assert story.send(at("2026-12-01 09:00")) == ["noether/cancellation/r1"]
    assert story.changes == ["status"]


def test_a_cancellation_takes_back_what_was_told() -> None:
    """The file had moved the talk before it cancelled it, and nobody had been told: Wednesday is off."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    moved = replace(
        talk(start="2026-12-03 17:00"),
        title="Another Title",
        speakers=(Speaker(name="Bo Sample"),),
        place=Place(room="Hall 2"),
        online=Online(url="https://meet.example.edu/1", audience=Audience.PUBLIC),
    )
    story.now_is(replace(moved, status=Status.CANCELLED), modified="2026-12-01 09:00")
    (group, _) = story.mailing("noether/cancellation/r1", at("2026-12-01 09:00")).groups
    assert (group.changes, group.snapshots[0].date.day) == ((Fact.STATUS,), 2)
    off = replace(talk(), status=Status.CANCELLED, modified=at("2026-12-01 09:00"))
    assert group.talks == (off,)
    story.send(at("2026-12-01 09:00"))
    story.now_is(moved, modified="2026-12-01 10:00")
    assert story.send(at("2026-12-01 10:00")) == ["noether/correction/r2"]
    assert story.changes == ["status", "date", "time", "place", "online", "speaker"]


def test_lists_that_were_told_different_days_hear_each_its_own_cancelled() -> None:
    """The correction reached one list of two; it is one mailing all the same, and is done once."""
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    moved = talk(start="2026-12-03 16:00")
    story.now_is(moved, modified="2026-11-30 10:00")
    assert story.send(at("2026-11-30 10:20"), town=EntryState.REFUSED) == ["noether/correction/r1"]
    story.now_is(replace(moved, status=Status.CANCELLED), modified="2026-12-01 09:00")
    groups = story.mailing("noether/cancellation/r2", at("2026-12-01 09:00")).groups
    assert [(g.lists[0].name, g.snapshots[0].date.day) for g in groups] == [("staff", 3), ("town", 2)]
    assert story.send(at("2026-12-01 09:00"), town=EntryState.DEFERRED) == ["noether/cancellation/r2"]
    assert story.send(at("2026-12-01 09:30")) == ["noether/cancellation/r2"]
    assert story.send(at("2026-12-01 10:00")) == []


@pytest.mark.parametrize(
    ("corrections", "edited", "asked", "state", "reason"),
    [
        ("hold", "2026-12-02 15:50", "2026-12-02 15:52", "held", "corrections wait for a person: `announcer"),
        ("send", "2026-12-02 15:50", "2026-12-02 15:52", "held", "the talk begins before a correction goes"),
        ("hold", "2026-12-02 15:50", "2026-12-02 16:01", "missed", "nobody sent it in time: corrections"),
        ("send", "2026-12-02 15:30", "2026-12-02 16:01", "missed", "nothing ran while it could be sent"),
        ("send", "2026-12-03 10:00", "2026-12-03 11:00", "withdrawn", "the files were edited only after the"),
    ],
)
def test_an_edit_that_comes_late_says_what_became_of_it(
    corrections: str, edited: str, asked: str, state: str, reason: str
) -> None:
    """What nobody can be told in time needs a person, or nobody."""
    story = Story(talk(), corrections=corrections)
    story.send(at("2026-11-30 09:00"))
    story.send(at("2026-12-02 08:00"))
    story.now_is(replace(talk(), place=Place(room="Hall 2")), modified=edited)
    correction = story.mailing("noether/correction/r1", at(asked))
    assert correction.state == state
    assert (story.reason(correction) or "").startswith(reason)


def test_a_record_that_is_cancelled_afterwards_is_no_missed_mail() -> None:
    """It is bookkeeping: the day that lists were told is over."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), status=Status.CANCELLED), modified="2026-12-03 10:00")
    assert story.states(at("2026-12-03 11:00"))["noether/cancellation/r1"] == "withdrawn"


def test_cancelled_on_again_with_the_reminder_and_cancelled_once_more() -> None:
    """The reminder told that it is on: the second cancellation is a revision of its own."""
    off = replace(talk(), status=Status.CANCELLED)
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(off, modified="2026-12-01 09:00")
    assert story.send(at("2026-12-01 09:00")) == ["noether/cancellation/r1"]
    story.now_is(talk(), modified="2026-12-02 09:00")
    assert story.send(at("2026-12-02 09:00")) == ["noether/reminder/2026-12-02"]
    story.now_is(off, modified="2026-12-02 10:00")
    assert story.send(at("2026-12-02 10:00")) == ["noether/cancellation/r2"]


def test_a_link_for_one_list_alone_is_a_revision_of_its_own() -> None:
    """What still holds for the public list does not keep the internal one from hearing of it."""
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    moved = replace(talk(), place=Place(room="Hall 2"))
    story.now_is(moved, modified="2026-11-30 10:00")
    assert story.send(at("2026-11-30 10:30")) == ["noether/correction/r1"]
    story.now_is(replace(moved, online=Online(url="https://meet.example.edu/1")), modified="2026-11-30 11:00")
    assert story.send(at("2026-11-30 11:30")) == ["noether/correction/r2"]
    assert story.recipients("noether/correction/r2") == ["staff"]


def test_a_new_passcode_is_told_to_those_who_have_the_old_one() -> None:
    """The same link with a passcode that no longer opens it is no link."""
    first = replace(talk(), online=Online(url="https://meet.example.edu/1", passcode="tortoise"))
    story = Story(first, corrections="send")
    story.send(at("2026-11-30 09:00"))
    second = replace(first, online=Online(url="https://meet.example.edu/1", passcode="hare"))
    story.now_is(second, modified="2026-11-30 10:00")
    assert story.send(at("2026-11-30 10:30")) == ["noether/correction/r1"]
    assert (story.changes, story.recipients("noether/correction/r1")) == (["online"], ["staff"])


def test_thursday_wednesday_thursday_are_three() -> None:
    """The reminder said Wednesday in between."""
    thursday = talk(start="2026-12-03 16:00")
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    story.now_is(thursday, modified="2026-11-30 10:00")
    assert story.send(at("2026-11-30 10:30")) == ["noether/correction/r1"]
    story.now_is(talk(), modified="2026-12-02 07:50")
    assert story.send(at("2026-12-02 08:00")) == ["noether/reminder/2026-12-02"]
    story.now_is(thursday, modified="2026-12-02 10:00")
    assert story.send(at("2026-12-02 10:30")) == ["noether/correction/r2"]


@pytest.mark.parametrize("given_up", [EntryState.REFUSED, EntryState.SKIPPED])
def test_a_revision_that_was_refused_or_not_wanted_stops_no_later_one(given_up: EntryState) -> None:
    """The new room was not wanted; the new day is another matter."""
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    moved = replace(talk(), place=Place(room="Hall 2"))
    story.now_is(moved, modified="2026-11-30 10:00")
    story.send(at("2026-11-30 10:20"), staff=given_up, town=given_up)
    assert story.send(at("2026-11-30 10:40")) == []
    story.now_is(replace(talk(start="2026-12-03 16:00"), place=moved.place), modified="2026-11-30 11:00")
    assert story.send(at("2026-11-30 11:20")) == ["noether/correction/r2"]


def test_a_correction_sent_by_hand_and_put_off_is_tried_again() -> None:
    """It was a person's word, and greylisting is no reason to ask for it twice."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), place=Place(room="Hall 2")), modified="2026-11-30 10:00")
    asked = on_demand(story.situation(at("2026-11-30 11:00")), story.talks[0], Occasion.CORRECTION)
    assert asked is not None
    later = EntryState.DEFERRED
    story.hand_over([at_once(asked, at("2026-11-30 11:00"))], at("2026-11-30 11:00"), staff=later, town=later)
    assert story.send(at("2026-11-30 11:05")) == ["noether/correction/r1"]


def test_a_touched_file_does_not_withdraw_the_announcement_of_the_new_date() -> None:
    """The correction waits for a person; the day that was told has passed."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(talk(start="2026-12-09 16:00"), modified="2026-12-07 09:02")
    assert story.send(at("2026-12-07 09:20")) == ["noether/announcement/2026-W50"]


def test_nothing_goes_by_hand_about_a_talk_that_is_off_or_to_a_list_that_is_gone() -> None:
    """Not what no rule asks for, and not what was refused."""
    now = at("2026-12-01 09:00")
    off = replace(talk(schedule=SCHEDULE[:1]), status=Status.CANCELLED)
    story = Story(talk())
    story.send(at("2026-11-30 09:00"), town=EntryState.REFUSED)
    for asked in (
        on_demand(story.situation(now), off, Occasion.REMINDER),
        on_demand(story.situation(now), off, Occasion.ANNOUNCEMENT),
        on_demand(story.situation(now), talk(lists=("staff",)), Occasion.ANNOUNCEMENT),
    ):
        assert asked is not None
        assert State.DUE not in {outcome.state for outcome in at_once(asked, now).outcomes}


def test_by_hand_to_one_list_is_to_that_list_alone() -> None:
    """Though the other is due as well."""
    story = Story(talk())
    now = at("2026-11-30 10:00")
    asked = on_demand(story.situation(now), talk(), Occasion.ANNOUNCEMENT)
    assert asked is not None
    assert [o.list.name for o in at_once(asked, now, ["staff"]).outcomes if o.state is State.DUE] == ["staff"]


def test_a_renamed_file_is_in_no_digest() -> None:
    """Else the digest would make it known, and its announcement would go a second time."""
    rules_ = ["announcement: 7 days before at 9:00 am", "reminder: same day at 8:00 am"]
    story = Story(talk(schedule=rules_), digest="Monday at 8:00 am")
    story.send(at("2026-11-25 09:00"))
    story.now_is(
        replace(talk(schedule=rules_), id="emmy", path="talks/emmy.yaml"), modified="2026-11-27 09:00"
    )
    assert story.send(at("2026-11-30 08:00")) == []
    assert story.send(at("2026-11-30 08:01")) == []


def test_an_announced_talk_that_gives_way_to_none_is_cancelled() -> None:
    """Whoever has it in the calendar must lose it there; a talk after all is on again."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    none = replace(talk(), kind=Kind.NONE, title=None, speakers=(), notice="The speaker is ill.")
    story.now_is(none, modified="2026-12-01 10:00")
    (group, _) = story.mailing("noether/cancellation/r1", at("2026-12-01 10:00")).groups
    (shown,) = group.talks
    assert (shown.kind, shown.status, shown.title) == (Kind.TALK, Status.CANCELLED, talk().title)
    assert story.send(at("2026-12-01 10:00")) == ["noether/cancellation/r1"]
    assert story.send(at("2026-12-02 08:00")) == []
    story.now_is(talk(), modified="2026-12-02 09:00")
    assert story.send(at("2026-12-02 09:00")) == ["noether/reminder/2026-12-02"]


def test_a_cancellation_that_one_list_waits_for_survives_its_file() -> None:
    """The file of a cancelled talk was deleted too early: the list is not forgotten."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), status=Status.CANCELLED), modified="2026-12-01 09:00")
    story.send(at("2026-12-01 09:00"), town=EntryState.DEFERRED)
    story.talks = ()
    held = story.mailing("noether/cancellation/r1", at("2026-12-01 10:00"))
    assert [(o.list.name, o.state) for o in held.outcomes] == [
        ("staff", State.ACCEPTED),
        ("town", State.HELD),
    ]


def test_a_late_reminder_waits_until_the_edit_has_settled() -> None:
    """Moved to today after the reminder's hour: not in the minute of the edit."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    story.now_is(talk(start="2026-12-01 16:00"), modified="2026-12-01 10:00")
    assert story.send(at("2026-12-01 10:00")) == []
    assert story.send(at("2026-12-01 10:15")) == ["noether/reminder/2026-12-01"]
    assert story.changes == ["date"]


def test_what_was_too_many_is_too_many_until_the_end() -> None:
    """Some of them began; the rest does not go for that."""
    early = ["announcement: 7 days before at 9:00 am"]
    many = [
        replace(talk(start=f"2026-12-0{2 + n} 16:00", schedule=early), id=f"talk-{n}", path=f"talks/{n}.yaml")
        for n in range(4)
    ]
    story = Story(*many, corrections="send")
    for day in range(25, 30):
        story.send(at(f"2026-11-{day} 09:00"))
    story.now_is(*(replace(event, place=Place(room="Hall 2")) for event in many), modified="2026-11-30 10:00")
    assert story.send(at("2026-12-02 16:00")) == []
    missed = story.mailing("talk-0/correction/r1", at("2026-12-02 16:00"))
    assert (story.reason(missed) or "").startswith("it was held until it was too late: 4 talks changed")


def test_a_date_that_is_past_needs_a_person() -> None:
    """A slip in the year is not bookkeeping."""
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    story.now_is(talk(start="2025-12-02 16:00"), modified="2026-12-01 10:00")
    held = story.mailing("noether/correction/r1", at("2026-12-01 11:00"))
    assert held.state is State.HELD
    assert (story.reason(held) or "").startswith("its new date is past already")


def test_a_correction_that_was_put_off_gives_way_to_the_reminder() -> None:
    """One mail for a talk, a list and a run."""
    later = EntryState.DEFERRED
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    story.now_is(replace(talk(), place=Place(room="Hall 2")), modified="2026-12-02 07:30")
    assert story.send(at("2026-12-02 07:46"), staff=later, town=later) == ["noether/correction/r1"]
    assert story.send(at("2026-12-02 08:00")) == ["noether/reminder/2026-12-02"]


def test_a_rule_that_gets_another_day_after_it_fired_sends_nothing_again() -> None:
    """Its slot is another, its mail is not; the rule that is still to come goes."""
    often = "announcement: {} days before at 9:00 am"
    story = Story(talk(schedule=[often.format(7), often.format(2)]))
    story.send(at("2026-11-25 09:00"))
    story.now_is(talk(schedule=[often.format(6), often.format(2)]), modified="2026-11-27 09:00")
    assert story.send(at("2026-11-27 09:00")) == []
    assert story.send(at("2026-11-30 09:00")) == ["noether/announcement/2026-W49/2-days-before"]


def test_a_digest_that_nobody_ran_stays_missed() -> None:
    """Also once its talks are over; the digests of earlier weeks are no part of the plan."""
    story = Story(talk(schedule=[]), digest="Monday at 8:00 am")
    assert story.states(at("2026-12-02 17:01")) == {"this-week/digest/2026-W49": "missed"}
    story.send(at("2026-11-30 09:00"))
    assert story.states(at("2026-12-15 12:00")) == {}


def test_what_an_audience_knows_of_an_entry_does_not_age_it() -> None:
    """A link that only staff gets raises DTSTAMP there, so that calendars take it, and SEQUENCE nowhere."""
    story = Story(talk(), corrections="send")
    story.send(at("2026-11-30 09:00"))
    online = replace(talk(), online=Online(url="https://meet.example.edu/1"))
    story.now_is(online, modified="2026-11-30 10:00")
    story.send(at("2026-11-30 10:20"))
    story.send(at("2026-12-02 08:00"))
    assert story.sequences("staff") == [0, 0, 0]
    stamps = {
        name: [s.dtstamp for e in story.entries if e.list == name for s in e.snapshots]
        for name in ("staff", "town")
    }
    assert stamps["staff"][0] < stamps["staff"][1] == stamps["staff"][2]
    assert stamps["town"][0] == stamps["town"][1]


def test_a_cancellation_heeds_no_date_that_the_file_came_to_have() -> None:
    """The file says a day that is past; the day that lists were told is still to come, and is off."""
    story = Story(talk())
    story.send(at("2026-11-30 09:00"))
    past = replace(talk(start="2026-11-25 16:00"), status=Status.CANCELLED)
    story.now_is(past, modified="2026-12-01 09:00")
    assert story.send(at("2026-12-01 09:00")) == ["noether/cancellation/r1"]


def test_a_wait_that_a_clock_ahead_noted_is_bounded() -> None:
    """Put off under a clock that was two days ahead: it is tried again now, not in two days."""
    story = Story(talk())
    now = at("2026-11-30 09:00")
    story.send(now, staff=EntryState.DEFERRED, town=EntryState.DEFERRED)
    for wait, state in ((timedelta(days=2), State.DUE), (timedelta(minutes=30), State.DEFERRED)):
        story.entries = [replace(entry, retry_at=now + wait) for entry in story.entries]
        assert {outcome.state for outcome in story.plan(now)[0].outcomes} == {state}
