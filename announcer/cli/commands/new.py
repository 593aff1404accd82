"""`announcer new`: a talk file, asking for what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import TypeVar

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.session import Session
from announcer.domain.department import Series
from announcer.domain.plain import Plain
from announcer.domain.talk import FIELDS
from announcer.service.project import UsageFaultError, unknown

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class _Given:
    """What the options say."""

    series: str | None
    date: str | None
    time: str | None
    title: str | None
    speaker: str | None
    affiliation: str | None
    host: str | None
    location: str | None


_DETAILS = tuple(field for field in FIELDS if field.detail)


def _with_details(command: Callable[..., Exit]) -> Callable[..., Exit]:
    """An option for each field that is declared as a detail."""
    for field in reversed(_DETAILS):
        command = click.option(f"--{field.key}", metavar="TEXT", help=field.about)(command)
    return command


@verb("new", example='announcer new --speaker "Ada Example" --date 2026-12-16')
@click.option("--series", metavar="NAME", help="A series of announcer.yaml; its only one where silent.")
@click.option(
    "--date", metavar="DATE", help="2026-12-16, Dec 16 2026; the series' next free day where silent."
)
@click.option("--time", metavar="TIME", help="4:00 pm or 16:00, where it is not the series' time.")
@click.option("--title", metavar="TEXT", help="Its title, if it is known.")
@click.option("--speaker", metavar="NAME", help="The speaker, if known.")
@click.option("--affiliation", metavar="TEXT", help="Where the speaker is from.")
@click.option("--host", metavar="NAME", help="Who invited the speaker.")
@click.option("--location", metavar="TEXT", help="Where it is, if not in the series' room.")
@_with_details
@click.option("--id", "name", metavar="NAME", help="The file's name without .yaml.")
@click.option("--no-input", is_flag=True, help="Ask nothing: take what the options say.")
def command(session: Session, name: str | None, no_input: bool, **given: str | None) -> Exit:
    """Write a talk file, asking for what it needs. Overwrites nothing."""
    from announcer.records.fields.texts import IDENTIFIER, identifier_like
    from announcer.records.naming import last_name, next_free, stem
    from announcer.records.writing import clock, talk_text

    details = {field.key: given.pop(field.key) for field in _DETAILS}
    options = _Given(**given)
    ask = not no_input and not session.json
    series = _series(session, options.series, ask)
    free = next_free(series, session.project.loaded.talks, session.project.now.date())
    question = f"Date (the next free {free:%A})" if free else "Date"
    day = _value(question, "--date", options.date, _read_date, ask=ask, default=free)
    if day is None:
        raise _needed("--date", "2026-12-16")
    at = _value(
        "Time", "--time", options.time, _read_time, ask=ask and series.time is None, default=series.time
    )
    if at is None:
        raise _needed("--time", "4:00 pm")
    speaker = _text("Speaker (Enter if not known yet)", options.speaker, ask)
    affiliation = _text("Affiliation", options.affiliation, ask and speaker is not None)
    title = _text("Title (Enter if not known yet)", options.title, ask)
    host = _text("Host", options.host, ask)
    location = _text("Location", options.location, ask and series.place is None)
    values: dict[str, Plain | None] = {
        "series": series.key,
        "date": day.isoformat(),
        "time": clock(at) if at != series.time else None,
        "status": "draft",
        "title": title,
        "speaker": _speaker(speaker, affiliation),
        "host": host,
        "location": location,
        **{key: _text("", text, ask=False) for key, text in details.items()},
    }
    taken = {talk.id for talk in session.project.loaded.talks} | {
        talk.id for talk in session.project.loaded.broken
    }
    if name is not None and not IDENTIFIER.fullmatch(name):
        raise _fault(
            "--id", name, "a name has letters, digits, dots and hyphens", f"write {identifier_like(name)}"
        )
    folder = Path("talks") / series.key
    name = name or stem(day.year, last_name(speaker), title, series.key, taken=taken)
    path = folder / f"{name}.yaml"
    said = {field: value for field, value in values.items() if value}
    _write(session.project.root / path, talk_text(said, series, depth=len(folder.parts)))
    if session.json:
        print_json({"path": path.as_posix(), "id": path.stem})
    elif session.verbosity >= 0:
        click.echo(f"Written: {path.as_posix()}, for {day:%A} {day.isoformat()}.")
        click.echo(
            "It is a draft and reaches nobody. Fill in the rest, run `announcer check`, and write "
            "`status: confirmed` when it may be announced."
        )
    return Exit.DONE


def _series(session: Session, given: str | None, ask: bool) -> Series:
    known = session.project.department.series
    if given is None and len(known) > 1 and ask:
        given = click.prompt("Series", type=click.Choice(list(known)))
    if given is None and len(known) > 1:
        raise _needed("--series", " or ".join(known))
    key = given or next(iter(known))
    if key not in known:
        raise unknown("series", key, list(known))
    return known[key]


def _speaker(name: str | None, affiliation: str | None) -> Plain | None:
    """As a file has one; without an affiliation there is a line for it all the same."""
    return {"name": name, "affiliation": affiliation or ""} if name else None


def _value(
    question: str, option: str, given: str | None, read: Callable[[str], T], *, ask: bool, default: T | None
) -> T | None:
    """An option's value, an answer's, or the default. What cannot be read is asked for again."""
    from announcer.records.fields.errors import FaultyValueError

    if given is not None:
        try:
            return read(given)
        except FaultyValueError as fault:
            raise _fault(option, given, fault.message, fault.hint) from fault
    if not ask:
        return default
    while True:
        answer = click.prompt(question, default=str(default) if default else None)
        try:
            return read(answer)
        except FaultyValueError as fault:
            click.echo(f"  {fault.message}: {fault.hint}", err=True)


def _read_date(text: str) -> date:
    from announcer.records.fields.dates import parse_date

    return parse_date(text)


def _read_time(text: str) -> time:
    from announcer.records.fields.dates import read_time

    return read_time(text)


def _text(question: str, given: str | None, ask: bool) -> str | None:
    if given is None and ask:
        given = click.prompt(question, default="", show_default=False)
    from announcer.records.fields.texts import is_unknown

    text = " ".join("".join(char if char.isprintable() else " " for char in given or "").split())
    return text if text and not is_unknown(text) else None


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise _fault(
            "--id", str(path), "the file is there already, and is left as it is", "choose another --id"
        ) from error
    except OSError as error:
        raise _fault(
            "new", str(path), f"the file cannot be written: {error.strerror}", "make the folder writable"
        ) from error


def _needed(option: str, example: str) -> UsageFaultError:
    return UsageFaultError(
        code="missing-option", place=option, message="this cannot be guessed", hint=f"add {option} {example}"
    )


def _fault(option: str, given: str, message: str, hint: str) -> UsageFaultError:
    return UsageFaultError(code="bad-value", place=f"{option} {given}", message=message, hint=hint)
