"""What the preview's parts are tested with: a department and talks made of domain records, no folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from announcer.domain.department import Department
from announcer.domain.mailing import Entry
from announcer.domain.occasion import Occasion
from announcer.domain.problem import Problem
from announcer.domain.rule import Rule
from announcer.domain.talk import BrokenTalk, Talk
from announcer.domain.when import parse_when
from announcer.message.compose import Composer
from announcer.preview.source import PreviewSource
from announcer.preview.state import StateKeeper
from announcer.records.load import Loaded
from tests.message.samples import TEMPLATES, department, seed

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=CHICAGO)
SCHEDULE = (
    Rule(send=Occasion.ANNOUNCEMENT, when=parse_when("Monday of the same week at 9:00 am")),
    Rule(send=Occasion.REMINDER, when=parse_when("same day at 8:00 am")),
)


def talk(**fields: Any) -> Talk:
    """The seed's talk with the sample department's schedule."""
    return seed(**({"schedule": SCHEDULE} | fields))


def later(weeks: int, **fields: Any) -> Talk:
    """A talk so many weeks after the seed's, with an id of its own."""
    first = talk()
    moved = timedelta(weeks=weeks)
    made = replace(first, id=f"later-{weeks}", start=first.start + moved, end=first.end + moved)
    return replace(made, **fields)


def loaded(
    talks: Sequence[Talk],
    *,
    home: Department | None = None,
    broken: Sequence[BrokenTalk] = (),
    problems: Sequence[Problem] = (),
) -> Loaded:
    """What a folder with these talks would give."""
    return Loaded(
        department=home or department(),
        talks=tuple(talks),
        broken=tuple(broken),
        loading_problems=tuple(problems),
    )


def keeper(
    *talks: Talk,
    entries: Sequence[Entry] = (),
    now: datetime = NOW,
    states: Sequence[Loaded] = (),
    home: Department | None = None,
) -> StateKeeper:
    """A keeper over these talks; with `states`, over what the folder says at one refresh after another."""
    coming = list(states) or [loaded(talks, home=home)]
    return StateKeeper(
        PreviewSource(
            root=TEMPLATES.parent / "nowhere",
            load=lambda: coming.pop(0) if len(coming) > 1 else coming[0],
            read_talk=lambda _: None,
            entries=lambda _: list(entries),
            sent=lambda *_: None,
            when_and_to_whom=lambda *_: "",
            composer=lambda settings: Composer(settings, root=Path(TEMPLATES).parent, templates=[TEMPLATES]),
            clock=lambda: now,
            watched=(),
            transport=lambda _: "Mail goes nowhere.",
        )
    )
