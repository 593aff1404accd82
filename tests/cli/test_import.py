"""`announcer import`: the states, what is written and what is left, and what a person is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Folder
from tests.command_line import Done

NOW = ("--now", "2026-11-23 09:00")
HEADINGS = "Date,Time,Speaker,Title,Room\n"
ROWS = {
    "ada": "2027-01-13,16:00,Ada Example (Example University),On codes,Hall 3\n",
    "bob": "2027-01-20,16:00,Bob Sample,On noise,\n",
    "eve": "2027-01-27,16:00,Eve Muster,On heat,\n",
}
ADA = "talks/colloquium/2027-example.yaml"


def plan(folder: Folder, *rows: str, name: str = "plan.csv") -> None:
    """Writes a table into the department's folder."""
    (folder.path / name).write_text(HEADINGS + "".join(rows), encoding="utf-8")


def imported(folder: Folder, *args: str, source: str = "plan.csv") -> Any:
    """What an import says to scripts."""
    done = folder.announcer("import", source, "--json", *NOW, *args)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def states(folder: Folder, *args: str, source: str = "plan.csv") -> dict[str, str]:
    """The state of each talk by its speakers."""
    report = imported(folder, *args, source=source)
    return {" ".join(talk["speakers"]): talk["state"] for talk in report["talks"]}


def test_new_talks_become_drafts_that_say_where_they_come_from(folder: Folder) -> None:
    """What the series says is left to it, `check` finds nothing, and nothing is announced."""
    plan(folder, *ROWS.values())
    done = folder.announcer("import", "plan.csv", "--yes", *NOW)
    assert done.returncode == 0, done.stderr
    text = (folder.path / ADA).read_text(encoding="utf-8")
    assert "date: 2027-01-13  # Wednesday\nstatus: draft" not in text
    assert "date: 2027-01-13  # Wednesday\n" in text
    assert "\nstatus: draft  # confirmed when" in text
    assert "\ntitle: On codes\nspeaker:\n  name: Ada Example\n  affiliation: Example University\n" in text
    assert "\nlocation: Hall 3\n" in text
    assert "\nsource:\n  name: plan\n  id: 'at:2027-01-13T16:00'\n" in text
    assert "time:" not in text.replace("date and time", "")
    assert json.loads(folder.announcer("check", "--json").stdout) == {"problems": []}
    planned = json.loads(folder.announcer("plan", "--json", "--days", "90", *NOW).stdout)["mailings"]
    assert not any("2027-example" in mailing["talks"] and mailing["state"] == "due" for mailing in planned)


def test_importing_twice_and_in_another_order_changes_nothing(folder: Folder) -> None:
    """Every talk is the same, and no file is touched."""
    plan(folder, *ROWS.values())
    imported(folder, "--yes")
    before = {path: path.stat().st_mtime_ns for path in (folder.path / "talks").rglob("*.yaml")}
    plan(folder, *reversed(ROWS.values()))
    assert set(states(folder, "--yes").values()) == {"same"}
    assert {path: path.stat().st_mtime_ns for path in (folder.path / "talks").rglob("*.yaml")} == before


def test_without_a_yes_nothing_is_written(folder: Folder) -> None:
    """Without a terminal, with --dry-run, and with --json."""
    plan(folder, *ROWS.values())
    before = sorted(folder.path.rglob("*"))
    for args in ((), ("--dry-run",), ("--json",), ("--dry-run", "--yes")):
        done = folder.announcer("import", "plan.csv", *args, *NOW)
        assert done.returncode == 0, done.stderr
        assert [path for path in sorted(folder.path.rglob("*")) if ".announcer" not in path.parts] == [
            path for path in before if ".announcer" not in path.parts
        ]


def test_a_change_in_the_source_is_told_and_rewrites_an_untouched_file(folder: Folder) -> None:
    """Old -> new, field by field."""
    plan(folder, *ROWS.values())
    imported(folder, "--yes")
    plan(folder, ROWS["ada"].replace("On codes", "On better codes"), ROWS["bob"], ROWS["eve"])
    output = folder.announcer("import", "plan.csv", *NOW, COLUMNS="80").stdout
    assert "title: On codes -> On better codes" in output
    report = imported(folder, "--yes")
    assert [
        (talk["state"], talk["path"], talk["changes"]) for talk in report["talks"] if talk["state"] != "same"
    ] == [
        (
            "changed",
            ADA,
            [{"field": "title", "was": "On codes", "is": "On better codes", "yours": None}],
        )
    ]
    assert report["written"] == [ADA]
    assert "title: On better codes\n" in (folder.path / ADA).read_text(encoding="utf-8")
    assert set(states(folder).values()) == {"same"}


def test_of_two_long_texts_the_place_where_they_differ_is_shown(folder: Folder) -> None:
    """Their beginnings look alike."""
    text = "We study codes at length, with care. " * 3
    for words in (f"{text}We end.", f"{text}They end."):
        calendar(folder, entry("1", "20270113T220000Z", "On codes - Ada Example", f"DESCRIPTION:{words}"))
        done = folder.announcer("import", "cal.ics", "--yes", *NOW, COLUMNS="200")
    assert "abstract: …length, with care. We end. -> …length, with care. They end." in done.stdout


def test_what_a_person_wrote_is_never_touched(folder: Folder) -> None:
    """Yours while the source is as it was; both when it changes too: told field by field, and left."""
    plan(folder, *ROWS.values())
    imported(folder, "--yes")
    folder.edit(ADA, "title: On codes", "title: On my codes")
    mine = (folder.path / ADA).read_bytes()
    assert states(folder, "--yes")["Ada Example"] == "yours"
    plan(folder, ROWS["ada"].replace("On codes", "On better codes"), ROWS["bob"], ROWS["eve"])
    report = imported(folder, "--yes")
    (both,) = [talk for talk in report["talks"] if talk["state"] == "both"]
    assert both["changes"] == [
        {"field": "title", "was": "On codes", "is": "On better codes", "yours": "On my codes"}
    ]
    output = folder.announcer("import", "plan.csv", "--yes", *NOW).stdout
    for line in ("source was: On codes", "source is:  On better codes", "yours:      On my codes"):
        assert line in output
    assert "to take it, write: title: On better codes" in output
    assert (folder.path / ADA).read_bytes() == mine


def test_take_takes_one_field_of_the_source_and_leaves_every_other_line(folder: Folder) -> None:
    """The comment stays, the title is the source's, and the talk is yours from then on."""
    plan(folder, *ROWS.values())
    imported(folder, "--yes")
    folder.edit(ADA, "title: On codes", "# she said so\ntitle: On my codes")
    plan(folder, ROWS["ada"].replace("On codes", "On better codes"), ROWS["bob"], ROWS["eve"])
    assert imported(folder, "--yes", "--take", "title")["written"] == [ADA]
    assert "# she said so\ntitle: On better codes\n" in (folder.path / ADA).read_text(encoding="utf-8")
    assert states(folder)["Ada Example"] == "yours"


def test_writing_the_same_yourself_settles_it(folder: Folder) -> None:
    """Nothing is told of a field that both changed alike."""
    plan(folder, *ROWS.values())
    imported(folder, "--yes")
    folder.edit(ADA, "title: On codes", "title: On better codes")
    plan(folder, ROWS["ada"].replace("On codes", "On better codes"), ROWS["bob"], ROWS["eve"])
    assert states(folder, "--yes")["Ada Example"] == "yours"


def test_a_draft_that_was_confirmed_is_yours(folder: Folder) -> None:
    """Import never takes a confirmation back."""
    plan(folder, *ROWS.values())
    imported(folder, "--yes")
    folder.edit(ADA, "status: draft", "status: confirmed")
    plan(folder, ROWS["ada"].replace("Hall 3", "Hall 4"), ROWS["bob"], ROWS["eve"])
    assert states(folder, "--yes")["Ada Example"] == "both"
    assert "status: confirmed" in (folder.path / ADA).read_text(encoding="utf-8")


def test_a_talk_that_is_gone_there_is_told_and_left(folder: Folder) -> None:
    """Absence is no cancellation."""
    plan(folder, *ROWS.values())
    imported(folder, "--yes")
    plan(folder, ROWS["bob"], ROWS["eve"])
    assert states(folder, "--yes") == {
        "Ada Example": "gone-there",
        "Bob Sample": "same",
        "Eve Muster": "same",
    }
    assert (folder.path / ADA).exists()


def test_the_organizer_hears_once_of_what_a_timer_left_to_a_person(folder: Folder) -> None:
    """A mail for what is gone there; the next run says nothing of it."""
    with (folder.path / "announcer.yaml").open("a", encoding="utf-8") as file:
        file.write("sources:\n  plan: {file: plan.csv, series: colloquium}\n")
    plan(folder, *ROWS.values())
    assert folder.announcer("import", "--all", "--yes", *NOW).returncode == 0
    assert folder.outbox() == []
    plan(folder, ROWS["bob"], ROWS["eve"])
    for _ in range(2):
        done = folder.announcer("import", "--all", "--yes", *NOW)
        assert done.returncode == 0, done.stderr
        assert "gone there" in done.stdout
        (message,) = folder.outbox()
    assert message["To"] == "colloquium-committee@physics.example.edu"
    body = message.get_body(("plain",))
    assert body is not None
    assert 'On codes is not in "plan" any more' in body.get_content()


@pytest.mark.parametrize("left", [["ada"], []])
def test_more_than_half_gone_at_once_is_held(folder: Folder, left: list[str]) -> None:
    """Half a feed is more likely a fault than a decision; a new talk in it waits too."""
    plan(folder, *ROWS.values())
    imported(folder, "--yes")
    new = "2027-02-03,16:00,New Person,On news,\n"
    plan(folder, *(ROWS[name] for name in left), *([new] if left else []))
    done = folder.announcer("import", "plan.csv", "--yes", *NOW)
    assert done.returncode == 1
    assert "are gone from the source at once" in done.stdout
    assert not (folder.path / "talks/colloquium/2027-person.yaml").exists()
    assert imported(folder)["held"]["code"] == "half-gone"


def test_a_file_that_you_deleted_stays_deleted(folder: Folder) -> None:
    """Whoever does not want a talk is not asked again and again."""
    plan(folder, *ROWS.values())
    imported(folder, "--yes")
    (folder.path / ADA).unlink()
    report = imported(folder, "--yes")
    (talk,) = [talk for talk in report["talks"] if talk["speakers"] == ["Ada Example"]]
    assert (talk["state"], talk["reason"]["code"]) == ("yours", "deleted-here")
    assert not (folder.path / ADA).exists()


def test_a_file_that_was_renamed_is_still_the_talk(folder: Folder) -> None:
    """Its identity is in the file."""
    plan(folder, *ROWS.values())
    imported(folder, "--yes")
    (folder.path / ADA).rename(folder.path / "talks/colloquium/2027-ada.yaml")
    report = imported(folder)
    assert [talk["path"] for talk in report["talks"] if talk["speakers"] == ["Ada Example"]] == [
        "talks/colloquium/2027-ada.yaml"
    ]
    assert {talk["state"] for talk in report["talks"]} == {"same"}


def test_when_the_memory_is_lost_every_file_counts_as_yours(folder: Folder) -> None:
    """Nothing is overwritten for want of knowing better."""
    plan(folder, *ROWS.values())
    imported(folder, "--yes")
    (folder.path / ".announcer/imports/plan.json").write_text("{", encoding="utf-8")
    report = imported(folder, "--yes")
    assert {talk["state"] for talk in report["talks"]} == {"yours"}
    assert [remark["code"] for remark in report["remarks"]] == ["memory-lost"]
    (folder.path / ".announcer/imports/plan.json").unlink()
    plan(folder, ROWS["ada"].replace("On codes", "On better codes"), ROWS["bob"], ROWS["eve"])
    assert states(folder, "--yes")["Ada Example"] == "both"


def test_a_file_of_the_same_series_and_start_is_adopted_and_not_doubled(folder: Folder) -> None:
    """With a yes it learns where it comes from, and not one other line changes."""
    path = "talks/colloquium/2026-bordelon.yaml"
    before = (folder.path / path).read_text(encoding="utf-8")
    plan(folder, "2026-12-02,16:00,Blake Bordelon,A Physics Approach to Deep Learning Theory,\n")
    report = imported(folder)
    assert [(talk["state"], talk["path"], talk["reason"]["code"]) for talk in report["talks"]] == [
        ("yours", path, "by-hand")
    ]
    imported(folder, "--yes")
    after = (folder.path / path).read_text(encoding="utf-8")
    assert after == before.rstrip("\n") + "\nsource:\n  name: plan\n  id: 'at:2026-12-02T16:00'\n"
    assert states(folder) == {"Blake Bordelon": "yours"}


@pytest.mark.parametrize("day", ["2027-01-14", "2027-01-20"])
def test_a_talk_that_may_have_moved_is_asked_about_and_never_assumed(folder: Folder, day: str) -> None:
    """A table has no identities: the same speaker and title on another day wait for a person."""
    plan(folder, ROWS["ada"], ROWS["eve"])
    imported(folder, "--yes")
    plan(folder, ROWS["ada"].replace("2027-01-13", day), ROWS["eve"])
    report = imported(folder, "--yes")
    moved = [talk for talk in report["talks"] if talk["speakers"] == ["Ada Example"] and talk["reason"]]
    assert {(talk["state"], talk["reason"]["code"]) for talk in moved} == {
        ("skipped", "perhaps-moved"),
        ("gone-there", "gone"),
    }
    folder.edit(ADA, "date: 2027-01-13", f"date: {day}")
    assert states(folder)["Ada Example"] in ("yours", "both")


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//pretalx//EN
{}END:VCALENDAR
"""


def entry(uid: str, start: str, summary: str, *lines: str) -> str:
    """One entry, of an hour where nothing else is said."""
    more = "".join(f"{line}\n" for line in lines)
    return f"BEGIN:VEVENT\nUID:{uid}\nDTSTART:{start}\nSUMMARY:{summary}\n{more}END:VEVENT\n"


def calendar(folder: Folder, *entries: str) -> None:
    """Writes a calendar into the department's folder."""
    (folder.path / "cal.ics").write_text(CALENDAR.format("".join(entries)), encoding="utf-8")


@pytest.mark.parametrize("start", ["20270114T220000Z", "20270120T220000Z"])
def test_a_calendar_moves_a_talk_by_a_day_or_a_week(folder: Folder, start: str) -> None:
    """Its identity stays, so the date is a change like any other."""
    calendar(folder, entry("1", "20270113T220000Z", "On codes - Ada Example"))
    imported(folder, "--yes", source="cal.ics")
    calendar(folder, entry("1", start, "On codes - Ada Example"))
    (talk,) = imported(folder, "--yes", source="cal.ics")["talks"]
    assert talk["state"] == "changed"
    assert [change["field"] for change in talk["changes"]] == ["date"]
    assert f"date: {start[:4]}-{start[4:6]}-{start[6:8]}" in (folder.path / ADA).read_text(encoding="utf-8")


def test_identities_that_change_at_every_fetch_are_seen_through(folder: Folder) -> None:
    """Outlook makes new ones each time: the start tells which talk it is."""
    starts = ["20270113T220000Z", "20270120T220000Z", "20270127T220000Z"]
    names = ["On codes - Ada Example", "On noise - Bob Sample", "On heat - Eve Muster"]
    calendar(
        folder, *(entry(f"a{n}", s, name) for n, (s, name) in enumerate(zip(starts, names, strict=True)))
    )
    imported(folder, "--yes", source="cal.ics")
    calendar(
        folder, *(entry(f"b{n}", s, name) for n, (s, name) in enumerate(zip(starts, names, strict=True)))
    )
    assert set(states(folder, "--yes", source="cal.ics").values()) == {"same"}
    assert len(list((folder.path / "talks/colloquium").glob("2027-*.yaml"))) == 3


def test_what_is_cancelled_there_is_left_to_a_person(folder: Folder) -> None:
    """Import never writes `status: cancelled`, which would be told at once."""
    calendar(folder, entry("1", "20270113T220000Z", "On codes - Ada Example"))
    imported(folder, "--yes", source="cal.ics")
    before = (folder.path / ADA).read_bytes()
    calendar(
        folder,
        entry("1", "20270113T220000Z", "On codes - Ada Example", "STATUS:CANCELLED"),
        entry("2", "20270120T220000Z", "On noise - Bob Sample", "STATUS:CANCELLED"),
    )
    assert states(folder, "--yes", source="cal.ics") == {
        "Ada Example": "cancelled-there",
        "Bob Sample": "skipped",
    }
    assert (folder.path / ADA).read_bytes() == before
    folder.edit(ADA, "status: draft", "status: cancelled")
    assert states(folder, source="cal.ics")["Ada Example"] == "same"


def test_two_entries_at_one_time_are_both_shown(folder: Folder) -> None:
    """One talk may stand in a calendar twice, as "Hall" and as "Hal"."""
    calendar(
        folder,
        entry("1", "20270113T220000Z", "On codes - Ada Example"),
        entry("2", "20270113T220000Z", "On codes - Ada Exampel"),
    )
    talks = imported(folder, source="cal.ics")["talks"]
    assert [[remark["code"] for remark in talk["remarks"]] for talk in talks] == [["same-start"]] * 2


def test_what_is_over_or_far_away_is_counted(folder: Folder) -> None:
    """A year's archive is no page of rows."""
    calendar(
        folder,
        entry("1", "20250113T220000Z", "On codes - Ada Example"),
        entry("2", "20290113T220000Z", "On codes - Ada Example"),
        entry("3", "20250120T220000Z", "On codes - Ada Example"),
    )
    done = folder.announcer("import", "cal.ics", *NOW)
    assert "Skipped 2: it is over.\nSkipped 1: it is more than a year ahead.\n" in done.stdout
    assert [talk["reason"]["code"] for talk in imported(folder, source="cal.ics")["talks"]] == [
        "past",
        "past",
        "far",
    ]


def test_a_day_without_a_talk_is_no_talk(folder: Folder) -> None:
    """A plan says so in a speaker's place, and a free date says nothing at all."""
    plan(
        folder,
        "2027-01-13,,No colloquium (holiday),,\n",
        "2027-01-20,,Thanksgiving,,\n",
        "2027-01-27,,,TBA,\n",
    )
    reasons = [talk["reason"]["code"] for talk in imported(folder)["talks"]]
    assert reasons == ["no-talk", "no-talk", "free"]


def test_everything_that_readers_would_see_stands_in_the_table(folder: Folder) -> None:
    """Nothing gets into a public field that nobody said yes to; at 80 columns."""
    calendar(
        folder,
        entry(
            "1",
            "20270113T230000Z",
            "On codes - Ada Example",
            "LOCATION:Hall 3",
            "URL:https://physics.example.edu/codes",
            "DESCRIPTION:We study codes.\\nSponsor: The Example Fund.\\n"
            "Zoom: https://example.zoom.us/j/123456789\\nPasscode: noether",
        ),
    )
    done = folder.announcer("import", "cal.ics", *NOW, COLUMNS="80")
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    flat = " ".join(done.stdout.split())
    for text in (
        "2027-01-13 17:00 new Ada Example: On codes",
        "abstract: We study codes.",
        "location: Hall 3",
        "url: https://physics.example.edu/codes",
        "sponsor: The Example Fund.",
        "for internal lists alone",
    ):
        assert text in flat
    imported(folder, "--yes", source="cal.ics")
    text = (folder.path / ADA).read_text(encoding="utf-8")
    assert (
        "online:\n  url: https://example.zoom.us" not in text.replace("'", "") or "passcode: noether" in text
    )
    public = text.partition("online:")[0]
    assert "zoom.us" not in public
    assert "noether" not in public


def test_a_pasted_page_is_a_draft_that_waits_for_its_date(folder: Folder) -> None:
    """`check` warns, and nothing more: it is a draft."""
    text = (
        "Ada Example (hosted by Max Sample) from Example University will be presenting the "
        "Physics Colloquium on On codes.\n"
    )
    done = folder.announcer("import", "-", "--yes", *NOW, typed=text)
    assert done.returncode == 0, done.stderr
    assert "warning[undated]" in done.stdout
    written = (folder.path / "talks/colloquium/2026-example.yaml").read_text(encoding="utf-8")
    assert "date:  # not known yet: write it like 2026-12-02\n" in written
    checked = folder.announcer("check")
    assert checked.returncode == 0
    assert "this draft has no date yet" in checked.stdout
    assert folder.announcer("plan", *NOW).returncode == 0
    again = folder.announcer("import", "-", "--yes", "--json", *NOW, typed=text)
    assert [talk["state"] for talk in json.loads(again.stdout)["talks"]] == ["same"]


def test_the_meaning_of_a_title_line_is_not_guessed(folder: Folder) -> None:
    """Without a terminal it says how to say it; then it is remembered with all comments kept."""
    (folder.path / "cal.ics").write_text(
        CALENDAR.replace("pretalx", "example").format(
            entry("1", "20270113T220000Z", "Ada Example: On codes")
        ),
        encoding="utf-8",
    )
    refused = folder.announcer("import", "cal.ics", "--yes", *NOW)
    assert refused.returncode == 3
    assert '"Ada Example: On codes"' in refused.stderr
    assert '--summary "{speaker}: {title}"' in refused.stderr
    config = folder.path / "announcer.yaml"
    before = config.read_text(encoding="utf-8")
    done = folder.announcer("import", "cal.ics", "--yes", "--summary", "{speaker}: {title}", *NOW)
    assert done.returncode == 0, done.stderr
    assert config.read_text(encoding="utf-8") == before.rstrip("\n") + (
        "\n\nsources:\n  cal:\n    file: cal.ics\n    summary: '{speaker}: {title}'\n"
    )
    assert states(folder, source="cal") == {"Ada Example": "same"}
    assert states(folder, source="cal.ics") == {"Ada Example": "same"}


def test_all_imports_every_source_and_one_that_fails_stops_no_other(folder: Folder) -> None:
    """Exit 1 says that one failed; the others were written."""
    plan(folder, ROWS["ada"])
    with (folder.path / "announcer.yaml").open("a", encoding="utf-8") as file:
        file.write("sources:\n  gone: {file: gone.csv}\n  plan: {file: plan.csv, series: colloquium}\n")
    done = folder.announcer("import", "--all", "--yes", *NOW)
    assert done.returncode == 1
    assert "gone.csv" in done.stderr
    assert (folder.path / ADA).exists()


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        ((), 2, "it is not said from where"),
        (("nowhere",), 2, "no source, no file and no web address"),
        (("plan.csv", "--series", "coloquium"), 2, 'did you mean "colloquium"?'),
        (("plan.csv", "--format", "word"), 1, "there is no format of that name"),
        (("plan.csv", "--summary", "{name}", "--format", "ics"), 1, "this cannot be read"),
        (("http://127.0.0.1:9/a.ics",), 1, "it cannot be reached"),
    ],
)
def test_a_mistake_is_told_with_what_to_do(
    folder: Folder, args: tuple[str, ...], code: int, words: str
) -> None:
    """Place, sentence, hint, and a code of its own."""
    plan(folder, ROWS["ada"])
    done: Done = folder.announcer("import", *args, *NOW)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


LETTER = "Title: On better codes\nAbstract: We study codes.\n\nAt length.\n"


def test_an_answer_about_a_talk_is_shown_and_written_after_a_yes(folder: Folder) -> None:
    """Every other line of the file stays; quoted letters below it do not count."""
    path = folder.path / "talks/colloquium/2026-bordelon.yaml"
    before = path.read_text(encoding="utf-8")
    text = f"{LETTER}\nOn Mon, Nov 2, 2026 at 9:00 AM Max Sample <max@example.edu> wrote:\n> Title: which?\n"
    shown = folder.announcer("import", "-", "--talk", "2026-bordelon", *NOW, typed=text)
    assert "answer: On better codes" in shown.stdout
    assert path.read_text(encoding="utf-8") == before
    done = folder.announcer("import", "-", "--talk", "2026-bordelon", "--yes", "--json", *NOW, typed=text)
    assert [change["field"] for change in json.loads(done.stdout)["talks"][0]["changes"]] == [
        "title",
        "abstract",
    ]
    after = path.read_text(encoding="utf-8")
    assert "title: On better codes\n" in after
    assert "abstract: |\n  We study codes.\n\n  At length.\n" in after
    assert after.splitlines()[0] == before.splitlines()[0]
    again = folder.announcer("import", "-", "--talk", "2026-bordelon", *NOW, typed=text)
    assert "It says nothing that talks/colloquium/2026-bordelon.yaml does not say." in again.stdout


def test_an_answer_moves_no_talk(folder: Folder) -> None:
    """A day in it is told, and not taken."""
    text = "Date: 2027-03-03\n" + LETTER
    done = folder.announcer("import", "-", "--talk", "2026-bordelon", "--yes", *NOW, typed=text)
    assert "it names 2027-03-03, which was not taken" in done.stdout
    assert "date: 2026-12-02" in (folder.path / "talks/colloquium/2026-bordelon.yaml").read_text(
        encoding="utf-8"
    )
