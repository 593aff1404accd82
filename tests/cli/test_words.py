"""What people read where there is nothing to do, where lists differ, and where something was done before."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable

import pytest

from tests.cli.test_outcomes import scripted
from tests.departments import Folder

TALK = "talks/colloquium/2026-bordelon.yaml"
TITLE = "title: A Physics"
MONDAY = ("--now", "2026-11-30 09:00")
LATER = ("--now", "2026-11-30 09:30")
ANNOUNCEMENT = "2026-bordelon/announcement/2026-W49"
REMINDER = "2026-bordelon/reminder/2026-12-02"


def retitled(folder: Folder) -> None:
    """Announced, and the title has changed since."""
    folder.announcer("run", *MONDAY)
    folder.edit(TALK, TITLE, "title: The Physics")


def linked(folder: Folder) -> None:
    """Announced; what internal lists alone are told has changed since."""
    folder.announcer("run", *MONDAY)
    folder.edit(TALK, TITLE, f'online: {{url: "https://video.example.edu/1"}}\n{TITLE}')


def cancelled(folder: Folder) -> None:
    """Cancelled before anybody was told of it."""
    folder.edit(TALK, TITLE, f"status: cancelled\n{TITLE}")


def moved_in_silence(folder: Folder) -> None:
    """Announced, moved, and corrections are off."""
    folder.announcer("run", *MONDAY)
    folder.edit(TALK, TITLE, f"location: Crow 301\n{TITLE}")
    folder.edit("announcer.yaml", "begin: 2026-11-23", "begin: 2026-11-23\ncorrections: off")


def gone(folder: Folder) -> None:
    """Announced, and its file is no more; another's name is much like its own."""
    folder.announcer("run", *MONDAY)
    (folder.path / TALK).rename(folder.path / "bordelon.yaml")


def as_it_is(_: Folder) -> None:
    """Nothing happened yet."""


@pytest.mark.parametrize(
    ("story", "command", "reason"),
    [
        (retitled, "show 2026-bordelon correction", "speaker are as every list was told"),
        (retitled, "show 2026-bordelon correction", "title or abstract goes with the reminder"),
        (
            linked,
            "show 2026-bordelon correction --list public-lectures",
            "public-lectures needs no correction",
        ),
        (
            linked,
            "send 2026-bordelon correction --list public-lectures",
            "public-lectures needs no correction",
        ),
        (moved_in_silence, "show 2026-bordelon correction", "corrections are off for this talk"),
        (cancelled, "show 2026-bordelon cancellation", "there is nothing to cancel"),
        (cancelled, "show 2026-bordelon correction", "there is nothing to correct"),
        (as_it_is, "show 2026-bordelon cancellation", "the talk is not cancelled"),
        (as_it_is, "show 2026-lindqvist correction", "announcer plan --talk 2026-lindqvist"),
        (gone, "show 2026-bordelon reminder", "the file of this talk is gone, and lists were told"),
        (gone, "send 2026-bordelon reminder", "put it back; with `status: cancelled`"),
        (gone, "plan --talk 2026-bordelon", "the file of this talk is gone, and lists were told"),
    ],
)
def test_where_there_is_nothing_to_show_the_true_reason_stands(
    folder: Folder, story: Callable[[Folder], None], command: str, reason: str
) -> None:
    """Exit 2, and no other talk's or list's name is proposed."""
    story(folder)
    done = folder.announcer(*shlex.split(command), *LATER)
    assert (done.returncode, reason in done.stderr, "did you mean" in done.stderr) == (2, True, False), (
        done.stderr
    )


@pytest.mark.parametrize(
    ("before", "command", "sentence"),
    [
        ([f"skip {REMINDER}"], f"skip {REMINDER}", "colloquium: already skipped; public-lectures: already"),
        ([f"skip {REMINDER}"], f"skip {REMINDER}", f"`announcer resolve {REMINDER} --not-sent` takes"),
        ([f"skip {REMINDER}"], "send 2026-bordelon reminder", "colloquium: already skipped"),
        ([], "send 2026-bordelon announcement", "colloquium: already sent on Mon Nov 30, 9:00 am CST"),
        ([], f"skip {ANNOUNCEMENT}", "colloquium: already sent on Mon Nov 30, 9:00 am CST"),
        ([], f"resolve {ANNOUNCEMENT} --not-sent", "--list colloquium --not-sent`"),
    ],
)
def test_what_was_done_before_is_said_to_be(
    folder: Folder, before: list[str], command: str, sentence: str
) -> None:
    """Done twice: since when, and the way back."""
    folder.announcer("run", *MONDAY)
    for step in before:
        assert folder.announcer(*shlex.split(step), *LATER).returncode == 0
    done = folder.announcer(*shlex.split(command), *LATER)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        ("2026-11-30 09:30", "It goes on Wed Dec 2, 8:00 am CST."),
        ("2026-12-02 08:00", "It is due: the next run sends it."),
        ("2026-12-02 17:00", "It is too late to send it: nothing ran while it could be sent."),
    ],
)
def test_what_counts_as_not_sent_goes_when_the_clock_says_so(folder: Folder, now: str, sentence: str) -> None:
    """Skipped, and taken back: it is due only where it is due."""
    folder.announcer("run", *MONDAY)
    assert folder.announcer("skip", REMINDER, *LATER).returncode == 0
    done = folder.announcer("resolve", REMINDER, "--not-sent", "--now", now)
    assert (done.returncode, done.stdout.splitlines()[1]) == (0, sentence)


def test_lists_that_stand_differently_each_have_their_reason_in_plan(folder: Folder) -> None:
    """Skipped, and sent; what went stands at the moment of its attempt."""
    folder.announcer("skip", ANNOUNCEMENT, "--list", "public-lectures", "--now", "2026-11-27 10:00")
    folder.announcer("send", "2026-bordelon", "announcement", "--yes", "--now", "2026-11-27 10:05")
    output = " ".join(folder.announcer("plan", *LATER).stdout.split())
    assert "Fri Nov 27, 10:05 am CST accepted" in output
    assert "colloquium: accepted public-lectures: withdrawn: skipped: somebody did not want it" in output


def test_a_list_that_is_added_later_says_how_it_is_reached(folder: Folder) -> None:
    """Beside what went to the others."""
    folder.edit("announcer.yaml", "lists: [colloquium, public-lectures]", "lists: [colloquium]")
    folder.announcer("run", *MONDAY)
    folder.edit("announcer.yaml", "lists: [colloquium]", "lists: [colloquium, public-lectures]")
    output = " ".join(folder.announcer("plan", *LATER).stdout.split())
    assert (
        "public-lectures: withdrawn: added after it went: `announcer send` with `--list` reaches it" in output
    )


def test_three_lists_read_like_english(folder: Folder) -> None:
    """`a, b and c`."""
    folder.edit(
        "announcer.yaml", "  public-lectures:\n", "  grads: {address: g@example.edu}\n  public-lectures:\n"
    )
    folder.edit("announcer.yaml", "[colloquium, public-lectures]", "[colloquium, grads, public-lectures]")
    folder.announcer("run", *MONDAY)
    assert "for colloquium, grads and public-lectures." in folder.announcer("run", *MONDAY).stdout


def test_a_held_matter_is_said_once(folder: Folder) -> None:
    """On stderr when it is found, on stdout of the runs after that."""
    folder.edit(TALK, TITLE, f"# {TITLE}")
    first, second = folder.announcer("run", *MONDAY), folder.announcer("run", *MONDAY)
    assert (first.stdout + first.stderr).count("it has no title yet") == 1
    assert (second.stderr, second.stdout.count("it has no title yet")) == ("", 1)


@pytest.mark.parametrize(
    ("reply", "state"), [("550 5.1.1 no such list", "refused"), ("450 4.2.0 busy", "deferred")]
)
def test_what_was_not_taken_before_the_message_stands_in_the_log(
    folder: Folder, reply: str, state: str
) -> None:
    """Among what was not sent, with the server's reply."""
    folder.make_due()
    folder.edit("announcer.yaml", "lists: [colloquium, public-lectures]", "lists: [colloquium]")
    with scripted({"rcpt": reply}) as server:
        folder.deliver_to(server.port)
        folder.announcer("run")
    (row,) = json.loads(folder.announcer("log", "--json").stdout)["not_sent"]
    assert (row["list"], row["state"], row["reply"]) == ("colloquium", state, reply)
    output = folder.announcer("log").stdout
    assert reply in output
    assert "Nothing was sent yet." in output


def test_a_refusal_of_the_message_itself_is_an_attempt(folder: Folder) -> None:
    """Listed as such, and not a second time."""
    folder.make_due()
    folder.edit("announcer.yaml", "lists: [colloquium, public-lectures]", "lists: [colloquium]")
    with scripted({"dot": ("554 5.7.1 spam",)}) as server:
        folder.deliver_to(server.port)
        folder.announcer("run")
    log = json.loads(folder.announcer("log", "--json").stdout)
    assert ([attempt["result"] for attempt in log["attempts"]], log["not_sent"]) == (["refused"], [])


def test_the_log_tells_nothing_of_what_is_still_to_come(folder: Folder) -> None:
    """A cancelled talk's reminder is withdrawn, and not before its day a thing of the last week."""
    folder.announcer("run", *MONDAY)
    folder.edit(TALK, TITLE, f"status: cancelled\n{TITLE}")
    assert json.loads(folder.announcer("log", "--json", *LATER).stdout)["not_sent"] == []
    rows = json.loads(folder.announcer("log", "--json", "--now", "2026-12-02 09:00").stdout)["not_sent"]
    assert {row["key"] for row in rows} == {REMINDER}


def test_a_digest_of_an_empty_week_is_shown_where_it_goes(folder: Folder) -> None:
    """`when_empty: send`: what plan announces can be looked at."""
    path = folder.path / "announcer.yaml"
    digest = "{when: Monday at 8:00 am, covers: 7 days, when_empty: send, lists: [colloquium]"
    text = f"{path.read_text(encoding='utf-8')}digests:\n  this-week: {digest}, series: [colloquium]}}\n"
    path.write_text(text, encoding="utf-8")
    done = folder.announcer("show", "this-week", "digest", "--now", "2027-03-01 07:00")
    assert (done.returncode, done.stdout.startswith("Subject: ")) == (0, True), done.stderr


@pytest.mark.parametrize("verb", ["check", "plan", "log", "schema"])
def test_a_moment_that_cannot_be_read_is_a_usage_error_of_every_verb(folder: Folder, verb: str) -> None:
    """Also of one that has no use for it."""
    done = folder.announcer(verb, "--now", "garbage")
    assert (done.returncode, "unreadable-now" in done.stderr) == (2, True)


def test_the_ledger_that_is_set_aside_is_named(folder: Folder) -> None:
    """Where it is now."""
    folder.announcer("run", *MONDAY)
    output = folder.announcer("ledger", "--new").stdout
    (aside,) = (folder.path / ".announcer").glob("ledger-until-*.sqlite")
    assert output.splitlines()[-1] == f"The old ledger is kept as {aside}"
