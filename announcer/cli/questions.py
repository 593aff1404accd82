"""Questions in turn, of which the one before is asked again where somebody types `<`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from announcer.domain.plain import Plain
from announcer.records.fields.errors import FaultyValueError

T = TypeVar("T")
Answers = dict[str, Plain | None]
Step = Callable[[Answers], Plain | None]
"""What finds one answer, given those before it: from an option, or by asking."""
BACK = "<"


class BackError(Exception):
    """The question before is wanted again."""


class Questions:
    """Asks, and knows which steps asked."""

    def __init__(self) -> None:
        self._number = 0

    def in_turn(self, steps: Sequence[tuple[str, Step]]) -> Answers:
        """The answer of each step. `<` goes back to the one that asked before."""
        given: Answers = {}
        asked: list[int] = []
        at = 0
        while at < len(steps):
            name, step = steps[at]
            before = self._number
            try:
                given[name] = step(given)
            except BackError:
                at = asked.pop() if asked else at
                continue
            if self._number > before:
                asked.append(at)
            at += 1
        return given

    def line(self, question: str, default: str | None = None) -> str:
        """What somebody types. Raises BackError."""
        self._number += 1
        typed = str(click.prompt(question, default=default or "", show_default=bool(default)))
        if typed.strip() == BACK:
            raise BackError
        return typed

    def until_read(self, question: str, read: Callable[[str], T], default: T | None) -> T:
        """What can be read; the rest is asked for again. Raises BackError."""
        while True:
            try:
                return read(self.line(question, str(default) if default else None))
            except FaultyValueError as fault:
                click.echo(f"  {fault.message}: {fault.hint}", err=True)
