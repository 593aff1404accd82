"""The JSON Schema of a talk or of announcer.yaml, from the records that validate them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pydantic import BaseModel

KINDS = ("talk", "config")


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a `talk` or of the `config`, for editors. Raises KeyError."""
    from announcer.records.department_record import DepartmentRecord
    from announcer.records.talk_record import TalkRecord

    record, title = {
        "talk": (TalkRecord, "A talk"),
        "config": (DepartmentRecord, "A department's announcer.yaml"),
    }[kind]
    made = cast("type[BaseModel]", record).model_json_schema(by_alias=True)
    _polish(made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": title}


def _polish(node: Any) -> None:
    """Takes out what means nothing to a person: titles made of field names, and defaults of absence."""
    if isinstance(node, dict):
        if isinstance(node.get("title"), str):
            del node["title"]
        if node.get("default", 0) in (None, [], {}):
            del node["default"]
        for value in node.values():
            _polish(value)
    elif isinstance(node, list):
        for value in node:
            _polish(value)
