"""The JSON Schema of a talk or of announcer.yaml, from the records that validate them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pydantic import BaseModel

KINDS = ("talk", "config")


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a `talk` or of the `config`, for editors. Raises KeyError."""
    from announcer.records.models.base import NEVER_EMPTY
    from announcer.records.models.department import DepartmentRecord
    from announcer.records.models.talk import TalkRecord

    record, title = {
        "talk": (TalkRecord, "A talk"),
        "config": (DepartmentRecord, "A department's announcer.yaml"),
    }[kind]
    made = cast("type[BaseModel]", record).model_json_schema(by_alias=True)
    _polish(made, NEVER_EMPTY)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": title}


def _or_nothing(field: dict[str, Any]) -> dict[str, Any]:
    """The field's schema, which takes null too: a key with nothing behind its colon."""
    if {"type": "null"} in field.get("anyOf", []):
        return field
    note: dict[str, Any] = {key: field[key] for key in ("description", "examples", "default") if key in field}
    kind = {key: value for key, value in field.items() if key not in note}
    return {**note, "anyOf": [*(kind["anyOf"] if list(kind) == ["anyOf"] else [kind]), {"type": "null"}]}


def _polish(node: Any, never_empty: Collection[str]) -> None:
    """Takes out what means nothing to a person: titles made of field names, and defaults of absence."""
    if isinstance(node, dict):
        if "patternProperties" in node:
            node["additionalProperties"] = False
        for name, field in (node.get("properties") or {}).items():
            if name not in node.get("required", ()) and name not in never_empty:
                node["properties"][name] = _or_nothing(field)
        if isinstance(node.get("title"), str):
            del node["title"]
        if node.get("default", 0) in (None, [], {}):
            del node["default"]
        for value in node.values():
            _polish(value, never_empty)
    elif isinstance(node, list):
        for value in node:
            _polish(value, never_empty)
