"""What lies on the desk: one talk's text as it is being written, what it says, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from announcer.domain.department import Department, Series
from announcer.domain.fields import Shape, fields_of
from announcer.domain.plain import Plain
from announcer.domain.problem import Problem, Severity
from announcer.domain.talk import FIELDS, Talk
from announcer.languages.words import language_of
from announcer.preview.desk.boxes import Filled, boxes_of, changes
from announcer.preview.desk.workplace import Workplace
from announcer.preview.state import DepartmentState
from announcer.records.editing import NotEditableError, values_of, with_field
from announcer.records.lint.folder import FOLDER_RULES, Placed, Together, folder_problems
from announcer.records.naming import last_name, stem
from announcer.records.writing import talk_text
from announcer.records.yaml.decoding import decode
from announcer.records.yaml.nodes import Mapping as YamlMapping
from announcer.records.yaml.nodes import Node, Sequence
from announcer.records.yaml.tree import read_tree

_AROUND = timedelta(days=1)
"""Talks that may be at the same time as another."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A text, and the file that it is of."""

    path: str
    """Empty for a new talk, whose file is named by what it says."""
    digest: str
    """Of the file's bytes when it was opened."""
    text: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A text, read."""

    paper: Paper
    path: str
    """Where it lies, or will."""
    series: Series
    values: Mapping[str, Plain] | None
    """None where the text cannot be read."""
    filled: Filled
    talk: Talk | None
    problems: tuple[Problem, ...]
    by_box: Mapping[str, tuple[Problem, ...]]
    """The problems at each box; those that belong to none under the empty name."""

    @property
    def id(self) -> str:
        """The talk's, or what it will be."""
        return self.talk.id if self.talk else self.path.rpartition("/")[2].removesuffix(".yaml")

    @property
    def errors(self) -> list[Problem]:
        """What keeps it from being read."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @property
    def status(self) -> str:
        """As the file says it."""
        status = (self.values or {}).get("status", "confirmed")
        return status.strip().lower() if isinstance(status, str) else ""


def read_sheet(workplace: Workplace, state: DepartmentState, department: Department, paper: Paper) -> Sheet:
    """Reads what a person is writing."""
    values = values_of(paper.text.encode("utf-8", "replace"))
    series = series_in(department, values or {}, paper.path)
    path = paper.path or _path(state, series, values or {})
    written = workplace.read(path, paper.text, state.now)
    problems = list(written.problems)
    if written.talk is not None:
        problems += _among_others(
            workplace, state, department, Placed(talk=written.talk, spots=written.spots)
        )
    if any(problem.severity is Severity.ERROR for problem in problems):
        written = replace(written, talk=None)
    return Sheet(
        paper=paper,
        path=path,
        series=series,
        values=values,
        filled=boxes_of(values or {}),
        talk=written.talk,
        problems=tuple(problems),
        by_box=_by_box(paper.text, problems),
    )


def series_in(department: Department, values: Mapping[str, Plain], path: str) -> Series:
    """The series that a text names, or its folder, or the first."""
    folder = path.split("/")[1] if path.count("/") > 1 else ""
    name = values.get("series", folder)
    series = department.series.get(name) if isinstance(name, str) else None
    return series or department.series.get(folder) or next(iter(department.series.values()))


def new_text(department: Department, values: Mapping[str, Plain]) -> str:
    """A new talk's file."""
    series = series_in(department, values, "")
    return talk_text({"series": series.key, "status": "draft", **values}, series, depth=2)


def with_boxes(department: Department, paper: Paper, boxes: Mapping[str, str]) -> Paper:
    """The paper with what the boxes say otherwise, every other line as it is.

    Raises NotEditableError where a field is written so that only the text can be changed.
    """
    values = values_of(paper.text.encode("utf-8", "replace"))
    if values is None:
        raise NotEditableError("the text cannot be read")
    edits = changes(boxes, values)
    return replace(paper, text=with_values(department, paper, values, edits)) if edits else paper


def with_values(
    department: Department, paper: Paper, values: Mapping[str, Plain], edits: Mapping[str, Plain | None]
) -> str:
    """The text with these fields. One that the desk wrote from the first line on is written anew."""
    if not paper.path:
        known = _known(values)
        if paper.text == new_text(department, known):
            merged = {**known, **edits}
            return new_text(department, {key: value for key, value in merged.items() if value is not None})
    text = paper.text
    for key, value in edits.items():
        text = with_field(text, key, value)
    return text


def _known(values: Mapping[str, Plain]) -> dict[str, Plain]:
    """What a file says, without the TBA that stands for what is not known."""
    there = boxes_of(values)
    names = {name.partition(".")[0] for name, text in there.boxes.items() if text}
    of = {key: field.key for field in FIELDS for key in field.keys}
    return {
        key: value
        for key, value in values.items()
        if of.get(key, key) in names
        or of.get(key, key) in there.beyond
        or key in ("status", "source", "schedule")
    }


def _path(state: DepartmentState, series: Series, values: Mapping[str, Plain]) -> str:
    """What a new talk's file is called."""
    boxes = boxes_of(values).boxes
    year = boxes.get("date", "")[:4]
    taken = {*state.talks, *(broken.id for broken in state.broken)}
    names = (last_name(boxes.get("speaker.0.name")), boxes.get("title"), series.key)
    name = stem(int(year) if year.isdecimal() and len(year) == 4 else state.now.year, *names, taken=taken)
    return f"talks/{series.key}/{name}.yaml"


def _among_others(
    workplace: Workplace, state: DepartmentState, department: Department, placed: Placed
) -> list[Problem]:
    """What only shows when the talk is seen beside the others."""
    talk = placed.talk
    others = [
        Placed(talk=other, spots={})
        for other in state.sound
        if other.path != talk.path and (other.id == talk.id or abs(other.start - talk.start) < _AROUND)
    ]
    taken = {broken.id: broken.path for broken in state.broken if broken.path != talk.path}
    problems = folder_problems(
        Together(
            root=workplace.root, placed=[placed, *others], taken=taken, department=department, now=state.now
        ),
        FOLDER_RULES,
    )
    return [problem for problem in problems if problem.path == talk.path]


def _by_box(text: str, problems: list[Problem]) -> dict[str, tuple[Problem, ...]]:
    source, _ = decode("talk.yaml", text.encode("utf-8", "replace"))
    tree = read_tree(source)[0] if source else None
    places = sorted(_places(tree)) if tree else []
    # A text in several languages has no box of its own: what is wrong with all of it stands at the first.
    spoken: dict[str, str] = {}
    for _, _, name in places:
        if language_of(name.rpartition(".")[2]):
            spoken.setdefault(name.rpartition(".")[0], name)
    by_box: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        place = (problem.line, problem.column)
        name = _first(problem.missing.partition(".")[0]) or next(
            (name for line, column, name in reversed(places) if (line, column) < place), ""
        )
        name = spoken.get(name, name)
        by_box[name] = (*by_box.get(name, ()), problem)
    return by_box


def _first(key: str) -> str:
    """The box at which a whole field's problem is shown."""
    field = next((field for field in FIELDS if key in field.keys), None)
    if field is None or field.shape is not Shape.RECORD:
        return field.key if field else ""
    parts = fields_of(field.record)
    part = next((part for part in parts if part.short), parts[0])
    return f"{field.key}.0.{part.key}" if field.many else f"{field.key}.{part.key}"


def _places(tree: YamlMapping) -> Iterator[tuple[int, int, str]]:
    """Where each box's value begins, by line and column from 0 and 1."""
    for key, (at, node) in tree.entries.items():
        name = _first(key)
        yield at.line + 1, at.column, name
        if name and isinstance(node, YamlMapping) and all(map(language_of, node.entries)):
            yield from _within(node, name)
        elif name and "." in name:
            many = f"{name.split('.')[0]}.0" if name.count(".") > 1 else name.split(".")[0]
            yield from _within(node, many)


def _within(node: Node, name: str) -> Iterator[tuple[int, int, str]]:
    if isinstance(node, YamlMapping):
        for key, (at, inner) in node.entries.items():
            yield at.line + 1, at.column, f"{name}.{key}"
            if isinstance(inner, YamlMapping):
                yield from _within(inner, f"{name}.{key}")
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            yield from _within(item, f"{name.removesuffix('.0')}.{number}")
