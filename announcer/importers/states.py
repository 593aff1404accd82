"""How a talk of a source stands to the file that is here: the words of the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from announcer.domain.plain import Plain, in_words
from announcer.importers.memory import Version
from announcer.importers.placeholders import is_placeholder


class ImportState(StrEnum):
    """What an import finds, and what it does about it."""

    NEW = "new"
    """There is no file: a draft is written."""
    SAME = "same"
    """As at the last import: nothing."""
    CHANGED = "changed"
    """The source changed, and the file is as import wrote it: it is rewritten."""
    YOURS = "yours"
    """A person changed the file, the source did not: nothing."""
    BOTH = "both"
    """Both did: the file is left, and what differs is told."""
    CANCELLED_THERE = "cancelled-there"
    """The source says that it is off: a person decides, since `status: cancelled` is told at once."""
    GONE_THERE = "gone-there"
    """It was imported, is to come, and is not in the source any more: absence is no cancellation."""
    SKIPPED = "skipped"
    """No talk is made of it, with the reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One field that the source says otherwise than at the last import, or than the file."""

    field: str
    was: Plain | None
    """What the source said at the last import; None for nothing, or where nobody knows."""
    now: Plain | None
    """What it says now."""
    yours: Plain | None = None
    """What the file says, where a person changed it."""


def judged(
    theirs: Mapping[str, Plain], base: Version | None, mine: Mapping[str, Plain] | None, *, untouched: bool
) -> tuple[ImportState, tuple[Change, ...]]:
    """The state of a talk whose file is here, and the fields that differ.

    `base` is the last import, None where it is lost; `mine` what the file says, None where it cannot be read;
    `untouched` whether the file is byte for byte as import wrote it.
    """
    if base is None:
        changes = [
            Change(field=name, was=None, now=value, yours=(mine or {}).get(name))
            for name, value in theirs.items()
            if mine is None or not same(value, mine.get(name))
        ]
        return (ImportState.BOTH, tuple(changes)) if changes else (ImportState.YOURS, ())
    names = [name for name in {**base.values, **theirs} if not same(base.values.get(name), theirs.get(name))]
    if untouched:
        changes = [Change(field=name, was=base.values.get(name), now=theirs.get(name)) for name in names]
        return (ImportState.CHANGED, tuple(changes)) if changes else (ImportState.SAME, ())
    file_values = mine or {}
    changes = [
        Change(field=name, was=base.values.get(name), now=theirs.get(name), yours=file_values.get(name))
        for name in names
        if mine is None or not same(file_values.get(name), theirs.get(name))
    ]
    return (ImportState.BOTH, tuple(changes)) if changes else (ImportState.YOURS, ())


def same(value: Plain | None, other: Plain | None) -> bool:
    """Whether two values say the same, whatever their form; TBA is nothing."""
    return _words_of(value) == _words_of(other)


def _words_of(value: Plain | None) -> str:
    text = in_words(value)
    return "" if is_placeholder(text) else text
