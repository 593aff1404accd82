"""What a plan costs: 1,000 talks and 10,000 entries beside ten times as many.

python -m tests.benchmarks.planning
"""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace
from datetime import timedelta

from announcer.domain.department import normalized
from announcer.domain.mailing import Entry, EntryState, Key
from announcer.domain.planning.plan import plan
from announcer.domain.planning.situation import Situation
from announcer.domain.snapshot import facts
from announcer.domain.talk import Talk
from tests.domain.story import Story, at, talk

NOW = at("2026-11-30 09:00")


def department(count: int) -> Story:
    """`count` talks, a hundredth of them to come, and ten entries for each."""
    first = talk()
    talks = []
    for number in range(count):
        start = first.start - timedelta(days=7 * (number % count) // 10 - count // 100)
        talks.append(replace(first, id=f"talk-{number}", start=start, end=start + timedelta(hours=1)))
    story = Story(*talks)
    for event in talks:
        story.entries += _entries(story, event)
    return story


def _entries(story: Story, event: Talk) -> list[Entry]:
    """Five mailings to two lists, told."""
    return [
        Entry(
            key=Key(event.id, "reminder", (event.date - timedelta(days=day)).isoformat()),
            list=mailing_list.name,
            address=normalized(mailing_list.address),
            audience=mailing_list.audience,
            state=EntryState.ACCEPTED,
            snapshots=(replace(facts(event), uid=f"{event.id}@example.edu", dtstamp=event.start),),
            message_id="<1@example.edu>",
            at=event.start - timedelta(days=day),
        )
        for day in range(5)
        for mailing_list in story.department.lists.values()
    ]


def seconds(story: Story) -> float:
    """The best of three plans."""
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        plan(Situation.of(story.department, story.entries, NOW), story.talks, ())
        best = min(best, time.perf_counter() - began)
    return best


def main() -> None:
    """Prints times, their ratio, and the memory that the larger plan takes beside its arguments."""
    small, large = department(1_000), department(10_000)
    few, many = seconds(small), seconds(large)
    tracemalloc.start()
    plan(Situation.of(large.department, large.entries, NOW), large.talks, ())
    _, peak = tracemalloc.get_traced_memory()
    print(f"plan of  1,000 talks and  10,000 entries: {few * 1000:8.1f} ms")
    print(f"plan of 10,000 talks and 100,000 entries: {many * 1000:8.1f} ms, {many / few:.1f} times as long")
    print(f"memory at its peak: {peak / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
