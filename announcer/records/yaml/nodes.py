"""The nodes of a YAML file: texts, lists and mappings that remember their place."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(kw_only=True, slots=True)
class Scalar:
    """A piece of text. Lines and columns count from 0."""

    text: str
    line: int
    column: int
    quote: str = ""
    """`'`, `"`, `|` or `>`; empty for plain text."""
    lost: int | None = None
    """The column of a `#` behind one blank, from which on YAML has dropped the line."""
    rest: str = ""
    """What was dropped."""
    end_line: int = 0


@dataclass(kw_only=True, slots=True)
class Sequence:
    """A list."""

    items: list[Node] = field(default_factory=list)
    line: int
    column: int


@dataclass(kw_only=True, slots=True)
class Mapping:
    """Keys with their values."""

    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    line: int
    column: int


Node = Scalar | Sequence | Mapping
Value = Scalar | str | list["Value"] | dict[str, "Value"] | None
"""What the model reads: a node as Python's own kinds; a bare `str` is a key."""


def plain(node: Node) -> Value:
    """The node as dicts and lists for the model; None for what was left empty."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    blank = not node.quote and node.text in ("", "~", "null") and node.lost is None
    return None if blank else node


def find(root: Node, loc: tuple[int | str, ...], *, key: bool = False) -> Node:
    """The node at a model's location, or the nearest one around it; with `key`, the key itself."""
    node = root
    for depth, part in enumerate(loc):
        if isinstance(node, Mapping) and isinstance(part, str) and part in node.entries:
            name, value = node.entries[part]
            node = name if key and depth == len(loc) - 1 else value
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
    return node
