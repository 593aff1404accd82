"""`announcer units`: what runs it by itself, filled in for this department."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.cli.unit_files import Installation, Unit, units
from announcer.service.project import UsageFaultError

KINDS = ("systemd", "cron", "github")


@verb("units", example="announcer units systemd --out /etc/systemd/system")
@click.argument("kind", required=False, type=click.Choice(KINDS))
@click.option(
    "--user", "account", metavar="NAME", default="announcer", show_default=True, help="Who runs it."
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="As files into this folder.")
def command(session: Session, kind: str | None, account: str, out: Path | None) -> Exit:
    """Print what runs it by itself: a systemd service and timer, a crontab line, a workflow for GitHub.

    The service is hardened, gets its password as a systemd credential, and makes up for a time without
    power. The workflow checks the talks of a pull request and publishes previews of its emails; where
    announcer.yaml has a `site:`, another puts the talks' pages on GitHub Pages.
    """
    setting = _setting(session, account)
    made = [unit for unit in units(setting) if kind in (None, unit.kind)]
    if session.json:
        print_json({"units": [{name: getattr(unit, name) for name in unit.__slots__} for unit in made]})
    elif out is not None:
        _write(made, out)
    else:
        click.echo("\n".join(f"# {unit.place}\n{unit.content}" for unit in made), nl=False)
    if session.verbosity >= 0 and kind in (None, "systemd") and not session.json:
        click.echo(_next_steps(setting), err=True)
    return Exit.DONE


def _next_steps(setting: Installation) -> str:
    folders = shlex.join(map(str, setting.written))
    doctor = shlex.join([*setting.program, "doctor", "-C", str(setting.root)])
    return (
        f"\nThen, as root:\n"
        f"  useradd --system {setting.account}\n"
        f"  mkdir -p {folders} && chown -R {setting.account} {folders}\n"
        f"  systemctl daemon-reload && systemctl enable --now {setting.name}.timer\n"
        f"and see what is still missing, as the account that it runs as:\n"
        f"  sudo -u {setting.account} {doctor}"
    )


def _setting(session: Session, account: str) -> Installation:
    department = session.project.department
    if not account.replace("-", "").replace("_", "").isalnum():
        raise UsageFaultError(
            code="no-account",
            place="--user",
            message=f'"{account}" is no name of an account',
            hint="write one like --user announcer",
        )
    return Installation(
        organization=department.organization,
        delivery=department.delivery,
        ledger=department.ledger,
        root=session.project.root,
        program=_program(),
        account=account,
        repository=next(
            (
                folder
                for folder in (session.project.root, *session.project.root.parents)
                if (folder / ".git").exists()
            ),
            None,
        ),
        site=department.site,
    )


def _program() -> tuple[str, ...]:
    """The console script beside this Python; else Python itself."""
    beside = shutil.which("announcer", path=str(Path(sys.executable).parent))
    return (beside,) if beside else (sys.executable, "-m", "announcer")


def _write(made: list[Unit], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for unit in made:
        (out / unit.name).write_text(unit.content, encoding="utf-8", newline="\n")
        click.echo(f"written  {out / unit.name}")
