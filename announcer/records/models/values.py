"""Values of a file -> the domain's: what people mean by short forms, and that "to be announced" is none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic import Field as ModelField

from announcer.domain.fields import WORDS, Field, Shape, Translation, fields_of
from announcer.domain.talk import CANDIDATE, HIDDEN, Host, Link, Meet, Refreshments
from announcer.languages.to_come import is_unknown
from announcer.records.fields.readers import Recording
from announcer.records.fields.spoken import Spoken, SpokenLine, is_by_language
from announcer.records.fields.times import Date
from announcer.records.models.base import Record, short_form
from announcer.records.yaml.nodes import Value

_NAME_AND_EMAIL = re.compile(r"(?P<name>[^<>@]*[^<>@\s])\s*[<(](?P<email>[^<>()\s]+@[^<>()\s]+)[>)]")


class SponsorRecord(Record):
    """Who made it possible, perhaps until a date."""

    text: SpokenLine
    until: Date | None = ModelField(None, description="The last day on which a talk has this sponsor.")


def _spoken(value: Value) -> Value:
    return {"text": value} if is_by_language(value) else value


SponsorField = Annotated[
    SponsorRecord, BeforeValidator(_spoken), short_form("text", SpokenLine | SponsorRecord)
]


def known(field: Field, value: Any) -> Any:
    """The value, or None where it is empty or only says that it is to be announced."""
    if isinstance(value, str) and (not value or (field.shape in WORDS and is_unknown(value))):
        return None
    return value


def made(kind: type, record: Record) -> Any:
    """The domain's record of a mapping, None where the mapping says nothing or lacks what it must have."""
    values = {field.name: known(field, getattr(record, field.key)) for field in fields_of(kind)}
    _meant(kind, values)
    arguments = {name: value for name, value in values.items() if value is not None}
    needed = all(field.name in arguments for field in fields_of(kind) if field.required)
    is_empty = all(field.shape is Shape.CHOICE for field in fields_of(kind) if field.name in arguments)
    return kind(**arguments) if needed and not is_empty else None


def _meant(kind: type, values: dict[str, Any]) -> None:
    """Puts right what people write in a place that is nearly the right one."""
    if kind is Host and values["email"] is None and (both := _NAME_AND_EMAIL.fullmatch(values["name"] or "")):
        values |= both.groupdict()
    elif kind is Meet and values["url"] is None and re.fullmatch(r"https?://\S+", values["text"] or ""):
        values |= {"url": values["text"], "text": None}
    elif kind is Link and values["label"] is None:
        values["label"] = values["url"]
    elif kind is Refreshments and (what := (values["what"] or "").lower()) in ("none", "no", "false"):
        values |= dict.fromkeys(values)
    elif kind is Refreshments and what in ("yes", "true"):
        values["what"] = "Refreshments"


def _confidential(answer: bool | str) -> str:
    """The words that stand for a confidential talk: the usual ones for yes, none for no."""
    if isinstance(answer, bool):
        return CANDIDATE if answer else ""
    return HIDDEN if answer.lower() == HIDDEN else answer


Confidential = Annotated[Recording, AfterValidator(_confidential)]
"""yes, no, hidden, or the words."""


def sponsor(record: SponsorRecord | None, day: date | None) -> str | None:
    """The sponsor of a talk on that day; last year's is none."""
    if record is None or (record.until and day and day > record.until):
        return None
    return record.text or None


def in_first_language(field: Field, value: Any, within: str = "") -> tuple[Any, tuple[Translation, ...]]:
    """A field's value with each of its texts as it was written first, and these in all their languages."""
    key = f"{within}{field.key}"
    if isinstance(value, Spoken):
        written = str(value)
        texts = value.texts.items()
        return written, tuple(
            Translation(key=key, written=written, language=language, text=text) for language, text in texts
        )
    if field.record is None or field.many or not value:
        return value, ()
    parts = {
        part.name: in_first_language(part, spoken, f"{key}.")
        for part in fields_of(field.record)
        if part.by_language and isinstance(spoken := getattr(value, part.name), Spoken)
    }
    translations = tuple(translation for _, several in parts.values() for translation in several)
    originals = {name: original for name, (original, _) in parts.items()}
    return (replace(value, **originals) if translations else value), translations
