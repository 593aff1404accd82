"""What `plan` prints and `check` says of what is over: 80 columns, a row for each subject, no silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.departments import Folder, sample

TALK = "talks/colloquium/2026-bordelon.yaml"
NOW = "2026-11-27 10:00"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The sample department, whose talk goes to an internal list and to a public one."""
    return sample(tmp_path)


def test_a_mailing_has_two_lines_of_80_columns(folder: Folder) -> None:
    """When, how it stands, its key; to whom and what."""
    lines = folder.announcer("plan", "--now", NOW, COLUMNS="80").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split("  ")[0] == "Mon Nov 30, 9:00 am CST"
    assert lines[0].endswith("2026-bordelon/announcement/2026-W49")
    assert lines[1].startswith("    to colloquium, public-lectures: Wed Dec 2, 4:00 pm, Crow 201: Blake")
    assert lines[2].startswith("Wed Dec 2, 8:00 am CST")


def test_lists_that_get_different_subjects_have_a_row_each(folder: Folder) -> None:
    """The candidate's name beside the public list would look like the leak that it is not."""
    folder.edit(TALK, "date: 2026-12-02", "date: 2026-12-02\nconfidential: yes")
    lines = folder.announcer("plan", "--now", NOW, COLUMNS="80").stdout.splitlines()
    (internal,) = [line for line in lines if line.startswith("    to colloquium: Wed")]
    (public,) = [line for line in lines if line.startswith("    to public-lectures: Wed")]
    assert "Bordelon" in internal
    assert "Bordelon" not in public
    assert "Faculty candidate talk" in public


def test_what_holds_it_stands_below(folder: Folder) -> None:
    """In words."""
    folder.edit(TALK, "title:", "notes:")
    assert "    it has no title yet" in folder.announcer("plan", "--now", NOW).stdout.splitlines()


def test_beyond_thirty_days_it_says_what_comes_next(folder: Folder) -> None:
    """Silence looks like a mistake."""
    text = folder.announcer("plan", "--now", "2026-10-05 09:00").stdout
    assert (
        "Nothing is planned for the next 30 days. Next: the announcement of 2026-bordelon, Mon Nov 30" in text
    )


def test_where_all_talks_are_over_it_says_so(folder: Folder) -> None:
    """And how the next one is written."""
    for path in (folder.path / "talks").rglob("*.yaml"):
        if path.name != "2026-bordelon.yaml":
            path.unlink()
    text = folder.announcer("plan", "--now", "2027-06-01 09:00").stdout
    assert "1 talk is over; `announcer new` writes the next." in text


def test_a_talk_that_is_over_and_was_told_to_nobody_is_remarked_on(folder: Folder) -> None:
    """More often a wrong date than a quiet talk; what was announced is left alone."""
    late = "2026-12-03 09:00"
    text = folder.announcer("check", TALK, "--now", late).stdout
    assert f"{TALK}:" in text
    assert (
        "warning[never-announced]: Wednesday, 2026-12-02 is over, and no list was told of this talk" in text
    )
    folder.announcer("run", "--now", "2026-11-30 09:00")
    assert "never-announced" not in folder.announcer("check", TALK, "--now", late).stdout


def test_a_wrong_year_is_remarked_on_although_it_lies_before_the_begin(folder: Folder) -> None:
    """The file's name has another."""
    folder.edit(TALK, "date: 2026-12-02", "date: 2025-12-02")
    assert "never-announced" in folder.announcer("check", TALK, "--now", NOW).stdout


@pytest.mark.parametrize(("verb", "own"), [("plan", "--days"), ("show", "--list"), ("log", "--talk")])
def test_help_shows_a_verbs_own_options_first(folder: Folder, verb: str, own: str) -> None:
    """What every verb has stands apart, below."""
    text = folder.announcer(verb, "--help").stdout
    assert text.index(own) < text.index("Everywhere:") < text.index("--project") < text.index("--help")
