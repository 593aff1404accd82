"""A ledger that is new cannot know what went before it: nothing goes twice, nor is it lost in silence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.departments import Folder
from tests.servers import Inbox, aiosmtpd

KEY = "2026-bordelon/announcement/"


@pytest.fixture
def live(folder: Folder) -> Iterator[tuple[Folder, Inbox]]:
    """A department whose announcement went over SMTP, and whose .announcer/ was then deleted."""
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        folder.make_due()
        assert folder.announcer("run").returncode == 0
        assert len(inbox.accepted) == 2
        shutil.rmtree(folder.path / ".announcer")
        yield folder, inbox


def to_lists(inbox: Inbox) -> list[str]:
    """Who got mail, the organizer apart."""
    return [recipient for _, recipient, _ in inbox.accepted if "committee" not in recipient]


def test_what_was_due_before_it_is_held_and_told_once(live: tuple[Folder, Inbox]) -> None:
    """The announcement is not sent again; the organizer hears of it, with both ways out."""
    folder, inbox = live
    plan = json.loads(folder.announcer("plan", "--json").stdout)
    held = next(mailing for mailing in plan["mailings"] if mailing["key"].startswith(KEY))
    assert held["state"] == "held"
    assert "announcer ledger --new" in held["reason"]["text"]
    assert "announcer ledger --adopt" in held["reason"]["text"]
    done = folder.announcer("run")
    assert done.returncode == 1
    assert "1 mailing is held" in done.stderr
    assert folder.announcer("run").returncode == 0
    assert len(to_lists(inbox)) == 2
    (notice,) = [message for _, who, message in inbox.accepted if "committee" in who]
    assert b"announcer ledger --new -C" in notice
    assert b"announcer ledger --adopt -C" in notice
    ledger = json.loads(folder.announcer("ledger", "--json").stdout)
    assert [key.startswith(KEY) for key in ledger["unsure"]] == [True]


def test_new_says_that_none_of_it_was_sent(live: tuple[Folder, Inbox]) -> None:
    """It goes with the next run, once."""
    folder, inbox = live
    folder.announcer("run")
    done = folder.announcer("ledger", "--new")
    assert "goes with the next run" in done.stdout
    for _ in range(2):
        assert folder.announcer("run").returncode == 0
    assert len(to_lists(inbox)) == 4
    assert not list((folder.path / ".announcer").glob("ledger-until-*"))


def test_adopt_says_that_all_of_it_was_sent(live: tuple[Folder, Inbox]) -> None:
    """Nothing goes again; what changes from here is told to those lists."""
    folder, inbox = live
    folder.announcer("run")
    done = folder.announcer("ledger", "--adopt")
    assert "counts as sent by hand" in done.stdout
    assert folder.announcer("run").returncode == 0
    assert len(to_lists(inbox)) == 2
    folder.edit(
        "talks/colloquium/2026-bordelon.yaml", "title: A Physics", "status: cancelled\ntitle: A Physics"
    )
    folder.announcer("run")
    assert len(to_lists(inbox)) == 4
    assert b"CANCELLED" in inbox.accepted[-1][2]


@pytest.mark.parametrize(("word", "mails"), [("--new", 4), ("--adopt", 2)])
def test_a_ledger_that_is_lost_behind_its_marker(folder: Folder, word: str, mails: int) -> None:
    """The file is gone and its marker is there: the same two words, and the same two outcomes."""
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        folder.make_due()
        folder.announcer("run")
        for file in (folder.path / ".announcer").glob("ledger.sqlite*"):
            file.unlink()
        done = folder.announcer("run")
        assert "error[ledger-missing]" in done.stderr
        assert word in done.stderr
        assert folder.announcer("ledger", word).returncode == 0
        assert folder.announcer("run").returncode == 0
    assert len(to_lists(inbox)) == mails


def test_a_rehearsal_is_exempt(folder: Folder) -> None:
    """Into a Maildir what is due goes at once, whenever the ledger was made."""
    folder.make_due()
    assert folder.announcer("run").returncode == 0
    assert len(folder.outbox()) == 2


def test_whoever_begins_with_init_never_meets_it(tmp_path: Path) -> None:
    """`init` makes the ledger: what is due from that day on goes."""
    folder = Folder(tmp_path)
    assert folder.announcer("init").returncode == 0
    ledger = json.loads(folder.announcer("ledger", "--json").stdout)
    assert ledger["id"] == ledger["marker"] is not None
    assert ledger["unsure"] == []
