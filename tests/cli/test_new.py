"""`announcer new` and `announcer schema`."""

from __future__ import annotations

import json

import pytest

from tests.command_line import Done
from tests.departments import Folder


def asked(folder: Folder, answers: str, *args: str) -> Done:
    """Runs `announcer new` with these lines typed."""
    return folder.announcer("new", "--now", "2026-11-23 09:00", *args, typed=answers)


def test_new_asks_and_writes_a_talk_without_problems(folder: Folder) -> None:
    """Answers become a talk: a date that is ambiguous is asked for again, a title with marks is quoted."""
    done = asked(folder, "2/12/2026\n16 Dec 2026\nEmmy Noether\nUniversity\nWhy: the #7\nMax\n\n\n\n")
    assert done.returncode == 0, done.stderr
    assert "write 2026-12-02 or 2026-02-12" in done.stderr
    text = (folder.path / "talks/colloquium/2026-noether.yaml").read_text(encoding="utf-8")
    assert "title: 'Why: the #7'\n" in text
    assert "date: 2026-12-16  # Wednesday\n" in text
    checked = folder.announcer("check", "--json")
    assert json.loads(checked.stdout) == {"problems": []}


def test_the_next_free_day_is_offered(folder: Folder) -> None:
    """Nov 25 is free; with it, Dec 2 and Dec 9 taken, Dec 16 is next."""
    assert "[2026-11-25]" in asked(folder, "\n" * 8).stdout
    assert "[2026-12-16]" in asked(folder, "\n" * 8).stdout


def test_today_is_not_offered(folder: Folder) -> None:
    """Nobody announces a talk of the same day."""
    output = folder.announcer("new", "--now", "2026-11-25 09:00", typed="\n" * 8).stdout
    assert "[2026-12-16]" in output


def test_new_shows_what_it_writes_and_can_go_back(folder: Folder) -> None:
    """`<` asks the question before again; a no writes nothing."""
    answers = [
        "",
        "Ada Exampel",
        "<",
        "Ada Example",
        "MIT",
        "On Things",
        "",
        "Crow 305",
        "About things.",
        "n",
    ]
    done = asked(folder, "\n".join(answers) + "\n")
    assert done.returncode == 0, done.stderr
    assert "Nothing was written." in done.stdout
    for line in (
        "  name: Ada Example",
        "  affiliation: MIT",
        "location: Crow 305",
        "abstract: About things.",
    ):
        assert line in done.stdout.splitlines()
    assert "Exampel" not in done.stdout
    assert not (folder.path / "talks/colloquium/2026-example.yaml").exists()


def test_two_people_are_two_speakers(folder: Folder) -> None:
    """And nobody is asked where both are from."""
    done = asked(folder, "\nAnn Lee and Bob Roe\n\n\n\n\n\n")
    assert "Affiliation" not in done.stdout
    assert (folder.path / "talks/colloquium/2026-lee.yaml").exists(), done.stdout
    assert folder.announcer("check", "talks/colloquium/2026-lee.yaml").stdout.startswith(
        "1 file: no problems"
    )


def test_without_input_the_options_say_all(folder: Folder) -> None:
    """--no-input takes the next free day and writes a talk that waits for its title."""
    done = asked(folder, "", "--no-input", "--speaker", "Ada Example", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"path": "talks/colloquium/2026-example.yaml", "id": "2026-example"}
    assert folder.announcer("check", "--strict").returncode == 0


def test_nothing_is_overwritten(folder: Folder) -> None:
    """A second talk of the same speaker gets a number; a named file that is there is refused."""
    options = ("--no-input", "--speaker", "Blake Bordelon")
    assert asked(folder, "", *options).returncode == 0
    assert (folder.path / "talks/colloquium/2026-bordelon-2.yaml").exists()
    before = (folder.path / "talks/colloquium/2026-bordelon.yaml").read_bytes()
    done = asked(folder, "", *options, "--id", "2026-bordelon")
    assert done.returncode == 2
    assert (folder.path / "talks/colloquium/2026-bordelon.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (("--date", "1/2/2027"), "write 2027-02-01 or 2027-01-02"),
        (("--time", "4:00"), "write 4:00 am or 4:00 pm"),
        (("--series", "coloquium"), 'did you mean "colloquium"?'),
        (("--id", "a/b"), "write a-b"),
    ],
)
def test_a_bad_option_says_what_to_write(folder: Folder, options: tuple[str, ...], hint: str) -> None:
    """Exit 2, nothing written."""
    before = sorted(folder.path.rglob("*.yaml"))
    done = asked(folder, "", "--no-input", *options)
    assert done.returncode == 2
    assert hint in done.stderr
    assert sorted(folder.path.rglob("*.yaml")) == before


def test_schema_prints_and_writes(folder: Folder) -> None:
    """What is printed for config is what --write puts where the files look for it."""
    printed = json.loads(folder.announcer("schema", "config").stdout)
    assert folder.announcer("schema", "--write").returncode == 0
    written = folder.path / ".announcer/schema/config.json"
    assert json.loads(written.read_text(encoding="utf-8")) == printed
    assert printed["required"] == ["organization", "timezone", "from", "lists", "series"]
    first = (folder.path / "announcer.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=.announcer/schema/config.json"
