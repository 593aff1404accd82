"""`announcer doctor`: whether everything that sending needs is there, and what to do where it is not."""

from __future__ import annotations

from collections.abc import Iterator

import click

from announcer.cli.doctor import Finding, Level
from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.service.wording import counted
from announcer.transport.printable import printable

_COLORS = {Level.OK: "green", Level.WARNING: "yellow", Level.ERROR: "red"}


@verb("doctor", example="announcer doctor --json")
@click.option("--resolver", metavar="ADDRESS", help="Ask this name server; address or address:port.")
@click.option("--selector", metavar="NAME", help="The DKIM selector that your mail server signs with.")
@click.option("--no-dns", is_flag=True, help="Do not look at SPF, DKIM and DMARC.")
def command(session: Session, resolver: str | None, selector: str | None, no_dns: bool) -> Exit:
    """See whether everything that sending needs is there. Sends no mail, and changes nothing."""
    findings = []
    for finding in _findings(session, resolver, selector, no_dns):
        findings.append(finding)
        if not session.json:
            _say(session, finding)
    if session.json:
        rows = [
            {
                "check": finding.check,
                "level": finding.level.value,
                "message": finding.message,
                "hint": finding.hint,
            }
            for finding in findings
        ]
        print_json({"findings": rows})
    elif session.verbosity >= 0:
        click.echo(_summary(findings))
    return _exit(findings)


def _findings(
    session: Session, resolver: str | None, selector: str | None, no_dns: bool
) -> Iterator[Finding]:
    from announcer.cli.doctor.domain_names import check_names
    from announcer.cli.doctor.files import check_config, check_delivery, check_templates
    from announcer.cli.doctor.machine import check_clock, check_zones
    from announcer.cli.doctor.memory import check_ledger
    from announcer.cli.doctor.schedule import check_schedule
    from announcer.cli.doctor.server import check_server

    yield from check_config(session)
    yield from check_clock(session)
    if session.project.loaded.department is None:
        return
    yield from check_zones(session)
    yield from check_templates(session)
    yield from check_ledger(session)
    yield from check_delivery(session)
    yield from check_server(session)
    if not no_dns:
        yield from check_names(session, resolver, selector)
    yield from check_schedule(session)


def _say(session: Session, finding: Finding) -> None:
    if session.verbosity < 0 and finding.level is Level.OK:
        return
    word = click.style(f"{finding.level.value:<8}", fg=_COLORS[finding.level])
    click.echo(f"{word} {finding.check:<11} {printable(finding.message)}")
    if finding.hint:
        click.echo(f"{'':<20} {click.style(printable(finding.hint), fg='cyan')}")


def _summary(findings: list[Finding]) -> str:
    errors = sum(finding.level is Level.ERROR for finding in findings)
    warnings = sum(finding.level is Level.WARNING for finding in findings)
    if not errors and not warnings:
        return "All is well."
    parts = [counted(number, noun) for number, noun in ((errors, "error"), (warnings, "warning"))]
    counts = " and ".join(part for part in parts if not part.startswith("0 "))
    then = "The errors come first" if errors else "Warnings hold nothing back"
    return f"{counts}. {then}."


def _exit(findings: list[Finding]) -> Exit:
    """The highest that applies; warnings are 0."""
    errors = [finding for finding in findings if finding.level is Level.ERROR]
    code = Exit.NOT_ACCEPTED if errors else Exit.DONE
    if any(error.check in ("config", "templates") for error in errors):
        code = Exit.PROBLEMS
    return Exit.SECRET if any(error.is_secret for error in errors) else code
