"""Requests and afterwards as stories: who is asked when, where it stops, and who hears of a recording."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from announcer.domain.department import Address
from announcer.domain.mailing import EntryState, Key, Mailing, State
from announcer.domain.occasion import Occasion, Recipients
from announcer.domain.planning.on_demand import at_once, on_demand
from announcer.domain.planning.plan import plan
from announcer.domain.planning.requests import deadline
from announcer.domain.planning.situation import Situation
from announcer.domain.reason import Code
from announcer.domain.rule import Rung
from announcer.domain.talk import Host, Kind, Link, Speaker, Status, Talk
from announcer.domain.when import parse_request_when
from tests.domain.story import Story, at, talk

ADA = Speaker(name="Ada Lindqvist", email="ada@example.org")
BO = Speaker(name="Bo Sample", email="bo@example.org")
HOST = Host(name="Max Sample", email="max@example.edu")
FIRST = "noether/request/2026-12-02/3-weeks-before"
SECOND = "noether/request/2026-12-02/10-days-before"
LAST = "noether/request/2026-12-02/2-days-before-announcement"
AFTER = "noether/afterwards/2026-12-02"


def rung(when: str, to: str, copy: str | None = None) -> Rung:
    """One line of a ladder."""
    return Rung(when=parse_request_when(when), to=Recipients(to), copy=Recipients(copy) if copy else None)


LADDER = (
    rung("3 weeks before at 9:00 am", "speaker"),
    rung("10 days before at 9:00 am", "speaker", "host"),
    rung("2 days before announcement at 9:00 am", "host", "organizer"),
)


def untitled(**changes: Any) -> Talk:
    """A talk on Wednesday, December 2, that has no title."""
    lacks: dict[str, Any] = {
        "title": None,
        "abstract": "Known.",
        "speakers": (ADA,),
        "host": HOST,
        "modified": at("2026-10-01 12:00"),
    }
    return replace(talk(), **(lacks | changes))


class Asking(Story):
    """A story whose series was asked of before."""

    asked: frozenset[str] = frozenset()

    def situation(self, now: datetime) -> Situation:
        """As a story's, with that."""
        situation = super().situation(now)
        return replace(situation, asked=situation.asked | self.asked)


def asking(*talks: Talk, first: bool = False, **series: Any) -> Asking:
    """A department that asks; whose speakers were asked before, unless it is the `first` time."""
    story = Asking(*talks)
    story.asked = frozenset() if first else frozenset(["colloquium"])
    chosen = {"requests": LADDER} | series
    department = story.department
    story.department = replace(
        department,
        organizer=Address(address="office@example.edu", name="The Office"),
        series={"colloquium": replace(department.series["colloquium"], **chosen)},
    )
    return story


def planned(story: Story, now: str) -> list[Mailing]:
    """What that moment asks for, of a series that somebody let ask."""
    return story.plan(at(now))


def send(story: Story, now: str, **results: EntryState) -> list[str]:
    """Sends what is due then; the requests that went."""
    went = story.hand_over(planned(story, now), at(now), **results)
    return [key for key in went if "/request/" in key]


def find(story: Story, key: str, now: str) -> Mailing | None:
    """The mailing of that key."""
    return next((mailing for mailing in planned(story, now) if mailing.key == Key.parse(key)), None)


def days(story: Story, now: str) -> dict[str, str]:
    """When each request is due, by its slot."""
    return {
        mailing.key.slot: f"{mailing.due:%a %b %-d, %H:%M}"
        for mailing in planned(story, now)
        if mailing.occasion is Occasion.REQUEST and mailing.due
    }


def test_the_ladder_is_climbed_on_working_days_and_each_rung_once() -> None:
    """The rung of Sunday goes on Monday; that of Saturday, after which the announcement comes, on Friday."""
    story = asking(untitled())
    assert days(story, "2026-11-01 12:00") == {
        "3-weeks-before": "Wed Nov 11, 09:00",
        "10-days-before": "Mon Nov 23, 09:00",
        "2-days-before-announcement": "Fri Nov 27, 09:00",
    }
    assert send(story, "2026-11-11 08:59") == []
    assert send(story, "2026-11-11 09:00") == [FIRST]
    assert send(story, "2026-11-11 09:01") == []
    assert send(story, "2026-11-22 09:00") == []
    assert send(story, "2026-11-23 09:00") == [SECOND]
    assert send(story, "2026-11-27 09:00") == [LAST]
    assert send(story, "2026-11-28 09:00") == []


def test_who_gets_each_rung_and_the_copy_is_a_row() -> None:
    """The role is the name; a copy, and each of several speakers, has a row and a message of its own."""
    story = asking(untitled(speakers=(ADA, BO)))
    second = find(story, SECOND, "2026-11-10 09:00")
    assert second is not None
    assert [(o.list.name, o.list.address) for o in second.outcomes] == [
        ("speaker", "ada@example.org"),
        ("speaker-2", "bo@example.org"),
        ("host", "max@example.edu"),
    ]
    assert [[mailing_list.name for mailing_list in group.lists] for group in second.groups] == [
        ["speaker"], ["speaker-2"], ["host"]
    ]  # fmt: skip
    assert [group.request and group.request.is_copy for group in second.groups] == [False, False, True]


@pytest.mark.parametrize(
    ("speaker", "host", "roles"),
    [
        (Speaker(name="Ada"), HOST, ["host"]),
        (Speaker(name="Ada"), Host(name="Max"), ["organizer"]),
        (Speaker(name="Ada"), None, ["organizer"]),
    ],
    ids=["host", "organizer", "no host"],
)
def test_without_an_address_the_next_is_asked_and_told_so(
    speaker: Speaker, host: Host | None, roles: list[str]
) -> None:
    """The host in place of the speaker, the organizer in place of the host."""
    first = find(asking(untitled(speakers=(speaker,), host=host)), FIRST, "2026-11-10 09:00")
    assert first is not None
    assert [outcome.list.name for outcome in first.outcomes] == roles
    request = first.groups[0].request
    assert request is not None
    assert request.instead_of is Recipients.SPEAKER


def test_of_what_is_due_only_the_latest_goes() -> None:
    """A talk written five days before gets one mail, once its file was left alone for two days."""
    story = asking(untitled(modified=at("2026-11-23 10:00")))
    assert send(story, "2026-11-23 10:01") == []
    assert send(story, "2026-11-25 09:59") == []
    assert send(story, "2026-11-25 10:00") == [SECOND]
    story = asking(untitled(modified=at("2026-11-27 10:00")))
    went = [
        key
        for day in ("27 10:01", "28 10:00", "29 10:00", "30 09:00", "30 10:00")
        for key in send(story, f"2026-11-{day}")
    ]
    assert went == [LAST]
    first = find(story, FIRST, "2026-11-28 10:00")
    assert first is not None
    assert first.state is State.WITHDRAWN


def test_two_requests_are_three_days_apart() -> None:
    """A rung that follows too soon waits."""
    ladder = (rung("12 days before at 9:00 am", "speaker"), rung("10 days before at 9:00 am", "speaker"))
    story = asking(untitled(), requests=(*ladder, rung("9 days before at 9:00 am", "host")))
    assert days(story, "2026-11-19 12:00")["12-days-before"] == "Fri Nov 20, 09:00"
    assert send(story, "2026-11-20 09:00") == ["noether/request/2026-12-02/12-days-before"]
    assert send(story, "2026-11-22 09:00") == []
    assert send(story, "2026-11-23 08:00") == []
    assert send(story, "2026-11-23 09:00") == ["noether/request/2026-12-02/9-days-before"]


def test_an_edit_dated_after_now_is_none() -> None:
    """A wrong clock on another machine holds nobody back."""
    assert send(asking(untitled(modified=at("2026-11-20 12:00"))), "2026-11-11 09:00") == [FIRST]


def test_holidays_and_a_machine_that_was_off() -> None:
    """Neither on a holiday, nor on Saturday because nothing ran on Friday."""
    story = asking(untitled())
    story.department = replace(story.department, holidays=frozenset([date(2026, 11, 11), date(2026, 11, 12)]))
    assert send(story, "2026-11-12 09:00") == []
    assert send(story, "2026-11-13 09:00") == [FIRST]
    story = asking(untitled())
    assert send(story, "2026-11-14 12:00") == []
    assert send(story, "2026-11-16 09:00") == [FIRST]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Known"},
        {"status": Status.CANCELLED},
        {"status": Status.POSTPONED},
        {"kind": Kind.NONE},
        {"request": False},
        {"status": Status.DRAFT},
        {"confidential": "yes"},
    ],
    ids=["complete", "cancelled", "postponed", "none", "no", "draft", "confidential"],
)
def test_where_nobody_is_asked(change: dict[str, Any]) -> None:
    """A talk that lacks nothing, or about which nobody is to be asked, is silent in the plan."""
    story = asking(untitled(**change))
    assert days(story, "2026-11-11 09:00") == {}
    assert on_demand(story.situation(at("2026-11-11 09:00")), story.talks[0], Occasion.REQUEST) is None


@pytest.mark.parametrize(
    "change", [{"status": Status.DRAFT}, {"confidential": "yes"}, {"status": Status.TENTATIVE}]
)
def test_a_draft_or_confidential_talk_is_asked_about_where_its_file_says_so(change: dict[str, Any]) -> None:
    """`request: yes`; a tentative one needs no such word."""
    wanted = {} if change.get("status") is Status.TENTATIVE else {"request": True}
    assert send(asking(untitled(**change, **wanted)), "2026-11-11 09:00") == [FIRST]


def test_it_stops_at_an_answer_at_the_announcement_and_at_the_start() -> None:
    """What was asked stays to be seen."""
    story = asking(untitled())
    send(story, "2026-11-11 09:00")
    story.now_is(untitled(title="Known"))
    assert {
        key: state for key, state in story.states(at("2026-11-23 09:00")).items() if "/request/" in key
    } == {FIRST: "accepted"}
    story = asking(untitled(abstract=None, title="Known"))
    assert story.hand_over(planned(story, "2026-11-30 09:00"), at("2026-11-30 09:00"))[-1:] == [
        "noether/announcement/2026-W49"
    ]
    assert send(story, "2026-12-01 09:00") == []
    story = asking(untitled())
    assert send(story, "2026-12-02 16:00") == []


def test_a_speaker_is_asked_for_what_that_speaker_lacks() -> None:
    """A biography that is there is not asked for again."""
    known = replace(BO, bio="Bo.")
    story = asking(untitled(title="Known", speakers=(ADA, known)), request_needs=("title", "bio"))
    first = find(story, FIRST, "2026-11-10 09:00")
    assert first is not None
    assert [outcome.list.name for outcome in first.outcomes] == ["speaker"]
    assert [group.request and group.request.missing for group in first.groups] == [("bio",)]


def test_the_first_of_a_series_waits_for_a_person() -> None:
    """`announcer send ID request --yes` sends it, also within two days of an edit; the others then go."""
    story = asking(untitled(modified=at("2026-11-10 12:00")), first=True)
    held = find(story, FIRST, "2026-11-12 13:00")
    assert held is not None
    assert (held.state, held.reason and held.reason.code) == (State.HELD, Code.FIRST_REQUEST)
    now = at("2026-11-11 12:00")
    asked = on_demand(story.situation(now), story.talks[0], Occasion.REQUEST)
    assert asked is not None
    assert story.hand_over([at_once(asked, now)], now) == [FIRST]
    other = untitled(id="other", path="talks/other.yaml")
    story.talks = (*story.talks, other)
    assert send(story, "2026-11-12 13:00") == ["other/request/2026-12-02/3-weeks-before"]


def test_it_replies_to_the_last_and_tells_nothing() -> None:
    """A request is no announcement: a cancellation goes to no person, and nobody counts as told."""
    story = asking(untitled())
    send(story, "2026-11-11 09:00")
    second = find(story, SECOND, "2026-11-23 09:00")
    assert second is not None
    assert [group.in_reply_to for group in second.groups] == [f"<{FIRST}@example.edu>", None]
    story.now_is(untitled(status=Status.CANCELLED))
    assert story.send(at("2026-11-24 09:00")) == []


def test_what_was_due_before_it_was_switched_on_does_not_go() -> None:
    """Rule 23: as what was due before `begin`."""
    story = asking(untitled())
    situation = replace(
        story.situation(at("2026-11-12 09:00")),
        switched={("colloquium", Occasion.REQUEST): at("2026-11-12 08:00")},
    )
    first = plan(situation, story.talks, []).find(Key.parse(FIRST))
    assert first is not None
    assert (first.state, first.reason and first.reason.code) == (State.WITHDRAWN, Code.BEFORE_SWITCHED_ON)


def test_the_held_announcement_says_who_was_asked() -> None:
    """And when, so that the organizer need not look it up."""
    story = asking(untitled())
    send(story, "2026-11-11 09:00")
    held = find(story, "noether/announcement/2026-W49", "2026-11-30 09:00")
    assert held is not None
    assert story.reason(held) == "it has no title yet; the speaker was asked on Wed Nov 11"


def test_who_got_a_copy_was_not_asked() -> None:
    """The host who heard of a request hears whom it went to; the organizer's copy says it, too."""
    story = asking(untitled(speakers=(ADA, BO)))
    send(story, "2026-11-11 09:00")
    send(story, "2026-11-23 09:00")
    last = find(story, LAST, "2026-11-27 09:00")
    assert last is not None
    assert [group.request.is_copy for group in last.groups if group.request] == [False, True]
    for group in last.groups:
        assert group.request is not None
        assert [(asked.who, f"{asked.day:%b %-d}") for asked in group.request.asked] == [
            ("speaker", "Nov 11"),
            ("speaker", "Nov 23"),
        ]


@pytest.mark.parametrize(
    ("today", "announcement", "asked_by"),
    [
        (date(2026, 11, 11), date(2026, 11, 30), date(2026, 11, 18)),
        (date(2026, 11, 23), date(2026, 11, 30), date(2026, 11, 27)),
        (date(2026, 11, 27), date(2026, 11, 30), date(2026, 11, 29)),
        (date(2026, 11, 30), None, date(2026, 12, 1)),
        (date(2026, 12, 2), None, date(2026, 12, 2)),
    ],
)
def test_the_deadline(today: date, announcement: date | None, asked_by: date) -> None:
    """A week, but before the announcement; never before tomorrow but on the day itself."""
    assert deadline(today, announcement, date(2026, 12, 2), Story().department) == asked_by


def told_and_over(**changes: Any) -> Story:
    """A talk of which two lists were told, in a series that says so afterwards."""
    given = replace(talk(), modified=at("2026-11-01 12:00"))
    story = asking(given, has_afterwards=True, requests=())
    story.send(at("2026-11-30 09:00"))
    story.send(at("2026-12-02 08:00"))
    story.talks = (replace(given, **changes),)
    return story


RECORDED = (Link(label="Aufzeichnung", url="https://example.edu/v"),)


def test_the_day_after_lists_that_were_told_hear_where_the_recording_is() -> None:
    """Once; a link that comes within a week goes then, with a quarter of an hour to look at it."""
    story = told_and_over(links=RECORDED)
    assert story.send(at("2026-12-03 08:59")) == []
    assert story.send(at("2026-12-03 09:00")) == [AFTER]
    assert story.send(at("2026-12-03 09:01")) == []
    story = told_and_over()
    assert story.send(at("2026-12-03 09:00")) == []
    story.now_is(replace(talk(), links=RECORDED), modified="2026-12-05 11:00")
    assert story.send(at("2026-12-05 11:14")) == []
    assert story.send(at("2026-12-05 11:15")) == [AFTER]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"recording": True},
        {"links": (Link(label="Paper", url="https://example.edu/p"),)},
        {"links": RECORDED, "status": Status.CANCELLED},
    ],
    ids=["nothing", "a promise", "a paper", "cancelled"],
)
def test_when_nothing_is_told_afterwards(changes: dict[str, Any]) -> None:
    """`recording: yes` only promises one."""
    story = told_and_over(**changes)
    assert [key for key in story.states(at("2026-12-03 09:00")) if "afterwards" in key] == []


@pytest.mark.parametrize(
    "label",
    [
        "Recording",
        "Video",
        "Slides",
        "Folien",
        "Aufzeichnung",
        "Enregistrement",
        "Diapositives",
        "Grabación",
        "Registrazione",
        "Opname",
        "Dia's",
        "録画",
        "スライド",
        "录像",
        "幻灯片",
        "Nagranie",
        "Slajdy",
        "Gravação",
    ],
)
def test_a_label_says_it_in_any_language(label: str) -> None:
    """Of those that mail is written in."""
    story = told_and_over(links=(Link(label=label, url="https://example.edu/v"),))
    assert story.send(at("2026-12-03 09:00")) == [AFTER]


def test_a_week_after_the_talk_it_is_too_late() -> None:
    """It is missed, and a list that was never told hears nothing."""
    story = told_and_over(links=RECORDED)
    assert story.send(at("2026-12-09 16:00")) == []
    story = told_and_over(links=RECORDED)
    story.entries = []
    assert [key for key in story.states(at("2026-12-03 09:00")) if "afterwards" in key] == []
