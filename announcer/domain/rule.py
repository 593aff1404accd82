"""Occasions, and the rules that say when they are due."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from announcer.domain.when import When


class Occasion(StrEnum):
    """Why an email is sent. The name is its template folder, its argument and its ledger value."""

    ANNOUNCEMENT = "announcement"
    REMINDER = "reminder"
    DIGEST = "digest"
    CORRECTION = "correction"
    CANCELLATION = "cancellation"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One line of a schedule: an occasion and when it is due."""

    send: Occasion
    when: When
    name: str | None = None
    """The rule's slot in keys, where a schedule has several of one occasion."""
    lists: tuple[str, ...] | None = None
    """Instead of the talk's lists."""
    not_after: When | None = None
    """An earlier latest useful moment."""

    @property
    def slot(self) -> str:
        """What tells this rule from others of its occasion: never its place in the list or its time."""
        return self.name or self.when.day_phrase
