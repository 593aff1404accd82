"""`announcer units`: what runs it by itself, filled in for this department."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from announcer import __version__
from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session, UsageFaultError
from announcer.cli.units import Setting, Unit, units

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
    power. The workflow checks the talks of a pull request and publishes previews of its emails.
    """
    made = [each for each in units(_setting(session, account)) if kind in (None, each.kind)]
    if session.json:
        print_json({"units": [{name: getattr(each, name) for name in each.__slots__} for each in made]})
    elif out is not None:
        _write(made, out)
    else:
        click.echo("\n".join(f"# {each.place}\n{each.content}" for each in made), nl=False)
    if session.verbosity >= 0 and kind in (None, "systemd") and not session.json:
        timer = next(each.name for each in made if each.name.endswith(".timer"))
        click.echo(
            f"Then, as root: useradd --system {account}; chown -R {account} {session.root}; "
            f"systemctl daemon-reload; systemctl enable --now {timer}. `announcer doctor` looks at the rest.",
            err=True,
        )
    return Exit.DONE


def _setting(session: Session, account: str) -> Setting:
    department = session.department
    if not account.replace("-", "").replace("_", "").isalnum():
        raise UsageFaultError(
            code="no-account",
            place="--user",
            message=f'"{account}" is no name of an account',
            hint="write one like --user announcer",
        )
    return Setting(
        organization=department.organization,
        delivery=department.delivery,
        ledger=department.ledger,
        root=session.root,
        program=_program(),
        account=account,
        repository=next(
            (each for each in (session.root, *session.root.parents) if (each / ".git").exists()), None
        ),
        version=__version__,
    )


def _program() -> tuple[str, ...]:
    """The console script beside this Python; else Python itself."""
    beside = shutil.which("announcer", path=str(Path(sys.executable).parent))
    return (beside,) if beside else (sys.executable, "-m", "announcer")


def _write(made: list[Unit], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for each in made:
        (out / each.name).write_text(each.content, encoding="utf-8", newline="\n")
        click.echo(f"written  {out / each.name}")
