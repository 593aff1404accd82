"""The opaque id of a candidate's talk comes from the department's secret: no dictionary finds the name."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable

from announcer.domain.redaction import opaque
from tests.cli.conftest import Folder

TALK = "talks/colloquium/2026-bordelon.yaml"
MONDAY = "2026-11-30 09:00"


def candidate(folder: Folder) -> None:
    """The first talk is a candidate's."""
    folder.edit(TALK, "title: A Physics", "confidential: yes\ntitle: A Physics")


def uids(folder: Folder) -> set[str]:
    """The UID of each calendar entry that went."""
    parts = [part for mail in folder.outbox() for part in mail.walk()]
    entries = [part for part in parts if part.get_content_type() == "text/calendar"]
    return {uid for part in entries for uid in re.findall(r"UID:([^@\r\n]+)@", part.get_content())}


def public(folder: Folder) -> str:
    """What `show` gives of the public list's message."""
    args = (
        "show",
        "2026-bordelon",
        "announcement",
        "--list",
        "public-lectures",
        "--format",
        "eml",
        "--now",
        MONDAY,
    )
    return folder.announcer(*args).stdout


def test_nobody_can_guess_it(folder: Folder, make_folder: Callable[[str], Folder]) -> None:
    """It is no hash of the id alone, and another department's is another one."""
    candidate(folder)
    folder.announcer("run", "--now", MONDAY)
    (uid,) = uids(folder)
    assert re.fullmatch(r"[0-9a-f]{16}", uid)
    assert uid not in (opaque("2026-bordelon"), "2026-bordelon")
    other = make_folder("other")
    candidate(other)
    other.announcer("run", "--now", MONDAY)
    assert uids(other) != {uid}


def test_show_and_run_agree_from_then_on(folder: Folder) -> None:
    """The same UID and Message-ID, also where the ledger was lost and a new one begun."""
    candidate(folder)
    folder.announcer("ledger", "--new")
    folder.announcer("run", "--now", "2026-11-24 09:00")
    shown = public(folder)
    secret = folder.path / ".announcer" / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    for file in (folder.path / ".announcer").glob("ledger.sqlite*"):
        file.unlink()
    folder.announcer("ledger", "--new")
    folder.announcer("run", "--now", MONDAY)
    (uid,) = uids(folder)
    assert uid in shown
    message_id = re.search(r"^Message-ID: (\S+)", shown, re.MULTILINE)
    assert message_id is not None
    sent = json.loads(folder.announcer("log", "--json").stdout)
    assert message_id[1] in json.dumps(sent)


def test_a_secret_that_is_lost_beside_the_ledger_comes_from_the_ledger(folder: Folder) -> None:
    """And the other way round it is put into a ledger that has none."""
    folder.announcer("run", "--now", MONDAY)
    secret = folder.path / ".announcer" / "secret"
    before = secret.read_text(encoding="ascii")
    secret.unlink()
    folder.announcer("run", "--now", MONDAY)
    assert secret.read_text(encoding="ascii") == before


def test_what_was_told_keeps_its_uid(folder: Folder) -> None:
    """A talk that becomes confidential after its announcement is the same entry in every calendar."""
    folder.announcer("run", "--now", MONDAY)
    (before,) = uids(folder)
    candidate(folder)
    folder.announcer("run", "--now", "2026-12-02 08:00")
    assert uids(folder) == {before}
