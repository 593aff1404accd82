"""Requests from end to end: the first waits for a person, answers come back, nobody's address gets about."""

from __future__ import annotations

import json
import os
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.departments import Folder, config

TALK = """\
date: 2026-12-16
speaker: {name: Ada Lindqvist, affiliation: Example University, email: ada@far.example.org}
host: {name: Max Sample, email: max@near.example.org}
"""
WRITTEN = datetime.fromisoformat("2026-11-01T12:00+00:00")
FIRST = "2026-11-25 09:05"
ANSWER = """\
From: Ada Lindqvist <ada@far.example.org>
Subject: Re: Title and abstract
Content-Type: text/plain; charset=utf-8

Title: On $E[u](t)$
Abstract: We show that $a^5 + b^5$.

Best wishes,
Ada

On Wed, Nov 25, 2026 at 9:10 AM Physics Colloquium wrote:
> Title:
> Abstract:
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A series whose speakers are asked three weeks before, and hosts before the announcement."""
    made = Folder(tmp_path)
    (tmp_path / "talks" / "colloquium").mkdir(parents=True)
    asks = [
        "    request:",
        "      - {when: 3 weeks before at 9:00 am, to: speaker}",
        "      - {when: 2 days before announcement at 9:00 am, to: host, copy: organizer}",
        "    after: yes",
        "organizer: committee@physics.example.edu",
        "weekly_line: yes",
        "delivery: {transport: maildir, path: outbox}",
    ]
    (tmp_path / "announcer.yaml").write_text(config(*asks), encoding="utf-8")
    write(made, TALK)
    return made


def write(folder: Folder, text: str) -> None:
    """Writes the talk, long ago: who is at a file asks nobody."""
    path = folder.path / "talks/colloquium/2026-ada.yaml"
    path.write_text(text, encoding="utf-8")
    os.utime(path, (WRITTEN.timestamp(),) * 2)


def mails(folder: Folder, to: str) -> list[EmailMessage]:
    """What a person or a list got."""
    return [mail for mail in folder.outbox() if to in mail["To"]]


def words(message: EmailMessage) -> str:
    """Its text, unwrapped."""
    part = message.get_body(("plain",))
    assert part is not None
    return " ".join(part.get_content().split())


def test_the_first_waits_for_a_person_and_the_later_ones_go(folder: Folder) -> None:
    """Nobody's speakers get a surprise; then the host is asked, in the same thread."""
    held = folder.announcer("run", "-q", "--now", FIRST)
    assert (held.returncode, "announcer send 2026-ada request --yes" in held.stderr) == (1, True)
    assert mails(folder, "ada@") == []
    assert (
        folder.announcer("send", "2026-ada", "request", "--yes", "--now", "2026-11-25 09:10").returncode == 0
    )
    (asked,) = mails(folder, "ada@")
    assert asked["Subject"] == "Title and abstract for your talk on Wed Dec 16, by Wed Dec 2?"
    assert (asked["Reply-To"], asked["List-Id"]) == ("committee@physics.example.edu", None)
    assert folder.announcer("run", "-q", "--now", "2026-12-11 09:00").returncode == 0
    (host,) = mails(folder, "max@")
    assert host["Subject"].startswith("Ada Lindqvist's title and abstract are missing for Wed Dec 16")
    assert "is not sent" in words(host)


def test_what_is_missing_and_who_was_asked_is_shown(folder: Folder) -> None:
    """In the plan, and in the organizer's line of the week; nothing once it is there."""
    folder.announcer("run", "-q", "--now", FIRST)
    folder.announcer("send", "2026-ada", "request", "--yes", "--now", "2026-11-25 09:10")
    planned = json.loads(folder.announcer("plan", "--json", "--now", "2026-11-26 09:00").stdout)["mailings"]
    (announcement,) = [mailing for mailing in planned if mailing["occasion"] == "announcement"]
    assert announcement["reason"]["text"] == "it has no title yet; the speaker was asked on Wed Nov 25"
    folder.announcer("run", "-q", "--now", "2026-12-01 09:00")
    text = words(mails(folder, "committee@")[-1])
    assert (
        "Ada Lindqvist (Wed Dec 16): no title and no abstract yet; the speaker was asked on Wed Nov 25."
        in text
    )
    write(folder, TALK + "title: On codes\nabstract: We show that.\n")
    folder.announcer("run", "-q", "--now", "2026-12-08 09:00")
    assert "Lindqvist" not in words(mails(folder, "committee@")[-1])


def test_an_answer_is_a_change_that_waits_for_a_yes(folder: Folder) -> None:
    """A saved mail with its quotation; what the talk then has is what was typed."""
    (folder.path / "answer.eml").write_text(ANSWER, encoding="utf-8")
    before = (folder.path / "talks/colloquium/2026-ada.yaml").read_bytes()
    shown = folder.announcer("import", "answer.eml", "--talk", "2026-ada")
    assert "On $E[u](t)$" in shown.stdout
    assert (folder.path / "talks/colloquium/2026-ada.yaml").read_bytes() == before
    assert folder.announcer("import", "answer.eml", "--talk", "2026-ada", "--yes").returncode == 0
    text = (folder.path / "talks/colloquium/2026-ada.yaml").read_text(encoding="utf-8")
    assert "title: 'On $E[u](t)$'" in text
    assert "Best wishes" not in text


def test_a_form_s_rows_fill_in_what_the_talk_of_their_id_lacks(folder: Folder) -> None:
    """The last of an id counts; a yes writes it; what a person wrote stays; an unknown id is named."""
    path = folder.path / "talks/colloquium/2026-ada.yaml"
    (folder.path / "form.csv").write_text(
        "Timestamp,Email Address,Talk ID,Title,Abstract\n"
        "11/26/2026 10:00:00,ada@far.example.org,2026-ada,First,First words\n"
        "11/27/2026 10:00:00,ada@far.example.org,2026-ada,Second,Second words\n"
        "11/27/2026 11:00:00,bo@far.example.org,2026-bo,Third,Third words\n",
        encoding="utf-8",
    )
    command = ("import", "form.csv", "--now", "2026-11-28 09:00")
    shown = " ".join(folder.announcer(*command).stdout.split())
    assert "title: (nothing) -> Second" in shown
    assert 'no talk here has the id "2026-bo"' in shown
    assert path.read_text(encoding="utf-8") == TALK
    done = folder.announcer(*command, "--yes").stdout
    assert "`announcer plan` shows what goes now" in done
    assert "A draft reaches nobody" not in done
    filled = path.read_text(encoding="utf-8")
    assert ("title: Second\n" in filled, "status:" in filled, "source:" in filled) == (True, False, False)
    write(folder, filled.replace("title: Second", "title: Mine"))
    left = " ".join(folder.announcer(*command, "--yes").stdout.split())
    assert "your file says otherwise, and is left" in left
    assert "title: Mine" in path.read_text(encoding="utf-8")
    folder.announcer(*command, "--yes", "--take", "title")
    assert "title: Second" in path.read_text(encoding="utf-8")


def test_a_person_s_address_gets_about_nowhere(folder: Folder) -> None:
    """Not in what is printed or logged, not in the mail of a list, not in what is previewed for others."""
    write(folder, TALK + "title: On codes\n")
    printed = []
    for args in (
        ("run", "-v", "--now", FIRST),
        ("send", "2026-ada", "request", "--yes", "-v", "--now", FIRST),
    ):
        done = folder.announcer(*args)
        printed += [done.stdout, done.stderr]
    folder.announcer("run", "-q", "--now", "2026-12-14 09:00")
    for args in (("plan",), ("plan", "--json"), ("log",), ("log", "--json"), ("check",)):
        printed.append(folder.announcer(*args, "--now", "2026-12-15 09:00").stdout)
    folder.announcer("preview", "--out", "public", "--now", "2026-11-24 09:00")
    printed += [page.read_text(encoding="utf-8") for page in (folder.path / "public").rglob("*.html")]
    lists = mails(folder, "@lists.")
    assert len(lists) == 2
    assert len(mails(folder, "ada@")) == 1
    for text in (*printed, *(mail.as_string() for mail in lists)):
        assert "far.example.org" not in text


def test_the_day_after_lists_hear_of_the_recording(folder: Folder) -> None:
    """Once it is linked; a promise of one is not enough."""
    write(folder, TALK + "title: On codes\nabstract: We show that.\nrecording: yes\n")
    folder.announcer("run", "-q", "--now", "2026-12-14 09:00")
    folder.announcer("run", "-q", "--now", "2026-12-17 12:00")
    assert len(mails(folder, "@lists.")) == 2
    write(folder, TALK + "title: On codes\nlinks: [{label: Recording, url: 'https://example.edu/v'}]\n")
    folder.announcer("run", "-q", "--now", "2026-12-17 14:00")
    afterwards = mails(folder, "@lists.")[2:]
    assert {mail["To"] for mail in afterwards} == {
        "colloquium@lists.example.edu",
        "public-lectures@lists.example.edu",
    }
    assert "https://example.edu/v" in words(afterwards[0])
    folder.announcer("run", "-q", "--now", "2026-12-18 14:00")
    assert len(mails(folder, "@lists.")) == 4
