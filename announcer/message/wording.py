"""A declared value -> what a template reads of it, by its shape; of a record each of its fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import make_dataclass
from functools import cache
from typing import Any

from announcer.domain.fields import TEXTS, Field, Seen, Shape, fields_of
from announcer.domain.talk import Place
from announcer.languages.words import N_, Words
from announcer.text.prose import Prose, one_line, safe_url
from announcer.text.reading import name_text, titled, unemphasized

Markdown = Callable[[str], Prose | None]
_RECORDED = N_("This talk will be recorded.")
_NOT_RECORDED = N_("This talk will not be recorded.")
_BY_SHAPE: dict[Shape, Callable[[str], object]] = {
    Shape.NAME: name_text,
    Shape.CODE: one_line,
    Shape.MAILBOX: one_line,
    Shape.LINE: unemphasized,
    Shape.PROSE: unemphasized,
    Shape.TITLE: titled,
    Shape.URL: safe_url,
    Shape.LINK: safe_url,
}


def readable_fields(record: type) -> tuple[Field, ...]:
    """The fields of a record that a template may read: words, addresses and records."""
    shapes = TEXTS | {Shape.RECORD}
    return tuple(field for field in fields_of(record) if field.seen > Seen.NOBODY and field.shape in shapes)


def worded(field: Field, value: Any, markdown: Markdown, words: Words) -> Any:
    """What a template reads of a field's value: None or an empty tuple where it says nothing."""
    if field.many:
        made = (_worded(field, item, markdown, words) for item in value)
        return tuple(item for item in made if item is not None)
    return _worded(field, value, markdown, words)


def _worded(field: Field, value: Any, markdown: Markdown, words: Words) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if field.record is not None:
        return record_view(value, markdown, words)
    if field.shape is Shape.YES_NO_OR_LINE and not isinstance(value, str):
        return words.gettext(_RECORDED if value else _NOT_RECORDED)
    if field.shape is Shape.MARKDOWN:
        return markdown(value)
    return _BY_SHAPE.get(field.shape, one_line)(value)


def record_view(record: Any, markdown: Markdown, words: Words) -> Any:
    """A record as a template reads it, None where it says nothing or lacks what it must have."""
    fields = readable_fields(record.__class__)
    values = {field.name: worded(field, getattr(record, field.name), markdown, words) for field in fields}
    if any(values[field.name] is None for field in fields if field.required) or not any(values.values()):
        return None
    if isinstance(record, Place):
        values |= _names(record)
    return _view_class(record.__class__, tuple(values))(**values)


def _names(place: Place) -> dict[str, object]:
    """What a place is called: at length, and in subjects."""
    short = place.room or (place.building or place.address or place.label).split(",")[0]
    address = place.address if place.address != place.label else None
    return {
        "label": name_text(place.label),
        "short": name_text(short),
        "address": name_text(address) if address else None,
    }


@cache
def _view_class(record: type, names: tuple[str, ...]) -> type:
    """The class of such a view. A record has no text of its own: `{{ talk.host }}` shows as a mistake."""
    return make_dataclass(f"{record.__name__}View", names, frozen=True, kw_only=True, slots=True, repr=False)
