"""The reference of a talk's file and of announcer.yaml, in Markdown, made from what validates them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from typing import Any, get_args

from announcer.domain.fields import Field, Seen, Shape, fields_of
from announcer.domain.talk import FIELDS
from announcer.records.lint.rules import SILENCEABLE
from announcer.records.models.base import Record
from announcer.records.models.department import DepartmentRecord

_SEEN = {
    Seen.NOBODY: "never sent",
    Seen.INTERNAL: "internal lists",
    Seen.PUBLIC: "every list",
    Seen.ALWAYS: "every list, also of a confidential talk",
}
_TALK = """# The talk file

One talk is one file under `talks/`. What it does not say comes from its series. A field with fields of its
own takes them indented below its key, or in braces; `short` is the one that plain text stands for.

`announcer schema --write` writes the JSON Schemas that editors complete and check with, where the files look
for them (`announcer init` has done so). This page is what `announcer schema talk --markdown` prints.
"""
_SHARED = {key for field in FIELDS if field.inherited for key in field.keys} - {"schedule"}
_CONFIG = """# The department's file

Every key of `announcer.yaml`; [The department's file](department.md) explains what is more than a name.
This page is what `announcer schema config --markdown` prints.
"""


def reference(kind: str) -> str:
    """The reference of a `talk` or of the `config`. Raises KeyError."""
    return {"talk": _talk, "config": _config}[kind]()


def _talk() -> str:
    lines = [_TALK]
    for section, fields in groupby(FIELDS, key=lambda field: field.section):
        lines += [f"## {section.value}\n", *_table("field", "where silent", "who sees it")]
        lines += [
            _row(_keys(field), field.described, field.examples, _silent(field), _SEEN[field.seen])
            for field in fields
        ]
        lines.append("")
    for field in FIELDS:
        lines += _record(f"`{field.key}`", field.record)
    return "\n".join(lines).rstrip() + "\n"


def _record(title: str, record: Any) -> Iterator[str]:
    declared = fields_of(record)
    if declared:
        yield f"## {title}\n"
        yield from _table("field", "", "who sees it")
        for field in declared:
            note = "short" if field.short else "required" if field.required else _silent(field)
            yield _row(_keys(field), field.described, field.examples, note, _SEEN[field.seen])
        yield ""
        for field in declared:
            yield from _record(f"{title}, `{field.key}`", field.record)


def _keys(field: Field) -> str:
    return " or ".join(f"`{key}`" for key in field.keys)


def _silent(field: Field) -> str:
    if field.required:
        return "required"
    if field.inherited:
        return "from the series"
    words = {True: "yes", False: "no"}
    if field.shape is Shape.YES_NO_OR_NAME:
        return "`no`"
    is_word = field.shape in (Shape.CHOICE, Shape.YES_NO) and field.default is not None
    return f"`{words.get(field.default, field.default)}`" if is_word else ""


def _config() -> str:
    lines = [_CONFIG]
    for title, model in _models(DepartmentRecord, ""):
        lines += [f"## {title or 'At the margin'}\n", *_table("key", "where silent")]
        for name, field in model.model_fields.items():
            examples = tuple(_plain(example) for example in field.examples or ())
            silent = "required" if field.is_required() else _default(field.default)
            lines.append(_row(f"`{field.alias or name}`", field.description or "", examples, silent))
        lines.append("")
    lines += ["## What `silence` may name\n", *_table("code")]
    lines += [f"| `{code}` | {rule.explains} |" for code, rule in SILENCEABLE.items()]
    return "\n".join(lines).rstrip() + "\n"


def _models(model: type[Record], title: str) -> Iterator[tuple[str, type[Record]]]:
    """A model and those below its fields, each with where it stands: `series`, `lists`."""
    yield title, model
    for name, field in model.model_fields.items():
        for inner in dict.fromkeys(_within(field.annotation)) if name not in _SHARED or not title else ():
            yield from _models(inner, f"{title + ', ' if title else ''}`{field.alias or name}`")


def _within(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for inner in get_args(annotation):
        yield from _within(inner)


def _default(value: Any) -> str:
    if isinstance(value, timedelta):
        return f"`{value.days} days`"
    if value in (None, (), {}) or not isinstance(value, str | bool):
        return ""
    return "`yes`" if value is True else "`no`" if value is False else f"`{value}`"


def _plain(value: Any) -> str:
    """An example as YAML writes it in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_plain(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return str(value)


def _table(*heads: str) -> list[str]:
    first, *more = heads
    cells = [first, "", *more]
    return [f"| {' | '.join(cells)} |", f"|{' --- |' * len(cells)}"]


def _row(key: str, about: str, examples: tuple[str, ...], *more: str) -> str:
    shown = "; ".join(f"`{example}`" for example in examples)
    words = f"{about} {shown}".strip()
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in (key, words, *more)) + " |"
