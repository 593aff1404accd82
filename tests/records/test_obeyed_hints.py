"""A hint is obeyed to the letter: what was wrong is gone, and the talk says what its author meant."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from announcer.domain.talk import FIELDS, Status, Talk
from announcer.records.fields.people import people
from tests.departments import CONFIG
from tests.records.conftest import TALK, Folder

KEYS = "|".join(key for field in FIELDS for key in field.keys)
WRITE = re.compile(r"(?:write (?:them on \w+ lines: )?)(?P<lines>.*)")
AROUND = re.compile(
    r"put (?:double quotes around all of it|quotes around all of it|the \w+ in quotes): (?P<value>.*)"
)
COLUMN = re.compile(r'begin "(?P<key>\w+):" in the column of "(?P<above>\w+):"')


def obeyed(text: str, line: int, hint: str) -> str:
    """The file after its hint was followed at that line. Raises ValueError for a hint that it cannot read."""
    lines = text.split("\n")
    at = line - 1
    key = lines[at].split(":")[0]
    if match := COLUMN.fullmatch(hint):
        above = next(row for row in lines if row.lstrip().startswith(f"{match['above']}:"))
        lines[at] = above[: len(above) - len(above.lstrip())] + lines[at].lstrip()
    elif match := AROUND.fullmatch(hint):
        lines[at] = f"{key}: {match['value']}"
    elif hint.startswith("write status: cancelled on a line of its own"):
        lines[at : at + 1] = [re.sub(r"CANCELLED - ", "", lines[at]), "status: cancelled"]
    elif match := WRITE.fullmatch(hint):
        pairs = re.split(rf"(?:, | and )(?=(?:{KEYS}): )", match["lines"])
        lines[at : at + 1] = pairs if re.match(rf"(?:{KEYS}): ", pairs[0]) else [f"{key}: {pairs[0]}"]
    else:
        raise ValueError(hint)
    return "\n".join(lines)


def clocks(talk: Talk) -> tuple[str, str, str]:
    """The day, the start and the end."""
    return talk.date.isoformat(), f"{talk.local_start:%H:%M}", f"{talk.local_end:%H:%M}"


def speakers(talk: Talk) -> list[tuple[str, str | None, str | None]]:
    """Each with pronouns and affiliation."""
    return [(speaker.name, speaker.pronouns, speaker.affiliation) for speaker in talk.speakers]


DAY = "date: 2026-12-02\n"
ADA = "Ada Example"
CASES: list[tuple[str, Callable[[Talk], object], object]] = [
    (
        DAY + "speaker: {name: Ada Example, affiliation: Example University}\n host: Bob Roe\n",
        speakers,
        [(ADA, None, "Example University")],
    ),
    (DAY + "title: 't Hooft anomalies\n", lambda talk: talk.title, "'t Hooft anomalies"),
    (DAY + "title: 't Hooft anomalies\nhost: It's me\n", lambda talk: talk.title, "'t Hooft anomalies"),
    (DAY + "title: 't Hooft's anomalies\n", lambda talk: talk.title, "'t Hooft's anomalies"),
    (DAY + 'title: "Foo" and "Bar"\n', lambda talk: talk.title, '"Foo" and "Bar"'),
    (DAY + "title: 'It's fine'\n", lambda talk: talk.title, "It's fine"),
    (
        DAY + "title: CANCELLED - On Things\n",
        lambda talk: (talk.title, talk.status),
        ("On Things", Status.CANCELLED),
    ),
    ("date: 2026-12-02 14:30:00\n", clocks, ("2026-12-02", "14:30", "15:30")),
    ("date: Dec 2, 2026, 2:00–3:30 pm\n", clocks, ("2026-12-02", "14:00", "15:30")),
    ("date: 2026-12-02 at 11:30-12:30 pm\n", clocks, ("2026-12-02", "11:30", "12:30")),
    ("date: Mittwoch, 2. Dez. 2026\ntime: 14:00\n", clocks, ("2026-12-02", "14:00", "15:00")),
    ("date: 2 décembre 2026\ntime: 14:00\n", clocks, ("2026-12-02", "14:00", "15:00")),
    (DAY + "time: 14-15 Uhr\n", clocks, ("2026-12-02", "14:00", "15:00")),
    (DAY + "time: 14.30 Uhr bis 15.30 Uhr\n", clocks, ("2026-12-02", "14:30", "15:30")),
    ("date: 2026-12-02T14:00:00-06:00\n", clocks, ("2026-12-02", "14:00", "15:00")),
    (DAY + "time: von 14 bis 15 Uhr\n", clocks, ("2026-12-02", "14:00", "15:00")),
    (DAY + "time: 2:00 pm - 3:00 pm (Central)\n", clocks, ("2026-12-02", "14:00", "15:00")),
    (DAY + "time: 14 Uhr c.t.\n", clocks, ("2026-12-02", "14:15", "15:15")),
    (DAY + "time: 14 Uhr s.t.\n", clocks, ("2026-12-02", "14:00", "15:00")),
    (DAY + "time: at 2 pm\n", clocks, ("2026-12-02", "14:00", "15:00")),
    (DAY + "time: 1400\n", clocks, ("2026-12-02", "14:00", "15:00")),
    (DAY + "time: [14:00, 15:00]\n", clocks, ("2026-12-02", "14:00", "15:00")),
    (DAY + "title: {en: On Things, de: Von Dingen}\n", lambda talk: talk.title, "On Things"),
    (DAY + "time: 14:00--15:00\n", clocks, ("2026-12-02", "14:00", "15:00")),
    (DAY + "time: 11:30-12:30 pm\n", clocks, ("2026-12-02", "11:30", "12:30")),
    (DAY + "time: 2:00 to 3:00 pm\n", clocks, ("2026-12-02", "14:00", "15:00")),
    (DAY + "speakers: Ada Example, Max Sample\n", speakers, [(ADA, None, None), ("Max Sample", None, None)]),
    (DAY + "speaker: Ann Lee and Bob Roe\n", speakers, [("Ann Lee", None, None), ("Bob Roe", None, None)]),
    (
        DAY + "speaker: Ann Lee (MIT) and Bob Roe, ETH\n",
        speakers,
        [("Ann Lee", None, "MIT"), ("Bob Roe", None, "ETH")],
    ),
    (DAY + "speaker: Ada Example (she/her)\n", speakers, [(ADA, "she/her", None)]),
    (DAY + "speaker: Ada Example (she/her), MIT\n", speakers, [(ADA, "she/her", "MIT")]),
    (DAY + "speaker: Ada Example, ETH\n", speakers, [(ADA, None, "ETH")]),
    (
        DAY + "speaker: Ada Example, Department of Physics and Astronomy\n",
        speakers,
        [(ADA, None, "Department of Physics and Astronomy")],
    ),
    (DAY + "speaker: Ada Example (Queen's University)\n", speakers, [(ADA, None, "Queen's University")]),
    (DAY + "speaker: Example, Ada\n", speakers, [(ADA, None, None)]),
]


@pytest.mark.parametrize(("text", "read", "meant"), CASES)
def test_a_hint_that_is_obeyed_helps(
    folder: Folder, text: str, read: Callable[[Talk], object], meant: object
) -> None:
    """One problem, one hint, and then none."""
    ((_, line, _, hint),) = folder.problems_of(text)
    assert read(folder.talk(obeyed(text, line, hint))) == meant


@pytest.mark.parametrize(
    "name", ["Ada Example, Esq.", "Maria Roe née Doe", "Maria Roe (née Doe)", "Ada Example, PhD"]
)
def test_what_belongs_to_a_name_is_left_there(folder: Folder, name: str) -> None:
    """Degrees and birth names are no affiliations."""
    assert folder.talk(f"{DAY}speaker: {name}\n").speakers[0].name == name


@pytest.mark.parametrize("text", ["date: 2027–01–20\n", "date: 2027—1—20\n"])
def test_dashes_of_a_word_processor_are_hyphens_in_a_date(folder: Folder, text: str) -> None:
    """Nobody means a span by them."""
    assert folder.talk(text).date.isoformat() == "2027-01-20"


def test_two_days_are_two_talks(folder: Folder) -> None:
    """No half of the second day is taken for a time."""
    ((code, _, _, hint),) = folder.problems_of("date: 2027-01-20 - 2027-01-22\n")
    assert (code, hint.partition(",")[0]) == ("bad-date", "write one file for each talk")


def test_canceled_is_cancelled(folder: Folder) -> None:
    """As it is spelt in the United States."""
    assert folder.talk(DAY + "status: canceled\n").status is Status.CANCELLED


@pytest.mark.parametrize("title", ["<insert title here>", "<title>", "'[Title]'", "Enter title here"])
def test_a_title_that_was_to_be_filled_in_is_an_error(folder: Folder, title: str) -> None:
    """It would be sent to everybody."""
    ((code, *_),) = folder.problems_of(f"{DAY}title: {title}\n")
    assert code in ("placeholder", "template-mark")


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        (
            "from: Physics Colloquium <colloquium@physics.example.edu>",
            "from: Seminar <kolloquium@müller.example>",
            "write Seminar <kolloquium@xn--mller-kva.example>",
        ),
        (
            "    lists: [colloquium, public-lectures]\n",
            "    lists: [colloquium, public-lectures]\n     subject_prefix: x\n",
            'begin "subject_prefix:" in the column of "lists:"',
        ),
    ],
)
def test_hints_on_the_config_name_what_to_type(folder: Folder, old: str, new: str, right: str) -> None:
    """And no more than that."""
    assert old in CONFIG
    folder.write("announcer.yaml", CONFIG.replace(old, new))
    assert [problem.hint for problem in folder.load().problems] == [right]


@pytest.mark.parametrize("zone", ["America/Sant Louis", "Europe/Münster"])
def test_no_zone_is_proposed_that_is_merely_spelt_alike(folder: Folder, zone: str) -> None:
    """St. Louis has Chicago's clocks, and not those of Saint Lucia."""
    folder.write("announcer.yaml", CONFIG.replace("timezone: America/Chicago", f"timezone: {zone}"))
    (problem,) = folder.load().problems
    assert problem.hint.startswith("few cities have one of their own")


@pytest.mark.parametrize(
    "name", ["'Seminar \"M&A\" <seminar@example.edu>'", "'\"Seminar M&A\" <seminar@example.edu>'"]
)
def test_a_name_keeps_its_own_quotation_marks(folder: Folder, name: str) -> None:
    """Those around all of it are the mailbox's."""
    old = "from: Physics Colloquium <colloquium@physics.example.edu>"
    folder.write("announcer.yaml", CONFIG.replace(old, f"from: {name}"))
    department = folder.load().department
    assert department is not None
    assert department.sender.name == ("Seminar M&A" if "'\"" in name else 'Seminar "M&A"')


def test_the_mask_of_a_password_in_a_link_ends_with_it(folder: Folder) -> None:
    """What stands behind it is shown."""
    folder.write(
        TALK, DAY + "abstract: See https://example.zoom.us/j/987654321?pwd=abcDEF123 and bring tea.\n"
    )
    excerpts = {problem.excerpt for problem in folder.load().problems}
    assert excerpts == {"abstract: See https://example.zoom.us/j/987654321?pwd=*** and bring tea."}


def test_a_room_is_double_booked_however_it_is_written(folder: Folder) -> None:
    """One file names the room alone; another building's room of that name is another."""
    folder.write("talks/colloquium/2026-a.yaml", DAY + "location: Crow 201\n")
    for building, codes in (("Crow Hall", ["room-double-booked"]), ("Compton Hall", [])):
        folder.write(
            "talks/colloquium/2026-a.yaml", DAY + f"location: {{room: Crow 201, building: {building}}}\n"
        )
        folder.write(
            "talks/colloquium/2026-b.yaml", DAY + "location: {room: Crow 201, building: Crow Hall}\n"
        )
        assert [problem.code for problem in folder.load().problems] == codes
    folder.write("talks/colloquium/2026-a.yaml", DAY + "location: Crow 201\n")
    assert [problem.code for problem in folder.load().problems] == ["room-double-booked"]


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("talks/2026-notes.txt", "rename it to 2026-notes.yaml"),
        ("2026-ada.yaml", "move it into talks/, into the folder of its series"),
    ],
)
def test_a_talk_that_is_not_read_is_not_passed_over(folder: Folder, path: str, hint: str) -> None:
    """Notepad adds .txt, and not everybody looks into talks/."""
    folder.write(path, DAY + "title: On Things\n")
    assert [(problem.code, problem.path, problem.hint) for problem in folder.load().problems] == [
        ("ignored-file", path, hint)
    ]


def test_many_names_are_read_in_no_time() -> None:
    """However many there are in one line."""
    assert len(people("Ann Lee, Bob Roe and Ada Example")) == 3
    assert len(people("a, (b " * 10_000)) == 1
