"""What markup is made of within a paragraph: marks, which nest or are text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_DEEPEST = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A piece of a paragraph that means something."""

    start: int
    end: int
    kind: str
    """A token's type: `text` (with what is shown instead), `hardbreak`, or what a pair makes: `em`, ..."""
    content: str = ""
    """What is shown instead, or where a link goes."""
    closer: int | None = None
    """Where the mark that closes this one begins; None for one that stands alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Close:
    """The other end of a mark."""

    start: int
    end: int
    kind: str


def nested(marks: Iterable[Mark], closes: Iterable[Close]) -> list[Mark | Close]:
    """The marks in their order, those left out that overlap, cross or lie too deep: these are text. The
    first of two overlapping marks is taken, and a pair that closes within another."""
    ends = {close.start: close for close in closes}
    starts = {mark.start: mark for mark in reversed(list(marks))}
    stack: list[Mark] = []
    kept: dict[int, Mark | Close] = {}
    free = 0
    for place in sorted({*starts, *ends}):
        close, mark = ends.get(place), starts.get(place)
        if close and place >= free and _shut(stack, kept, close):
            free = close.end
        elif mark and place >= free:
            if mark.closer is not None:
                if len(stack) >= _DEEPEST or any(open_.kind == "link" == mark.kind for open_ in stack):
                    continue
                stack.append(mark)
            kept[place] = mark
            free = mark.end
    for mark in stack:
        del kept[mark.start]
    return [kept[place] for place in sorted(kept)]


def _shut(stack: list[Mark], kept: dict[int, Mark | Close], close: Close) -> bool:
    """Closes the pair that ends here, if one is open; what was opened within it and goes on is text."""
    for depth in range(len(stack) - 1, -1, -1):
        mark = stack[depth]
        if mark.closer == close.start and mark.kind == close.kind:
            for crossing in stack[depth + 1 :]:
                del kept[crossing.start]
            del stack[depth:]
            kept[close.start] = close
            return True
    return False
