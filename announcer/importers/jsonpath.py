"""Reading documents of other programs: what is not there, or is of another kind, is None."""

from __future__ import annotations

from typing import Any


def value_at(value: Any, *path: str | int) -> Any:
    """What stands at that path: `at(event, "venue", "address")`."""
    for part in path:
        if isinstance(part, str):
            value = value.get(part) if isinstance(value, dict) else None
        else:
            value = value[part] if isinstance(value, list) and -len(value) <= part < len(value) else None
    return value


def mapping_at(value: Any, *path: str | int) -> dict[str, Any]:
    """The mapping at that path; empty where there is none."""
    node = value_at(value, *path)
    return node if isinstance(node, dict) else {}


def list_at(value: Any, *path: str | int) -> list[Any]:
    """The list at that path; a mapping's values; empty where there is neither."""
    node = value_at(value, *path)
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


def word_at(value: Any, *path: str | int) -> str:
    """The text or number at that path, as text; empty where there is none."""
    node = value_at(value, *path)
    return str(node).strip() if isinstance(node, str | int | float) and not isinstance(node, bool) else ""
