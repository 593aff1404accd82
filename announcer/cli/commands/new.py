"""`announcer new`: a talk file, asking for what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import TypeVar

import click

from announcer.cli.exits import Exit
from announcer.cli.options import verb
from announcer.cli.output import print_json
from announcer.cli.questions import Answers, Questions
from announcer.cli.session import Session
from announcer.domain.clock import clock_time
from announcer.domain.department import Series
from announcer.domain.plain import Plain
from announcer.domain.talk import FIELDS
from announcer.records.fields.people import people
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
    from announcer.records.naming import last_name, stem
    from announcer.records.writing import talk_text

    details = {field.key: given.pop(field.key) for field in _DETAILS}
    options = _Given(**given)
    ask = not no_input and not session.json
    series = _series(session, options.series, ask)
    values = _answered(session, options, series, ask=ask)
    day = date.fromisoformat(str(values["date"]))
    values |= {key: _plain(text) for key, text in details.items()}
    taken = {talk.id for talk in session.project.loaded.talks} | {
        talk.id for talk in session.project.loaded.broken
    }
    if name is not None and not IDENTIFIER.fullmatch(name):
        raise _fault(
            "--id", name, "a name has letters, digits, dots and hyphens", f"write {identifier_like(name)}"
        )
    folder = Path("talks") / series.key
    title = values["title"]
    words = (last_name(_first_name(values)), title if isinstance(title, str) else None, series.key)
    name = name or stem(day.year, *words, taken=taken)
    path = folder / f"{name}.yaml"
    answers = {field: value for field, value in values.items() if value}
    text = talk_text(answers, series, depth=len(folder.parts))
    if ask:
        click.echo(f"\n{path.as_posix()}:\n\n{text}")
        if not click.confirm("Write it?", default=True):
            click.echo("Nothing was written.")
            return Exit.DONE
    _write(session.project.root / path, text)
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


def _answered(session: Session, options: _Given, series: Series, *, ask: bool) -> Answers:
    """What the options and the answers say, by the field."""
    from announcer.records.naming import next_free

    tomorrow = session.project.now.date() + timedelta(days=1)
    free = next_free(series, session.project.loaded.talks, tomorrow)
    place = series.place.label if series.place else ""
    questions = Questions()

    def text(question: str, given: str | None, *, wanted: bool = True) -> str | None:
        return _plain(questions.line(question) if given is None and ask and wanted else given)

    def day(_: Answers) -> Plain:
        if options.date is None and ask:
            question = f"Date (the next free {free:%A})" if free else "Date"
            return questions.until_read(question, _read_date, free).isoformat()
        talk_day = _option("--date", options.date, _read_date) or free
        if talk_day is None:
            raise _needed("--date", "2026-12-16")
        return talk_day.isoformat()

    def hour(_: Answers) -> Plain | None:
        if options.time is None and ask and series.time is None:
            return clock_time(questions.until_read("Time", _read_time, None))
        at = _option("--time", options.time, _read_time) or series.time
        if at is None:
            raise _needed("--time", "4:00 pm")
        return clock_time(at) if at != series.time else None

    def affiliation(given: Answers) -> Plain | None:
        speakers = people(str(given["speaker"])) if given["speaker"] else ()
        is_open = len(speakers) == 1 and speakers[0].affiliation is None
        return text("Affiliation", options.affiliation, wanted=is_open)

    def room(_: Answers) -> Plain | None:
        answer = text(f"Room [{place}]" if place else "Room", options.location)
        return answer if answer != place else None

    if ask:
        click.echo("Enter takes what stands in brackets, or leaves it open; < goes back.")
    given = questions.in_turn(
        (
            ("date", day),
            ("time", hour),
            ("speaker", lambda _: text("Speaker (Enter if not known yet)", options.speaker)),
            ("affiliation", affiliation),
            ("title", lambda _: text("Title (Enter if not known yet)", options.title)),
            ("host", lambda _: text("Host", options.host)),
            ("location", room),
            ("abstract", lambda _: text("Abstract (Enter to write it into the file)", None)),
        )
    )
    speaker, home = given.pop("speaker"), given.pop("affiliation")
    return {"series": series.key, "status": "draft", **given, **_speakers(speaker, home)}


def _speakers(names: Plain | None, affiliation: Plain | None) -> Answers:
    """As a file has them; one without an affiliation has a line for it all the same."""
    speakers = [
        {
            "name": speaker.name,
            **({"pronouns": speaker.pronouns} if speaker.pronouns else {}),
            "affiliation": speaker.affiliation or "",
        }
        for speaker in (people(str(names)) if names else ())
    ]
    if len(speakers) == 1:
        return {"speaker": {**speakers[0], "affiliation": affiliation or speakers[0]["affiliation"]}}
    return {"speakers": [{key: value for key, value in speaker.items() if value} for speaker in speakers]}


def _first_name(values: Answers) -> str | None:
    """The first speaker, by name."""
    several = values.get("speakers")
    first = values.get("speaker") or (several[0] if isinstance(several, list) and several else None)
    return str(first["name"]) if isinstance(first, Mapping) else None


def _option(option: str, given: str | None, read: Callable[[str], T]) -> T | None:
    """An option's value. Raises UsageFaultError where it cannot be read."""
    from announcer.records.fields.errors import FaultyValueError

    try:
        return read(given) if given is not None else None
    except FaultyValueError as fault:
        raise _fault(option, str(given), fault.message, fault.hint) from fault


def _read_date(text: str) -> date:
    from announcer.records.fields.dates import parse_date

    return parse_date(text)


def _read_time(text: str) -> time:
    from announcer.records.fields.dates import parse_hour

    return parse_hour(text)


def _plain(given: str | None) -> str | None:
    """A text without what cannot be printed; None for none, and for what only says that it is to come."""
    from announcer.languages.to_come import is_unknown

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
