"""Odd but good files: they have no problem, and mean what their authors meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from announcer.domain.talk import CANDIDATE, Host, Kind, Meet, Place, Refreshments, Speaker, Status, Talk
from announcer.records.models.talk import TalkRecord
from tests.records.conftest import Folder

Look = Callable[[Talk], object]
DAY = "date: 2026-12-02\n"


def title(talk: Talk) -> object:
    """Its title."""
    return talk.title


def day(talk: Talk) -> object:
    """Its local date."""
    return talk.date


def clock(talk: Talk) -> object:
    """When it begins on the wall."""
    return f"{talk.local_start:%H:%M}"


def length(talk: Talk) -> object:
    """How long it takes."""
    return talk.end - talk.start


def room(talk: Talk) -> object:
    """Its room."""
    return talk.place and talk.place.room


def names(talk: Talk) -> object:
    """Its speakers' names."""
    return [speaker.name for speaker in talk.speakers]


THE_DAY = date(2026, 12, 2)
GOOD: list[tuple[str, str | bytes, Look, object]] = [
    ("a room that is a number with a zero", DAY + "location: 0204\n", room, "0204"),
    ("a room that YAML takes for octal", DAY + "location: {room: 0o17}\n", room, "0o17"),
    ("a title that is a number", DAY + "title: 1984\n", title, "1984"),
    ("a title that is a number with a zero behind", DAY + "title: 1.10\n", title, "1.10"),
    ("a title that YAML takes for no", DAY + "title: NO\n", title, "NO"),
    ("a title that YAML takes for a date", DAY + "title: 2001-01-01\n", title, "2001-01-01"),
    ("a title that YAML takes for minutes", DAY + "title: 16:00\n", title, "16:00"),
    ("a title called Null", DAY + "title: Null\n", title, "Null"),
    ("a title in single quotes with a hash", DAY + "title: 'Problem #7'\n", title, "Problem #7"),
    ("a hash without a blank before it", DAY + "title: The C#-minor chord\n", title, "The C#-minor chord"),
    ("a comment behind two blanks", DAY + "title: Spooky  # to be checked\n", title, "Spooky"),
    ("a comment behind a quoted title", DAY + "title: 'Spooky' # sic\n", title, "Spooky"),
    ("a comment behind one blank in a date", "date: 2026-12-02 # Wednesday\n", day, THE_DAY),
    ("a comment alone in a time", DAY + "time: # as usual\n", clock, "16:00"),
    ("a colon without a blank", DAY + "title: Energy:matter\n", title, "Energy:matter"),
    ("a colon in double quotes", DAY + 'title: "Dark matter: what?"\n', title, "Dark matter: what?"),
    ("TeX in single quotes", DAY + "title: 'On $\\nu_e$'\n", title, "On $\\nu_e$"),
    ("TeX without quotes", DAY + "title: On $\\nu_e$ and $\\beta$\n", title, "On $\\nu_e$ and $\\beta$"),
    ("TeX with doubled backslashes", DAY + 'title: "On $\\\\nu$"\n', title, "On $\\nu$"),
    ("an apostrophe", DAY + "title: Noether's theorem\n", title, "Noether's theorem"),
    ("a doubled apostrophe", DAY + "title: 'Noether''s theorem'\n", title, "Noether's theorem"),
    ("typographic quotes within a title", DAY + "title: “Spooky” action\n", title, "“Spooky” action"),
    ("a title on two lines", DAY + "title: Spooky\n  action\n", title, "Spooky action"),
    ("a title in a folded block", DAY + "title: >\n  Spooky\n  action\n", title, "Spooky action"),
    ("money in a title", DAY + "title: From $5 to $6\n", title, "From $5 to $6"),
    ("an accent, composed", DAY + "title: Schrödinger\n", title, "Schrödinger"),
    ("another script", DAY + "title: 相对论\n", title, "相对论"),
    ("TBA", DAY + "title: TBA\n", title, None),
    ("t.b.d.", DAY + "title: t.b.d.\n", title, None),
    ("to be announced", DAY + "title: (To be announced)\n", title, None),
    ("Title: TBA in quotes", DAY + "title: 'Title: TBA'\n", title, None),
    ("nothing behind the colon", DAY + "title:\n", title, None),
    ("a tilde for nothing", DAY + "title: ~\n", title, None),
    ("an empty text", DAY + 'title: ""\n', title, None),
    ("CRLF", (DAY + "title: Spooky\n").replace("\n", "\r\n"), title, "Spooky"),
    ("CR alone", (DAY + "title: Spooky\n").replace("\n", "\r"), title, "Spooky"),
    ("UTF-8 with its mark", (DAY + "title: Schrödinger\n").encode("utf-8-sig"), title, "Schrödinger"),
    ("UTF-16 as PowerShell writes it", (DAY + "title: Schrödinger\n").encode("utf-16"), title, "Schrödinger"),
    ("UTF-16 without its mark", (DAY + "title: Schrödinger\n").encode("utf-16-le"), title, "Schrödinger"),
    ("UTF-32", (DAY + "title: Schrödinger\n").encode("utf-32"), title, "Schrödinger"),
    ("no line end at the end", DAY + "title: Spooky", title, "Spooky"),
    ("a document mark at the top", "---\n" + DAY + "title: Spooky\n", title, "Spooky"),
    ("a mark at the end", DAY + "title: Spooky\n...\n", title, "Spooky"),
    ("all in one line of braces", "{date: 2026-12-02, title: Spooky}\n", title, "Spooky"),
    ("a line separator from a web page", DAY + "title: Spooky\u2028action\n", title, "Spooky action"),
    ("a no-break space within a title", DAY + "title: Spooky\xa0action\n", title, "Spooky action"),
    ("an American date", "date: Dec 2, 2026\n", day, THE_DAY),
    ("a date with its weekday", "date: Wed 2 Dec 2026\n", day, THE_DAY),
    ("a date with an ordinal", "date: Wednesday, December 2nd, 2026\n", day, THE_DAY),
    ("a European date", "date: 2 December 2026\n", day, THE_DAY),
    ("a date with slashes that is one alone", "date: 2026/12/02\n", day, THE_DAY),
    ("a date whose day can be no month", "date: 12/30/2026\n", day, date(2026, 12, 30)),
    ("a date in quotes", 'date: "2026-12-02"\n', day, THE_DAY),
    ("4pm", DAY + "time: 4pm\n", clock, "16:00"),
    ("4:30 p.m.", DAY + "time: 4:30 p.m.\n", clock, "16:30"),
    ("16.30", DAY + "time: 16.30\n", clock, "16:30"),
    ("16h", DAY + "time: 16h\n", clock, "16:00"),
    ("noon", DAY + "time: noon\n", clock, "12:00"),
    ("08:30", DAY + "time: 08:30\nschedule: {send: reminder, when: 1 hour before}\n", clock, "08:30"),
    ("an end", DAY + "end: 5:30 pm\n", length, timedelta(minutes=90)),
    ("an hour and a half", DAY + "duration: 1 h 30 min\n", length, timedelta(minutes=90)),
    ("1.5 hours", DAY + "duration: 1.5 hours\n", length, timedelta(minutes=90)),
    ("1h30", DAY + "duration: 1h30\n", length, timedelta(minutes=90)),
    ("an hour", DAY + "duration: an hour\n", length, timedelta(hours=1)),
    ("one speaker by name", DAY + "speaker: Ada Example\n", names, ["Ada Example"]),
    ("one speaker under speakers", DAY + "speakers: Ada Example\n", names, ["Ada Example"]),
    ("two speakers under speaker", DAY + "speaker: [Ada A., Max B.]\n", names, ["Ada A.", "Max B."]),
    ("a speaker to be announced", DAY + "speaker: TBA\n", names, []),
    ("a location as text", DAY + "location: Hall 3\n", lambda talk: talk.place, Place(room="Hall 3")),
    ("a location to be announced", DAY + "location: TBA\n", lambda talk: talk.place, None),
    ("a status with a capital", DAY + "status: Tentative\n", lambda talk: talk.status, Status.TENTATIVE),
    ("yes with a capital", DAY + "confidential: Yes\n", lambda talk: talk.confidential, CANDIDATE),
    ("a recording as a word", DAY + "recording: no\n", lambda talk: talk.recording, False),
    ("a recording as a sentence", DAY + "recording: On request.\n",
     lambda talk: talk.recording, "On request."),
    ("one list by name", DAY + "lists: colloquium\n", lambda talk: talk.lists, ("colloquium",)),
    ("a passcode that is a number", DAY + "online: {url: 'https://example.edu/j', passcode: 012345}\n",
     lambda talk: talk.online and talk.online.passcode, "012345"),
    ("refreshments as text", DAY + "refreshments: Tea at 3:30\n", lambda talk: talk.refreshments,
     Refreshments(what="Tea at 3:30")),
    ("a link without a label", DAY + "links: [https://example.edu/p]\n", lambda talk: talk.links[0].label,
     "https://example.edu/p"),
    ("a link under its label", DAY + "links:\n  - Paper: https://example.edu/p\n",
     lambda talk: [(link.label, link.url) for link in talk.links], [("Paper", "https://example.edu/p")]),
    ("a host with an address", DAY + "host: Max Sample <max@example.edu>\n", lambda talk: talk.host,
     Host(name="Max Sample", email="max@example.edu")),
    ("a web address to meet the speaker", DAY + "meet: https://example.edu/ada\n", lambda talk: talk.meet,
     Meet(url="https://example.edu/ada")),
    ("refreshments as yes", DAY + "refreshments: yes\n", lambda talk: talk.refreshments,
     Refreshments(what="Refreshments")),
    ("a blank before the colon", DAY + "title : Spooky\n", title, "Spooky"),
    ("a doctor's degree behind a name", DAY + "speaker: Ada Example, PhD\n", names, ["Ada Example, PhD"]),
    ("every optional field left empty",
     DAY + "".join(f"{name}:\n" for name in TalkRecord.model_fields.keys() - {"date", "lists", "schedule"}),
     clock, "16:00"),
    ("no talk this week", DAY + "kind: none\nnotice: Thanksgiving.\n", lambda talk: talk.kind, Kind.NONE),
    ("a date in prose that is right", DAY + "notice: Now on Wednesday, December 2.\n",
     lambda talk: talk.notice, "Now on Wednesday, December 2."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "look", "meant"), [row[1:] for row in GOOD], ids=[row[0] for row in GOOD])
def test_an_odd_file_means_what_its_author_meant(
    folder: Folder, text: str | bytes, look: Look, meant: object
) -> None:
    """The file has no problem, not even a warning, and the value is the one that was meant."""
    assert look(folder.talk(text)) == meant


def test_there_are_enough_of_them() -> None:
    """The table holds what it promises: at least forty odd files."""
    assert len(GOOD) >= 40


def test_blank_lines_and_indentation_of_an_abstract_are_kept(folder: Folder) -> None:
    """Paragraphs and display equations reach the talk as they were written."""
    talk = folder.talk(DAY + "abstract: |\n  We show\n\n  $$x^2$$\n\n    code\n\n  and more.\n")
    assert talk.abstract == "We show\n\n$$x^2$$\n\n  code\n\nand more."


def test_a_pasted_abstract_is_joined(folder: Folder) -> None:
    """A word cut at a line's end is whole again, and the author is told so."""
    folder.write("talks/a.yaml", DAY + "series: colloquium\nabstract: |\n  We show an exam-\n  ple of it.\n")
    loaded = folder.load()
    assert [talk.abstract for talk in loaded.talks] == ["We show an exam-ple of it."]
    assert [problem.code for problem in loaded.problems] == ["hard-wrapped"]


def test_a_speaker_with_everything(folder: Folder) -> None:
    """Every field of a speaker is read."""
    talk = folder.talk(
        DAY + "speaker:\n  name: Ada Example\n  affiliation: Example University\n"
        "  url: https://example.edu/ada\n  pronouns: she/her\n  bio: Ada studies *things*.\n"
        "  photo: {path: small.jpg, alt: Ada at the blackboard}\n"
    )
    (speaker,) = talk.speakers
    assert speaker.photo is not None
    assert (speaker.photo.path, speaker.photo.alt) == ("small.jpg", "Ada at the blackboard")
    assert speaker == Speaker(
        name="Ada Example",
        affiliation="Example University",
        url="https://example.edu/ada",
        pronouns="she/her",
        bio="Ada studies *things*.",
        photo=speaker.photo,
    )
