"""The main job, as the README's reader runs it: announce, say why not again, remind, and show it all."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.departments import Folder

MONDAY = ("--now", "2026-11-30 09:00")
WEDNESDAY = ("--now", "2026-12-02 08:00")


def test_the_announcement_goes_once_and_the_reminder_threads_under_it(folder: Folder) -> None:
    """One message for each audience; the second run says why it sends nothing."""
    first = folder.announcer("run", *MONDAY)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.count("accepted") == 2
    announcements = folder.outbox()
    assert {message["To"] for message in announcements} == {
        "colloquium@lists.example.edu",
        "public-lectures@lists.example.edu",
    }
    second = folder.announcer("run", *MONDAY)
    assert second.returncode == 0
    assert "Nothing to send." in second.stdout
    assert "The announcement of 2026-bordelon was accepted on Mon Nov 30" in second.stdout
    assert len(folder.outbox()) == 2
    third = folder.announcer("run", *WEDNESDAY)
    assert third.returncode == 0
    ids = {message["To"]: message["Message-ID"] for message in announcements}
    reminders = [message for message in folder.outbox() if message["In-Reply-To"]]
    assert {message["To"]: message["In-Reply-To"] for message in reminders} == ids
    assert all(message["References"] == message["In-Reply-To"] for message in reminders)


def test_what_is_shown_is_what_is_sent(folder: Folder) -> None:
    """Byte for byte, but for Date."""
    shown = folder.path / "shown.eml"
    folder.announcer("show", "2026-bordelon", "announcement", "--format", "eml", "--out", str(shown))
    folder.announcer("run", *MONDAY)
    sent = next(
        file.read_bytes()
        for file in (folder.path / "outbox" / "new").iterdir()
        if b"To: colloquium@lists.example.edu" in file.read_bytes()
    )
    assert _without_date(shown.read_bytes()) == _without_date(sent)


def _without_date(data: bytes) -> bytes:
    head, blank, body = data.partition(b"\r\n\r\n")
    return b"\r\n".join(line for line in head.split(b"\r\n") if not line.startswith(b"Date:")) + blank + body


def test_the_plan_is_the_documented_json(folder: Folder) -> None:
    """Keys, instants with their offset, states, subjects and one outcome for each list."""
    planned = json.loads(folder.announcer("plan", "--json", "--now", "2026-11-24 12:00").stdout)
    assert list(planned) == ["now", "mailings"]
    assert planned["now"] == "2026-11-24T12:00:00-06:00"
    first = planned["mailings"][0]
    assert {
        name: first[name]
        for name in ("key", "occasion", "talks", "lists", "due", "expires", "state", "reason")
    } == {
        "key": "2026-bordelon/announcement/2026-W49",
        "occasion": "announcement",
        "talks": ["2026-bordelon"],
        "lists": ["colloquium", "public-lectures"],
        "due": "2026-11-30T09:00:00-06:00",
        "expires": "2026-12-02T16:00:00-06:00",
        "state": "upcoming",
        "reason": None,
    }
    assert "Blake Bordelon" in first["subject"]
    assert [(outcome["list"], outcome["audience"], outcome["state"]) for outcome in first["outcomes"]] == [
        ("colloquium", "internal", "upcoming"),
        ("public-lectures", "public", "upcoming"),
    ]


def test_the_passcode_reaches_the_internal_list_alone(folder: Folder) -> None:
    """The second sample talk has one."""
    folder.announcer("run", "--now", "2026-12-07 09:00")
    bodies = {
        str(message["To"]): "".join(
            str(part.get_payload(decode=True)) for part in message.walk() if not part.is_multipart()
        )
        for message in folder.outbox()
        if "Lindqvist" in str(message["Subject"])
    }
    assert {to: "redshift-73" in body for to, body in bodies.items()} == {
        "colloquium@lists.example.edu": True,
        "public-lectures@lists.example.edu": False,
    }


def test_sending_by_hand_is_a_dry_run_until_yes_and_the_schedule_then_finds_it_accepted(
    folder: Folder,
) -> None:
    """`send --yes` before the due time; `run` at the due time sends nothing."""
    early = ("--now", "2026-11-27 10:00")
    dry = folder.announcer("send", "2026-bordelon", "announcement", *early)
    assert dry.returncode == 0
    assert dry.stdout.count("would send") == 2
    assert folder.outbox() == []
    assert folder.announcer("send", "2026-bordelon", "announcement", "--yes", *early).returncode == 0
    assert len(folder.outbox()) == 2
    assert "Nothing to send." in folder.announcer("run", *MONDAY).stdout
    again = folder.announcer("send", "2026-bordelon", "announcement", "--yes", *early)
    assert again.returncode == 2
    assert "colloquium: already sent on Fri Nov 27, 10:00 am CST" in again.stderr


def test_a_test_copy_changes_to_and_message_id_alone_and_leaves_no_row(folder: Folder) -> None:
    """The schedule still sends to the lists."""
    done = folder.announcer("test", "2026-bordelon", "announcement", "--to", "me@example.edu", *MONDAY)
    assert done.returncode == 0
    (copy,) = folder.outbox()
    assert copy["To"] == "me@example.edu"
    folder.announcer("run", *MONDAY)
    real = next(m for m in folder.outbox() if m["To"] == "colloquium@lists.example.edu")
    assert copy["Message-ID"] != real["Message-ID"]
    names = [name for name in real.keys() if name not in ("To", "Message-ID", "Date")]  # noqa: SIM118
    assert {name: copy[name] for name in names} == {name: real[name] for name in names}
    assert [copy.get_payload(i).as_bytes() for i in (0, 1)] == [
        real.get_payload(i).as_bytes() for i in (0, 1)
    ]  # type: ignore[union-attr,call-arg]


def test_the_log_tells_what_went_to_whom(folder: Folder) -> None:
    """In words and in JSON."""
    folder.announcer("run", *MONDAY)
    (first, second) = json.loads(folder.announcer("log", "--json").stdout)["attempts"]
    assert (first["key"], first["list"], first["result"]) == (
        "2026-bordelon/announcement/2026-W49",
        "colloquium",
        "accepted",
    )
    assert second["to"] == "public-lectures@lists.example.edu"
    assert "Mon Nov 30, 9:00 am CST" in folder.announcer("log", *MONDAY).stdout


def test_skip_and_resolve_are_a_persons_word(folder: Folder) -> None:
    """Skipped is not sent; not-sent takes it back; accepted by hand counts as told."""
    key = "2026-bordelon/announcement/2026-W49"
    assert folder.announcer("skip", key, *MONDAY).returncode == 0
    assert "Nothing to send." in folder.announcer("run", *MONDAY).stdout
    assert folder.announcer("resolve", key, "--not-sent", "--list", "colloquium", *MONDAY).returncode == 0
    assert folder.announcer("run", *MONDAY).stdout.count("accepted  ") == 1
    assert [message["To"] for message in folder.outbox()] == ["colloquium@lists.example.edu"]


def test_init_makes_a_folder_whose_sample_talk_reaches_nobody(make_folder: Callable[[str], Folder]) -> None:
    """A draft is held; nothing is overwritten the second time."""
    folder = make_folder("somewhere")
    made = folder.announcer("init", "physics", "--now", "2026-11-23")
    assert made.returncode == 0
    physics = Folder(folder.path / "physics")
    assert physics.announcer("check").returncode == 0
    planned = json.loads(physics.announcer("plan", "--json", "--now", "2026-11-23 12:00").stdout)
    assert {mailing["state"] for mailing in planned["mailings"]} == {"held"}
    assert planned["mailings"][0]["reason"]["code"] == "draft"
    again = folder.announcer("init", "physics", "--now", "2027-01-04")
    assert (again.returncode, "written" in again.stdout) == (0, False)
    assert len(list(physics.path.rglob("*-example.yaml"))) == 1


def test_init_in_a_department_adds_what_its_editor_needs(folder: Folder) -> None:
    """No sample talk beside real ones, and quietly where that is asked."""
    (folder.path / ".gitignore").write_text("mine\n", encoding="utf-8")
    made = json.loads(folder.announcer("init", "--json", "--now", "2026-11-23").stdout)["files"]
    written = {Path(file["path"]).name: file["written"] for file in made}
    assert written == {"announcer.yaml": False, "config.json": True, "talk.json": True, ".gitignore": False}
    assert folder.announcer("init", "-q").stdout == ""


@pytest.mark.parametrize(
    "verb", ["init", "check", "plan", "show", "test", "send", "run", "serve", "log", "schema"]
)
def test_every_verb_says_what_it_does_with_an_example(folder: Folder, verb: str) -> None:
    """--help costs no department."""
    help_ = folder.announcer(verb, "--help")
    assert help_.returncode == 0
    assert "Example: announcer" in help_.stdout


def test_the_story_of_a_talk_that_changes(folder: Folder) -> None:
    """Announced, moved, corrected by hand, cancelled, on again: threaded, one calendar entry throughout."""
    talk = "talks/colloquium/2026-bordelon.yaml"
    folder.announcer("run", *MONDAY)
    folder.edit(talk, "title:", "location: Crow 204\ntitle:")
    held = folder.announcer("run", "--now", "2026-11-30 10:00")
    assert (held.returncode, "announcer send 2026-bordelon correction --yes" in held.stderr) == (1, True)
    send = ("send", "2026-bordelon", "correction", "--yes", "--now", "2026-11-30 10:05")
    assert folder.announcer(*send).returncode == 0
    folder.edit(talk, "title:", "status: cancelled\nnotice: The speaker is ill.\ntitle:")
    assert folder.announcer("run", "--now", "2026-12-01 09:00").returncode == 0
    folder.edit(talk, "status: cancelled", "status: confirmed")
    assert folder.announcer("run", "--now", "2026-12-01 10:00").returncode == 0
    messages = [message for message in folder.outbox() if message["To"] == "colloquium@lists.example.edu"]
    assert [str(message["Subject"]).partition(":")[0] for message in messages[1:]] == [
        "ROOM CHANGE",
        "CANCELLED",
        "ON AGAIN",
    ]
    assert {message["In-Reply-To"] for message in messages[1:]} == {messages[0]["Message-ID"]}
    entries = [_calendar(message) for message in messages]
    assert [entry["METHOD"] for entry in entries] == ["PUBLISH", "PUBLISH", "CANCEL", "PUBLISH"]
    assert [entry["SEQUENCE"] for entry in entries] == ["0", "1", "2", "3"]
    assert {entry["UID"] for entry in entries} == {"2026-bordelon@physics.example.edu"}
    planned = json.loads(folder.announcer("plan", "--json", "--now", "2026-12-01 10:01").stdout)["mailings"]
    subjects = {mailing["key"]: mailing["subject"] for mailing in planned}
    assert subjects["2026-bordelon/announcement/2026-W49"] == str(messages[0]["Subject"])


def test_a_cancellation_takes_back_the_day_that_was_announced(folder: Folder) -> None:
    """The file had moved the talk first, and nobody had been told: Wednesday's entry goes, by its name."""
    talk = "talks/colloquium/2026-bordelon.yaml"
    folder.announcer("run", *MONDAY)
    folder.edit(talk, "date: 2026-12-02", "date: 2026-12-03")
    folder.edit("announcer.yaml", "day: Wednesday", "# any day")
    folder.edit(talk, "title:", "status: cancelled\ntitle:")
    assert folder.announcer("run", "--now", "2026-12-01 09:00").returncode == 0
    (announced, cancelled) = [m for m in folder.outbox() if m["To"] == "colloquium@lists.example.edu"]
    assert str(cancelled["Subject"]).startswith("CANCELLED: Wed Dec 2, 4:00 pm: Blake Bordelon")
    assert "Dec 3" not in str(cancelled) + cancelled.get_body(("plain",)).get_content()
    before, after = _calendar(announced), _calendar(cancelled)
    same = ("UID", "DTSTART", "DTEND", "SUMMARY", "LOCATION")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert (after["METHOD"], after["SEQUENCE"]) == ("CANCEL", "1")


def _calendar(message: EmailMessage) -> dict[str, str]:
    """The calendar's properties."""
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    lines = part.get_content().replace("\r\n ", "").splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line)
