"""A ledger that version 0.1 wrote is taken over as it is: nothing old goes or is told a second time."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import icalendar
import pytest

from announcer.cli.main import main

KEPT = Path(__file__).parent / "version-0.1"
"""A department's folder as 0.1 left it on Monday, November 30, 2026, at 10:06, with what its `plan --json`
and `log --json` said: announcements accepted, one unknown, one skipped, one held for want of a title, a
series paused, a digest, a candidate's talk, and a correction that waits for a person."""
WRITTEN = datetime(2026, 11, 25, 12, tzinfo=UTC)
MOVED = datetime(2026, 11, 30, 15, 30, tzinfo=UTC)
"""When the talk whose correction waits was edited."""
DIGEST, UNTITLED = "this-week/digest/2026-W49", "2026-held/reminder/2026-12-02"
SINCE: dict[str, dict[str, object]] = {
    DIGEST: {
        "talks": [
            f"2026-{name}" for name in ["held", "accepted", "candidate", "unknown", "moved", "skipped"]
        ],
        "expires": "2026-12-01T08:30:00-06:00",
    },
    UNTITLED: {
        "state": "upcoming",
        "reason": None,
        "outcomes": [
            {"list": name, "state": "upcoming", "reason": None, "message_id": None, "reply": None}
            for name in ("colloquium", "public-lectures")
        ],
    },
}
"""What rules that are newer than 0.1 say of it: a talk without a title is in digests and reminders, and a
digest is of its own day."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """That folder, to go on with."""
    shutil.copy(KEPT / "announcer.yaml", tmp_path)
    shutil.copytree(KEPT / "talks", tmp_path / "talks")
    shutil.copytree(KEPT / "state", tmp_path / ".announcer")
    for file in tmp_path.rglob("*.yaml"):
        os.utime(file, ((MOVED if file.stem == "2026-moved" else WRITTEN).timestamp(),) * 2)
    return tmp_path


def announcer(folder: Path, capsys: pytest.CaptureFixture[str], *args: str) -> Any:
    """What a verb prints as JSON."""
    with pytest.raises(SystemExit):
        main(["--project", str(folder), *args, "--json"])
    return json.loads(capsys.readouterr().out)


def rows(folder: Path) -> list[tuple[object, ...]]:
    """The ledger's rows, without who claimed them."""
    columns = "realm, subject, occasion, period, slot, list, address, audience, state, told, message_id, "
    with sqlite3.connect(folder / ".announcer" / "ledger.sqlite") as ledger:
        entries: list[tuple[object, ...]] = ledger.execute(
            f"SELECT {columns} headline, reply, at FROM announcer_entry ORDER BY id"  # noqa: S608
        ).fetchall()
    return entries


def test_the_first_run_sends_nothing_old_and_tells_nothing_anew(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What 0.1 sent, skipped or held stays so, and no pause, hold or unknown is told a second time."""
    before = rows(folder)
    ran = announcer(folder, capsys, "run", "--now", "2026-11-30 10:10")
    assert (ran["handed"], ran["news"], ran["next_due"]) == ([], [], "2026-12-02T08:00:00-06:00")
    assert (rows(folder), list(folder.glob("outbox/new/*"))) == (before, [])


def test_the_plan_has_the_same_keys_states_and_message_ids(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each mailing that 0.1 planned or sent is found under its key, with its Message-IDs and reasons."""
    then = json.loads((KEPT / "plan.json").read_text(encoding="utf-8"))
    now = announcer(folder, capsys, "plan", "--now", "2026-11-30 10:05")
    expected = [{**mailing, **SINCE.get(mailing["key"], {})} for mailing in then["mailings"]]
    assert [_known(mailing) for mailing in now["mailings"]] == [_known(mailing) for mailing in expected]


def _known(mailing: dict[str, Any]) -> tuple[object, ...]:
    names = ("key", "talks", "lists", "due", "expires", "state", "subject")
    outcomes = [
        (o["list"], o["state"], _words(o["reason"]), o["message_id"], o["reply"]) for o in mailing["outcomes"]
    ]
    return (*(mailing[name] for name in names), _words(mailing["reason"]), outcomes)


def _words(reason: Any) -> object:
    """A reason was its words alone, and has a code now."""
    return reason["text"] if isinstance(reason, dict) else reason


def test_the_log_tells_what_went_before(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every attempt of 0.1, with its reply, and with its subject now."""
    then = json.loads((KEPT / "log.json").read_text(encoding="utf-8"))
    attempts = announcer(folder, capsys, "log", "--now", "2026-11-30 10:05")["attempts"]
    assert all(attempt.pop("subject") for attempt in attempts)
    assert attempts == then["attempts"]


def test_the_next_mail_carries_the_calendar_entry_and_the_thread_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reminder has the announcement's UID and SEQUENCE, and replies to its Message-ID."""
    then = json.loads((KEPT / "log.json").read_text(encoding="utf-8"))["attempts"]
    announced = {
        attempt["to"]: attempt["message_id"]
        for attempt in then
        if attempt["key"].startswith("2026-accepted/")
    }
    announcer(folder, capsys, "run", "--now", "2026-12-02 08:00")
    reminders = [
        message_from_bytes(file.read_bytes(), policy=policy.default) for file in folder.glob("outbox/new/*")
    ]
    lists = {
        reminder["To"]: reminder for reminder in reminders if "Accepted by every list" in reminder["Subject"]
    }
    assert {to: reminder["In-Reply-To"] for to, reminder in lists.items()} == announced
    for reminder in lists.values():
        (part,) = (p for p in reminder.walk() if p.get_content_type() == "text/calendar")
        (event,) = icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
        assert (event["UID"], event["SEQUENCE"]) == ("2026-accepted@physics.example.edu", 0)
