"""A value as a file has it: text, a list of values, or names with values; nothing is interpreted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, Union

Plain: TypeAlias = Union[str, Sequence["Plain"], Mapping[str, "Plain"]]  # noqa: UP007 - it names itself
"""What a talk's file holds behind a field's colon."""


def in_words(value: Plain | None) -> str:
    """The value in one line, as a person compares it: `Ada Example, Example University`."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    parts = value.values() if isinstance(value, Mapping) else value
    return ", ".join(text for text in (in_words(part) for part in parts) if text)
