"""`announcer units`: what runs it by itself, filled in for a department, and right to the letter."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.departments import Folder
from tests.servers import Inbox, aiosmtpd
from tests.transport.certificates import make
from tests.transport.programs import lacking

PASSWORD = "correct horse battery staple"
ODD = ["physics", "talks of the week", "50% off", 'Brown\'s "talks"', "Übungen"]


def made(folder: Folder, *args: str) -> dict[str, str]:
    """The files by their names' endings."""
    done = folder.announcer("units", "--json", *args)
    assert done.returncode == 0, done.stderr
    return {unit["name"].rpartition(".")[2]: unit["content"] for unit in json.loads(done.stdout)["units"]}


def with_password(folder: Folder, text: str = "") -> None:
    """Delivers to a server that wants one."""
    path = folder.path / "announcer.yaml"
    head, _, _ = path.read_text(encoding="utf-8").partition("delivery:\n")
    path.write_text(
        f"{head}delivery: {{transport: smtp, host: localhost, username: announcer{text}}}\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize("name", ODD)
def test_systemd_takes_the_service_and_the_timer(
    make_folder: Callable[[str], Folder], tmp_path: Path, name: str
) -> None:
    """`systemd-analyze verify` has nothing to say, whatever the folder is called."""
    analyze = shutil.which("systemd-analyze") or lacking("no systemd-analyze: apt-get install -y systemd")
    folder = make_folder(name)
    with_password(folder)
    folder.edit("announcer.yaml", "Department of Physics,", "100% Physics & 'Talks',")
    assert folder.announcer("units", "systemd", "--out", str(tmp_path / "out")).returncode == 0
    files = sorted((tmp_path / "out").iterdir())
    assert [file.suffix for file in files] == [".service", ".timer"]
    done = subprocess.run([analyze, "verify", *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    # systemd would take %n for the unit's name, and says nothing of one that it does not know.
    service = files[0].read_text(encoding="utf-8")
    assert "Description=Announce the talks of 100%% Physics & 'Talks', Example University\n" in service
    assert re.findall(r"(?<!%)%(?!%)", service.replace("%%", "")) == []


def test_the_service_is_hardened_and_may_write_to_the_ledger_alone(folder: Folder) -> None:
    """systemd's own measure of exposure calls it OK; with the Maildir the outbox is written to as well."""
    analyze = shutil.which("systemd-analyze") or lacking("no systemd-analyze: apt-get install -y systemd")
    service = made(folder, "systemd")["service"]
    assert f"ReadWritePaths={folder.path}/.announcer {folder.path}/outbox\n" in service
    with_password(folder)
    service = made(folder, "systemd")["service"]
    assert f"ReadWritePaths={folder.path}/.announcer\n" in service
    file = folder.path / "announcer-x.service"
    file.write_text(service, encoding="utf-8")
    done = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=30", file],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_PAGER": ""},
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("text", "credentials"),
    [
        ("", ["smtp-password:/etc/announcer/smtp-password"]),
        (", password_file: /etc/secret", []),
        (", oauth_token_command: /usr/bin/token", []),
    ],
)
def test_a_password_is_handed_over_as_a_credential(folder: Folder, text: str, credentials: list[str]) -> None:
    """Where announcer.yaml does not name another way."""
    with_password(folder, text)
    service = made(folder, "systemd")["service"]
    assert re.findall("^LoadCredential=(.*)$", service, re.MULTILINE) == credentials


def test_the_credential_is_what_a_run_logs_in_with(folder: Folder, tmp_path: Path) -> None:
    """It is read from systemd's folder; the environment's own password goes before it."""
    seen: list[bytes] = []

    def note(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:
        seen.append(data.password)
        return AuthResult(success=True)

    folder.make_due()
    folder.have_ledger()
    certificates = make(folder.path)
    credential = tmp_path / "credentials" / "smtp-password"
    credential.parent.mkdir(mode=0o700)
    credential.write_text(f"{PASSWORD}\n", encoding="utf-8")
    credential.chmod(0o400)
    inbox = Inbox()
    with aiosmtpd(
        inbox,
        tls_context=certificates.server(),
        require_starttls=True,
        authenticator=note,
        auth_required=True,
    ) as port:
        with_password(folder, f", port: {port}, ca_file: ca.pem, connections: 1")
        done = folder.announcer("run", CREDENTIALS_DIRECTORY=str(credential.parent))
    assert (done.returncode, len(inbox.accepted), seen) == (0, 2, [PASSWORD.encode()])


@pytest.mark.parametrize("name", ODD)
def test_the_crontab_line_runs(make_folder: Callable[[str], Folder], name: str) -> None:
    """As cron would read it: five fields, then a command for the shell, where \\% is %."""
    folder = make_folder(name)
    line = made(folder, "cron")["crontab"]
    *when, command = line.split(None, 5)
    assert when == ["*/5", "*", "*", "*", "*"]
    assert re.search(r"(?<!\\)%", command) is None
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        ["/bin/sh", "-c", command.replace("\\%", "%")],
        env={"HOME": "/", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder.path / ".announcer" / "ledger.sqlite").exists()


@pytest.mark.parametrize("inside", [".", "departments/physics"])
def test_the_workflow_checks_talks_and_keeps_previews(tmp_path: Path, inside: str) -> None:
    """Its commands, as they stand there, work from the top of the repository."""
    root = Path(__file__).parent.parent.parent
    folder = Folder(tmp_path / inside)
    folder.path.mkdir(parents=True, exist_ok=True)
    (tmp_path / ".git").mkdir()
    shutil.copy(root / "announcer.yaml", folder.path)
    shutil.copytree(root / "talks", folder.path / "talks")
    workflow = yaml.safe_load(made(folder, "github")["yaml"])
    assert workflow["permissions"] == {"contents": "read"}
    # YAML 1.1 reads the key "on" as true.
    assert workflow[True]["pull_request"] == ({} if inside == "." else {"paths": [f"{inside}/**"]})
    steps = [step["run"] for step in workflow["jobs"]["talks"]["steps"] if "run" in step]
    assert steps[0] == 'pip install "${{ vars.ANNOUNCER }}"'
    for step in steps[1:]:
        assert Folder(tmp_path).announcer(*step.split()[1:]).returncode == 0
    assert (tmp_path / "preview" / "index.html").is_file()


def test_a_site_is_written_by_the_service_and_put_on_pages(folder: Folder) -> None:
    """The service may write to the site's folder; the workflow publishes all that needs no ledger, and says
    what is missing."""
    assert folder.announcer("units", "github").stdout.count("# .github/workflows/") == 1
    config = (folder.path / "announcer.yaml").read_text(encoding="utf-8")
    site = "site: {url: https://talks.example.edu, out: public}\n"
    (folder.path / "announcer.yaml").write_text(config + site, encoding="utf-8")
    service = folder.announcer("units", "systemd").stdout
    assert f"{folder.path / 'public'}" in re.search(r"^ReadWritePaths=.*$", service, re.M)[0]  # type: ignore[index]
    out = folder.path / "units"
    assert folder.announcer("units", "github", "--out", str(out)).returncode == 0
    workflow = yaml.safe_load((out / "pages.yaml").read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    steps = [step["run"] for step in workflow["jobs"]["pages"]["steps"] if "run" in step]
    assert steps[0] == 'pip install "${{ vars.ANNOUNCER }}"'
    done = folder.announcer(*steps[1].split()[1:])
    assert done.returncode == 0, done.stderr
    assert "no calendars" in done.stderr
    assert (folder.path / "site" / "index.html").is_file()
    assert not list((folder.path / "site").rglob("*.ics"))


def test_each_kind_alone_and_what_to_do_next(folder: Folder) -> None:
    """What is printed can go into a file; the next steps go to stderr."""
    done = folder.announcer("units", "cron")
    assert done.stdout.splitlines()[0] == "# crontab -e"
    assert done.stderr == ""
    done = folder.announcer("units", "systemd")
    assert "systemctl enable --now announcer-" in done.stderr


def test_a_broken_config_has_no_units(folder: Folder) -> None:
    """Exit code 3, as everywhere."""
    folder.edit("announcer.yaml", "timezone:", "timezoom:")
    done = folder.announcer("units")
    assert (done.returncode, done.stdout) == (3, "")
