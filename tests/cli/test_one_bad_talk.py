"""One bad talk stops one talk: what its mailing raises is said, told, and holds up no other mail."""

from __future__ import annotations

import json
import os

import pytest
from PIL import Image

from announcer.cli.session import Session
from announcer.service.looked import Looked
from tests.departments import Folder

TEMPLATE = """\
{% extends "builtin/announcement/body.txt" %}
{% block sponsor %}
{{ talk.speakers[0].affiliation|wordwrap(60) }}
{% endblock %}
"""
BARE = """\
series: colloquium
date: 2026-12-02
time: 6:00 pm
title: A Talk by Somebody Without a Home
speaker: Ada Example
location: Crow 305
"""
TALK = "talks/colloquium/2026-bordelon.yaml"
MONDAY = "2026-11-30 09:00"
BAD = "talks/colloquium/2026-bare.yaml"


def with_a_bad_talk(folder: Folder) -> None:
    """A template that asks for an affiliation, and a talk that has none and is due first."""
    path = folder.path / "templates" / "announcement" / "body.txt"
    path.parent.mkdir(parents=True)
    path.write_text(TEMPLATE, encoding="utf-8")
    (folder.path / BAD).write_text(BARE, encoding="utf-8")
    folder.edit(BAD, "series: ", "series: ")


def test_the_others_go_and_the_organizer_hears_of_it(folder: Folder) -> None:
    """Its template, line and talk are named; the next run tries again, and says it no second time by mail."""
    with_a_bad_talk(folder)
    for _ in range(2):
        done = folder.announcer("run", "--now", MONDAY)
        assert done.returncode == 3
        assert "templates/announcement/body.txt:3:1: error[template-failed]" in done.stderr
        assert f"(this stops the announcement of {BAD})" in done.stderr
        assert "Traceback" not in done.stderr
        assert "itself failed" not in done.stderr
    subjects = [mail["Subject"] for mail in folder.outbox()]
    assert sum(subject.startswith("[announcer] ") for subject in subjects) == 1
    assert sum("Physics Approach" in subject for subject in subjects) == 2
    assert len(subjects) == 3
    mended = folder.path / "templates" / "announcement" / "body.txt"
    mended.write_text(TEMPLATE.replace("|wordwrap(60)", " or ''"), encoding="utf-8")
    folder.announcer("run", "--now", MONDAY)
    assert sum("Without a Home" in mail["Subject"] for mail in folder.outbox()) == 2


def test_check_finds_it_before_it_is_due(folder: Folder) -> None:
    """With the folder alone, or with this file; the other files have nothing to do with it."""
    with_a_bad_talk(folder)
    for args in ((), (BAD,)):
        done = folder.announcer("check", *args, "--json", "--now", "2026-11-23 09:00")
        (problem,) = json.loads(done.stdout)["problems"]
        assert (done.returncode, problem["path"], problem["line"], problem["code"]) == (
            3,
            "templates/announcement/body.txt",
            3,
            "template-failed",
        )
        assert BAD in problem["message"]
    assert folder.announcer("check", "talks/colloquium/2026-bordelon.yaml").returncode == 0


def test_plan_and_doctor_live_through_it(folder: Folder) -> None:
    """`plan` shows the mailing without its subject; `doctor` names the line."""
    with_a_bad_talk(folder)
    subject = folder.path / "templates" / "announcement" / "subject.txt"
    subject.write_text("{{ talk.speakers[0].affiliation|wordwrap(60) }}", encoding="utf-8")
    assert folder.announcer("plan", "--now", MONDAY).returncode == 0
    done = folder.announcer("doctor", "--now", MONDAY)
    assert "templates/announcement/subject.txt:1:1" in done.stdout + done.stderr


def test_check_names_a_link_that_leads_out_of_the_templates(folder: Folder) -> None:
    """Git carries links: be it used by a mail or not."""
    path = folder.path / "templates" / "announcement" / "pw.txt"
    path.parent.mkdir(parents=True)
    path.symlink_to("../../announcer.yaml")
    done = folder.announcer("check", "--now", MONDAY)
    assert done.returncode == 3
    assert "templates/announcement/pw.txt:1:1: error[outside-folder]" in done.stdout


def test_what_stopped_it_stays_the_reason(folder: Folder) -> None:
    """While it is due, and when it was missed: never that nothing ran."""
    with_a_bad_talk(folder)
    folder.announcer("run", "--now", MONDAY)
    for now, state in ((MONDAY, "due"), ("2026-12-02 18:30", "missed")):
        plan = json.loads(folder.announcer("plan", "--json", "--now", now).stdout)
        (mailing,) = [
            mailing for mailing in plan["mailings"] if mailing["key"].startswith("2026-bare/announcement")
        ]
        assert (mailing["state"], mailing["reason"]["code"]) == (state, "failed")
        assert "templates/announcement/body.txt:3" in mailing["reason"]["text"]


def test_a_private_value_in_a_public_field_is_an_error_that_nobody_silences(folder: Folder) -> None:
    """Told at its line; in words of the config it is a warning; a password in a link is one, too."""
    folder.edit("announcer.yaml", "begin:", f"silence: {{{BAD}: [private-in-public]}}\nbegin:")
    fields = "online: {url: 'https://meet.example.edu/j/1', passcode: maxwell}\nnotes: Cash\n"
    (folder.path / BAD).write_text(BARE.replace("a Home", "Max\u200bwell") + fields, encoding="utf-8")
    faults = problems(folder)
    assert (BAD, 4, "error", "private-in-public") in faults
    assert ("announcer.yaml", "warning", "not-silenceable") in {(p, s, c) for p, _, s, c in faults}
    (folder.path / BAD).write_text(BARE + fields.replace("maxwell", "physics"), encoding="utf-8")
    assert (BAD, 7, "warning", "weak-secret") in problems(folder)
    (folder.path / BAD).write_text(BARE + "url: https://meet.example.edu/j/1?pwd=Qx7b8\n", encoding="utf-8")
    assert (BAD, 7, "error", "private-in-public") in problems(folder)


def test_a_subject_that_renders_empty_is_held_back(folder: Folder) -> None:
    """Nobody gets a mail without a subject; the template is named."""
    path = folder.path / "templates" / "announcement" / "subject.txt"
    path.parent.mkdir(parents=True)
    path.write_text("{{ talk.subject or '' }}\u200b", encoding="utf-8")
    done = folder.announcer("run", "--now", MONDAY)
    assert done.returncode == 3
    assert "templates/announcement/subject.txt:1:1: error[subject-empty]" in done.stderr
    assert [mail for mail in folder.outbox() if not mail["Subject"].startswith("[announcer]")] == []


@pytest.mark.parametrize(
    "address", ["a@b.example>", "<a@b.example>", "a@b..example", "a@b@c", "a b@c", "@c", "a@"]
)
def test_a_test_goes_to_one_address(folder: Folder, address: str) -> None:
    """What is none is refused before anything is composed."""
    done = folder.announcer("test", "2026-bordelon", "announcement", "--to", address, "--now", MONDAY)
    assert (done.returncode, folder.outbox()) == (2, [])
    assert "error[no-address]" in done.stderr


@pytest.mark.parametrize("address", ["jürgen@example.edu", "me@exämple.edu", "\u202eme@example.edu"])
def test_a_test_goes_to_an_address_that_every_server_takes(folder: Folder, address: str) -> None:
    """Other letters are a sentence, no bug report, and what turns words around shows as a code."""
    done = folder.announcer("test", "2026-bordelon", "announcement", "--to", address, "--now", MONDAY)
    assert (done.returncode, folder.outbox()) == (2, [])
    assert "--to: error[not-ascii]" in done.stderr
    assert "\u202e" not in done.stderr


@pytest.mark.parametrize("edited", ["a talk", "a template", "a photo", "a new template", "nothing"])
def test_the_second_look_sees_an_edit_that_keeps_the_time(folder: Folder, edited: str) -> None:
    """Size, inode and the time of change tell of what the modification time hides."""
    photo = folder.path / "photo.png"
    Image.new("L", (300, 300)).save(photo)
    folder.edit(TALK, "name: Blake Bordelon", "name: Blake Bordelon\n  photo: {path: photo.png, alt: Blake}")
    template = folder.path / "templates" / "announcement" / "subject.txt"
    template.parent.mkdir(parents=True)
    template.write_text("One", encoding="utf-8")
    project = Session(folder=folder.path, given_now=MONDAY).project
    (mailing, *_) = project.plan(project.entries()).mailings
    looked = Looked(project)
    assert looked.is_same(mailing)
    files = {"a talk": folder.path / TALK, "a template": template, "a photo": photo}
    if edited == "a new template":
        (template.parent / "body.txt").write_text("new", encoding="utf-8")
    elif edited != "nothing":
        file, before = files[edited], files[edited].stat()
        file.write_bytes(file.read_bytes().replace(b"e", b"E"))
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert looked.is_same(mailing) == (edited == "nothing")


def problems(folder: Folder) -> set[tuple[str, int, str, str]]:
    """What `check` finds: path, line, severity, code."""
    report = json.loads(folder.announcer("check", "--json", "--now", "2026-11-23 09:00").stdout)
    return {
        (problem["path"], problem["line"], problem["severity"], problem["code"])
        for problem in report["problems"]
    }
