"""A talk's values -> its file, made from the declarations: what is written is what reading gives back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby

from announcer.domain.clock import WEEKDAYS, clock_time
from announcer.domain.department import Series
from announcer.domain.fields import Field, Shape, fields_of
from announcer.domain.plain import Plain
from announcer.domain.talk import FIELDS
from announcer.records.yaml.decoding import writable

_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[ .,;()/'!?&+–—-](?![ #]*#))*", re.UNICODE)
_SPECIAL = re.compile(r"(?:null|~|\.{3}|-{3})$")
_BLOCKS = (Shape.PROSE, Shape.MARKDOWN)
_LONG = 90
"""Characters from which on prose stands below its key."""
_UNKNOWN = Field(Shape.LINE, "")
STATUS_NOTE = "confirmed when it may be announced; later perhaps postponed or cancelled"
_OFFERED = {
    "title": ["title: TBA  # nothing is announced before it is known"],
    "speaker": ["speaker:", "  name: TBA", "  affiliation:", "  # url: https://example.edu/speaker"],
    "abstract": [
        "# Markdown, with maths as in LaTeX: $E = mc^2$. Take away each # and the space after it:",
        "# abstract: |",
        "#   Write the abstract here.",
    ],
    "online": [
        "# online:  # for internal lists alone",
        "#   url: https://example.edu/meeting",
        "#   passcode: '123456'",
    ],
    "notice": ["# notice: The sentence that a change of plan leads with."],
    "notes": ["# notes: For the organizers; never sent."],
}
"""What stands in a new file where a field has no value yet."""


def scalar(text: str) -> str:
    """One line of text as YAML: plain where that is safe, in single quotes where it is not."""
    text = " ".join(writable(text).split())
    if _PLAIN.fullmatch(text) and not _SPECIAL.match(text) and not text.endswith(" "):
        return text
    return "'" + text.replace("'", "''") + "'"


def length(of: timedelta) -> str:
    """A duration as a file has it: `90 minutes`."""
    return f"{int(of.total_seconds() // 60)} minutes"


def entry(field: Field, value: Plain, *, key: str = "") -> list[str]:
    """The lines of one field at the margin, with its key; an empty text leaves the value open."""
    key = key or field.key
    if isinstance(value, Mapping):
        return [f"{key}:", *_indented(_record(field, value))]
    if not isinstance(value, str):
        return [f"{key}:", *_indented([line for member in value for line in _item(field, member)])]
    text = writable(value).strip("\n").rstrip()
    if field.shape in _BLOCKS and ("\n" in text or "  " in text or len(text) > _LONG):
        return [f"{key}: |{'2' if text[0].isspace() else ''}", *_indented(text.split("\n"))]
    return [f"{key}: {scalar(text)}" if text.strip() else f"{key}:"]


def talk_text(values: Mapping[str, Plain], series: Series, *, depth: int) -> str:
    """The content of a talk's file. `depth` is how many folders it lies below the department's.

    What has no value is offered, in comments or as TBA.
    """
    lines = [
        f"# yaml-language-server: $schema={'../' * depth}.announcer/schema/talk.json",
        "# What is not said here comes from the series in announcer.yaml:",
        f"# {_defaults(series)}",
    ]
    for _, fields in groupby(FIELDS, key=lambda field: field.section):
        block = [line for field in fields for line in _lines_of(field, values)]
        lines += ["", *block] if block else []
    return "\n".join(lines) + "\n"


def offered(field: Field) -> list[str]:
    """What a new file has of a field without a value."""
    detail = [f"# {field.key}: {field.example}"] if field.detail and field.example else []
    return _OFFERED.get(field.key, detail)


def _lines_of(field: Field, values: Mapping[str, Plain]) -> list[str]:
    key = next((key for key in field.keys if key in values), None)
    if key is None:
        return offered(field)
    lines = entry(field, values[key], key=key)
    if note := _note(key, values[key]):
        lines[0] += f"  # {note}"
    return lines


def _note(key: str, value: Plain) -> str:
    if key == "status":
        return STATUS_NOTE
    if key == "date" and isinstance(value, str):
        try:
            return WEEKDAYS[date.fromisoformat(value).weekday()]
        except ValueError:
            return "not known yet: write it like 2026-12-02" if not value else ""
    return ""


def _record(field: Field, value: Mapping[str, Plain]) -> list[str]:
    """The lines of a mapping, in the order in which its fields are declared."""
    declared = {part.key: part for part in fields_of(field.record)} if field.record else {}
    keys = sorted(value, key=lambda key: list(declared).index(key) if key in declared else len(declared))
    return [line for key in keys for line in entry(declared.get(key, _UNKNOWN), value[key], key=key)]


def _item(field: Field, value: Plain) -> list[str]:
    """The lines of one item of a list."""
    if isinstance(value, Mapping):
        first, *more = _record(field, value)
        return [f"- {first}", *_indented(more)]
    return [f"- {scalar(value) if isinstance(value, str) else scalar(' '.join(map(str, value)))}"]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" if line.strip() else "" for line in lines]


def _defaults(series: Series) -> str:
    return "; ".join(_known(series)) or "nothing but its name"


def _known(series: Series) -> Iterator[str]:
    if series.time:
        yield clock_time(series.time)
    if series.duration:
        yield length(series.duration)
    if series.place:
        yield series.place.label
    if series.lists:
        yield f"sent to {', '.join(series.lists)}"
