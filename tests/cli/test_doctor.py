"""`announcer doctor`: what is well, what is not, and what to do; it sends nothing and changes nothing."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from announcer.cli.doctor import Finding
from announcer.cli.doctor.domain_names import SELECTORS, dkim, dmarc, spf
from announcer.cli.doctor.memory import file_system
from tests.cli.programs import name_server
from tests.departments import Folder
from tests.servers import Inbox, aiosmtpd, free_port, refuse_everybody
from tests.transport.certificates import Certificates, make

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """A private certificate authority."""
    return make(tmp_path_factory.mktemp("certificates"))


def findings(folder: Folder, *args: str, code: int, **environ: str) -> dict[str, dict[str, str]]:
    """The last finding of each check."""
    done = folder.announcer("doctor", "--json", *args, **environ)
    assert done.returncode == code, done.stdout + done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    return {finding["check"]: finding for finding in json.loads(done.stdout)["findings"]}


def levels(checks: dict[str, dict[str, str]]) -> dict[str, str]:
    """How well each is."""
    return {check: finding["level"] for check, finding in checks.items()}


def deliver(folder: Folder, text: str) -> None:
    """Sends over SMTP from now on."""
    path = folder.path / "announcer.yaml"
    head, _, _ = path.read_text(encoding="utf-8").partition("delivery:\n")
    path.write_text(f"{head}delivery: {{transport: smtp, {text}}}\n", encoding="utf-8")


def test_a_new_department_is_well_and_stays_as_it_is(folder: Folder) -> None:
    """With the Maildir nothing of a server or of DNS is looked at; no outbox and no ledger are made."""
    checks = findings(folder, code=0)
    checks.pop("clock")  # whether it is kept by the network depends on the machine
    assert levels(checks) == {
        "config": "ok",
        "talks": "ok",
        "heartbeat": "ok",
        "zones": "ok",
        "templates": "ok",
        "ledger": "ok",
        "disk": "ok",
        "delivery": "ok",
        "last-run": "warning",
        "next-due": "ok",
    }
    assert (
        checks["delivery"]["message"]
        == "a rehearsal: mail goes into outbox/, and nothing leaves this machine"
    )
    assert not (folder.path / "outbox").exists()
    assert not (folder.path / ".announcer" / "ledger.sqlite").exists()


def test_people_read_a_line_for_each_and_what_to_do_below(folder: Folder) -> None:
    """A level, a name, a sentence; the last line sums it up."""
    lines = folder.announcer("doctor").stdout.splitlines()
    assert lines[0].startswith("ok       config      ")
    assert lines[-1] in ("1 warning. Warnings hold nothing back.", "2 warnings. Warnings hold nothing back.")
    quiet = folder.announcer("doctor", "-q").stdout
    assert "ok  " not in quiet
    assert "warning  last-run    nothing ran here yet" in quiet


def test_after_a_run_it_knows_when_and_how_it_ended(folder: Folder) -> None:
    """`last-run` is well, and the backup is named."""
    assert folder.announcer("run").returncode == 0
    checks = findings(folder, code=0)
    assert (checks["last-run"]["level"], checks["backup"]["level"]) == ("ok", "ok")
    assert checks["last-run"]["message"].endswith(", and all was well")


def test_a_broken_config_is_all_there_is_to_say(folder: Folder) -> None:
    """Its place and its hint, with exit code 3."""
    folder.edit("announcer.yaml", "timezone:", "timezoom:")
    checks = findings(folder, code=3)
    assert (checks["config"]["level"], checks["config"]["hint"]) == ("error", "did you mean timezone?")
    assert set(checks) == {"config", "clock"}


def test_a_broken_template_is_found_before_it_is_due(folder: Folder) -> None:
    """What is planned is composed; a template of the department's own that replaces nothing is named too."""
    own = folder.path / "templates" / "announcement"
    own.mkdir(parents=True)
    (own / "body.txt").write_text("{{ talk.titel }}\n", encoding="utf-8")
    checks = findings(folder, "--now", "2026-11-24 09:00", code=3)
    assert checks["templates"]["level"] == "error"
    (own / "body.txt").rename(own / "boddy.txt")
    done = folder.announcer("doctor", "--json", "--now", "2026-11-24 09:00")
    warnings = [
        finding["message"] for finding in json.loads(done.stdout)["findings"] if finding["level"] == "warning"
    ]
    assert "templates/announcement/boddy.txt replaces no built-in template" in warnings


def test_a_damaged_ledger_is_an_error(folder: Folder) -> None:
    """With what to do about it."""
    assert folder.announcer("run").returncode == 0
    for suffix in ("-wal", "-shm"):
        (folder.path / ".announcer" / f"ledger.sqlite{suffix}").unlink(missing_ok=True)
    (folder.path / ".announcer" / "ledger.sqlite").write_bytes(b"no database at all" * 100)
    assert findings(folder, code=1)["ledger"]["level"] == "error"


def test_what_is_due_and_was_not_sent_shows_that_no_timer_runs(folder: Folder) -> None:
    """An hour late is an error."""
    folder.make_due()
    checks = findings(folder, code=1)
    assert (checks["due"]["level"], checks["last-run"]["level"]) == ("error", "warning")


STEPS = ("secret", "name", "connection", "tls", "size", "login")


@pytest.mark.parametrize(
    ("kind", "days", "options", "wanted", "code"),
    [
        ("good", 300, "", ["ok"] * 6, 0),
        ("good", 5, "", ["ok", "ok", "ok", "warning", "ok", "ok"], 0),
        ("expired", 0, "", ["ok", "ok", None, "error", None, None], 1),
        ("self-signed", 300, "", ["ok", "ok", None, "error", None, None], 1),
        ("wrong name", 300, "", ["ok", "ok", None, "error", None, None], 1),
        ("good", 300, "refuse", ["ok", "ok", "ok", "ok", "ok", "error"], 4),
        ("good", 300, "no password", ["error", "ok", "ok", "ok", "ok", "ok"], 4),
    ],
)
def test_the_way_to_the_server_is_looked_at_step_by_step(
    folder: Folder,
    certificates: Certificates,
    kind: str,
    days: int,
    options: str,
    wanted: list[str | None],
    code: int,
) -> None:
    """Secret, name, connection, certificate, size, login: the first that fails is named, nothing is sent."""
    inbox = Inbox()
    context = server_context(certificates, kind, days)
    accept: Callable[..., Any] = refuse_everybody if options == "refuse" else accept_everybody
    with aiosmtpd(
        inbox, tls_context=context, require_starttls=True, authenticator=accept, auth_required=True
    ) as port:
        deliver(
            folder,
            f"host: localhost, port: {port}, username: announcer, ca_file: {certificates.ca_file}",
        )
        environ = {} if options == "no password" else {"ANNOUNCER_SMTP_PASSWORD": PASSWORD}
        checks = findings(folder, "--no-dns", code=code, **environ)
    assert [checks.get(step, {}).get("level") for step in STEPS] == wanted
    assert inbox.accepted == []


def server_context(certificates: Certificates, kind: str, days: int) -> ssl.SSLContext:
    """A server's side of TLS; a good certificate ends after so many days."""
    if kind != "good":
        return certificates.server(kind)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    end = datetime.now(UTC) + timedelta(days=days)
    certificates.authority.issue_cert("localhost", not_after=end).configure_cert(context)
    return context


def accept_everybody(*_args: object) -> Any:
    """An authenticator that takes every password."""
    from aiosmtpd.smtp import AuthResult

    return AuthResult(success=True)


@pytest.mark.parametrize(("host", "check"), [("127.0.0.1", "connection"), ("no-such-host.invalid", "name")])
def test_a_server_that_is_not_there(folder: Folder, host: str, check: str) -> None:
    """The step that fails is an error, and those behind it are left out."""
    deliver(folder, f"host: {host}, port: {free_port()}, security: none")
    checks = findings(folder, "--no-dns", code=1)
    assert checks[check]["level"] == "error"
    assert "login" not in checks


def test_dns_is_asked_for_spf_dkim_and_dmarc(folder: Folder) -> None:
    """From a real name server; SPF is the envelope's domain's, the others From's."""
    with aiosmtpd(Inbox()) as port:
        deliver(
            folder, f"host: 127.0.0.1, port: {port}, security: none, envelope_from: b@bounces.example.edu"
        )
        records = {
            "bounces.example.edu": ["v=spf1 ip4:192.0.2.1 -all", "something else"],
            "mail._domainkey.physics.example.edu": ["v=DKIM1; k=rsa; p=MIIB"],
            "_dmarc.example.edu": ["v=DMARC1; p=reject"],
        }
        with name_server(records) as resolver:
            checks = findings(folder, "--resolver", resolver, code=0)
    assert checks["spf"]["message"] == "bounces.example.edu: v=spf1 ip4:192.0.2.1 -all"
    assert checks["dkim"]["message"] == "physics.example.edu has a key under mail"
    assert checks["dmarc"]["message"].startswith("example.edu: p=reject, so a list server")


def test_where_no_name_server_answers_it_is_a_warning(folder: Folder) -> None:
    """Behind a firewall that is nobody's fault."""
    with aiosmtpd(Inbox()) as port:
        deliver(folder, f"host: 127.0.0.1, port: {port}, security: none")
        checks = findings(folder, "--resolver", f"127.0.0.1:{free_port()}", code=0)
    assert (checks["dns"]["level"], "spf" in checks) == ("warning", False)


@pytest.mark.parametrize(
    ("texts", "level"),
    [
        ([], "warning"),
        (["v=spf1 include:_spf.example.edu ~all"], "ok"),
        (["v=spf1 -all", "v=spf1 mx -all"], "error"),
        (["v=spf1 +all"], "warning"),
        (["v=spf10 -all"], "warning"),
        (["google-site-verification=x", "V=SPF1 mx -all"], "ok"),
    ],
)
def test_spf_records(texts: list[str], level: str) -> None:
    """One record that ends with a word against others."""
    assert spf(lambda _: texts, "example.edu").level == level


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ({"_dmarc.a.example.edu": ["v=DMARC1; p=none"]}, "a.example.edu: p=none"),
        ({"_dmarc.example.edu": ["v=DMARC1; p=none"]}, "example.edu: p=none"),
        ({"_dmarc.edu": ["v=DMARC1; p=none"]}, "a.example.edu has no DMARC record; large providers want one"),
    ],
)
def test_dmarc_is_the_parent_domains_where_there_is_none(records: dict[str, list[str]], message: str) -> None:
    """But never a top-level domain's."""
    assert dmarc(lambda name: records.get(name, []), "a.example.edu").message == message


@pytest.mark.parametrize("selectors", [SELECTORS, ("ours",)])
def test_a_dkim_key_under_another_selector_is_found_by_its_name(selectors: tuple[str, ...]) -> None:
    """Guessed selectors are only guesses."""
    records = {"ours._domainkey.example.edu": ["p=MIIB"]}
    finding: Finding = dkim(lambda name: records.get(name, []), "example.edu", selectors)
    assert (finding.level == "ok") == (selectors == ("ours",))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/talks", "ext4"),
        ("/srv/shared/physics", "nfs4"),
        ("/srv/shared2", "ext4"),
        ("/srv/with blank/x", "cifs"),
        ("/run/announcer", "tmpfs"),
        ("/twice", "btrfs"),
    ],
)
def test_the_file_system_of_a_folder(tmp_path: Path, path: str, kind: str) -> None:
    """The longest mount point above it, and the latest of two."""
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nfiler:/x /srv/shared nfs4 rw 0 0\n"
        "//filer/y /srv/with\\040blank cifs rw 0 0\n"
        "tmpfs /run tmpfs rw 0 0\n/dev/sdb /twice xfs rw 0 0\n/dev/sdc /twice btrfs rw 0 0\n",
        encoding="utf-8",
    )
    assert file_system(Path(path), mounts) == kind
    assert file_system(Path(path), tmp_path / "none") is None
