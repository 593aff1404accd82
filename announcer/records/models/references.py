"""Names in a file that stand for something in announcer.yaml, and those that stand for nothing there.

They are looked up in the tree, so that a fault elsewhere in the file hides none of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from announcer.domain.problem import Problem
from announcer.records.fields.suggest import choices, meant
from announcer.records.fields.texts import identifier_like
from announcer.records.yaml.nodes import Mapping, Node, Scalar, Sequence, find
from announcer.records.yaml.source import Source

if TYPE_CHECKING:
    from announcer.records.models.department import DepartmentRecord


def in_talk(source: Source, tree: Mapping, config: DepartmentRecord) -> Iterator[Problem]:
    """The lists that a talk names, for itself or in a rule of its schedule, and that there are not."""
    for node in _lists_of(tree):
        yield from _unknown_lists(source, node, config.lists)


def in_config(source: Source, tree: Mapping) -> Iterator[Problem]:
    """The lists and the series that announcer.yaml names in one place, and has in no other."""
    lists, series = (_names(tree, kind) for kind in ("lists", "series"))
    for owner in (*_within(tree, "series"), *_within(tree, "digests")):
        for node in _lists_of(owner) if lists else ():
            yield from _unknown_lists(source, node, lists)
    for owner in (*_within(tree, "digests"), *_within(tree, "sources")) if series else ():
        for name in _scalars(_entry(owner, "series")):
            if name.text.strip() not in series:
                right = meant(name.text.strip(), series)
                yield source.problem(
                    "unknown-series",
                    f'there is no series "{name.text.strip()}"',
                    f"did you mean {right}?" if right else f"the series are {choices(series)}",
                    line=name.line,
                    column=name.column,
                )


def unknown_series(source: Source, tree: Mapping, folder: str, config: DepartmentRecord) -> Problem | None:
    """The series that a talk names, or that its folder is named after, where there is none of that name."""
    own = _entry(tree, "series")
    own_name = own.text.strip() if isinstance(own, Scalar) else ""
    name = own_name or folder
    if not name or name in config.series:
        return None
    right = meant(name, config.series) or next(
        (
            key
            for key, series in config.series.items()
            if name.lower() in map(str.lower, (series.name or {}).values())
        ),
        None,
    )
    hint = f"did you mean {right}?" if right else f"the series in announcer.yaml are {choices(config.series)}"
    where = "" if own_name else ", which is the name of the file's folder"
    if not own_name:
        hint = f"write series: {right or next(iter(config.series))}, or move the file into its series' folder"
    node = find(tree, ("series",))
    return source.problem(
        "unknown-series", f'there is no series "{name}"{where}', hint, line=node.line, column=node.column
    )


def _unknown_lists(source: Source, node: Node | None, lists: Collection[str]) -> Iterator[Problem]:
    for scalar in _scalars(node):
        name = scalar.text.strip()
        if not name or name in lists:
            continue
        several = [part.strip() for part in name.split(",")]
        right = meant(name, lists)
        hint = (
            f"did you mean {right}?"
            if right
            else f"the lists in announcer.yaml are {choices(lists) if lists else 'none'}"
        )
        if len(several) > 1 and any(part in lists for part in several):
            hint = f"write them in brackets: [{name}]"
        yield source.problem(
            "unknown-list",
            f'there is no mailing list "{name}"',
            hint,
            line=scalar.line,
            column=scalar.column,
        )


def _names(tree: Mapping, kind: str) -> list[str]:
    """The keys of announcer.yaml's lists or series; a faulty one counts as what it should be."""
    found = _entry(tree, kind)
    if not isinstance(found, Mapping):
        return []
    return list(dict.fromkeys(name for key in found.entries for name in (key, identifier_like(key)) if name))


def _within(tree: Mapping, kind: str) -> Iterator[Mapping]:
    """Each series, or each digest."""
    found = _entry(tree, kind)
    if isinstance(found, Mapping):
        yield from (one for _, one in found.entries.values() if isinstance(one, Mapping))


def _lists_of(owner: Mapping) -> Iterator[Node | None]:
    """Where a talk, a series or a digest names lists: itself, and in the rules of its schedule."""
    yield _entry(owner, "lists")
    schedule = _entry(owner, "schedule")
    for rule in schedule.items if isinstance(schedule, Sequence) else [schedule]:
        if isinstance(rule, Mapping):
            yield _entry(rule, "lists")


def _entry(mapping: Mapping, key: str) -> Node | None:
    return mapping.entries[key][1] if key in mapping.entries else None


def _scalars(node: Node | None) -> list[Scalar]:
    found = node.items if isinstance(node, Sequence) else [node]
    return [one for one in found if isinstance(one, Scalar)]
