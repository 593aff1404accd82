"""What only shows when all talks are seen together, or against the clock and the config."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from announcer.domain.occasion import Occasion
from announcer.domain.problem import Severity
from announcer.domain.talk import Place
from tests.departments import CONFIG
from tests.records.conftest import Folder

DAY = "date: 2026-12-02\n"
Problems = list[tuple[str, str, int, int]]


def problems_in(folder: Folder) -> Problems:
    """File, code, line and column of each problem."""
    return [
        (problem.path.rsplit("/", 1)[-1], problem.code, problem.line, problem.column)
        for problem in folder.load().problems
    ]


def write(folder: Folder, **talks: str) -> None:
    """Writes talks into the colloquium's folder."""
    for name, text in talks.items():
        folder.write(f"talks/colloquium/{name}.yaml", text)


def test_one_room_twice_at_a_time_is_told(folder: Folder) -> None:
    """Two talks in one room at overlapping hours: the later one has a warning that names the other."""
    write(folder, a=DAY, b=DAY + "time: 4:30 pm\n")
    (problem,) = folder.load().problems
    assert (problem.path, problem.code, problem.severity) == (
        "talks/colloquium/b.yaml",
        "room-double-booked",
        Severity.WARNING,
    )
    assert problem.message == "the room is taken by talks/colloquium/a.yaml at that time"


@pytest.mark.parametrize(
    "other", ["time: 5:00 pm\n", "location: Crow 202\n", "status: cancelled\n", "location: TBA\n"]
)
def test_one_room_one_after_the_other_is_fine(folder: Folder, other: str) -> None:
    """Another hour, another room, or a talk that does not take place is no double booking."""
    write(folder, a=DAY, b=DAY + other)
    assert problems_in(folder) == []


def test_one_speaker_in_two_places_is_told(folder: Folder) -> None:
    """The same name at the same time in two rooms is a warning at the speaker."""
    write(folder, a=DAY + "speaker: Ada Example\n", b=DAY + "location: X 1\nspeaker: ada  example\n")
    assert problems_in(folder) == [("b.yaml", "speaker-double-booked", 3, 10)]


def test_the_same_id_twice_holds_both(folder: Folder) -> None:
    """Nobody knows whose mails the ledger has, so both talks are held, each naming the other."""
    folder.write("talks/colloquium/2026-a.yaml", DAY)
    folder.write("talks/colloquium/old/2026-a.yaml", "date: 2026-12-09\n")
    folder.write("talks/colloquium/2026-b.yaml", "date: 2026-12-16\nid: 2026-A\n")
    loaded = folder.load()
    assert loaded.talks == ()
    assert sorted(broken.path for broken in loaded.broken) == [
        "talks/colloquium/2026-a.yaml",
        "talks/colloquium/2026-b.yaml",
        "talks/colloquium/old/2026-a.yaml",
    ]
    assert [problem.code for problem in loaded.problems] == ["duplicate-id"] * 3


def test_a_broken_copy_holds_the_good_one(folder: Folder) -> None:
    """A copy that cannot be read has the same id, and which of the two is meant is not known."""
    folder.write("talks/colloquium/2026-a.yaml", DAY)
    folder.write("talks/colloquium/old/2026-a.yaml", "date: tomorrow\n")
    loaded = folder.load()
    assert loaded.talks == ()
    assert [problem.code for problem in loaded.problems] == ["duplicate-id", "bad-date"]


def test_a_digests_name_is_no_talks_id(folder: Folder) -> None:
    """A digest's name stands where a talk's id does, so a talk cannot have it."""
    digest = (
        "digests:\n  this-week: "
        "{when: Monday at 8:00 am, covers: 7 days, series: colloquium, lists: colloquium}\n"
    )
    folder.write("announcer.yaml", CONFIG + digest)
    folder.write("talks/colloquium/this-week.yaml", DAY)
    assert problems_in(folder) == [("this-week.yaml", "duplicate-id", 1, 7)]


DEPARTMENT = Path(__file__).parents[2] / "docs" / "department.md"


@pytest.mark.parametrize("key", ["digests", "holidays"])
def test_what_the_page_shows_can_be_pasted(folder: Folder, key: str) -> None:
    """The lines of docs/department.md, put under a small department's, have no problem."""
    if key == "holidays":
        pytest.importorskip("holidays", reason="pip install holidays")
    block = re.search(rf"^    {key}:.*\n(?:     .*\n)*", DEPARTMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert block
    folder.write("announcer.yaml", CONFIG + textwrap.dedent(block[0]))
    assert folder.load().problems == ()


def test_years_away_depends_on_now(folder: Folder) -> None:
    """The year 2062 is told in 2026, and no more in 2061."""
    write(folder, a="date: 2062-12-06\n")
    assert [problem.code for problem in folder.load().problems] == ["far-date"]
    assert folder.load(now=datetime(2061, 12, 1, tzinfo=UTC)).problems == ()


def test_holidays_are_told_where_a_department_wants_it(folder: Folder) -> None:
    """With holidays: US, Independence Day is a warning; without, nothing is said."""
    pytest.importorskip("holidays", reason="pip install holidays")
    write(folder, a="date: 2029-07-04\n")
    assert [later.code for later in folder.load(now=datetime(2029, 1, 1, tzinfo=UTC)).problems] == []
    folder.write("announcer.yaml", CONFIG + "holidays: US-MO\n")
    (problem,) = folder.load(now=datetime(2029, 1, 1, tzinfo=UTC)).problems
    assert (problem.code, problem.line, problem.column) == ("holiday", 1, 7)
    assert problem.message == "Wednesday 4 July 2029 is a public holiday: Independence Day"


@pytest.mark.parametrize(
    "text",
    ["status: postponed\ndate: 2026-11-18\n", "status: confirmed\n" + DAY, "status: cancelled\n" + DAY],
)
def test_a_postponed_talk_of_the_past_is_not_spoken_of(folder: Folder, text: str) -> None:
    """The reminder that nothing announces its new date ends with the day that it has."""
    write(folder, a=text)
    assert problems_in(folder) == []


def test_a_week_without_a_talk_waits_for_its_reason(folder: Folder) -> None:
    """Without a notice it is held, as an error says; the line of the hint, pasted, is clean."""
    write(folder, a=DAY + "kind: none\n")
    loaded = folder.load()
    (problem,) = loaded.problems
    assert ([broken.id for broken in loaded.broken], problem.severity) == (["a"], Severity.ERROR)
    write(folder, a=DAY + "kind: none\n" + problem.hint.removeprefix("add a line like ") + "\n")
    (talk,) = folder.load().talks
    assert (talk.notice, problems_in(folder)) == (
        "No colloquium on Wednesday, December 2, because of the holiday",
        [],
    )


REFRESHED = "    refreshments: {what: Coffee and tea, time: 3:30 pm}\n"
IN_WORDS = "    refreshments: Coffee, 3:30 pm\n"


@pytest.mark.parametrize("series", [REFRESHED, IN_WORDS])
@pytest.mark.parametrize(
    ("talk", "codes"),
    [
        ("", []),
        ("time: 3:00 pm\n", ["refreshments-late"]),
        ("time: 3:30 pm\n", ["refreshments-late"]),
        ("time: 2:00 pm\n", []),
        ("time: 4:30 pm\n", []),
        ("time: 3:00 pm\nrefreshments: none\n", []),
        ("time: 3:00 pm\nrefreshments: {what: Tea, time: 3:30 pm}\n", []),
        ("time: 3:00 pm\nkind: none\nnotice: Away.\n", []),
    ],
)
def test_coffee_during_the_talk_is_told(folder: Folder, series: str, talk: str, codes: list[str]) -> None:
    """A talk that was moved keeps the series' coffee, whose hour may lie within it."""
    folder.write("announcer.yaml", CONFIG + series)
    write(folder, a=DAY + talk)
    assert [problem.code for problem in folder.load().problems] == codes


def test_a_code_can_be_silenced_for_a_file(folder: Folder) -> None:
    """What silence: names is not told for that file, and is told for the others."""
    write(folder, a="date: 2026-12-03\n", b="date: 2026-12-04\n")
    folder.write("announcer.yaml", CONFIG + "silence: {talks/colloquium/a.yaml: other-weekday}\n")
    assert problems_in(folder) == [("b.yaml", "other-weekday", 1, 7)]


def test_a_silenced_error_holds_nothing(folder: Folder) -> None:
    """A lint that is an error can be silenced, too, and then its talk is announced."""
    write(folder, a=DAY + "title: Untitled talk\n")
    assert folder.load().talks == ()
    folder.write("announcer.yaml", CONFIG + "silence: {talks/colloquium/a.yaml: [placeholder]}\n")
    assert [talk.title for talk in folder.load().talks] == ["Untitled talk"]


def test_a_talk_has_from_its_series_what_it_does_not_say(folder: Folder) -> None:
    """Every field of the table whose default is the series' comes from there, unless the talk has its own."""
    series = (
        "    host: {name: Max Sample, email: max@example.edu}\n    refreshments: {what: Tea, time: 3:30 pm}\n"
        "    sponsor: {text: The Fund., until: 2026-12-05}\n    contact: Ask Max.\n"
        "    accessibility: Step-free.\n    parking: Garage 2.\n    subject: Physics today\n"
    )
    folder.write("announcer.yaml", CONFIG + series)
    write(
        folder,
        a=DAY,
        b="date: 2026-12-09\nlocation: {room: '7'}\nhost: Mia\nrefreshments: none\ncontact: Me.\n",
    )
    first, other = folder.load().talks
    assert first.host is not None
    assert first.refreshments is not None
    assert (first.host.email, first.refreshments.what, first.sponsor) == (
        "max@example.edu",
        "Tea",
        "The Fund.",
    )
    assert (first.contact, first.accessibility, first.parking, first.subject) == (
        "Ask Max.",
        "Step-free.",
        "Garage 2.",
        "Physics today",
    )
    assert first.place == Place(room="Crow 201", building="Crow Hall")
    assert other.host is not None
    assert (other.place, other.host.name, other.host.email) == (Place(room="7"), "Mia", None)
    assert (other.refreshments, other.sponsor, other.contact) == (None, None, "Me.")


def test_a_week_without_a_talk_has_no_room_of_its_series(folder: Folder) -> None:
    """So that a new room of the series corrects nothing where there is no talk; who may be asked stays."""
    series = "    host: Max\n    refreshments: Tea\n    contact: Ask Max.\n    subject: Physics today\n"
    folder.write("announcer.yaml", CONFIG + series)
    write(folder, a=DAY + "kind: none\nnotice: Thanksgiving.\n")
    (talk,) = folder.load().talks
    assert (talk.place, talk.host, talk.refreshments, talk.subject) == (None, None, None, None)
    assert talk.contact == "Ask Max."


def test_lists_and_schedule_replace_the_series(folder: Folder) -> None:
    """A talk's own lists and schedule stand alone."""
    write(folder, a=DAY + "lists: [public-lectures]\nschedule: [{send: reminder, when: 2 hours before}]\n")
    (talk,) = folder.load().talks
    assert talk.lists == ("public-lectures",)
    assert [(rule.send, rule.when.text) for rule in talk.schedule] == [(Occasion.REMINDER, "2 hours before")]


def test_times_are_those_of_the_zone_on_that_day(folder: Folder) -> None:
    """4 pm in Chicago is 22:00 UTC in December and 21:00 in July; a talk's own zone counts before."""
    write(
        folder,
        a=DAY,
        b="date: 2026-07-01\nduration: 30 minutes\n",
        c="date: 2026-12-09\ntimezone: Europe/Berlin\n",
    )
    assert [(talk.start, talk.zone) for talk in folder.load().talks] == [
        (datetime(2026, 12, 2, 22, tzinfo=UTC), "America/Chicago"),
        (datetime(2026, 7, 1, 21, tzinfo=UTC), "America/Chicago"),
        (datetime(2026, 12, 9, 15, tzinfo=UTC), "Europe/Berlin"),
    ]


def test_an_hour_that_the_clocks_skip_is_the_transition(folder: Folder) -> None:
    """2:30 am on the night of the change is 3:00 am, 08:00 UTC."""
    write(folder, a="date: 2027-03-14\ntime: 2:30 am\nschedule: [{send: reminder, when: 1 hour before}]\n")
    (talk,) = folder.load().talks
    assert talk.start == datetime(2027, 3, 14, 8, tzinfo=UTC)


def test_sympa_gets_no_auto_submitted_unless_asked(folder: Folder) -> None:
    """Sympa drops posts that say a program sent them; every other list server gets the header."""
    folder.write(
        "announcer.yaml",
        CONFIG.replace("  public-lectures: {", "  public-lectures: {server: sympa, format: text, "),
    )
    department = folder.load().department
    assert department is not None
    assert {
        name: (mailing_list.auto_submitted, mailing_list.text_only)
        for name, mailing_list in department.lists.items()
    } == {
        "colloquium": (True, False),
        "public-lectures": (False, True),
    }
