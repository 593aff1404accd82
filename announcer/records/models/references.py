"""Names in a file that stand for something in announcer.yaml: a validated one is the name of something."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from collections.abc import Mapping as Names
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from announcer.records.fields.errors import FaultyValueError
from announcer.records.fields.readers import Word
from announcer.records.fields.suggest import choices, meant
from announcer.records.fields.texts import identifier_like
from announcer.records.models.base import filled
from announcer.records.yaml.nodes import Mapping, Node, Scalar

UNKNOWN = frozenset(("unknown-list", "unknown-series"))
"""The codes of a name that stands for nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownNames:
    """What names may stand for: the context that a file is validated in. Where there is nothing of a kind,
    all names of it pass: that there is none is told already."""

    lists: Collection[str] = ()
    """Their keys in announcer.yaml."""
    series: Names[str, Collection[str]] = field(default_factory=dict)
    """The same, each with how readers know it."""


NO_NAMES = KnownNames()


def known_in(config: Mapping) -> KnownNames:
    """What announcer.yaml has, be it valid or not: a faulty key counts as what it should be, too."""
    series = {
        key: [scalar.text for scalar in _scalars(node.entries["name"][1])]
        if isinstance(node, Mapping) and "name" in node.entries
        else []
        for key, node in _entries(config, "series")
    }
    return KnownNames(lists=[key for key, _ in _entries(config, "lists")], series=series)


def meant_series(name: str, known: KnownNames) -> str | None:
    """The key of the series that is like this name, or that readers know by it."""
    return meant(name, known.series) or next(
        (key for key, names in known.series.items() if name.lower() in map(str.lower, names)), None
    )


def _known_list(name: str, info: ValidationInfo) -> str:
    known = info.context
    if not isinstance(known, KnownNames) or not known.lists or name in known.lists:
        return name
    right = meant(name, known.lists)
    hint = f"did you mean {right}?" if right else f"the lists in announcer.yaml are {choices(known.lists)}"
    if "," in name and any(part.strip() in known.lists for part in name.split(",")):
        hint = f"write them in brackets: [{name}]"
    raise FaultyValueError("unknown-list", f'there is no mailing list "{name}"', hint)


def _known_series(name: str, info: ValidationInfo) -> str:
    known = info.context
    if not isinstance(known, KnownNames) or not known.series or name in known.series:
        return name
    right = meant_series(name, known)
    hint = f"did you mean {right}?" if right else f"the series in announcer.yaml are {choices(known.series)}"
    raise FaultyValueError("unknown-series", f'there is no series "{name}"', hint)


_ListName = Annotated[Word, AfterValidator(_known_list)]
SeriesName = Annotated[Word, AfterValidator(_known_series)]
ListNames = Annotated[
    tuple[_ListName, ...], filled("lists", _ListName | Annotated[list[_ListName], Field(min_length=1)])
]
SeriesNames = Annotated[
    tuple[SeriesName, ...], filled("series", SeriesName | Annotated[list[SeriesName], Field(min_length=1)])
]


def _entries(config: Mapping, kind: str) -> Iterator[tuple[str, Node]]:
    """The keys of announcer.yaml's lists or series, with what stands under each."""
    node = config.entries[kind][1] if kind in config.entries else None
    for key, (_, inner) in node.entries.items() if isinstance(node, Mapping) else ():
        yield from ((name, inner) for name in dict.fromkeys((key, identifier_like(key))) if name)


def _scalars(node: Node) -> list[Scalar]:
    """A name, or that of each language."""
    nodes = [inner for _, inner in node.entries.values()] if isinstance(node, Mapping) else [node]
    return [inner for inner in nodes if isinstance(inner, Scalar)]
