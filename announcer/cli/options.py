"""The options that every verb has, and the session that they make."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from announcer.cli.session import Session

F = TypeVar("F", bound=Callable[..., Any])


class Verb(click.Command):
    """A verb whose help shows its own options first, and apart what every verb has."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own: list[tuple[str, str]] = []
        shared: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                is_shared = parameter.name in _NAMES or "--help" in parameter.opts
                (shared if is_shared else own).append(record)
        for title, records in (("Options", own), ("Everywhere", shared)):
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


def verb(name: str, *, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Makes a function the command of a verb: its first argument is the Session.

    `example` stands at the foot of its help.
    """

    def make(function: Callable[..., Any]) -> click.Command:
        @functools.wraps(function)
        @click.pass_context
        def run(ctx: click.Context, /, **given: Any) -> Any:
            options = {key: given.pop(key) for key in _NAMES}
            above = ctx.find_root().obj or {}
            start = options["project_dir"] or above.get("project")
            session = Session(
                folder=Path(start) if start else Path.cwd(),
                given_now=options["now"],
                json=options["as_json"],
                color=False if options["no_color"] else None,
                verbosity=options["verbose"] - options["quiet"],
            )
            session.require_readable_now()
            ctx.color = session.colored
            as_json = options["log_json"] or session.environ.get("ANNOUNCER_LOG") == "json"
            if session.verbosity > 0 or as_json:
                from announcer.cli.logs import configure

                configure(session.verbosity, as_json=as_json)
            return function(session, **given)

        return click.command(name, cls=Verb, epilog=f"Example: {example}")(_shared(run))

    return make


_NAMES = ("project_dir", "as_json", "now", "no_color", "quiet", "verbose", "log_json")


def _shared(function: F) -> F:
    for option in (
        click.option(
            "--log-json", is_flag=True, help="Log as JSON on stderr; ANNOUNCER_LOG=json does the same."
        ),
        click.option("-v", "--verbose", count=True, help="Say more."),
        click.option("-q", "--quiet", count=True, help="Say only what went wrong."),
        click.option("--no-color", is_flag=True, help="No colors; NO_COLOR does the same."),
        click.option("--now", metavar="TIME", help='Rehearse another moment: "2026-11-30 09:00".'),
        click.option("--json", "as_json", is_flag=True, help="What scripts read."),
        click.option("-C", "--project", "project_dir", metavar="DIR", help="The department's folder."),
    ):
        function = option(function)
    return function
