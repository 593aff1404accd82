"""`announcer`: the verbs and what they say of themselves; errors are caught here and nowhere else."""

from __future__ import annotations

import gc
import importlib
import io
import keyword
import os
import re
import sys
from typing import Any

import click

from announcer import __version__
from announcer.cli.exits import Exit
from announcer.domain.errors import AnnouncerError

VERBS = {
    "init": "Make a department's folder: config, one sample talk.",
    "new": "Write a talk file, asking for what it needs.",
    "import": "Make drafts of talks that are in a calendar, a table, a feed, a page or a letter.",
    "check": "Find every problem in every file.",
    "plan": "Show what would be sent, when, to whom, and what holds it.",
    "show": "Show one message exactly as it would be sent.",
    "preview": "Show the same in a browser, live.",
    "test": "Send one copy to yourself.",
    "send": "Send one mailing now; a dry run until --yes.",
    "run": "Send what is due, once; for a timer.",
    "serve": "Send what is due, for ever.",
    "log": "Show what was sent, to whom, when, and the server's reply.",
    "resolve": "Say what became of a mailing that is unknown, or was sent by hand.",
    "skip": "Say that a mailing is not wanted.",
    "publish": "Write the talks as pages, calendar feeds and a news feed, for any web space.",
    "doctor": "See whether everything that sending needs is there.",
    "units": "Print what runs it: a systemd timer, a crontab line, a workflow.",
    "ledger": "Show where the ledger is; adopt or renew it.",
    "schema": "Print the JSON Schema of a talk or of announcer.yaml.",
}


_NEW = 10_000
"""New objects after which Python looks for garbage: what a call imports and reads lives as long as it does,
and looking through it every 700 takes a tenth of a call with many talks."""


class Verbs(click.Group):
    """Loads a verb's file when it is asked for, so that none pays for another's imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [verb for verb in VERBS if _exists(verb)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS or not _exists(cmd_name):
            return None
        module = importlib.import_module(f"announcer.cli.{_module(cmd_name)}")
        command = module.command
        assert isinstance(command, click.Command)  # noqa: S101 - every verb's file has one
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(verb, VERBS[verb]) for verb in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            close = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            if not close:
                raise
            raise click.UsageError(f'{error.message} Did you mean "{close[0]}"?', ctx) from error


def _module(verb: str) -> str:
    return f"commands.{verb}_" if keyword.iskeyword(verb) else f"commands.{verb}"


def _exists(verb: str) -> bool:
    from importlib.util import find_spec

    return find_spec(f"announcer.cli.{_module(verb)}") is not None


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='Example: announcer run --now "2026-11-30 09:00"   (rehearses that moment)',
)
@click.version_option(__version__, prog_name="announcer")
@click.option("-C", "--project", metavar="DIR", help="The department's folder, or one inside it.")
@click.pass_context
def announcer(ctx: click.Context, project: str | None) -> None:
    """Announces a department's talks to its mailing lists: on schedule, once, and right.

    Write one YAML file per talk in talks/, look at what will be sent with `announcer plan` and
    `announcer show`, and let a timer call `announcer run`. Out of the box nothing leaves this
    machine: mail goes into the folder outbox/.

    \b
      announcer init physics      make a department's folder
      announcer check             find mistakes in the talk files
      announcer plan              see what goes when, and what holds it
      announcer run               send what is due
    """
    ctx.obj = {"project": project}


def _speak_in_any_encoding() -> None:
    """Lets a character that the terminal's encoding lacks be written as a code: output ends nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def _require_zone() -> None:
    """Raises FaultError where TZ names a file that is no time zone: libraries that read it would fail."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if not name.startswith("/"):
        return
    from pathlib import Path
    from zoneinfo import ZoneInfo

    try:
        with Path(name).open("rb") as file:
            ZoneInfo.from_file(file)
    except (OSError, ValueError, AssertionError) as error:
        from announcer.domain.errors import FaultError

        raise FaultError(
            "no-zone", "TZ", f"{name} is no file of a time zone", "write TZ=America/Chicago, or unset it"
        ) from error


def main(args: list[str] | None = None) -> Any:
    """The console script. Ends the process with a documented exit code."""
    _speak_in_any_encoding()
    gc.set_threshold(_NEW)
    try:
        _require_zone()
        code = announcer.main(args=args, standalone_mode=False, prog_name="announcer")
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.USAGE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(Exit.DONE)
    except (AnnouncerError, OSError) as error:
        from announcer.cli.output import show_error

        sys.exit(show_error(error))
    except Exception as error:
        words = sys.argv[1:] if args is None else args
        if any(re.fullmatch("-v+|--verbose", word) for word in words):
            raise
        from announcer.cli.output import show_bug

        sys.exit(show_bug(error))
    sys.exit(code or Exit.DONE)
