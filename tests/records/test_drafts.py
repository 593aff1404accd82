"""A draft may wait for its date; nothing else may."""

from __future__ import annotations

import pytest

from announcer.domain.problem import Severity
from tests.records.conftest import TALK, Folder


@pytest.mark.parametrize("line", ["", "date:\n", "date:  # not known yet\n", "date: # not known yet\n"])
def test_a_draft_without_a_date_is_only_warned_of(folder: Folder, line: str) -> None:
    """It reaches nobody; its id is taken all the same."""
    folder.write(TALK, f"status: draft\n{line}title: On codes\n")
    loaded = folder.load()
    assert [(problem.code, problem.severity, problem.hint) for problem in loaded.problems] == [
        ("undated", Severity.WARNING, "write the day before it is confirmed: date: 2026-12-02")
    ]
    assert [(talk.id, talk.undated) for talk in loaded.broken] == [("2026-example", True)]


@pytest.mark.parametrize("status", ["confirmed", "tentative"])
def test_any_other_talk_needs_its_date(folder: Folder, status: str) -> None:
    """Else nobody would know when it is due."""
    folder.write(TALK, f"status: {status}\ndate:\n")
    loaded = folder.load()
    assert [problem.severity for problem in loaded.problems] == [Severity.ERROR]
    assert [talk.undated for talk in loaded.broken] == [False]


def test_another_error_in_such_a_draft_is_one(folder: Folder) -> None:
    """And is what the file is held for."""
    folder.write(TALK, "status: draft\ndate:\ntime: 4:00\n")
    loaded = folder.load()
    assert {problem.code: problem.severity for problem in loaded.problems} == {
        "undated": Severity.WARNING,
        "ambiguous-time": Severity.ERROR,
    }
    assert [talk.undated for talk in loaded.broken] == [False]
