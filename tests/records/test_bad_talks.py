"""Bad talk files: for each one its code, line, column and hint."""

from __future__ import annotations

import pytest

from announcer.domain.problem import Severity
from tests.departments import CONFIG
from tests.records.cases import Case, cases
from tests.records.conftest import TALK, Folder

TABLES = [case for table in ("form", "values", "meaning") for case in cases(table)]
UTF8 = "save the file again as UTF-8 (in Notepad: File, Save as, Encoding: UTF-8)"
TAB = "delete it and type two spaces for each level of indentation"
BLANK = "delete the spaces on this line and type them again with the space bar"
DELETE = "delete it: put the cursor after it and press Backspace, or type the line again"
START = "write the talk into it, starting with a line like date: 2026-12-02, or delete the file"
COPY = "copy its text into a new file with a plain text editor (Notepad; TextEdit: Format, Make Plain Text)"
DAY = "date: 2026-12-02\n"
UNSEEN: list[tuple[str, str | bytes, tuple[str, int, int, str]]] = [
    ("a tab as indentation", DAY + "speaker:\n\tname: Ada Example\n", ("tab", 3, 1, TAB)),
    ("a tab after blanks", DAY + "location:\n  room: 5\n  \tbuilding: Hall\n", ("tab", 4, 3, TAB)),
    ("no-break spaces as indentation", DAY + "location:\n\xa0\xa0room: 1\n", ("no-break-space", 3, 1, BLANK)),
    ("a no-break space before a key", DAY + "title: A\n\xa0host: Max\n", ("no-break-space", 3, 1, BLANK)),
    (
        "a no-break space behind a colon",
        DAY + "title:\xa0Spooky action\n",
        ("no-break-space", 2, 7, "delete the spaces here and type them again with the space bar"),
    ),
    ("a Latin-1 byte", b"date: 2026-12-02\ntitle: Schr\xf6dinger\n", ("not-utf8", 2, 12, UTF8)),
    (
        "a Windows-1252 quote behind good UTF-8",
        b"date: 2026-12-02\r\ntitle: M\xc3\xbcller \x93x\x94\r\n",
        ("not-utf8", 2, 15, UTF8),
    ),
    ("UTF-16 cut short", DAY.encode("utf-16")[:-1], ("not-utf8", 1, 1, UTF8)),
    ("a NUL", b"date: 2026-12-02\ntitle: A\x00B\n", ("control-character", 2, 9, DELETE)),
    ("a form feed from a PDF", DAY + "title: A\x0cB\n", ("control-character", 2, 9, DELETE)),
    ("an escape character", DAY + "title: A\x1b[31mB\n", ("control-character", 2, 9, DELETE)),
    (
        "a letter lost by a wrong decoding",
        DAY + "title: Itâ\x80s\n",
        ("mojibake", 2, 10, "type the words around it again"),
    ),
    (
        "a zero-width space",
        DAY + "title: Spooky\u200b action\n",
        ("invisible-character", 2, 14, "delete it, or type the line again"),
    ),
    ("a file that is empty", "", ("empty-file", 1, 1, START)),
    ("a file of blank lines", "\n  \n", ("empty-file", 1, 1, START)),
    (
        "ten thousand levels deep",
        DAY + "title: " + "[" * 10_000 + "\n",
        (
            "too-deep",
            2,
            20,
            "put the value in quotes if it begins with [ or {; else compare with an example talk",
        ),
    ),
    (
        "ten megabytes",
        DAY + "notes: " + "x" * 10_000_000,
        ("too-large", 1, 1, "move it out of this folder, or cut it down to one talk"),
    ),
    ("a Word document", b"PK\x03\x04 talk", ("not-text", 1, 1, COPY)),
    ("a rich text document", b"{\\rtf1 date: 2026-12-02}", ("not-text", 1, 1, COPY)),
    ("every byte there is", bytes(range(256)), ("not-utf8", 3, 115, UTF8)),
]


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.name)
def test_a_bad_talk_has_one_problem_with_its_place_and_a_hint(folder: Folder, case: Case) -> None:
    """Each bad file yields exactly the problem that its table says, and nothing else."""
    assert folder.problems_of(case.text) == [case.problem]


@pytest.mark.parametrize(("text", "problem"), [row[1:] for row in UNSEEN], ids=[row[0] for row in UNSEEN])
def test_what_nobody_sees_is_named(
    folder: Folder, text: str | bytes, problem: tuple[str, int, int, str]
) -> None:
    """Characters and sizes that an editor does not show are problems with a place, too."""
    assert folder.problems_of(text) == [problem]


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.name)
def test_line_ends_of_windows_change_no_problem(folder: Folder, case: Case) -> None:
    """A file written with CRLF has the same problems at the same places."""
    assert folder.problems_of(case.text.replace("\n", "\r\n")) == [case.problem]


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.name)
def test_an_error_breaks_the_talk_and_a_warning_does_not(folder: Folder, case: Case) -> None:
    """A talk with an error is broken, under its own id; one with warnings can be announced."""
    folder.write(TALK, case.text)
    loaded = folder.load()
    (problem,) = loaded.problems
    if problem.severity is Severity.ERROR:
        assert loaded.talks == ()
        (broken,) = loaded.broken
        assert broken.path == TALK
        assert broken.reason == f"{TALK}:{problem.line}:{problem.column}: {problem.message}"
    else:
        assert [talk.id for talk in loaded.talks] == ["2026-example"]
        assert loaded.broken == ()


def test_there_are_enough_of_them() -> None:
    """The tables hold what they promise: at least eighty bad files."""
    assert len(TABLES) + len(UNSEEN) >= 80


def test_all_faults_of_a_file_are_told_at_once(folder: Folder) -> None:
    """Four mistakes in one file are four problems, in the order of its lines."""
    problems = folder.problems_of("date: 02/12/2026\ntime: 4:00\nvenue: Crow 201\nstatus: canceld\n")
    assert [(code, line) for code, line, _, _ in problems] == [
        ("ambiguous-date", 1),
        ("ambiguous-time", 2),
        ("unknown-key", 3),
        ("unknown-value", 4),
    ]


TOGETHER = [
    (
        DAY + "lists: [colloquium, nope]\nschedule: [{send: reminder, when: in the morning}]\n",
        [("unknown-list", 2), ("bad-when", 3)],
    ),
    (
        DAY + "schedule: [{send: reminder, when: in the morning, lists: nope}]\ntime: 4:00\n",
        [("bad-when", 2), ("unknown-list", 2), ("ambiguous-time", 3)],
    ),
    (
        DAY + "series: seminar\nlists: nope\nstatus: canceld\nnotice: See you tomorrow.\n",
        [("unknown-series", 2), ("unknown-list", 3), ("unknown-value", 4), ("relative-word", 5)],
    ),
    (
        "date: tomorrow\ntitle: Talk by {{ name }}\nabstract: Join with {{ link }} #1\n",
        [("bad-date", 1), ("template-mark", 2), ("text-lost", 3)],
    ),
    (
        DAY + "series: seminar\nend: 5:00 pm\nduration: 1 h\ntitle: FIXME\n",
        [("unknown-series", 2), ("template-mark", 5)],
    ),
    (
        DAY + "speaker: Ada A.\nspeakers: [Max B.]\nend: 5:00 pm\nduration: 1 h\ntitle: FIXME\n",
        [("both-speakers", 3), ("both-ends", 5), ("template-mark", 6)],
    ),
    (
        "date: 2026-12-03\nspeaker: Ada A.\nspeakers: [Max B.]\nlists: nope\ntitle: FIXME\n",
        [("other-weekday", 1), ("both-speakers", 3), ("unknown-list", 4), ("template-mark", 5)],
    ),
]


@pytest.mark.parametrize(("text", "codes"), TOGETHER)
def test_one_fault_hides_no_fault_of_another_kind(
    folder: Folder, text: str, codes: list[tuple[str, int]]
) -> None:
    """Unknown names, and texts that readers would laugh at, are told beside what cannot be read."""
    assert [(code, line) for code, line, _, _ in folder.problems_of(text)] == codes


def test_what_is_silenced_holds_no_talk(folder: Folder) -> None:
    """A rule that comes too late in a talk's own schedule can be silenced, and the talk is announced."""
    folder.write("announcer.yaml", CONFIG + f"silence: {{{TALK}: rule-too-late}}\n")
    folder.write(TALK, DAY + "schedule: {send: reminder, when: Thursday of the same week at 8:00 am}\n")
    loaded = folder.load()
    assert ([talk.id for talk in loaded.talks], loaded.problems) == (["2026-example"], ())


def test_a_bad_file_hides_no_other(folder: Folder) -> None:
    """Two bad files and a good one: both files' problems in order, and the good talk."""
    folder.write("talks/colloquium/2026-a.yaml", "date: tomorrow\n")
    folder.write("talks/colloquium/2026-b.yaml", "date: 2026-12-02\ntitle: Fine\n")
    folder.write("talks/colloquium/2026-c.yaml", "date: 2026-12-09\ntitle: Dark: matter\n")
    loaded = folder.load()
    assert [talk.id for talk in loaded.talks] == ["2026-b"]
    assert [broken.id for broken in loaded.broken] == ["2026-a", "2026-c"]
    assert [problem.path for problem in loaded.problems] == [
        "talks/colloquium/2026-a.yaml",
        "talks/colloquium/2026-c.yaml",
    ]


def test_a_broken_talk_keeps_the_id_that_it_gives_itself(folder: Folder) -> None:
    """A file with an id: that cannot be read otherwise holds the mail of that id."""
    folder.write(TALK, "id: 2026-noether\ntitle: Dark: matter\n")
    assert [broken.id for broken in folder.load().broken] == ["2026-noether"]


def test_a_problem_shows_its_line(folder: Folder) -> None:
    """The excerpt is the source line, for the caret to stand under."""
    folder.write(TALK, "date: 2026-12-02\ntitle: Problem #7 and beyond\n")
    (problem,) = folder.load().problems
    assert problem.excerpt == "title: Problem #7 and beyond"
    assert problem.excerpt[problem.column - 1 :] == "#7 and beyond"
