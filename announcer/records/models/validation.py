"""A tree -> a record, or every fault of it at once, each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from announcer.domain.problem import Problem, Severity
from announcer.records.fields.errors import FIELD, FaultyValueError
from announcer.records.fields.suggest import choices, meant
from announcer.records.fields.texts import ONLY_A_COMMENT
from announcer.records.models.references import UNKNOWN, KnownNames
from announcer.records.yaml.line_faults import quoted
from announcer.records.yaml.nodes import Mapping, Node, Scalar, find, plain
from announcer.records.yaml.source import FileText
from announcer.records.yaml.syntax import odd_key

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from announcer.records.models.base import Record

R = TypeVar("R", bound="Record")
Loc = tuple[int | str, ...]
ENOUGH = 100
"""Faults of one file that are told at once: more come of a file that is no talk at all."""
_MISSING = {
    "date": "write the day of the talk: date: 2026-12-02",
    "organization": "write the department's name: organization: Department of Physics, Example University",
    "timezone": "write its time zone: timezone: America/Chicago",
    "from": "write who mail comes from: from: Physics Colloquium <colloquium@physics.example.edu>",
    "lists": "name the mailing lists: see the example that announcer init writes",
    "series": "name the series of talks: see the example that announcer init writes",
    "address": "write the list's address: address: colloquium@lists.example.edu",
    "when": "write when it is due: when: same day at 8:00 am",
    "send": "write what is sent: send: announcement",
    "name": "write the name: name: Emmy Noether",
    "url": "write the address: url: https://physics.example.edu/talk",
    "covers": "write how many days it covers: covers: 7 days",
    "path": "write the file: path: photos/noether.jpg",
    "text": "write the sentence: text: This lecture was made possible by ...",
}
_SHAPES = {
    "schedule": "write a list: - {send: reminder, when: same day at 8:00 am}",
    "series": "indent the series under it: colloquium: and under that name, lists, schedule",
    "lists": "indent the lists under it: colloquium: {address: colloquium@lists.example.edu}",
    "digests": "indent the digests under it: this-week: and under that when, covers, series, lists",
    "location": "write location: {room: Crow 201, building: Crow Hall}",
    "delivery": "write delivery: {transport: smtp, host: smtp.example.edu}, or {transport: maildir}",
    "site": "write site: {url: https://talks.example.edu}",
    "sources": "write sources: {spring: {url: https://calendar.example.edu/spring.ics, series: colloquium}}",
    "macros": "write macros: {R: '\\mathbb{R}'}",
    "style": "write style: {accent: '#003366'}",
    "requires": "write requires: {announcement: [title, speaker]}",
    "silence": "write silence: {talks/2026-example.yaml: [other-weekday]}",
}
_COMMENT = re.compile(r"(?<=[\]}])\s+#.*")
"""What stands behind a value in brackets and is none of it."""


def validate(
    model: type[R], tree: Mapping, source: FileText, known: KnownNames
) -> tuple[R | None, list[Problem]]:
    """The record that a file's tree makes; all its faults in the order of lines. It is None where it has
    others than names that stand for nothing `known`."""
    from pydantic import ValidationError

    try:
        return model.model_validate(plain(tree), context=known), []
    except ValidationError as failure:
        details = failure.errors(include_url=False, include_input=False)
    comments = [find(tree, _loc(error)) for error in details if _code(error) == ONLY_A_COMMENT]
    if comments:
        for node in comments:
            if isinstance(node, Scalar):
                node.lost = None
        return validate(model, tree, source, known)
    first = details[:ENOUGH]
    problems = dict.fromkeys(
        _problem(model, tree, source, error) for error in first if not _meant_by_another(model, error, first)
    )
    is_whole = all(_code(error) in UNKNOWN for error in details)
    record = model.model_validate(plain(tree)) if is_whole else None
    return record, sorted(problems, key=lambda problem: problem.place)


def _loc(error: ErrorDetails) -> Loc:
    return tuple(part for part in error["loc"] if part != "[key]")


def _code(error: ErrorDetails) -> str:
    fault = error.get("ctx", {}).get("error")
    return fault.code if isinstance(fault, FaultyValueError) else error["type"]


def _meant_by_another(model: type[Record], error: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether a field is missing because it stands there under another name, which is told already."""
    loc = _loc(error)
    return _code(error) == "missing" and any(
        _code(detail) == "extra_forbidden"
        and _loc(detail)[:-1] == loc[:-1]
        and meant(str(_loc(detail)[-1]), fields_at(model, loc[:-1])) == loc[-1]
        for detail in details
    )


def at(
    source: FileText,
    tree: Node,
    loc: Loc,
    fault: FaultyValueError,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A fault of a value, at its place in the file."""
    node = find(tree, loc)
    line, column, hint = node.line, node.column, fault.hint
    if isinstance(node, Mapping) and fault.about in node.entries:
        key = node.entries[fault.about][0]
        line, column = key.line, key.column
    elif isinstance(node, Scalar):
        line, column = _within_scalar(source, node, fault)
    elif fault.quotable and source.lines[line][column] in "[{":
        hint = f"put the {FIELD} in quotes: {quoted(_COMMENT.sub('', source.lines[line][column:]))}"
    field = next((part for part in reversed(loc) if isinstance(part, str)), "value")
    if fault.code == "missing-value" and field in _MISSING:
        hint = _MISSING[field]
    return source.problem(
        fault.code,
        fault.message.replace(FIELD, field),
        hint.replace(FIELD, field),
        line=line,
        column=column,
        severity=severity,
    )


def _within_scalar(source: FileText, node: Scalar, fault: FaultyValueError) -> tuple[int, int]:
    if fault.column is not None:
        return node.end_line, fault.column
    if fault.about:
        for line in range(node.line, node.end_line + 1):
            column = source.lines[line].find(fault.about, node.column if line == node.line else 0)
            if column >= 0:
                return line, column
    return node.line, node.column


def _problem(model: type[Record], tree: Mapping, source: FileText, error: ErrorDetails) -> Problem:
    loc, kind = _loc(error), error["type"]
    if kind == "value_error":
        fault = error["ctx"]["error"]
        assert isinstance(fault, FaultyValueError)  # noqa: S101 - no reader raises another ValueError
        if "[key]" in error["loc"]:
            key = find(tree, loc, key=True)
            return source.problem(fault.code, fault.message, fault.hint, line=key.line, column=key.column)
        return at(source, tree, loc, fault)
    if kind == "extra_forbidden":
        return _unknown_key(model, tree, source, loc)
    if kind == "missing":
        return _missing(tree, source, loc)
    node = find(tree, loc)
    names = [part for part in loc if isinstance(part, str)]
    return source.problem(
        "wrong-shape",
        f'"{names[-1]}" should be a set of keys with values' if names else "this should be a set of keys",
        _SHAPES.get(names[-1] if names else "", "indent its keys under it, each on a line: key: value"),
        line=node.line,
        column=node.column,
    )


def _unknown_key(model: type[Record], tree: Mapping, source: FileText, loc: Loc) -> Problem:
    key = find(tree, loc, key=True)
    name = str(loc[-1])
    if odd := odd_key(source, key.line, key.column, name):
        return odd
    fields = fields_at(model, loc[:-1])
    right = meant(name, fields)
    return source.problem(
        "unknown-key",
        f'there is no field "{name}"{_within(loc)}',
        f"did you mean {right}?"
        if right
        else _a_sentence(name) or _elsewhere(model, loc, name) or f"the fields are {choices(fields)}",
        line=key.line,
        column=key.column,
    )


def _a_sentence(name: str) -> str | None:
    """What to do where the key is the beginning of a sentence with a colon in it."""
    if re.fullmatch(r"[a-z0-9_-]+", name) or not name:
        return None
    return "if this line is text of the field above it, put two spaces before it"


def _elsewhere(model: type[Record], loc: Loc, name: str) -> str | None:
    """Where a field belongs that is known, but not here."""
    if len(loc) > 1 and name in fields_at(model, ()):
        return f'begin "{name}:" at the margin, since it does not belong to "{_names(loc)[-1]}"'
    for field in fields_at(model, loc[:-1]):
        if name in fields_at(model, (*loc[:-1], field)) and field not in ("series", "digests"):
            return f'put it under "{field}:", indented by two spaces'
    return None


def _names(loc: Loc) -> list[str]:
    return [str(part) for part in loc[:-1] if isinstance(part, str)]


def _within(loc: Loc) -> str:
    return f' in "{_names(loc)[-1]}"' if _names(loc) else ""


def _missing(tree: Mapping, source: FileText, loc: Loc) -> Problem:
    name = str(loc[-1])
    around = find(tree, loc[:-1], key=len(loc) > 1 and isinstance(loc[-2], str))
    return source.problem(
        "missing-field",
        f'"{name}" is missing{_within(loc)}',
        _named(tree, name),
        line=around.line,
        column=around.column,
        missing=".".join(map(str, loc)),
    )


def _named(tree: Mapping, name: str) -> str:
    """What to write for a field that names what announcer.yaml has at the top: `series: [colloquium]`."""
    _, at_top = tree.entries.get(name, (None, None))
    if name in ("lists", "series") and isinstance(at_top, Mapping) and at_top.entries:
        return f"write {name}: [{next(iter(at_top.entries))}]"
    return _MISSING.get(name, f"add a line {name}: and its value")


def fields_at(model: type[Record], loc: Loc) -> list[str]:
    """The names of the fields of the record at a location of this model."""
    kind: Any = model
    for part in loc:
        kind = _inside(kind, part)
    fields: dict[str, Any] = getattr(kind, "model_fields", {})
    return [field.alias or name for name, field in fields.items()]


def _inside(kind: Any, part: int | str) -> Any:
    """The record within this one's field, list or mapping."""
    fields = getattr(kind, "model_fields", None)
    if fields is None:
        return kind
    for name, field in fields.items():
        if part in (name, field.alias):
            return next(iter(_records(field.annotation)), None)
    return kind


def _records(annotation: Any) -> Iterable[Any]:
    """The records that an annotation speaks of, through lists, mappings and options."""
    if hasattr(annotation, "model_fields"):
        yield annotation
    for inner in get_args(annotation):
        yield from _records(inner)
