"""Output never ends anything, and nothing that others wrote steers a terminal."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess

import pytest

from announcer.transport.printable import printable
from tests.cli.conftest import Folder
from tests.command_line import COMMAND, surroundings
from tests.servers import Inbox, aiosmtpd

MONDAY = "2026-11-30 09:00"
TALK = "talks/colloquium/2026-bordelon.yaml"


def test_a_title_that_the_terminal_s_encoding_lacks_is_written_in_codes(folder: Folder) -> None:
    """A latin-1 terminal and a Greek title: sent, said, and exit 0."""
    folder.edit(TALK, "title: A Physics", "title: Φυσική, a Physics")
    done = folder.process("run", "--now", MONDAY, PYTHONIOENCODING="latin-1:strict", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u03a6\\u03c5\\u03c3\\u03b9\\u03ba\\u03ae, a Physics" in done.stdout
    assert len(folder.outbox()) == 2


@pytest.mark.parametrize("now", ["0001-01-01", "9999-12-31 23:59", "1969-12-31"])
def test_a_year_that_nothing_can_be_planned_in_is_a_sentence(folder: Folder, now: str) -> None:
    """No bug report."""
    done = folder.announcer("plan", "--now", now)
    assert done.returncode == 2
    assert "--now: error[unreadable-now]" in done.stderr


def test_a_zone_variable_that_names_another_file_is_a_sentence(folder: Folder) -> None:
    """It says what to write instead."""
    done = folder.process("show", "2026-bordelon", "announcement", "--now", MONDAY, TZ=":/etc/passwd")
    assert "TZ: error[no-zone]: /etc/passwd is no file of a time zone" in done.stderr
    assert done.returncode == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")  # noqa: PTH110
def test_a_disk_that_is_full_behind_stdout_ends_no_run(folder: Folder) -> None:
    """Both lists got it, and the exit code says so."""
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            [*COMMAND, "run", "--now", MONDAY],
            cwd=folder.path,
            env=surroundings(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=120,
        )
    assert len(folder.outbox()) == 2
    assert "Traceback" not in done.stderr
    assert "itself failed" not in done.stderr


def test_a_ledger_that_fails_afterwards_swallows_no_report(folder: Folder) -> None:
    """What was sent is said, then what is wrong with the ledger."""
    folder.announcer("ledger")
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        folder.make_due()
        folder.edit("announcer.yaml", "begin: 2020-01-01", "begin: 2020-01-01\nweekly_line: yes")
        with sqlite3.connect(folder.path / ".announcer" / "ledger.sqlite") as ledger:
            ledger.execute(
                "CREATE TRIGGER broken BEFORE INSERT ON announcer_notice "
                "BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        done = folder.announcer("run")
    assert done.stdout.count("accepted  ") == 2
    assert done.returncode == 1
    assert "error[ledger" in done.stderr


def test_what_others_wrote_is_safe_for_a_terminal() -> None:
    """Escapes, controls, directions and invisible marks show as codes; words stay."""
    hostile = "a\x1b]0;owned\x07b\u202ec\x9bd\u200be\r"
    assert printable(hostile) == r"a\x1b]0;owned\x07b\u202ec\x9bd\u200be\r"
    assert printable("Möbius, 数学: ok\n") == "Möbius, 数学: ok\n"


def test_a_file_s_name_and_a_key_do_not_steer_the_terminal(folder: Folder) -> None:
    """`check` shows them as codes, in words and as JSON that means the same."""
    name = "talks/colloquium/2026-\x1b[31m\u202eevil.yaml"
    (folder.path / name).write_text('date: 2026-12-02\n"\\e[2J\\u202ekey": 1\n', encoding="utf-8")
    done = folder.announcer("check")
    assert "\x1b" not in done.stdout.replace("\x1b[0m", "")
    assert "\u202e" not in done.stdout
    assert r"2026-\x1b[31m\u202eevil.yaml" in done.stdout
    raw = folder.announcer("check", "--json").stdout
    assert "\u202e" not in raw
    assert name in {problem["path"] for problem in json.loads(raw)["problems"]}


def test_what_an_import_shows_does_not_steer_the_terminal(folder: Folder) -> None:
    """Neither the source's name nor what stands in it turns words around."""
    name = "plan \u202e\x1b[2J.csv"
    (folder.path / name).write_text("Date,Title,\u202eodd\n2027-01-13,On \u202ecodes,x\n", encoding="utf-8")
    done = folder.announcer("import", name, "--now", MONDAY)
    assert r"plan \u202e\x1b[2J.csv: " in done.stdout
    assert "\u202e" not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr
