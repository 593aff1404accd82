"""The declared fields of the domain's records -> models of what their mappings in a file look like."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BeforeValidator, create_model
from pydantic import Field as ModelField

from announcer.domain.fields import Field, Shape, fields_of
from announcer.domain.talk import Link
from announcer.records.fields.readers import (
    FolderPath,
    Identifier,
    Line,
    LinkUrl,
    Mailbox,
    Prose,
    Recording,
    Url,
    Word,
    YesNo,
    member_of,
    words,
)
from announcer.records.fields.spoken import SpokenLine, SpokenProse, is_by_language
from announcer.records.fields.times import Date, Duration, Time, Zone
from announcer.records.models.base import Record, listed, short_form
from announcer.records.models.references import ListNames, SeriesName
from announcer.records.models.schedule import Schedule
from announcer.records.models.values import Confidential, SponsorField, made
from announcer.records.yaml.nodes import Value

_R = TypeVar("_R", bound=Record)
_TYPES: dict[Shape, Any] = {
    Shape.NAME: Line,
    Shape.LINE: Line,
    Shape.TITLE: Line,
    Shape.CODE: Line,
    Shape.PROSE: Prose,
    Shape.MARKDOWN: Prose,
    Shape.URL: Url,
    Shape.LINK: LinkUrl,
    Shape.MAILBOX: Mailbox,
    Shape.PATH: FolderPath,
    Shape.DATE: Date,
    Shape.TIME: Time,
    Shape.DURATION: Duration,
    Shape.ZONE: Zone,
    Shape.REFERENCE: Word,
    Shape.IDENTIFIER: Identifier,
    Shape.YES_NO: YesNo,
    Shape.YES_NO_OR_LINE: Recording,
    Shape.YES_NO_OR_NAME: Confidential,
}
_BY_KEY: dict[str, Any] = {"series": SeriesName, "sponsor": SponsorField}
_BY_LANGUAGE: dict[Shape, Any] = {
    Shape.NAME: SpokenLine,
    Shape.LINE: SpokenLine,
    Shape.TITLE: SpokenLine,
    Shape.PROSE: SpokenProse,
}


def with_fields(declared: Iterable[Field]) -> Callable[[type[_R]], type[_R]]:
    """A decorator that gives a model the declared fields, but for those that it has itself."""

    def add(model: type[_R]) -> type[_R]:
        own = {field.alias or name for name, field in model.model_fields.items()}
        members = {key: _member(field) for field in declared for key in field.keys if key not in own}
        return create_model(model.__name__, __base__=model, __doc__=model.__doc__, **members)  # type: ignore[call-overload,no-any-return]  # pydantic types no dynamic members

    return add


def _member(field: Field) -> tuple[Any, Any]:
    kind = _type(field)
    silent = () if field.many else field.default
    return (
        kind if field.required or silent is not None else kind | None,
        ModelField(
            ... if field.required and field.default is None else silent,
            description=field.described.replace("`", ""),
            examples=[yaml.safe_load(text) if text[0] in "[{" else text for text in field.examples] or None,
        ),
    )


def _type(field: Field) -> Any:
    """What the value of a field may look like in a file, and what it becomes."""
    if field.key in _BY_KEY:
        return _BY_KEY[field.key]
    if field.shape is Shape.SCHEDULE:
        return Schedule
    if field.choices:
        kind: Any = Annotated[field.choices, member_of(field.choices, field.key), words(field.choices)]
    elif field.record:
        kind = _record(field.record)
    elif field.many and field.shape is Shape.REFERENCE:
        return ListNames
    else:
        kind = (_BY_LANGUAGE if field.by_language else _TYPES)[field.shape]
    if not field.many:
        return kind
    present = AfterValidator(lambda items: tuple(item for item in items if item is not None))
    return Annotated[tuple[kind, ...], listed(kind | list[kind]), present]


@cache
def _record(kind: type) -> Any:
    """A mapping, or the text that is short for it, which becomes the domain's record."""
    model = _model(kind)
    short = next(field for field in fields_of(kind) if field.short)
    forms: Any = _type(short) | model
    validators = [short_form(short.key, forms), AfterValidator(lambda record: made(kind, record))]
    if kind is Link:
        validators[0] = short_form(short.key, forms | dict[str, LinkUrl])
        validators.insert(0, BeforeValidator(_labelled))
    if short.by_language:
        validators.insert(0, BeforeValidator(partial(_spoken, short.key, set(model.model_fields))))
    return Annotated[model, *validators]


@cache
def _model(kind: type) -> type[Record]:
    empty: type[Record] = type(
        f"{kind.__name__}Record", (Record,), {"__doc__": kind.__doc__, "__module__": __name__}
    )
    return with_fields(fields_of(kind))(empty)


def _spoken(short: str, keys: set[str], value: Value) -> Value:
    """`{de: Hörsaal 1, en: Lecture Hall 1}` is that of the field for which plain text would be short."""
    if isinstance(value, dict) and not value.keys() & keys and is_by_language(value):
        return {short: value}
    return value


def _labelled(value: Value) -> Value:
    """`Paper: https://...` is a label and its address."""
    if isinstance(value, dict) and len(value) == 1 and not value.keys() & _model(Link).model_fields.keys():
        ((label, url),) = value.items()
        return {"label": label, "url": url}
    return value
