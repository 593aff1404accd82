"""The rules of a schedule: which occasion is due when, and who is asked when."""

from __future__ import annotations

from dataclasses import dataclass

from announcer.domain.occasion import Occasion, Recipients
from announcer.domain.when import When


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """One line of a series' requests: whom to ask, and when."""

    when: When
    to: Recipients
    copy: Recipients | None = None
    """Who gets the same."""
    name: str | None = None

    @property
    def slot(self) -> str:
        """What tells this rung from others, as of a rule."""
        return self.name or self.when.day_phrase
