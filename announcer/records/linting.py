"""What a lint rule is: a function that remarks on what is odd, with its code and what that code says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

from announcer.domain.problem import Severity

P = ParamSpec("P")
At = TypeVar("At")


@dataclass(frozen=True, slots=True)
class LintRemark(Generic[At]):
    """What a rule has to say, and of what: a field's key, a piece of a text, a place in a tree."""

    at: At
    message: str
    hint: str
    severity: Severity | None = None
    """Where it is not that of its rule."""


@dataclass(frozen=True, slots=True)
class LintRule(Generic[P, At]):
    """One rule. Called, it makes its remarks."""

    code: str
    """What a person writes under `silence`. It never changes."""
    explains: str
    """What is odd where it speaks, for the reference."""
    check: Callable[P, Iterator[LintRemark[At]]]
    severity: Severity
    silenceable: bool

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Iterator[LintRemark[At]]:
        return self.check(*args, **kwargs)


def rule(
    code: str, explains: str, severity: Severity = Severity.WARNING, *, silenceable: bool = True
) -> Callable[[Callable[P, Iterator[LintRemark[At]]]], LintRule[P, At]]:
    """Makes a function the rule of that code."""
    return lambda check: LintRule(code, explains, check, severity, silenceable)
