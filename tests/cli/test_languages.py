"""Languages on the command line: what `check` says of them, and that they are no facts of a talk."""

from __future__ import annotations

from tests.departments import Folder

MONDAY = ("--now", "2026-11-30 09:00")
LATER = ("--now", "2026-11-30 12:00")


def assert_sends_nothing(folder: Folder, old: str, new: str) -> None:
    """An edit of announcer.yaml, after which a run sends no correction of what was told."""
    sent = len(folder.outbox())
    assert sent > 0
    folder.edit("announcer.yaml", old, new)
    done = folder.announcer("run", *LATER)
    assert (done.returncode, done.stderr.count("correction")) == (0, 0), done.stderr
    assert len(folder.outbox()) == sent


def test_a_change_of_language_sends_nothing(folder: Folder) -> None:
    """Nor does a word of one's own: both are words, and what was told are facts."""
    assert folder.announcer("run", *MONDAY).returncode == 0
    for old, new in (
        ("locale: en_US", "locale: de_DE"),
        ("locale: de_DE", "locale: ja_JP\nlabels: {Host: Organizer}"),
        ("audience: internal", "audience: internal\n    locale: [de_CH, en_US]"),
    ):
        assert_sends_nothing(folder, old, new)


def test_a_translation_more_sends_nothing(folder: Folder) -> None:
    """Of a room or a series' name, also where the other language is written first. Another room does."""
    assert folder.announcer("run", *MONDAY).returncode == 0
    for old, new in (
        ("room: Crow 201", "room: {de: Hörsaal Crow 201, en: Crow 201}"),
        ("name: Physics Colloquium", "name: {de: Physikalisches Kolloquium, en: Physics Colloquium}"),
        ("{de: Hörsaal Crow 201, en: Crow 201}", "{en: Crow 201, de: Hörsaal Crow 201}"),
    ):
        assert_sends_nothing(folder, old, new)
    folder.edit("announcer.yaml", "{en: Crow 201, de: Hörsaal Crow 201}", "{en: Crow 305, de: Crow 305}")
    done = folder.announcer("run", *LATER)
    assert "correction" in done.stdout + done.stderr


def test_the_next_mail_speaks_the_language_of_its_list(folder: Folder) -> None:
    """The list's, else the series', else the department's."""
    folder.edit("announcer.yaml", "locale: en_US", "locale: fr_FR")
    folder.edit("announcer.yaml", "audience: internal", "audience: internal\n    locale: de_DE")
    assert folder.announcer("run", *MONDAY).returncode == 0
    tags = {str(mail["To"]): str(mail["Content-Language"]) for mail in folder.outbox()}
    assert tags == {"colloquium@lists.example.edu": "de-DE", "public-lectures@lists.example.edu": "fr-FR"}
    assert len({mail["Message-ID"] for mail in folder.outbox()}) == 2


def test_check_says_where_a_language_has_no_catalogue(folder: Folder) -> None:
    """The mail is then wholly in English."""
    folder.edit("announcer.yaml", "locale: en_US", "locale: pl_PL")
    check = folder.announcer("check", *MONDAY)
    assert "no-catalogue" in check.stdout + check.stderr
    shown = folder.announcer("show", "2026-bordelon", "announcement", "--format", "text").stdout
    assert "When:           Wednesday, 2 December 2026" in shown
