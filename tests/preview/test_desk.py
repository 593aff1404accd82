"""The preview keeps the last good of what is broken, and knows when something changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from announcer.domain.errors import FaultError
from announcer.domain.mailing import Entry
from announcer.domain.occasion import Occasion
from announcer.domain.problem import Problem
from announcer.domain.talk import BrokenTalk, Talk
from announcer.preview.live import is_ours, is_talk
from announcer.preview.message_view import MessageViews, audience_differences
from announcer.preview.state import StateKeeper
from announcer.records.load import Loaded
from announcer.service.selection import Selection
from tests.message.samples import department
from tests.preview.story import keeper, later, loaded, talk

ANNOUNCEMENT = Selection(subject="2026-bordelon", occasion=Occasion.ANNOUNCEMENT)
WRONG = Problem(
    path="talks/colloquium/2026-bordelon.yaml", line=6, column=7, code="no-date", message="no", hint="yes"
)
BROKEN = BrokenTalk(id="2026-bordelon", path=WRONG.path, reason="no")


def _broken(*others: Talk) -> Loaded:
    return loaded(others, broken=[BROKEN], problems=[WRONG])


def test_a_broken_talk_stays_as_it_was() -> None:
    """It is shown with its problem, planned no more, and as good as new when it is mended."""
    state_keeper = keeper(states=[loaded([talk()]), _broken(), loaded([talk(title="Mended")])])
    message_views = MessageViews(state_keeper)
    assert message_views.of(state_keeper.state, ANNOUNCEMENT).problems == ()
    state_keeper.refresh()
    shown = message_views.of(state_keeper.state, ANNOUNCEMENT)
    assert (shown.problems, shown.group.talks[0].title) == ((WRONG,), talk().title)
    assert state_keeper.state.sound == []
    state_keeper.refresh()
    shown = message_views.of(state_keeper.state, ANNOUNCEMENT)
    assert (shown.problems, shown.group.talks[0].title) == ((), "Mended")


def test_a_broken_config_leaves_the_department_as_it_was() -> None:
    """And says what is wrong with it on every message."""
    wrong = replace(WRONG, path="announcer.yaml")
    nothing = Loaded(department=None, talks=(), broken=(), loading_problems=(wrong,))
    state_keeper = keeper(states=[loaded([talk()]), nothing])
    state_keeper.refresh()
    assert state_keeper.state.department == department()
    assert MessageViews(state_keeper).of(state_keeper.state, ANNOUNCEMENT).problems == (wrong,)


def test_a_talk_that_vanished_is_gone() -> None:
    """A deleted file is no broken one."""
    state_keeper = keeper(states=[loaded([talk(), later(1)]), loaded([later(1)])])
    state_keeper.refresh()
    assert set(state_keeper.state.talks) == {"later-1"}


def test_a_desk_without_a_department_says_why() -> None:
    """The first start over a broken config shows its problems."""
    nothing = Loaded(department=None, talks=(), broken=(), loading_problems=(WRONG,))
    state = keeper(states=[nothing]).state
    assert (state.department, state.errors) == (None, [WRONG])


def test_reading_what_is_the_same_changes_no_number() -> None:
    """Pages are told of what differs; a template's change may always matter."""
    state_keeper = keeper(talk())
    before = state_keeper.state.number
    assert state_keeper.refresh(talks_only=True).number == before
    assert state_keeper.refresh().number == before + 1


def test_a_ledger_that_cannot_be_read_is_said_and_hides_nothing() -> None:
    """Messages can be seen without it."""

    def refuse(_department: object) -> list[Entry]:
        raise FaultError("ledger-missing", "ledger.sqlite", "it is gone", "put it back")

    source = replace(keeper(talk()).source, entries=refuse)
    state_keeper = StateKeeper(source)
    state = state_keeper.state
    assert (state.fault and state.fault.code, state.entries) == ("ledger-missing", ())
    assert MessageViews(state_keeper).of(state, ANNOUNCEMENT).message.subject.startswith("Wed Dec 2")


@pytest.mark.parametrize(
    ("read", "taken"),
    [
        (talk(title="Saved"), True),
        (None, False),
        (replace(talk(), id="renamed"), False),
    ],
)
def test_a_saved_talk_is_taken_over_where_it_is_the_same_talk(read: Talk | None, taken: bool) -> None:
    """One with errors, or with another id, waits for the whole folder to be read."""
    state_keeper = keeper(talk())
    state_keeper.source = replace(state_keeper.source, read_talk=lambda _: read)
    assert state_keeper.peek(state_keeper.source.root / talk().path) is taken
    title = state_keeper.state.talks["2026-bordelon"].title
    assert title == ("Saved" if taken else talk().title)


def test_a_message_is_composed_once() -> None:
    """The page, its frame and its files share it, so that they are of the same bytes."""
    state_keeper = keeper(talk())
    message_views = MessageViews(state_keeper)
    first = message_views.of(state_keeper.state, ANNOUNCEMENT).message
    assert message_views.of(state_keeper.state, ANNOUNCEMENT).message is first
    state_keeper.refresh()
    assert message_views.of(state_keeper.state, ANNOUNCEMENT).message is not first


@pytest.mark.parametrize(
    ("path", "ours", "talks"),
    [
        ("announcer.yaml", True, False),
        ("talks/colloquium/a.yaml", True, True),
        ("talks/colloquium/a.yml", True, True),
        ("talks/photo.jpg", True, False),
        ("templates/announcement/body.html", True, False),
        ("templates/_base/style.css", True, False),
        (".announcer/cache/records.msgpack", False, False),
        (".announcer/ledger.sqlite-wal", False, False),
        ("outbox/new/1.txt", False, False),
        ("talks/colloquium/.a.yaml.swp", False, False),
        ("../builtin/announcement/body.txt", True, False),
    ],
)
def test_which_files_make_a_message(path: str, ours: bool, talks: bool) -> None:
    """The ledger, the cache and the outbox change by themselves."""
    root = Path("/department")
    full = Path("/builtin") / path[11:] if path.startswith("..") else root / path
    assert (is_ours(root, full), is_talk(root, full)) == (ours, talks)


def test_differences_are_the_lines_that_one_side_has() -> None:
    """Blank lines are none, and what is the same is left out."""
    differences = audience_differences("a\nb\n\nc", "a\nx\nc\nd")
    assert [(difference.kind, difference.lines) for difference in differences] == [
        ("only-here", ("b",)),
        ("only-there", ("x",)),
        ("only-there", ("d",)),
    ]
    assert audience_differences("same\n", "same\n") == []
