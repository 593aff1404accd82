"""What goes wrong: a clear error at the right place, the documented exit code, nothing sent, nothing lost."""

from __future__ import annotations

import os
import ssl
import sys
from collections.abc import Iterator

import pytest
import trustme

from tests.departments import Folder
from tests.ledger.postgres import PASSWORD, running
from tests.servers import Inbox, aiosmtpd, refuse_everybody

MONDAY = ("--now", "2026-11-30 09:00")
TALK = "talks/colloquium/2026-bordelon.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "words"),
    [
        (TALK, "speaker:", "speeker:", f"{TALK}:", "speaker"),
        (TALK, "date: 2026-12-02", "# no date", f"{TALK}:", "date"),
        (TALK, "date: 2026-12-02", "date: 2026-12-02\nseries: colloqium", f"{TALK}:", "colloquium"),
    ],
    ids=["unknown key", "missing date", "unknown series"],
)
def test_a_bad_talk_stops_itself_alone(
    folder: Folder, name: str, old: str, new: str, place: str, words: str
) -> None:
    """The other talk goes; the run ends with 3 and names file, line and fix."""
    folder.edit(name, old, new)
    done = folder.announcer("run", "--now", "2026-12-07 09:00")
    assert done.returncode == 3
    assert done.stderr.count(place) == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    subjects = [str(message["Subject"]) for message in folder.outbox()]
    assert len([subject for subject in subjects if "Lindqvist" in subject]) == 2
    assert not [subject for subject in subjects if "Bordelon" in subject]


def test_a_broken_config_sends_nothing(folder: Folder) -> None:
    """Exit 3, with the line."""
    folder.edit("announcer.yaml", "timezone: America/Chicago", "timezone: America/Chicgo")
    done = folder.announcer("run", *MONDAY[:0])
    assert done.returncode == 3
    assert "announcer.yaml:" in done.stderr
    assert "America/Chicago" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder.path / "outbox").exists()


def test_a_broken_template_names_its_line_and_sends_nothing(folder: Folder) -> None:
    """Exit 3; mended, the same mailing goes."""
    template = folder.path / "templates" / "announcement" / "body.txt"
    template.parent.mkdir(parents=True)
    template.write_text("line one\n{{ talk.titel }}\n", encoding="utf-8")
    done = folder.announcer("run", *MONDAY)
    assert done.returncode == 3
    assert "templates/announcement/body.txt:2" in done.stderr
    assert "titel" in done.stderr
    assert "Traceback" not in done.stderr
    assert [m for m in folder.outbox() if "lists.example.edu" in str(m["To"])] == []
    template.unlink()
    assert folder.announcer("run", *MONDAY).stdout.count("accepted  ") == 2


def test_an_unreachable_server_leaves_everything_due(folder: Folder) -> None:
    """Exit 1, and no row is attempted."""
    folder.deliver_to(9)
    folder.make_due()
    done = folder.announcer("run")
    assert done.returncode == 1
    assert "127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Nothing was sent yet." in folder.announcer("log").stdout


@pytest.fixture
def refused(folder: Folder) -> Iterator[Folder]:
    """The department, with a server that offers STARTTLS and takes no password."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    certificate = folder.path / "authority.pem"
    authority.cert_pem.write_to_path(certificate)
    with aiosmtpd(
        Inbox(),
        tls_context=context,
        require_starttls=True,
        authenticator=refuse_everybody,
        auth_required=True,
    ) as port:
        folder.deliver_to(port)
        secured = f"security: starttls\n  ca_file: {certificate}\n  username: announcer"
        folder.edit("announcer.yaml", "security: none", secured)
        folder.make_due()
        yield folder


def test_a_wrong_password_is_exit_4_and_says_nothing_of_it(refused: Folder) -> None:
    """Nothing is attempted, the mailing stays due."""
    done = refused.announcer("run", ANNOUNCER_SMTP_PASSWORD="correct-horse")
    assert (done.returncode, "Traceback" in done.stderr) == (4, False), done.stderr
    assert "535" in done.stderr
    assert "correct-horse" not in done.stdout + done.stderr
    assert "Nothing was sent yet." in refused.announcer("log").stdout


def test_a_missing_password_is_exit_4(refused: Folder) -> None:
    """The hint names the ways to give one."""
    done = refused.announcer("run")
    assert done.returncode == 4, done.stderr
    assert "ANNOUNCER_SMTP_PASSWORD" in done.stderr


def test_a_ledger_s_password_is_a_secret_like_any_other(folder: Folder) -> None:
    """Missing or refused by the database: exit 4, from the doctor too."""
    with running() as server:
        folder.edit("announcer.yaml", "begin:", f"ledger: {server.new_database()}\nbegin:")
        for password in ("", "correct-horse"):
            for verb in (["run"], ["plan"], ["ledger"], ["doctor", "--no-dns"]):
                done = folder.announcer(*verb, ANNOUNCER_LEDGER_PASSWORD=password, PGPASSFILE="/nowhere")
                assert done.returncode == 4, done.stdout + done.stderr
                assert "ANNOUNCER_LEDGER_PASSWORD" in done.stdout + done.stderr
                assert "correct-horse" not in done.stdout + done.stderr
        assert folder.announcer("run", ANNOUNCER_LEDGER_PASSWORD=PASSWORD).returncode == 0


def test_a_host_that_no_server_can_have(folder: Folder) -> None:
    """A slip in `host` is the config's fault, and is told before anything is asked of it."""
    folder.make_due()
    folder.deliver_to(25)
    folder.edit("announcer.yaml", "host: 127.0.0.1", "host: smtp..example.edu")
    done = folder.announcer("run")
    assert (done.returncode, "bad-host" in done.stderr) == (3, True), done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_an_unwritable_folder_is_said_and_nothing_is_lost(folder: Folder) -> None:
    """A file stands where the outbox should be, which even root cannot write into."""
    (folder.path / "outbox").write_text("in the way", encoding="utf-8")
    done = folder.announcer("run", *MONDAY)
    assert done.returncode == 1
    assert "outbox" in done.stderr
    assert "Traceback" not in done.stderr
    os.unlink(folder.path / "outbox")  # noqa: PTH108
    assert folder.announcer("run", *MONDAY).stdout.count("accepted  ") == 2


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["show", "2026-bordelom", "announcement"], 2, 'did you mean "2026-bordelon"?'),
        (["show", "2026-bordelon", "anouncement"], 2, "anouncement"),
        (["show", "2026-bordelon", "announcement", "--list", "colloqium"], 2, 'did you mean "colloquium"?'),
        (["show", "2026-bordelon", "cancellation"], 2, "status: cancelled"),
        (["rum"], 2, 'Did you mean "run"?'),
        (["plan", "--now", "yesterday"], 2, '--now "2026-11-30 09:00"'),
        (["skip", "nobody"], 2, "they look like 2026-bordelon/announcement/2026-W49"),
        (
            ["skip", "2026-bordelon"],
            2,
            "did you mean 2026-bordelon/announcement/2026-W49 or 2026-bordelon/reminder/2026-12-02?",
        ),
        (["skip", "bordelon/reminder"], 2, "did you mean 2026-bordelon/reminder/2026-12-02?"),
        (["import", "nothere.csv"], 2, "give a file by its path from here"),
        (
            ["test", "2026-bordelon", "announcement", "--to", "Colloquium@lists.example.edu"],
            2,
            "mailing list",
        ),
        (["plan", "-C", "/nowhere/at/all"], 2, "announcer init"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_is_not_there_is_said_with_what_is(
    folder: Folder, args: list[str], code: int, words: str
) -> None:
    """Usage errors are 2, with a suggestion."""
    done = folder.announcer(*args)
    assert (done.returncode, words in done.stderr, "Traceback" in done.stderr) == (code, True, False), (
        done.stderr
    )


def test_another_moment_is_not_sent_over_smtp(folder: Folder) -> None:
    """--now rehearses; with smtp only as a dry run."""
    folder.deliver_to(9)
    done = folder.announcer("run", *MONDAY)
    assert (done.returncode, "now-with-smtp" in done.stderr) == (2, True)
    assert folder.announcer("run", "--dry-run", *MONDAY).stdout.count("would send") == 2
