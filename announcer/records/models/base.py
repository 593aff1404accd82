"""What every record of a file has in common: closed, and with the short forms that people write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from announcer.records.fields.errors import FaultyValueError
from announcer.records.yaml.nodes import Value

NEVER_EMPTY = frozenset(("lists", "schedule"))
"""Fields where nothing behind the colon is a problem: it would mean that nothing is ever sent."""


class Record(BaseModel):
    """A mapping in a file. A key that it does not know is a problem; one left empty is not there."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: Value) -> Value:
        if not isinstance(given, dict):
            return given
        if None not in given.values():
            return given
        optional = {
            field.alias or name for name, field in cls.model_fields.items() if not field.is_required()
        } - NEVER_EMPTY
        return {key: value for key, value in given.items() if value is not None or key not in optional}


def short_form(field: str, kind: Any) -> BeforeValidator:
    """Text alone stands for a mapping with this one field; `kind` is what the schema calls such text."""

    def widen(value: Value) -> Value:
        return value if isinstance(value, (dict, list)) or value is None else {field: value}

    return BeforeValidator(widen, json_schema_input_type=kind)


def listed(kind: Any) -> BeforeValidator:
    """One of something stands for a list of it."""

    def widen(value: Value) -> Value:
        return value if isinstance(value, list) else [value]

    return BeforeValidator(widen, json_schema_input_type=kind)


def filled(what: str, kind: Any) -> BeforeValidator:
    """As `listed`, but an empty list is a problem, since it would mean that nothing is sent."""
    widen: Callable[[Value], Value] = listed(kind).func  # type: ignore[assignment]

    def check(value: Value) -> Value:
        if value is None or value == []:
            raise FaultyValueError(
                "empty-list",
                f"there is nothing in {what}, so nothing would ever be sent",
                "name what belongs here, or delete the line to take the series' own",
            )
        return widen(value)

    return BeforeValidator(check, json_schema_input_type=kind)
