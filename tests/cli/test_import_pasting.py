"""What the desk is given of pasted text: values, where each stood, what to look at; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from announcer.importers.contract import SourceFaultError
from announcer.service.importing.answers import accept, answered
from announcer.service.importing.pasting import proposed
from announcer.service.project import Clock, Project
from tests.cli.conftest import Folder

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("America/Chicago"))


@pytest.fixture
def project(folder: Folder) -> Callable[[], Project]:
    """The sample department, read anew each time."""
    clock = Clock(machine=lambda: NOW, now=lambda name: NOW.astimezone(ZoneInfo(name)), is_machine=False)
    return lambda: Project(root=folder.path, timepiece=clock, environ={})


def test_a_pasted_page_is_a_proposal(project: Callable[[], Project]) -> None:
    """With where each value stood, and without what the series says already."""
    text = "Title: On codes\nSpeaker: Ada Example (EXU)\nWhen: 2027-01-13, 16:00\nWhere: Crow 201\n"
    (proposal,) = proposed(project(), text)
    assert (proposal.series, dict(proposal.values)) == (
        "colloquium",
        {
            "series": "colloquium",
            "date": "2027-01-13",
            "title": "On codes",
            "speaker": {"name": "Ada Example", "affiliation": "EXU"},
        },
    )
    assert proposal.origins["title"] == "line 1"


def test_several_rows_are_several_proposals(project: Callable[[], Project]) -> None:
    """Cells that were copied out of a spreadsheet."""
    text = "Date\tSpeaker\n2027-01-13\tAda Example\n2027-01-20\tBob Sample\n"
    assert [proposal.values["date"] for proposal in proposed(project(), text)] == ["2027-01-13", "2027-01-20"]


def test_what_is_no_talk_says_what_to_write(project: Callable[[], Project]) -> None:
    """The desk shows the sentence and the hint."""
    with pytest.raises(SourceFaultError) as error:
        proposed(project(), "Hello.")
    assert error.value.hint.startswith("write labels")


def test_some_of_an_answer_can_be_accepted(project: Callable[[], Project], folder: Folder) -> None:
    """Field by field; and not over what was changed meanwhile."""
    path = folder.path / "talks/colloquium/2026-bordelon.yaml"
    letter = b"Title: On codes\nAbstract: We study codes.\n"
    answer = answered(project(), "2026-bordelon", letter)
    assert [change.field for change in answer.changes] == ["title", "abstract"]
    accept(project(), answer, ["title"])
    text = path.read_text(encoding="utf-8")
    assert "title: On codes\n" in text
    assert "We study codes." not in text
    with pytest.raises(SourceFaultError) as error:
        accept(project(), answer)
    assert error.value.code == "changed-meanwhile"
    assert path.read_text(encoding="utf-8") == text
