"""A text for every language, or a mapping with one for each of some languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from announcer.languages.words import LANGUAGES, language_of, language_pattern
from announcer.records.fields.errors import FaultyValueError
from announcer.records.fields.suggest import choices
from announcer.records.fields.texts import read_line, read_prose
from announcer.records.yaml.nodes import Value

_TEXT = {"type": ["string", "number", "boolean"]}
_SCHEMA = WithJsonSchema(
    {
        "anyOf": [
            _TEXT,
            {"type": "object", "patternProperties": {language_pattern(): _TEXT}, "minProperties": 1},
        ]
    }
)


class Spoken(str):
    """A text that was written in several languages. As text it is the first of them."""

    __slots__ = ("texts",)
    texts: dict[str, str]
    """By the name of the catalogue, in the order in which they were written."""


def is_by_language(value: Value) -> bool:
    """Whether a mapping begins with a language."""
    return isinstance(value, dict) and bool(value) and language_of(str(next(iter(value)))) is not None


def read_texts(value: Value, read: Callable[[Value], str] = read_line) -> dict[str, str]:
    """A text for every language, under an empty key; or a mapping with one for each of some languages."""
    if not isinstance(value, dict) or not value:
        return {"": read(value)}
    texts = {}
    for key, text in value.items():
        language = language_of(key)
        if language is None:
            raise FaultyValueError(
                "unknown-language",
                f'"{key}" is no language that mail can be in',
                f"write {choices(LANGUAGES)}",
                about=key,
            )
        if language in texts:
            raise FaultyValueError(
                "duplicate-language",
                f'there are two texts in the language of "{key}"',
                "keep one of them: all countries of a language read the same",
                about=key,
            )
        try:
            texts[language] = read(text)
        except FaultyValueError as fault:
            raise FaultyValueError(fault.code, fault.message, fault.hint, about=key) from fault
    return texts


def _spoken(read: Callable[[Value], str]) -> PlainValidator:
    def reader(value: Value) -> str:
        if not isinstance(value, dict) or not value:
            return read(value)
        texts = read_texts(value, read)
        made = Spoken(next(iter(texts.values())))
        made.texts = texts
        return made

    return PlainValidator(reader)


Texts = Annotated[dict[str, str], PlainValidator(read_texts), _SCHEMA]
SpokenLine = Annotated[str, _spoken(read_line), _SCHEMA]
SpokenProse = Annotated[str, _spoken(read_prose), _SCHEMA]
