"""After a run: the heartbeat, the weekly line, and what is kept no longer."""

from __future__ import annotations

import sqlite3
from email.message import EmailMessage

import pytest

from announcer.cli import heartbeat
from tests.cli.programs import Monitor, monitor, silent
from tests.cli.test_serve import ended, served, until
from tests.departments import Folder
from tests.servers import free_port

WELL = "/ping/1"
BAD = "/ping/1/fail"


def configure(folder: Folder, *lines: str) -> None:
    """Adds lines to announcer.yaml."""
    path = folder.path / "announcer.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")


def test_a_good_run_asks_the_url_and_a_bad_one_its_fail(folder: Folder) -> None:
    """Nothing due is good; a server out of reach is bad, and so is a talk with an error."""
    with monitor() as heard:
        configure(folder, f"heartbeat: {heard.url}")
        assert folder.announcer("run").returncode == 0
        assert heard.asked == [WELL]
        folder.make_due()
        folder.deliver_to(free_port())
        configure(folder, f"heartbeat: {heard.url}")
        assert folder.announcer("run").returncode == 1
        assert heard.asked == [WELL, BAD]
        folder.edit("talks/colloquium/2026-bordelon.yaml", "date:", "dat:")
        assert folder.announcer("run").returncode == 3
    assert heard.asked == [WELL, BAD, BAD]


def test_what_only_looks_asks_nothing(folder: Folder) -> None:
    """A rehearsed moment, a dry run, plan and doctor are no sign of life."""
    with monitor() as heard:
        configure(folder, f"heartbeat: {heard.url}")
        for args in (["run", "--now", "2026-11-30 09:00"], ["run", "--dry-run"], ["plan"], ["doctor"]):
            assert folder.announcer(*args).returncode == 0
    assert heard.asked == []


@pytest.mark.parametrize("what", ["refused", "500", "elsewhere"])
def test_a_heartbeat_that_fails_is_no_reason_to_fail(folder: Folder, what: str) -> None:
    """Nobody there, an error, or somewhere else, where nobody follows: the run is as good as before."""
    with monitor() as elsewhere, monitor(status=302 if what == "elsewhere" else 500) as heard:
        heard.location = elsewhere.url if what == "elsewhere" else ""
        url = f"http://127.0.0.1:{free_port()}/geheim" if what == "refused" else f"{heard.url}/geheim"
        configure(folder, f"heartbeat: {url}")
        done = folder.announcer("run", "-v")
    assert done.returncode == 0
    assert 'logger=cli.heartbeat event="not asked"' in done.stderr
    assert "geheim" not in done.stdout + done.stderr
    assert elsewhere.asked == []


def test_an_answer_that_does_not_come_is_not_awaited(caplog: pytest.LogCaptureFixture) -> None:
    """A monitor that hangs holds nothing up."""
    with silent() as port:
        heartbeat.ask(f"http://127.0.0.1:{port}/", is_well=True, patience=0.2)
    messages = [record.getMessage() for record in caplog.records if record.name.startswith("announcer")]
    assert messages == ["not asked"]


@pytest.mark.parametrize(
    ("url", "bad"),
    [
        ("https://ping.example.edu/1", "https://ping.example.edu/1/fail"),
        ("https://ping.example.edu/1/", "https://ping.example.edu/1/fail"),
        ("https://ping.example.edu", "https://ping.example.edu/fail"),
        ("https://ping.example.edu/1?create=1", "https://ping.example.edu/1/fail?create=1"),
    ],
)
def test_the_url_of_a_bad_run(url: str, bad: str) -> None:
    """`/fail` stands behind the path."""
    assert heartbeat.failing(url) == bad


def test_serve_tells_that_the_config_was_broken(folder: Folder) -> None:
    """It remembers the URL, which it cannot read any more; and says the same no more than once a minute."""
    with monitor() as heard:
        configure(folder, f"heartbeat: {heard.url}")
        process = served(folder)
        until(lambda: heard.asked == [WELL])
        folder.edit("announcer.yaml", "timezone:", "timezoom:")
        until(lambda: BAD in heard.asked)
        folder.edit("announcer.yaml", "timezoom:", "timezone:")
        until(lambda: len(heard.asked) == 3)
        ended(folder, process)
    assert heard.asked == [WELL, BAD, WELL]


def notices(folder: Folder) -> list[EmailMessage]:
    """What the organizer got."""
    return [mail for mail in folder.outbox() if "committee" in mail["To"]]


def test_the_weekly_line_comes_once_a_week_when_all_is_well(folder: Folder) -> None:
    """At the first run of the week; the next one in the next week."""
    configure(folder, "weekly_line: yes")
    for now in ("2026-11-23 09:00", "2026-11-23 09:05", "2026-11-27 09:00"):
        assert folder.announcer("run", "--now", now).returncode == 0
    (first,) = notices(folder)
    assert first["Subject"] == "[announcer] all is well"
    assert " ".join(first.get_content().split()) == (
        "All is well: the talks of Department of Physics, Example University are announced on schedule. "
        "In the last seven days the mail server accepted 0 messages. "
        "The next is due Mon Nov 30, 9:00 am CST."
    )
    assert folder.announcer("run", "--now", "2026-11-30 09:00").returncode == 0
    assert "the mail server accepted 2 messages" in " ".join(notices(folder)[1].get_content().split())


def test_no_weekly_line_where_none_is_wanted_or_all_is_not_well(folder: Folder) -> None:
    """It is off by default, and a talk with an error is not well."""
    assert folder.announcer("run", "--now", "2026-11-23 09:00").returncode == 0
    assert notices(folder) == []
    configure(folder, "weekly_line: yes")
    folder.edit("talks/colloquium/2026-bordelon.yaml", "date:", "dat:")
    for _ in range(2):
        assert folder.announcer("run", "--now", "2026-11-23 09:00").returncode == 3
    assert [notice["Subject"] for notice in notices(folder)] == [
        "[announcer] There is an error in talks/colloquium/2026-bordelon.yaml, line 6"
    ]


def test_messages_are_dropped_when_their_time_is_over(folder: Folder) -> None:
    """Their bytes alone: that they were sent is kept. A rehearsed moment drops nothing, nor does a clock
    that is years ahead of the newest mail."""
    folder.make_due()
    assert folder.announcer("run").returncode == 0
    ledger = sqlite3.connect(folder.path / ".announcer" / "ledger.sqlite")

    def messages() -> int:
        return int(ledger.execute("SELECT count(*) FROM announcer_message").fetchone()[0])

    before = messages()
    assert before == 2
    assert folder.announcer("run", "--now", "2036-01-01 09:00").returncode in (0, 1)
    assert messages() >= before
    old = "UPDATE announcer_attempt SET began = replace(began, substr(began, 1, 4), '2020')"
    ledger.execute(f"{old} WHERE id = 1")
    ledger.commit()
    kept = messages() - 1
    assert folder.announcer("run").returncode == 0
    assert messages() == kept
    ledger.execute(old)
    ledger.commit()
    assert folder.announcer("run").returncode == 0
    assert messages() == kept
    assert ledger.execute("SELECT count(*) FROM announcer_attempt").fetchone()[0] >= 2
    ledger.close()


def test_a_monitor_hears_no_more_than_the_path(folder: Folder) -> None:
    """Nothing of the department is sent with it."""
    with monitor() as heard:
        configure(folder, f"heartbeat: {heard.url}?token=1")
        assert folder.announcer("run").returncode == 0
    assert heard == Monitor(url=heard.url, asked=[f"{WELL}?token=1"])
