"""What runs it by itself, filled in for one department: systemd units, a crontab line, a workflow."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from announcer.domain.department import Delivery

_SECRETS = "/etc/announcer"
_TEMPORARY = ("/tmp", "/var/tmp")  # noqa: S108 - looked for, not written to


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """All that the files depend on."""

    organization: str
    delivery: Delivery
    ledger: str
    root: Path
    """The department's folder, absolute."""
    program: tuple[str, ...]
    """The words of the command, absolute: `/opt/announcer/bin/announcer`."""
    account: str
    """Who runs it."""
    repository: Path | None
    """The folder of the git repository that the department's is in."""

    @property
    def name(self) -> str:
        """What the units are called."""
        plain = re.sub(r"[^a-z0-9]+", "-", self.root.name.lower()).strip("-")
        return f"announcer-{plain}" if plain else "announcer"

    @property
    def written(self) -> list[Path]:
        """The folders that it writes to, which must be there and be the account's own."""
        is_maildir = self.delivery.transport == "maildir"
        return [self.root / ".announcer", *([self.root / self.delivery.path] if is_maildir else [])]

    @property
    def wants_password(self) -> bool:
        """Whether a password for the mail server must be given to it."""
        one = self.delivery
        named = one.password_file or one.password_command or one.oauth_token_command
        return one.transport == "smtp" and one.username is not None and not named


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A file, and where it goes."""

    kind: str
    """`systemd`, `cron` or `github`."""
    place: str
    """Its usual path; for cron, the command that takes its line."""
    name: str
    """The file's name."""
    content: str


def units(setting: Setting) -> list[Unit]:
    """All of them."""
    system = "/etc/systemd/system"
    return [
        Unit(
            kind="systemd",
            place=f"{system}/{setting.name}.service",
            name=f"{setting.name}.service",
            content=_service(setting),
        ),
        Unit(
            kind="systemd",
            place=f"{system}/{setting.name}.timer",
            name=f"{setting.name}.timer",
            content=_timer(setting),
        ),
        Unit(kind="cron", place="crontab -e", name=f"{setting.name}.crontab", content=_crontab(setting)),
        Unit(
            kind="github",
            place=".github/workflows/talks.yaml",
            name="talks.yaml",
            content=_workflow(setting),
        ),
    ]


def _service(setting: Setting) -> str:
    command = " ".join(
        _word(each).replace("$", "$$") for each in (*setting.program, "run", "-q", "-C", str(setting.root))
    )
    credentials = "".join(
        f"LoadCredential={name}:{_SECRETS}/{name}\n"
        for name, wanted in (
            ("smtp-password", setting.wants_password),
            ("ledger-password", setting.ledger != "sqlite"),
        )
        if wanted
    )
    how = (
        "# Each credential is a file of root's alone: install -m 600 /dev/stdin FILE\n" if credentials else ""
    )
    return f"""\
[Unit]
Description=Announce the talks of {_text(setting.organization)}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={command}
User={setting.account}
{how}{credentials}
# A server may take ten minutes for its reply; ended before, nobody knows whether it took the message.
TimeoutStartSec=1h
TimeoutStopSec=11min
KillMode=mixed

# It may write to the folders named here, and reach the network; nothing else.
ReadWritePaths={" ".join(_word(str(each)) for each in setting.written)}
ProtectSystem=strict
ProtectHome={_home(setting)}
PrivateTmp={"no" if _is_under(setting, *_TEMPORARY) else "yes"}
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
UMask=0077
"""


def _timer(setting: Setting) -> str:
    return f"""\
[Unit]
Description=Look every five minutes whether a talk of {_text(setting.organization)} is to be announced

[Timer]
OnCalendar=*:0/5
AccuracySec=10s
# After a time without power it looks at once.
Persistent=true

[Install]
WantedBy=timers.target
"""


def _crontab(setting: Setting) -> str:
    command = shlex.join([*setting.program, "run", "-q", "-C", str(setting.root)])
    # In a crontab a bare % ends the command (crontab(5)).
    return f"*/5 * * * *  {command.replace('%', chr(92) + '%')}\n"


def _workflow(setting: Setting) -> str:
    folder = PurePosixPath(".")
    if setting.repository is not None and setting.root.is_relative_to(setting.repository):
        folder = PurePosixPath(setting.root.relative_to(setting.repository).as_posix())
    where = shlex.quote(str(folder))
    watched = "" if str(folder) == "." else f"\n    paths: [{_quoted(f'{folder}/**')}]"
    return f"""\
# Checks the talks of a pull request, and keeps the emails that it would lead to as a page to look at.
name: Talks
on:
  pull_request:{watched or " {}"}
permissions:
  contents: read
jobs:
  talks:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      # Set the repository's variable ANNOUNCER to where your department gets it from: the URL of a wheel,
      # or git+https://... of its repository. The name alone is another project's on PyPI.
      - run: pip install "${{{{ vars.ANNOUNCER }}}}"
      - run: announcer check -C {where}
      # Only what public lists get: these pages can be seen by everybody who sees the repository.
      - run: announcer preview -C {where} --out preview
      - uses: actions/upload-artifact@v4
        with:
          name: preview
          path: preview
"""


def _home(setting: Setting) -> str:
    return "read-only" if _is_under(setting, "/home", "/root", "/run/user") else "yes"


def _is_under(setting: Setting, *folders: str) -> bool:
    paths = [setting.root, Path(setting.program[0]).resolve(), Path(setting.program[0])]
    return any(path.is_relative_to(folder) for path in paths for folder in folders)


def _text(words: str) -> str:
    """For a value of words: systemd.unit(5) expands %."""
    return " ".join(words.split()).replace("%", "%%").rstrip("\\")


def _word(text: str) -> str:
    """For a value of paths: quoted where systemd.syntax(7) needs it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"' if re.search(r"[\s\"'\\;]", text) else escaped


def _quoted(text: str) -> str:
    """A YAML scalar in single quotes."""
    return "'" + text.replace("'", "''") + "'"
