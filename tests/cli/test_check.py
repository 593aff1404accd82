"""`announcer check` as an administrator sees it, `--json` as a script does."""

from __future__ import annotations

import json
import unicodedata

import pytest

from announcer.cli.snippet import WIDTH, snippet
from tests.departments import Folder

TALK = "talks/colloquium/2026-bordelon.yaml"
TITLE = "title: A Physics Approach to Deep Learning Theory"


def test_a_good_folder_is_told_so_with_what_to_do_next(folder: Folder) -> None:
    """Exit 0 and one line."""
    done = folder.announcer("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2 talks: no problems. Next: announcer plan shows what will be sent, and when.\n"


def test_an_error_reads_like_a_compilers(folder: Folder) -> None:
    """Place, code, sentence, the line, a caret with what to type, and a summary."""
    folder.edit(TALK, TITLE, "title: Problem #7 and beyond")
    done = folder.announcer("check")
    assert done.returncode == 3
    assert done.stdout == (
        f'{TALK}:8:16: error[text-lost]: everything after " #" is ignored by YAML\n'
        "  8 | title: Problem #7 and beyond\n"
        "    |                ^ put the title in quotes: 'Problem #7 and beyond'\n"
        "2 talks: 1 error. Its talk is not sent before that is right. Next: correct it, then check again.\n"
    )


def test_json_has_the_documented_keys(folder: Folder) -> None:
    """Lines and columns from 1, the path relative to the department's folder, and nothing more."""
    folder.edit(TALK, TITLE, "title: Problem #7 and beyond")
    done = folder.announcer("check", "--json")
    assert done.returncode == 3
    assert json.loads(done.stdout) == {
        "problems": [
            {
                "path": TALK,
                "line": 8,
                "column": 16,
                "severity": "error",
                "code": "text-lost",
                "message": 'everything after " #" is ignored by YAML',
                "hint": "put the title in quotes: 'Problem #7 and beyond'",
            }
        ]
    }


def test_warnings_count_only_when_asked(folder: Folder) -> None:
    """A warning exits with 0, and with --strict 3."""
    folder.edit(TALK, "date: 2026-12-02", "date: 2026-12-03")
    done = folder.announcer("check")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == (
        "2 talks: 1 warning. Warnings hold nothing back. Next: look at them once, then announcer plan."
    )
    assert folder.announcer("check", "--strict").returncode == 3


@pytest.mark.parametrize(
    ("named", "code", "last"),
    [
        (TALK, 3, "1 file: 1 error."),
        ("talks/colloquium/2026-lindqvist.yaml", 0, "1 file: no problems."),
        ("talks", 3, "1 file: 1 error."),
        ("announcer.yaml", 0, "1 file: no problems."),
    ],
)
def test_only_the_named_files_are_told(folder: Folder, named: str, code: int, last: str) -> None:
    """A file's or a folder's problems alone; the others are not told."""
    folder.edit(TALK, "date: 2026-12-02", "date: 2/12/2026")
    done = folder.announcer("check", named)
    assert done.returncode == code
    assert done.stdout.splitlines()[-1].startswith(last)


def test_a_broken_config_says_that_nothing_is_sent(folder: Folder) -> None:
    """The summary tells the one thing that matters then."""
    folder.edit("announcer.yaml", "America/Chicago", "CST")
    done = folder.announcer("check")
    assert done.returncode == 3
    assert done.stdout.splitlines()[-1] == (
        "announcer.yaml: 1 error. Nothing is sent at all until announcer.yaml is right. "
        "Next: correct it first."
    )


@pytest.mark.parametrize(
    ("named", "hint"),
    [
        ("talks/colloquium/2026-bordelom.yaml", f"did you mean {TALK}?"),
        ("README.md", "move the file into talks/"),
        ("/etc/hostname", "name a file below it"),
    ],
)
def test_a_file_that_is_not_read_is_a_usage_error(folder: Folder, named: str, hint: str) -> None:
    """A name that is no talk's is not silently without problems."""
    (folder.path / "README.md").write_text("x", encoding="utf-8")
    done = folder.announcer("check", named)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == f"  {hint}"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("title: Problem #7", 16),
        ("\tname: x", 2),
        ("title: 相对论 #7", 12),
        ("notes: " + "word " * 400 + "#7", 2008),
        ("x" * 500, 1),
        ("", 1),
    ],
)
def test_the_caret_stands_under_the_character(line: str, column: int) -> None:
    """However long or wide the line, the caret's cell is the character's, and the line fits."""
    shown, indent = snippet(line, column)

    def cells(text: str) -> int:
        return sum(2 if unicodedata.east_asian_width(char) == "W" else 1 for char in text)

    assert cells(shown) <= WIDTH + 2
    under = ""
    for index in range(len(shown)):
        if cells(shown[:index]) == cells(indent):
            under = shown[index]
            break
    assert under == line[column - 1 : column]
