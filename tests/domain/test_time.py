"""Time, in every zone and across both clock changes of seven years."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from announcer.domain.clock import instant
from announcer.domain.mailing import State
from announcer.domain.planning.plan import plan
from announcer.domain.planning.schedule import scheduled
from announcer.domain.when import parse_when
from tests.domain.story import Story, rules, talk
from tests.thoroughness import examples

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
PHRASES = (
    "7 days before at 9:00 am",
    "Monday of the same week at 02:30",
    "Friday of the week before at 16:00",
    "Monday before at 01:30",
    "same day at 00:30",
    "2 hours before",
    "36 hours before",
)
SPRING_TO_SPRING = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31))  # noqa: DTZ001


@settings(max_examples=examples(200))
@given(zone=st.sampled_from(ZONES), wall=SPRING_TO_SPRING, phrase=st.sampled_from(PHRASES))
def test_a_wall_clock_rule_keeps_its_wall_clock(zone: str, wall: datetime, phrase: str) -> None:
    """Whatever the zone does, the due instant shows the rule's time, or is the transition that skips it."""
    tz = ZoneInfo(zone)
    when = parse_when(phrase)
    start = instant(wall.date(), wall.time().replace(microsecond=0), tz)
    due = when.due(start, zone)
    if when.elapsed is not None:
        assert start.astimezone(UTC) - due.astimezone(UTC) == when.elapsed
        return
    assert when.at is not None
    shown = due.astimezone(tz).time().replace(fold=0)
    if shown != when.at:
        before = (due.astimezone(UTC) - timedelta(seconds=1)).astimezone(tz)
        assert before.utcoffset() != due.utcoffset()
        assert before.replace(tzinfo=None).time() < when.at or before.date() < due.date()


@settings(max_examples=examples(100))
@given(
    zone=st.sampled_from(ZONES),
    wall=SPRING_TO_SPRING,
    later=st.timedeltas(timedelta(0), timedelta(days=9)),
    phrase=st.sampled_from(PHRASES),
)
def test_due_instants_are_monotonic_in_the_start(
    zone: str, wall: datetime, later: timedelta, phrase: str
) -> None:
    """A talk that begins later is never announced earlier."""
    tz = ZoneInfo(zone)
    first = wall.replace(tzinfo=tz).astimezone(UTC)
    when = parse_when(phrase)
    assert when.due(first, zone).astimezone(UTC) <= when.due(first + later, zone).astimezone(UTC)


@settings(max_examples=examples(100))
@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    at=st.times().map(lambda value: value.replace(microsecond=0)),
    ticks=st.lists(st.timedeltas(timedelta(0), timedelta(days=10)), min_size=1, max_size=12),
)
def test_nothing_is_due_twice(zone: str, day: date, at: time, ticks: list[timedelta]) -> None:
    """However often one looks, each mailing goes at most once, and nothing goes after the start."""
    start = instant(day, at, ZoneInfo(zone))
    wall = start.replace(tzinfo=None).isoformat(" ")
    story = Story(
        talk(
            start=wall,
            zone=zone,
            schedule=["announcement: 7 days before at 9:00 am", "reminder: same day at 00:30"],
        )
    )
    went = []
    for tick in sorted(ticks):
        moment = start.astimezone(UTC) - timedelta(days=8) + tick
        sent = story.send(moment)
        assert not sent or moment < start.astimezone(UTC)
        went += sent
    assert len(went) == len(set(went))


def test_every_zone_and_both_clock_changes_are_planned() -> None:
    """Around each transition, in many zones: planning never fails, and due precedes expiry."""
    for zone in ZONES[::7]:
        for month in (3, 4, 9, 10, 11):
            for wall in (f"2027-{month:02}-28 02:30:00", f"2027-{month:02}-07 02:30:00"):
                event = talk(start=wall, zone=zone)
                first, last = scheduled(event)
                assert first.due < first.expires or first.due.astimezone(UTC) < first.expires.astimezone(UTC)
                assert last.expires == event.local_start


def test_the_plan_is_pure() -> None:
    """The same arguments give the same plan."""
    story = Story(talk())
    now = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    args = (story.situation(now), story.talks, story.broken)
    assert plan(*args) == plan(*args)
    assert plan(*args).mailings[0].state is State.DUE


def test_a_rules_slot_has_neither_place_nor_time() -> None:
    """Reordering a schedule, or moving a rule's hour, keeps its keys."""
    lines = ["reminder: 1 day before at 16:00", "reminder: same day at 8:00 am"]
    keys = {rule.key for rule in scheduled(talk(schedule=lines))}
    moved = ["reminder: same day at 9:30 am", "reminder: 1 day before at noon"]
    assert {rule.key for rule in scheduled(talk(schedule=moved))} == keys
    assert {str(key) for key in keys} == {
        "noether/reminder/2026-12-02/1-day-before",
        "noether/reminder/2026-12-02/same-day",
    }
    assert rules(lines)[0].slot == "1-day-before"
