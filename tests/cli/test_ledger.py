"""`announcer ledger`, and what a run does with a ledger that is not the one it left."""

from __future__ import annotations

import json
import os
import shutil
import sys

import pytest

from tests.departments import Folder
from tests.servers import Inbox, aiosmtpd


def test_what_is_not_there_yet_is_null(folder: Folder) -> None:
    """Scripts read null, people `none`; afterwards it is an id."""
    ledger = json.loads(folder.announcer("ledger", "--json").stdout)
    assert (ledger["id"], ledger["marker"], ledger["version"], ledger["attempts"]) == (None, None, None, 0)
    assert "None" not in folder.announcer("ledger").stdout
    folder.announcer("run", "--now", "2026-11-30 09:00")
    ledger = json.loads(folder.announcer("ledger", "--json").stdout)
    assert ledger["id"] == ledger["marker"]
    assert (ledger["version"], ledger["attempts"]) == (2, 2)


def test_a_backup_is_not_sent_from_until_a_person_says_so(folder: Folder) -> None:
    """The ledger of before the announcement would have it sent twice: exit 1, and what to do."""
    inbox, ledger = Inbox(), folder.path / ".announcer" / "ledger.sqlite"
    folder.announcer("ledger", "--new")
    folder.announcer("run")
    shutil.copy(ledger, folder.path / "backup.sqlite")
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        folder.make_due()
        assert folder.announcer("run").returncode == 0
        assert len(inbox.accepted) == 2
        for extra in ledger.parent.glob("ledger.sqlite-*"):
            extra.unlink()
        shutil.copy(folder.path / "backup.sqlite", ledger)
        for verb in (["run"], ["plan"], ["send", "2026-bordelon", "announcement", "--yes"], ["doctor"]):
            done = folder.announcer(*verb)
            assert done.returncode == 1
            assert "2 attempts made since are not in it" in done.stdout + done.stderr
            assert "announcer ledger --adopt" in done.stdout + done.stderr
        assert len(inbox.accepted) == 2
        assert folder.announcer("ledger", "--adopt").returncode == 0
        plan = json.loads(folder.announcer("plan", "--json").stdout)["mailings"]
        key = next(mailing["key"] for mailing in plan if mailing["state"] == "due")
        assert folder.announcer("resolve", key, "--accepted").returncode == 0
        assert folder.announcer("run").returncode == 0
    assert len(inbox.accepted) == 2


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root leaves root's files")
def test_a_first_run_with_sudo_leaves_the_account_its_folder(folder: Folder) -> None:
    """The ledger, its marker, its folders and the note for doctor are the department's owner's."""
    for path in (folder.path, *folder.path.rglob("*")):
        os.chown(path, 4001, 4001)
    folder.make_due()
    assert folder.announcer("run").returncode == 0
    owners = {
        str(path.relative_to(folder.path)): path.stat().st_uid
        for path in (folder.path / ".announcer", *(folder.path / ".announcer").rglob("*"))
    }
    # The records' cache is replaced by whoever owns its folder.
    owners.pop(".announcer/cache/records.msgpack", None)
    assert set(owners.values()) == {4001}, owners
    assert {".announcer/ledger.sqlite", ".announcer/ledger-id", ".announcer/cache"} <= set(owners)
