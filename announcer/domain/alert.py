"""An alert: what a person should hear of once, and what there is to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from announcer.domain.mailing import Key, State
from announcer.domain.problem import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing to do."""

    text: str
    command: str | None = None
    """What to type, in one line that can be pasted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """What was found, in words."""

    sentence: str
    """All of it in one line, for a terminal."""
    title: str
    """What it is about, without a full stop."""
    headline: str = ""
    """The same for a subject, with the talk: `Colloquium Wed Jan 20: a room change waits for you`."""
    lines: tuple[str, ...] = ()
    """Particulars, each a line of its own: the mail's subject, what changed."""
    text: str = ""
    """Why, in sentences."""
    steps: tuple[Step, ...] = ()
    state: State | None = None
    """Where the mailing stands that it is about, if it waits or was missed."""
    needs_a_person: bool = True
    """False for what is only for information."""
    key: Key | None = None
    """Of the mailing that it is about."""
    problem: Problem | None = None
    """The fault in a file that it is about."""
    lists: tuple[str, ...] = ()
    """The lists of that mailing that it is about."""
