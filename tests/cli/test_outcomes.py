"""What servers do, and what becomes of the mailing: the stage, the outcome, the exit code, the next run."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.departments import Folder
from tests.servers import Inbox, aiosmtpd, free_port
from tests.transport.scripted import DROP, GARBAGE, ScriptedServer

KEY = "2026-bordelon/announcement/"


@contextmanager
def scripted(script: dict[str, str | tuple[str, ...]]) -> Iterator[ScriptedServer]:
    """A scripted server in a thread of its own."""
    server = ScriptedServer(script)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(server.__aenter__())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)


def announced(server: ScriptedServer) -> list[bytes]:
    """What it accepted, apart from the organizer's mail."""
    return [message for message in server.accepted if b"Subject: [announcer]" not in message]


def states(folder: Folder) -> list[str]:
    """The state of the announcement for each list."""
    planned = json.loads(folder.announcer("plan", "--json").stdout)["mailings"]
    (announcement,) = [mailing for mailing in planned if mailing["key"].startswith(KEY)]
    return [outcome["state"] for outcome in announcement["outcomes"]]


@pytest.fixture
def due(folder: Folder) -> Folder:
    """The department with one announcement due, to one list."""
    folder.make_due()
    folder.edit("announcer.yaml", "lists: [colloquium, public-lectures]", "lists: [colloquium]")
    return folder


@pytest.mark.parametrize(
    ("stage", "done", "code", "state", "then"),
    [
        ("greeting", "554 5.7.1 go away", 1, "due", "accepted"),
        ("greeting", DROP, 1, "due", "accepted"),
        ("greeting", GARBAGE, 1, "due", "accepted"),
        ("mail", "550 5.7.1 not you", 1, "refused", "refused"),
        ("mail", DROP, 1, "deferred", "deferred"),
        ("rcpt", "550 5.1.1 no such list", 1, "refused", "refused"),
        ("rcpt", DROP, 1, "deferred", "deferred"),
        ("data", "554 5.5.1 no", 1, "refused", "refused"),
        ("data", DROP, 1, "deferred", "deferred"),
        ("dot", "554 5.7.1 spam", 1, "refused", "refused"),
        ("dot", DROP, 1, "unknown", "unknown"),
        ("dot", GARBAGE, 1, "unknown", "unknown"),
    ],
)
def test_the_stage_decides_what_becomes_of_it(
    due: Folder, stage: str, done: str, code: int, state: str, then: str
) -> None:
    """Nothing is accepted by a fault; the next run sends what was not attempted, and no more."""
    with scripted({stage: (done,)}) as server:
        due.deliver_to(server.port)
        run = due.announcer("run")
        assert (run.returncode, states(due), announced(server)) == (code, [state], []), run.stderr
        assert "Traceback" not in run.stderr
        due.announcer("run")
        assert states(due) == [then]
        assert len(announced(server)) == (then == "accepted")


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "dot"])
def test_a_greylisted_mailing_is_tried_again_within_the_run(due: Folder, stage: str) -> None:
    """451 and then 250: one message, exit 0."""
    with scripted({stage: ("451 4.7.1 try again",)}) as server:
        due.deliver_to(server.port)
        run = due.announcer("run")
        assert (run.returncode, states(due), len(server.accepted)) == (0, ["accepted"], 1), run.stderr


def test_what_is_put_off_every_time_waits_for_a_later_run(due: Folder) -> None:
    """Deferred, with the server's words; the same Message-ID each time."""
    with scripted({"rcpt": "450 4.2.0 busy"}) as server:
        due.deliver_to(server.port)
        run = due.announcer("run")
        assert (run.returncode, states(due)) == (1, ["deferred"])
        assert "450 4.2.0 busy" in run.stdout
        assert server.commands.count("RCPT TO:<colloquium@lists.example.edu>") == 3


def test_one_list_of_two_is_refused_and_sent_to_again_by_hand(folder: Folder) -> None:
    """Accepted and refused, exit 1; `send --list` tries the refused one again."""
    folder.make_due()
    with scripted({"rcpt": ("250 2.1.5 Ok", "550 5.1.1 no such list")}) as server:
        folder.deliver_to(server.port)
        assert folder.announcer("run").returncode == 1
        assert states(folder) == ["accepted", "refused"]
        assert folder.announcer("run").returncode == 0
        assert len(announced(server)) == 1
        by_hand = ("send", "2026-bordelon", "announcement", "--list", "public-lectures", "--yes")
        assert folder.announcer(*by_hand).returncode == 0
        assert states(folder) == ["accepted", "accepted"]
        assert len(announced(server)) == 2


def test_an_unknown_one_waits_for_a_persons_word(due: Folder) -> None:
    """Not sent again by itself; `resolve --not-sent` makes it due, with the same Message-ID."""
    with scripted({"dot": (DROP,)}) as server:
        due.deliver_to(server.port)
        assert "announcer resolve" in due.announcer("run").stdout
        (first,) = json.loads(due.announcer("log", "--json").stdout)["attempts"]
        assert due.announcer("resolve", first["key"], "--not-sent").returncode == 0
        assert due.announcer("run").returncode == 0
        (_, second) = json.loads(due.announcer("log", "--json").stdout)["attempts"]
        assert second["message_id"] == first["message_id"]
        assert [first["result"], second["result"]] == ["unknown", "accepted"]


def test_the_organizer_hears_of_each_matter_once(due: Folder) -> None:
    """What is held is told in one mail, beside the announcements, and not at every tick."""
    due.edit("talks/colloquium/2026-bordelon.yaml", "title: A Physics", "# title: A Physics")
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        due.deliver_to(port)
        first, second = due.announcer("run"), due.announcer("run")
        assert (first.returncode, second.returncode) == (1, 0)
        ((_, recipient, message),) = inbox.accepted
        assert recipient == "colloquium-committee@physics.example.edu"
        assert b"It has no title yet." in message.replace(b"=\r\n", b"").replace(b"\r\n  ", b" ")


def test_a_rehearsal_goes_to_one_person_and_counts_for_nothing(due: Folder) -> None:
    """redirect_all_to: the message is unchanged, and the live mailing is still due."""
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        due.deliver_to(port)
        due.edit(
            "announcer.yaml", "  security: none\n", "  security: none\n  redirect_all_to: me@example.edu\n"
        )
        assert due.announcer("run").returncode == 0
        due.edit("announcer.yaml", "  redirect_all_to: me@example.edu\n", "")
        assert due.announcer("run").returncode == 0
    (rehearsal, live) = inbox.accepted
    assert (rehearsal[1], live[1]) == ("me@example.edu", "colloquium@lists.example.edu")
    assert [line for line in rehearsal[2].split(b"\r\n") if not line.startswith(b"Date:")] == [
        line for line in live[2].split(b"\r\n") if not line.startswith(b"Date:")
    ]


def test_a_server_that_is_not_there_leaves_it_due(due: Folder) -> None:
    """Exit 1; when it is back, the mailing goes."""
    port = free_port()
    due.deliver_to(port)
    assert due.announcer("run").returncode == 1
    assert states(due) == ["due"]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda path: path.write_bytes(b"no database at all" * 100), "ledger"),
        (lambda path: path.unlink(), "announcer ledger --new"),
    ],
    ids=["corrupt", "gone"],
)
def test_a_ledger_that_cannot_be_trusted_sends_nothing(due: Folder, damage: object, words: str) -> None:
    """Exit 1, the reason and what to do."""
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        due.deliver_to(port)
        due.announcer("run")
        assert len(inbox.accepted) == 1
        for extra in (due.path / ".announcer").glob("ledger.sqlite-*"):
            extra.unlink()
        damage(due.path / ".announcer" / "ledger.sqlite")  # type: ignore[operator]
        run = due.announcer("run")
    assert (run.returncode, words in run.stderr, "Traceback" in run.stderr) == (1, True, False), run.stderr
    assert len(inbox.accepted) == 1
