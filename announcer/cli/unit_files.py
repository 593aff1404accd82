"""What runs it by itself, filled in for one department: systemd units, a crontab line, a workflow."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from announcer.domain.department import Delivery, Site

_TEMPLATES = Path(__file__).parent / "unit_templates"
_TEMPORARY = ("/tmp", "/var/tmp")  # noqa: S108 - looked for, not written to


@dataclass(frozen=True, kw_only=True, slots=True)
class Installation:
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
    site: Site | None = None
    """Where the talks are published."""

    @property
    def name(self) -> str:
        """What the units are called."""
        plain = re.sub(r"[^a-z0-9]+", "-", self.root.name.lower()).strip("-")
        return f"announcer-{plain}" if plain else "announcer"

    @property
    def written(self) -> list[Path]:
        """The folders that it writes to, which must be there and be the account's own."""
        over_network = self.delivery.transport.row.over_network
        outbox = [] if over_network else [self.root / self.delivery.path]
        published = [self.root / self.site.out] if self.site and self.site.out else []
        return [self.root / ".announcer", *outbox, *published]

    @property
    def wants_password(self) -> bool:
        """Whether a password for the mail server must be given to it."""
        delivery = self.delivery
        named = delivery.password_file or delivery.password_command or delivery.oauth_token_command
        return delivery.transport.row.over_network and delivery.username is not None and not named


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


def units(setting: Installation) -> list[Unit]:
    """All of them."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(  # noqa: S701 - no HTML
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    values, name, system = _values(setting), setting.name, "/etc/systemd/system"
    return [
        Unit(kind=kind, place=place, name=file, content=templates.get_template(template).render(values))
        for kind, place, file, template in (
            ("systemd", f"{system}/{name}.service", f"{name}.service", "systemd.service"),
            ("systemd", f"{system}/{name}.timer", f"{name}.timer", "systemd.timer"),
            ("cron", "crontab -e", f"{name}.crontab", "crontab"),
            ("github", ".github/workflows/talks.yaml", "talks.yaml", "github.yaml"),
            ("github", ".github/workflows/pages.yaml", "pages.yaml", "github_pages.yaml"),
        )
        if setting.site or file != "pages.yaml"
    ]


def _values(setting: Installation) -> dict[str, object]:
    """What the templates are filled in with, each escaped as its file needs it."""
    command = [*setting.program, "run", "-q", "-C", str(setting.root)]
    folder = PurePosixPath(".")
    if setting.repository is not None and setting.root.is_relative_to(setting.repository):
        folder = PurePosixPath(setting.root.relative_to(setting.repository).as_posix())
    passwords = {"smtp-password": setting.wants_password, "ledger-password": setting.ledger != "sqlite"}
    return {
        "organization": _text(setting.organization),
        "account": setting.account,
        "command": " ".join(_word(word).replace("$", "$$") for word in command),
        # In a crontab a bare % ends the command (crontab(5)).
        "cron_command": shlex.join(command).replace("%", r"\%"),
        "credentials": [name for name, wanted in passwords.items() if wanted],
        "written": " ".join(_word(str(path)) for path in setting.written),
        "home": "read-only" if _is_under(setting, "/home", "/root", "/run/user") else "yes",
        "private_tmp": "no" if _is_under(setting, *_TEMPORARY) else "yes",
        "folder": shlex.quote(str(folder)),
        "watched": "" if str(folder) == "." else _quoted(f"{folder}/**"),
    }


def _is_under(setting: Installation, *folders: str) -> bool:
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
