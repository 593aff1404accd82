"""What the organizer hears: each matter once, in a mail whose commands can be pasted, even after trouble."""

from __future__ import annotations

import os
import shlex
import sqlite3
import subprocess
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from filelock import FileLock

from tests.cli.test_outcomes import scripted
from tests.cli.test_serve import until
from tests.command_line import ROOT
from tests.departments import Folder
from tests.servers import Inbox, aiosmtpd, free_port
from tests.transport.scripted import HANG, LOSE, USUAL, ScriptedServer

TALK = "talks/colloquium/2026-bordelon.yaml"
MONDAY = "2026-11-30 09:00"
ORGANIZER = "colloquium-committee@physics.example.edu"
TITLE = "title: A Physics"


def run(folder: Folder, now: str) -> str:
    """A run at that moment; what it wrote to stderr."""
    return folder.announcer("run", "--now", now).stderr


def notices(folder: Folder) -> list[EmailMessage]:
    """What the organizer got."""
    return [mail for mail in folder.outbox() if mail["To"] == ORGANIZER]


def commands(message: EmailMessage) -> list[str]:
    """The lines of a mail that are to be pasted."""
    return [line.strip() for line in message.get_content().splitlines() if line.startswith("      announcer")]


def words(message: EmailMessage) -> str:
    """A mail's text in one line."""
    return " ".join(message.get_content().split())


def move_to(folder: Folder, room: str) -> None:
    """The talk has another room."""
    path = folder.path / TALK
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "location:" not in line]
    path.write_text("\n".join(["", f"location: {room}", *lines, ""]), encoding="utf-8")
    folder.edit(TALK, TITLE, TITLE)


def test_a_held_correction_says_what_changed_and_its_commands_work_from_anywhere(folder: Folder) -> None:
    """Subject, old and new, and a line that can be pasted in another folder, long as it may be."""
    folder.announcer("run", "--now", MONDAY)
    move_to(folder, "Crow 301")
    run(folder, "2026-11-30 10:00")
    (mail,) = notices(folder)
    assert mail["Subject"] == "[announcer] Physics Colloquium Wed Dec 2: a room change waits for you"
    left = "If nothing is done, the reminder on Wed Dec 2, 8:00 am CST tells colloquium and public-lectures."
    assert left in words(mail)
    assert "Subject: ROOM CHANGE: Wed Dec 2, 4:00 pm" in mail.get_content()
    assert "  Room: Crow 201, Crow Hall -> Crow 301" in mail.get_content().splitlines()
    assert commands(mail) == [
        f"announcer send 2026-bordelon correction --yes -C {folder.path}",
        f"announcer skip 2026-bordelon/correction/r1 -C {folder.path}",
    ]
    elsewhere = Folder(folder.path.parent)
    _, *args = shlex.split(commands(mail)[0])
    assert elsewhere.announcer(*args, "--now", "2026-11-30 10:05").returncode == 0


def test_a_missing_title_names_the_file(folder: Folder) -> None:
    """Where to write, until when, and how to drop it."""
    folder.edit(TALK, TITLE, f"# {TITLE}")
    run(folder, MONDAY)
    (mail,) = notices(folder)
    assert f"Put that right in {folder.path / TALK}. It then goes by itself, until Wed Dec 2" in words(mail)
    assert commands(mail) == [f"announcer skip 2026-bordelon/announcement/2026-W49 -C {folder.path}"]


def test_a_second_change_before_the_correction_went_is_told_too(folder: Folder) -> None:
    """The same one is not told again, and not where a list drops out."""
    folder.announcer("run", "--now", MONDAY)
    for room, count in (("Crow 301", 1), ("Crow 301", 1), ("Crow 401", 2)):
        move_to(folder, room)
        run(folder, "2026-11-30 10:00")
        assert len(notices(folder)) == count
    assert "Crow 201, Crow Hall -> Crow 401" in notices(folder)[1].get_content()
    skip = ("skip", "2026-bordelon/correction/r1", "--list", "colloquium", "--now", "2026-11-30 10:00")
    assert folder.announcer(*skip).returncode == 0
    assert run(folder, "2026-11-30 10:01") == ""
    assert len(notices(folder)) == 2


def test_what_is_only_for_information_stands_apart(folder: Folder) -> None:
    """The reminder went instead: nothing to do, and no mail; it stands in the next one that has a matter."""
    run(folder, "2026-12-02 08:00")
    assert notices(folder) == []
    move_to(folder, "Crow 301")
    run(folder, "2026-12-02 09:00")
    (mail,) = notices(folder)
    assert mail["Subject"].startswith("[announcer] Physics Colloquium Wed Dec 2: a room change waits for you")
    assert "The reminder went instead. There is nothing to do." in words(mail)


def test_a_held_change_is_said_again_when_its_day_is_near(folder: Folder) -> None:
    """Moved by three weeks: at once, at eight on the day before the old day, and on that day; no more."""
    folder.announcer("run", "--now", MONDAY)
    folder.edit("announcer.yaml", "day: Wednesday", "# any day")
    folder.edit(TALK, "date: 2026-12-02", "date: 2026-12-22")
    for now, count in (
        ("2026-11-30 10:00", 1),
        ("2026-12-01 07:55", 1),
        ("2026-12-01 08:00", 2),
        ("2026-12-01 20:00", 2),
        ("2026-12-02 08:00", 3),
        ("2026-12-02 12:00", 3),
        ("2026-12-04 08:00", 3),
    ):
        run(folder, now)
        assert len(notices(folder)) == count, now
    mail = notices(folder)[-1]
    assert mail["Subject"] == "[announcer] Physics Colloquium Wed Dec 2: a date change waits for you"
    assert "nothing tells colloquium and public-lectures before Wed Dec 2, 4:00 pm CST" in words(mail)
    assert commands(mail)[0].startswith("announcer send 2026-bordelon correction --yes")


def test_needed_and_informing_matters_in_one_mail(folder: Folder) -> None:
    """The subject counts both, and what needs a person comes first."""
    folder.edit("talks/colloquium/2026-lindqvist.yaml", "title: How Fast", "# title: How Fast")
    folder.edit("talks/colloquium/2026-lindqvist.yaml", "date: 2026-12-09", "date: 2026-12-03")
    folder.edit("announcer.yaml", "day: Wednesday", "# any day")
    run(folder, "2026-12-02 08:00")
    (mail,) = notices(folder)
    assert mail["Subject"] == (
        "[announcer] Physics Colloquium Thu Dec 3: the announcement waits for you, and 1 more"
    )
    text = mail.get_content()
    assert text.index("WHAT NEEDS YOU") < text.index("lindqvist") < text.index("FOR YOUR INFORMATION")


def test_a_pause_is_one_mail(folder: Folder) -> None:
    """Not one for each mailing that falls due, nor for what it held until it was too late."""
    path = folder.path / "announcer.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "paused: strike\n", encoding="utf-8")
    for now in (MONDAY, "2026-12-02 08:00", "2026-12-02 17:00", "2026-12-07 09:00"):
        run(folder, now)
    (mail,) = notices(folder)
    assert mail["Subject"] == "[announcer] for your information: announcer.yaml says `paused: strike`"
    assert "announcer.yaml says `paused: strike`" in words(mail)


def test_a_talk_whose_file_is_gone_is_told_at_once_and_once(folder: Folder) -> None:
    """In words, with what to do; not again when its reminder is due."""
    folder.announcer("run", "--now", MONDAY)
    (folder.path / TALK).rename(folder.path / "elsewhere.yaml")
    output = run(folder, "2026-11-30 10:00")
    assert "The file of 2026-bordelon is gone, and lists were told of that talk" in output
    assert run(folder, "2026-12-02 08:00") == ""
    (mail,) = notices(folder)
    assert "Subject: Wed Dec 2, 4:00 pm" in mail.get_content()
    assert "put it back with `status: cancelled`" in words(mail)


def test_a_file_under_another_name_is_told_with_the_line_to_write(folder: Folder) -> None:
    """`id:` in the new file makes it the same talk."""
    folder.announcer("run", "--now", MONDAY)
    (folder.path / TALK).rename(folder.path / "talks" / "colloquium" / "2026-blake.yaml")
    run(folder, "2026-11-30 10:00")
    text = " ".join(words(mail) for mail in notices(folder))
    assert "renamed to talks/colloquium/2026-blake.yaml: write `id: 2026-bordelon` into that file" in text


def test_many_held_corrections_are_one_matter(folder: Folder) -> None:
    """Somebody edited announcer.yaml: each talk with what changed, and one example of a command."""
    source = (folder.path / TALK).read_text(encoding="utf-8")
    for number in range(4):
        path = folder.path / "talks" / "colloquium" / f"2026-more-{number}.yaml"
        path.write_text(source, encoding="utf-8")
    folder.announcer("run", "--now", MONDAY)
    folder.edit("announcer.yaml", "room: Crow 201", "room: Crow 301")
    run(folder, "2026-11-30 10:00")
    (mail,) = notices(folder)
    assert "5 corrections are held" in mail.get_content()
    assert mail.get_content().count("Room: Crow 201, Crow Hall -> Crow 301, Crow Hall") == 5
    assert len(commands(mail)) == 2


@pytest.fixture
def due(folder: Folder) -> Folder:
    """One announcement due, to one list, and another held for want of a title."""
    folder.make_due()
    folder.edit("announcer.yaml", "lists: [colloquium, public-lectures]", "lists: [colloquium]")
    return folder


def mailed(server: ScriptedServer) -> int:
    """How often a server was asked to take a mail to the organizer."""
    return server.commands.count(f"RCPT TO:<{ORGANIZER}>")


@pytest.mark.parametrize(
    ("script", "tries", "codes"),
    [
        ({"rcpt": "550 5.1.1 no such user"}, 1, [1, 0, 0]),
        ({"dot": LOSE}, 1, [1, 0, 0]),
        ({"rcpt": ("450 4.2.0 busy", "451 4.7.1 wait")}, 3, [1, 1, 0]),
    ],
    ids=["refused", "unknown", "put off twice"],
)
def test_only_what_was_put_off_is_tried_again(
    due: Folder, script: dict[str, str | tuple[str, ...]], tries: int, codes: list[int]
) -> None:
    """A refusal would come again for ever, and a mail that may have arrived would arrive again."""
    due.edit(TALK, TITLE, f"# {TITLE}")
    with scripted(script) as server:
        due.deliver_to(server.port)
        assert [due.announcer("run").returncode for _ in codes] == codes
        assert mailed(server) == tries


def test_what_was_found_while_the_server_was_down_is_told_when_it_is_back(due: Folder) -> None:
    """Found in a run that could reach nobody; mailed by the first that can, once."""
    source = (due.path / TALK).read_text(encoding="utf-8").replace(TITLE, f"# {TITLE}")
    (due.path / "talks/colloquium/2026-untitled.yaml").write_text(source, encoding="utf-8")
    due.deliver_to(free_port())
    assert "2026-untitled" in due.announcer("run").stderr
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        due.deliver_to(port)
        assert [due.announcer("run").returncode for _ in range(2)] == [0, 0]
    (notice,) = [data for _, to, data in inbox.accepted if to == ORGANIZER]
    assert b"2026-untitled" in notice


def test_what_a_run_died_over_while_it_mailed_is_told_by_the_next(due: Folder) -> None:
    """Killed between RCPT and its reply: it is not noted as told."""
    due.edit(TALK, TITLE, f"# {TITLE}")
    with scripted({"rcpt": (HANG,)}) as server:
        due.deliver_to(server.port)
        process = subprocess.Popen(
            [sys.executable, "-m", "announcer", "run"],
            cwd=due.path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(lambda: mailed(server) == 1)
        process.kill()
        process.wait(timeout=30)
        due.announcer("run")
        due.announcer("run")
        assert len(server.accepted) == 1


def test_without_an_organizer_it_stands_in_what_the_run_says(due: Folder) -> None:
    """Once; nobody is mailed. An organizer who is named later hears of what still stands open."""
    line = f"organizer: {ORGANIZER}"
    due.edit("announcer.yaml", line, f"# {line}")
    due.edit(TALK, TITLE, f"# {TITLE}")
    assert [due.announcer("run").returncode for _ in range(2)] == [1, 0]
    assert notices(due) == []
    due.edit("announcer.yaml", f"# {line}", line)
    due.announcer("run")
    assert len(notices(due)) == 1


def test_a_second_unknown_is_told_too(due: Folder) -> None:
    """After `resolve --not-sent`: each with both commands, on lines of their own."""
    with scripted({"dot": (LOSE, USUAL, LOSE)}) as server:
        due.deliver_to(server.port)
        due.announcer("run")
        mails = [message_from_bytes(data, policy=policy.default) for data in server.accepted]
        first = next(mail for mail in mails if mail["To"] == ORGANIZER)
        accepted, not_sent = commands(first)  # type: ignore[arg-type]
        assert accepted.split()[-4:] == ["colloquium", "--accepted", "-C", str(due.path)]
        assert due.announcer(*shlex.split(not_sent)[1:]).returncode == 0
        due.announcer("run")
        assert mailed(server) == 2


def test_a_refused_list_comes_with_the_command_that_tries_again(due: Folder) -> None:
    """In the run's output and in the mail, and once in each."""
    with scripted({"rcpt": ("550 5.1.1 no such list",)}) as server:
        due.deliver_to(server.port)
        first_run = due.announcer("run")
        command = "announcer send 2026-bordelon announcement --list colloquium --yes"
        assert first_run.stdout.splitlines()[3].strip() == command
        assert first_run.stderr == ""
        mail = message_from_bytes(server.accepted[0], policy=policy.default)
        assert commands(mail) == [f"{command} -C {due.path}"]  # type: ignore[arg-type]
        assert due.announcer(*shlex.split(command)[1:]).returncode == 0


@pytest.mark.parametrize(("ago", "is_matter"), [(30, False), (90, True)])
def test_a_row_that_stays_in_sending_is_a_matter(due: Folder, ago: int, is_matter: bool) -> None:
    """Its owner's lock seems held for more than an hour: since when, and where to look."""
    due.announcer("run")
    owners = due.path / ".announcer" / "owners"
    with sqlite3.connect(due.path / ".announcer" / "ledger.sqlite") as ledger:
        ledger.execute(
            "UPDATE announcer_entry SET state = 'attempting', owner = 4711, "
            "at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', ?)",
            (f"-{ago} minutes",),
        )
    ledger.close()
    with FileLock(owners / "4711.lock"):
        done = due.announcer("run")
    assert (done.returncode, "has been in sending since" in done.stderr) == (int(is_matter), is_matter)
    assert ["owners" in words(mail) for mail in notices(due)] == [True] * is_matter
