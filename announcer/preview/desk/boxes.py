"""A talk's file <-> the boxes of a form: `title`, `location.room`, `speaker.0.name`, `notice.de`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from announcer.domain.fields import Field, Shape, fields_of
from announcer.domain.plain import Plain
from announcer.domain.talk import FIELDS
from announcer.languages.to_come import is_unknown
from announcer.languages.words import language_of
from announcer.preview.desk.paragraphs import flowed, in_lines
from announcer.records.fields.dates import parse_date
from announcer.records.fields.errors import FaultyValueError

DECIDED = ("status",)
"""What a button decides."""
FORM = tuple(
    field for field in FIELDS if field.key not in (*DECIDED, "source") and field.shape is not Shape.SCHEDULE
)
"""The fields of the form; the others are edited as text."""
AREAS = (Shape.PROSE, Shape.MARKDOWN)
MOST = 12
"""Speakers, or links, that a form has."""


class _BeyondError(Exception):
    """A value that the form has no boxes for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """What stands in the boxes."""

    boxes: Mapping[str, str]
    """By name; what is not there is empty."""
    beyond: frozenset[str]
    """Keys of fields that are written in a way which only the text can hold."""

    def count(self, field: Field) -> int:
        """How many of a field's records are filled in."""
        numbers = [_number(name, field.key) for name in self.boxes]
        return max((number + 1 for number in numbers if number is not None), default=0)


def boxes_of(values: Mapping[str, Plain]) -> Filled:
    """The boxes for what a file says."""
    boxes: dict[str, str] = {}
    beyond = set()
    for field in FORM:
        key = next((key for key in field.keys if key in values), None)
        if key is None:
            continue
        try:
            boxes |= _of_field(field, values[key])
        except _BeyondError:
            beyond.add(field.key)
    return Filled(boxes=boxes, beyond=frozenset(beyond))


def changes(boxes: Mapping[str, str], values: Mapping[str, Plain]) -> dict[str, Plain | None]:
    """What the boxes say otherwise than the file: values by key, None for what is taken away."""
    before = boxes_of(values)
    edits: dict[str, Plain | None] = {}
    for field in FORM:
        if field.key in before.beyond or not _is_asked(field, boxes):
            continue
        was, now = _field_value(field, before.boxes), _field_value(field, boxes)
        if was != now:
            key, value = _written(field, now, values)
            there = next((values[name] for name in field.keys if name in values), "")
            edits[key] = None if value is None else _lined(field, value, there)
    return edits


def _of_field(field: Field, value: Plain) -> dict[str, str]:
    if field.shape is Shape.RECORD:
        if not field.many:
            return _of_record(field, value, field.key)
        items: list[Plain] = [value] if isinstance(value, (str, Mapping)) else list(value)
        if len(items) > MOST:
            raise _BeyondError
        numbered = (_of_record(field, item, f"{field.key}.{number}") for number, item in enumerate(items))
        return {name: text for boxes in numbered for name, text in boxes.items()}
    if field.many:
        items = [value] if isinstance(value, (str, Mapping)) else list(value)
        if isinstance(value, Mapping) or not all(isinstance(item, str) for item in items):
            raise _BeyondError
        return {field.key: ", ".join(str(item) for item in items)}
    return _of_text(field, value, field.key)


def _of_text(field: Field, value: Plain, name: str) -> dict[str, str]:
    """A text's box, or one for each of its languages."""
    if isinstance(value, str):
        return {name: _box_text(field, value)}
    if not isinstance(value, Mapping) or not field.by_language or not _is_by_language(value):
        raise _BeyondError
    return {f"{name}.{key}": _box_text(field, str(text)) for key, text in value.items()}


def _is_by_language(value: Mapping[str, Plain]) -> bool:
    return bool(value) and all(language_of(key) and isinstance(text, str) for key, text in value.items())


def _of_record(field: Field, value: Plain, name: str) -> dict[str, str]:
    parts = {part.key: part for part in fields_of(field.record)}
    if isinstance(value, str):
        short = next((part for part in parts.values() if part.short), None)
        if short is None:
            raise _BeyondError
        return {f"{name}.{short.key}": _box_text(short, value)}
    if not isinstance(value, Mapping):
        raise _BeyondError
    spoken = next((part for part in parts.values() if part.short and part.by_language), None)
    if spoken and not parts.keys() & value.keys() and _is_by_language(value):
        return _of_text(spoken, value, f"{name}.{spoken.key}")
    if "label" in parts and len(value) == 1 and not parts.keys() & value.keys():
        ((label, url),) = value.items()
        value = {"label": label, "url": url}
    boxes: dict[str, str] = {}
    for key, entry in value.items():
        if key not in parts:
            raise _BeyondError
        if parts[key].shape is Shape.RECORD:
            boxes |= _of_record(parts[key], entry, f"{name}.{key}")
        else:
            boxes |= _of_text(parts[key], entry, f"{name}.{key}")
    return boxes


def _box_text(field: Field, text: str) -> str:
    """A value as its box has it: a day as browsers want it, and nothing for TBA."""
    text = flowed(text.strip("\n").rstrip()) if field.shape in AREAS else " ".join(text.split())
    if field.shape is Shape.DATE and text:
        try:
            return parse_date(text).isoformat()
        except FaultyValueError:  # shown as it is written, with its problem
            return text
    return "" if field.shape in (Shape.NAME, Shape.TITLE, *AREAS) and is_unknown(text) else text


def _number(name: str, key: str) -> int | None:
    match = re.match(rf"{re.escape(key)}\.(\d{{1,2}})\.", name)
    return int(match[1]) if match else None


def _is_asked(field: Field, boxes: Mapping[str, str]) -> bool:
    """Whether the form that was sent has boxes for a field."""
    return any(name == field.key or name.startswith(f"{field.key}.") for name in boxes)


def _field_value(field: Field, boxes: Mapping[str, str]) -> Plain:
    """What the boxes of a field say, empty ones left out."""
    if field.shape is not Shape.RECORD:
        text = _box_content(field, boxes, field.key)
        if not isinstance(text, str):
            return text
        return [part.strip() for part in text.split(",") if part.strip()] if field.many else text
    if not field.many:
        return _record(field, boxes, field.key)
    numbers = sorted(
        {number for name in boxes if (number := _number(name, field.key)) is not None and number < MOST}
    )
    records = [_record(field, boxes, f"{field.key}.{number}") for number in numbers]
    return [record for record in records if record]


def _record(field: Field, boxes: Mapping[str, str], name: str) -> dict[str, Plain]:
    record: dict[str, Plain] = {}
    for part in fields_of(field.record):
        if part.shape is Shape.RECORD:
            content: Plain = _record(part, boxes, f"{name}.{part.key}")
        else:
            content = _box_content(part, boxes, f"{name}.{part.key}")
        if content:
            record[part.key] = content
    return record


def _box_content(field: Field, boxes: Mapping[str, str], name: str) -> str | dict[str, Plain]:
    """What stands in a text's box; of several languages a mapping, and where one alone is filled in its
    text, which then holds for all of them."""
    known = {key: boxes[key] for key in boxes if field.by_language and key.startswith(f"{name}.")}
    texts: dict[str, Plain] = {
        key.rpartition(".")[2]: text
        for key, content in (known or {f"{name}.": boxes.get(name, "")}).items()
        if (text := _box_text(field, content.replace("\r\n", "\n")))
    }
    return texts if len(texts) > 1 else str(next(iter(texts.values()), ""))


def _written(field: Field, content: Plain, values: Mapping[str, Plain]) -> tuple[str, Plain | None]:
    """The key and the value as a careful person writes them."""
    old = next((key for key in field.keys if key in values), field.key)
    if not content:
        return old, None
    if field.shape is not Shape.RECORD:
        one_of_text = field.many and len(content) == 1 and isinstance(values.get(old), str)
        return old, content[0] if one_of_text and not isinstance(content, (str, Mapping)) else content
    if not field.many:
        return old, _short(field, content, whole=isinstance(values.get(old), Mapping))
    items = [_nested(field, item) for item in content if isinstance(item, Mapping)]
    was_list = not isinstance(values.get(old, ""), (str, Mapping))
    if field.plural and len(items) == 1 and not was_list:
        return field.key, _short(field, content[0] if isinstance(content, list) else content, whole=True)
    return field.plural or field.key, items


def _lined(field: Field, content: Plain, there: Plain) -> Plain:
    """What is to be written, its paragraphs in lines: those that are `there` as they stand there."""
    if isinstance(content, str):
        if field.shape not in AREAS:
            return content
        before = there if isinstance(there, str) else ""
        return before if _box_text(field, before) == content else in_lines(content, before)
    if isinstance(content, Mapping) and field.record is None:
        was = there if isinstance(there, Mapping) else {}
        return {language: _lined(field, text, was.get(language, "")) for language, text in content.items()}
    if isinstance(content, Mapping):
        parts = {part.key: part for part in fields_of(field.record)}
        old = there if isinstance(there, Mapping) else {}
        return {key: _lined(parts[key], entry, old.get(key, "")) for key, entry in content.items()}
    items = [there] if isinstance(there, (str, Mapping)) else list(there)
    return [_lined(field, entry, items[at] if at < len(items) else "") for at, entry in enumerate(content)]


def _nested(field: Field, value: Mapping[str, Plain]) -> Plain:
    parts = {part.key: part for part in fields_of(field.record)}
    return {
        key: _short(parts[key], entry, whole=False) if parts[key].shape is Shape.RECORD else entry
        for key, entry in value.items()
    }


def _short(field: Field, value: Plain, *, whole: bool) -> Plain:
    """A record in one line where it has nothing but what one line can say."""
    if not isinstance(value, Mapping):
        return value
    short = next((part.key for part in fields_of(field.record) if part.short), None)
    made = _nested(field, value)
    return (
        made[short] if not whole and isinstance(made, Mapping) and list(made) == [short] and short else made
    )
