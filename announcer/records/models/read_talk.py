"""One talk's bytes -> a talk, or what is wrong with its file."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from announcer.domain.fields import fields_of
from announcer.domain.problem import Problem, Severity
from announcer.domain.talk import FIELDS, BrokenTalk, Status, Talk, Written
from announcer.records.cache import CacheEntry
from announcer.records.fields.errors import FaultyValueError
from announcer.records.fields.times import read_date
from announcer.records.lint.folder import POINTED_AT, Spots
from announcer.records.models.resolve import ParsedTalk, resolve
from announcer.records.models.talk import TalkRecord
from announcer.records.models.validation import validate
from announcer.records.yaml.decoding import decode
from announcer.records.yaml.files import Content, problem_of
from announcer.records.yaml.nodes import Mapping, Scalar
from announcer.records.yaml.source import FileText
from announcer.records.yaml.tree import read_tree

if TYPE_CHECKING:
    from announcer.records.models.base import Record
    from announcer.records.models.read_config import Settings

_ID = re.compile(r"^id:[ \t]+[\"']?([\w.-]+)", re.MULTILINE)
_POINTED_AT = tuple(field for field in FIELDS if field.key in POINTED_AT)
_UNDATED = "write the day before it is confirmed: date: 2026-12-02"


def read_talk(path: str, content: Content, settings: Settings) -> CacheEntry:
    """What a talk's file says. Where announcer.yaml is broken, its own problems alone."""
    where = PurePosixPath(path)
    source, problems = decode(path, content.data)
    if source is None:
        return broken(content, problems, where.stem)
    name = _named(source.text) or where.stem
    tree, faults = read_tree(source)
    problems += faults
    if tree is None:
        return broken(content, problems, name)
    record, faults = validate(TalkRecord, tree, source, settings.known)
    problems += _draft_may_wait(tree, faults)
    folder = where.parts[1] if len(where.parts) > 2 else ""
    if record is not None and "id" not in tree.entries:
        problems += _unnamed(path, where.stem)
    if record is None:
        return broken(content, _beyond(source, tree, problems, settings), name)
    if settings.record is None or settings.department is None:
        return CacheEntry(stamp=content.stamp, problems=tuple(problems))
    written = Written(**{field.name: getattr(record, field.key) for field in fields_of(Written)})
    file = ParsedTalk(
        source=source,
        tree=tree,
        written=written,
        keys=frozenset(record.model_fields_set),
        own=_own(record),
        id=written.id or where.stem,
        folder=folder,
        modified=content.modified,
        department=settings.department,
    )
    talk, faults = resolve(file, settings.record, settings.known)
    problems += faults
    if talk is None:
        return broken(content, _beyond(source, tree, problems, settings), name)
    from announcer.records.lint.talk import lint

    problems = settings.heard([*problems, *lint(file, talk, settings.record)])
    if any(problem.severity is Severity.ERROR for problem in problems):
        return broken(content, problems, name)
    return CacheEntry(stamp=content.stamp, talk=talk, problems=tuple(problems), spots=_spots(file))


def _draft_may_wait(tree: Mapping, problems: list[Problem]) -> list[Problem]:
    """The problems, of which a draft's missing date is but a warning: it reaches nobody without one."""
    status = tree.entries["status"][1] if "status" in tree.entries else None
    if not isinstance(status, Scalar) or status.text.strip().lower() != Status.DRAFT:
        return problems
    day = tree.entries["date"][1] if "date" in tree.entries else None
    place = (day.line + 1, day.column + 1) if day else None
    return [
        replace(
            problem,
            severity=Severity.WARNING,
            code="undated",
            message="this draft has no date yet",
            hint=_UNDATED,
            missing="date",
        )
        if problem.missing == "date"
        or (problem.code == "missing-value" and (problem.line, problem.column) == place)
        else problem
        for problem in problems
    ]


def _own(record: Record) -> dict[str, Any]:
    """What a file says itself, by the attribute of a talk."""
    return {
        field.name: getattr(record, key)
        for field in fields_of(Talk)
        for key in field.keys
        if key in record.model_fields_set
    }


def _beyond(source: FileText, tree: Mapping, problems: list[Problem], settings: Settings) -> list[Problem]:
    """The problems of a talk that cannot be read, with those that its texts have all the same."""
    if settings.record is None:
        return problems
    from announcer.records.lint.talk import lint_texts

    day = tree.entries["date"][1] if "date" in tree.entries else None
    try:
        date = read_date(day) if isinstance(day, Scalar) else None
    except FaultyValueError:  # told already
        date = None
    return [*problems, *settings.heard(lint_texts(source, tree, date, problems, settings.macros))]


def broken(content: Content | None, problems: list[Problem], name: str) -> CacheEntry:
    """What a file with errors gives."""
    problems = sorted(problems, key=lambda problem: problem.place)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    first = next(iter((*errors, *(problem for problem in problems if problem.code == "undated"))))
    reason = f"{first.path}:{first.line}:{first.column}: {first.message}"
    return CacheEntry(
        stamp=content.stamp if content else None,
        broken=BrokenTalk(id=name, path=first.path, reason=reason, undated=not errors),
        problems=tuple(problems),
    )


def _named(text: str) -> str | None:
    """The id that a file gives itself, also where the rest of it cannot be read."""
    match = _ID.search(text) if "id:" in text else None
    return match[1] if match else None


def _unnamed(path: str, stem: str) -> list[Problem]:
    """What is wrong with a file's stem as the talk's id."""
    from announcer.records.fields.texts import IDENTIFIER, identifier_like

    if IDENTIFIER.fullmatch(stem):
        return []
    right = identifier_like(stem) or "2026-noether"
    return [
        problem_of(
            path,
            "bad-name",
            "the file's name is the talk's id, and has characters that an id cannot have",
            f"rename the file to {right}.yaml, or write id: {right}",
        )
    ]


def _spots(file: ParsedTalk) -> Spots:
    spots: Spots = {}
    for field in _POINTED_AT:
        for key in field.keys:
            if key in file.tree.entries:
                node = file.tree.entries[key][1]
                spots[field.key] = file.source.place(node.line, node.column)
    return spots
