"""What an import asks a person: what a title line means, what a column is, which series, which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import click

from announcer.domain.department import Series
from announcer.importers.contract import Draft, Heading, SourceFaultError
from announcer.importers.headings import FIELDS, IGNORED
from announcer.importers.people import person
from announcer.importers.states import ImportState
from announcer.importers.titles import as_pattern, compiled, fitting_patterns, parts_of
from announcer.service.importing.review import Review
from announcer.transport.printable import printable

EXAMPLES = 3
_SHOWN = 74
"""Characters of a line that is quoted."""


def title_line(place: str, lines: Sequence[str]) -> str:
    """What a title line means there, with examples; what was typed is tried on them before it is taken."""
    examples = list(dict.fromkeys(lines))[:EXAMPLES]
    click.echo(f"\nOnly you can tell what a title line of {printable(place)} means. It has, for example:")
    for line in examples:
        click.echo(f"    {printable(line)}")
    choices = fitting_patterns(examples)
    for number, pattern in enumerate(choices, 1):
        click.echo(f"  {number}  {as_pattern(pattern)}")
    click.echo("Or type a pattern of your own, with {title}, {speaker}, {affiliation}, {series}, {other}.")
    while True:
        reply = click.prompt("Which").strip()
        pattern = choices[int(reply) - 1] if reply.isdecimal() and 0 < int(reply) <= len(choices) else reply
        try:
            compiled(pattern)
        except SourceFaultError as fault:
            click.echo(f"  {fault.message}: {fault.hint}", err=True)
            continue
        for line in examples:
            parts = parts_of(line, pattern)
            read = "; ".join(f"{name}: {text}" for name, text in parts.items()) if parts else "does not fit"
            click.echo(printable(f"    {line}\n      {read}"))
        if click.confirm("Is that right?", default=True):
            return pattern


def columns(headings: Sequence[Heading]) -> dict[str, str]:
    """What columns are that are not understood, as a person says."""
    known = [name for name in FIELDS if name not in ("timestamp", "weekday", IGNORED)]
    fields: dict[str, str] = {}
    for heading in headings:
        click.echo(
            f'\nThe column "{heading.name}" is not understood. It has: {"; ".join(heading.examples)[:120]}'
        )
        answer = click.prompt(
            "Which field is it (? for a list, Enter to leave it out)", default="", show_default=False
        ).strip()
        while answer and answer not in FIELDS:
            click.echo(f"  {', '.join(known)}")
            answer = click.prompt(
                "Which field is it (Enter to leave it out)", default="", show_default=False
            ).strip()
        fields[heading.name] = answer or IGNORED
    return fields


def series(known: dict[str, Series]) -> str:
    """Which series a source's talks are of."""
    return str(click.prompt("Which series are its talks of", type=click.Choice(list(known))))


def named(draft: Draft) -> Draft:
    """The draft with the title and the speaker that a person finds in its words, where no label told them."""
    notes = draft.values.get("notes")
    lines = [line.strip() for line in notes.split("\n") if line.strip()] if isinstance(notes, str) else []
    missing = [
        name
        for name, keys in (("title", {"title"}), ("speaker", {"speaker", "speakers"}))
        if not keys & draft.values.keys()
    ]
    if not missing or not lines:
        return draft
    click.echo("\nNo label tells what these lines are:")
    for number, line in enumerate(lines, 1):
        click.echo(f"  {number:2}  {printable(line[:_SHOWN])}")
    values, left = dict(draft.values), list(lines)
    for name in missing:
        answer = click.prompt(
            f"The {name}: its number, or type it (Enter if not known)", default="", show_default=False
        ).strip()
        if answer.isdecimal() and 0 < int(answer) <= len(lines):
            answer = lines[int(answer) - 1]
            left = [line for line in left if line != answer]
        if answer:
            plain = answer.strip('"“”„«»*_ ')
            values[name] = person(plain, {}).written() if name == "speaker" else plain
    values["notes"] = "\n".join(left)
    return replace(draft, values={name: value for name, value in values.items() if value})


def day_of(draft: Draft, near: str | None) -> date | None:
    """The day of a talk whose source does not say it for certain; None where it is not known yet."""
    from announcer.records.fields.dates import parse_date
    from announcer.records.fields.errors import FaultyValueError

    for remark in draft.remarks:
        click.echo(f"  {remark.text}", err=True)
    while True:
        question = f"The date of this talk (Enter if not known yet{f'; perhaps {near}' if near else ''})"
        answer = click.prompt(question, default="", show_default=False).strip()
        if not answer:
            return None
        try:
            return parse_date(answer)
        except FaultyValueError as fault:
            click.echo(f"  {fault.message}: {fault.hint}", err=True)


def moves(review: Review) -> dict[str, bool]:
    """Whether talks are those that were here on another day; by their identity in the source."""
    answers: dict[str, bool] = {}
    for row in review.rows:
        if row.state is ImportState.SKIPPED and row.reason and row.reason.code == "perhaps-moved":
            who = " and ".join(row.speakers)
            answers[row.key] = click.confirm(
                f"{who}: {row.title}, {row.start}: is that {row.path}, moved to this day?", default=True
            )
    return answers
