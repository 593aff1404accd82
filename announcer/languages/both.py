"""Words of a mail in two languages: in text beside or below each other, in HTML each marked as its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass, replace
from typing import Any

from markupsafe import escape

from announcer.text.prose import Prose

_SHORT = 24
"""Characters of words that stand beside each other; longer ones have a line each."""


_alone = ContextVar("alone", default=False)


@contextmanager
def first_alone() -> Iterator[None]:
    """Within, HTML has the first language alone: there is no room for more, or no way to mark it."""
    token = _alone.set(True)
    try:
        yield
    finally:
        _alone.reset(token)


def is_first_alone() -> bool:
    """Whether this is within `first_alone`."""
    return _alone.get()


class Both(str):
    """A text in several languages, the mail's first one first. As text it is all of them."""

    __slots__ = ("htmls", "tags", "texts")
    texts: tuple[str, ...]
    htmls: tuple[str, ...]
    tags: tuple[str, ...]

    def __html__(self) -> str:
        """What Jinja's autoescaping takes: each text behind the first says its language."""
        if is_first_alone():
            return self.htmls[0]
        first, *rest = self.htmls
        between = "<br>" if _between(self.texts) == "\n" else " / "
        pieces = (f'<span lang="{tag}">{html}</span>' for tag, html in zip(self.tags[1:], rest, strict=True))
        return between.join((first, *pieces))


def both(texts: Sequence[str], tags: Sequence[str], htmls: Sequence[str] | None = None) -> str:
    """The texts, each in its language; where they are all the same, that text once."""
    if all(text == texts[0] for text in texts):
        return texts[0]
    made = Both(_between(texts).join(texts))
    made.texts, made.tags = tuple(texts), tuple(tags)
    made.htmls = tuple(escape(text) for text in (texts if htmls is None else htmls))
    return made


def _between(texts: Sequence[str]) -> str:
    return " / " if all(len(text) <= _SHORT and "\n" not in text for text in texts) else "\n"


def each_of(value: Any, number: int) -> Iterator[Any]:
    """The value in each of so many languages."""
    if isinstance(value, Both) and len(value.texts) >= number:
        yield from value.texts[:number]
    else:
        yield from (value for _ in range(number))


def htmls_of(value: Any, number: int) -> Iterator[str]:
    """The value as HTML in each of so many languages."""
    if isinstance(value, Both) and len(value.htmls) >= number:
        yield from value.htmls[:number]
    else:
        yield from (escape(value) for _ in range(number))


def merged(values: Sequence[Any], tags: Sequence[str]) -> Any:
    """One view of the same thing that was read in several languages: what differs is there in each."""
    first = values[0]
    if len(values) == 1 or all(value is first for value in values):
        return first
    if isinstance(first, str) and all(isinstance(value, str) for value in values):
        return both(values, tags)
    if isinstance(first, Prose) and all(isinstance(value, Prose) for value in values):
        if all(value.html == first.html for value in values):
            return first
        text = "\n".join(value.text for value in values)
        marked = (
            f'<span lang="{tag}">{value.html}</span>' for tag, value in zip(tags[1:], values[1:], strict=True)
        )
        return Prose(text, "<br>".join((first.html, *marked)), first.pictures)
    if isinstance(first, tuple) and all(len(value) == len(first) for value in values):
        return tuple(merged(items, tags) for items in zip(*values, strict=True))
    if isinstance(first, dict):
        return {name: merged([value[name] for value in values], tags) for name in first}
    if is_dataclass(first) and not isinstance(first, type):
        changed = {
            field.name: merged([getattr(value, field.name) for value in values], tags)
            for field in fields(first)
        }
        return replace(first, **changed)
    return first
