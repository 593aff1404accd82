"""The form as the page shows it: each box with its words, value and problems, and what its series gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from announcer.domain.clock import clock_time
from announcer.domain.department import Department, Series
from announcer.domain.fields import Field, Shape, fields_of
from announcer.domain.problem import Problem
from announcer.domain.talk import FIELDS, Talk
from announcer.languages.dates import known_locale
from announcer.languages.words import ENGLISH, language_of
from announcer.preview.desk.boxes import AREAS, FORM, MOST
from announcer.preview.desk.sheet import Sheet
from announcer.preview.desk.workplace import Workplace
from announcer.preview.state import DepartmentState
from announcer.records.writing import length

FIRST = ("series", "date", "speaker", "title", "abstract")
"""What every talk has; all else stands behind "more"."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """One thing to fill in."""

    name: str
    label: str
    about: str
    kind: str
    """`line`, `area`, `day` or `choice`."""
    value: str
    given: str
    """What it is where it is left empty."""
    choices: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    mode: str
    """Which keyboard a phone shows."""

    @property
    def id(self) -> str:
        """In the page."""
        return f"box-{self.name.replace('.', '-')}"


@dataclass(frozen=True, kw_only=True)
class Block:
    """The boxes of one field."""

    key: str
    label: str
    about: str
    boxes: tuple[Box, ...]
    rows: tuple[tuple[Box, ...], ...]
    """Of a field with several records, each one's boxes; the last is empty."""
    beyond: bool
    """Whether it is written so that only the text can hold it."""
    is_filled: bool


@dataclass(frozen=True, kw_only=True)
class FormSection:
    """The blocks of one section."""

    title: str
    blocks: tuple[Block, ...]


def first_blocks(workplace: Workplace, state: DepartmentState, sheet: Sheet) -> dict[str, Block]:
    """What every talk has, by key."""
    given = usual(workplace, state, sheet.series)
    return {field.key: _block(field, sheet, state, given) for field in FORM if field.key in FIRST}


def more_parts(workplace: Workplace, state: DepartmentState, sheet: Sheet) -> tuple[FormSection, ...]:
    """Every other field, in the order of the declarations."""
    given = usual(workplace, state, sheet.series)
    rest = [field for field in FORM if field.key not in FIRST]
    return tuple(
        FormSection(title=section.value, blocks=tuple(_block(field, sheet, state, given) for field in fields))
        for section, fields in groupby(rest, key=lambda field: field.section)
    )


def usual(workplace: Workplace, state: DepartmentState, series: Series) -> dict[str, str]:
    """What a talk of a series takes from it, by box."""
    path = f"talks/{series.key}/usual.yaml"
    text = f"series: {series.key}\ndate: {state.now.date().isoformat()}\ntime: noon\n"
    talk = workplace.read(path, text, state.now).talk
    boxes = _from_series(talk) if talk else {}
    if series.time:
        boxes["time"] = clock_time(series.time)
    if series.duration:
        boxes["duration"] = length(series.duration)
    return boxes


def _from_series(talk: Talk) -> dict[str, str]:
    boxes: dict[str, str] = {}
    for field in FIELDS:
        value = getattr(talk, field.name, None) if field.inherited else None
        if isinstance(value, str):
            boxes[field.key] = value
        elif field.shape is Shape.REFERENCE and isinstance(value, tuple):
            boxes[field.key] = ", ".join(map(str, value))
        elif field.record is not None and value is not None:
            for part in fields_of(field.record):
                text = getattr(value, part.name, None)
                if isinstance(text, str) and text:
                    boxes[f"{field.key}.{part.key}"] = text
    return boxes


def _block(field: Field, sheet: Sheet, state: DepartmentState, given: dict[str, str]) -> Block:
    boxes: tuple[Box, ...] = ()
    rows: tuple[tuple[Box, ...], ...] = ()
    if field.shape is not Shape.RECORD:
        boxes = _text_boxes(field, field.key, sheet, state, given)
    elif field.many:
        count = min(max(sheet.filled.count(field), 1), MOST)
        rows = tuple(_boxes(field, f"{field.key}.{number}", sheet, state, given) for number in range(count))
    else:
        boxes = _boxes(field, field.key, sheet, state, given)
    return Block(
        key=field.key,
        label=field.label,
        about=field.about,
        boxes=boxes,
        rows=rows,
        beyond=field.key in sheet.filled.beyond,
        is_filled=any(box.value or box.problems for box in (*boxes, *(box for row in rows for box in row))),
    )


def _boxes(
    field: Field, name: str, sheet: Sheet, state: DepartmentState, given: dict[str, str]
) -> tuple[Box, ...]:
    boxes: list[Box] = []
    for part in fields_of(field.record):
        if part.shape is Shape.RECORD:
            boxes += _boxes(part, f"{name}.{part.key}", sheet, state, given)
        else:
            boxes += _text_boxes(part, f"{name}.{part.key}", sheet, state, given)
    return tuple(boxes)


def _text_boxes(
    field: Field, name: str, sheet: Sheet, state: DepartmentState, given: dict[str, str]
) -> tuple[Box, ...]:
    """The box of a text; one for each language where it is written so, or may be for a list with two."""
    languages = [key.rpartition(".")[2] for key in sheet.filled.boxes if key.startswith(f"{name}.")]
    is_open = name == field.key and not sheet.filled.boxes.get(name) and field.shape is not Shape.TITLE
    if not field.by_language or not (languages or is_open):
        return (_box(field, name, sheet, state, given),)
    known = {language_of(language) for language in languages}
    languages += [
        language for language in _spoken_to(sheet.series, state.department) if language not in known
    ]
    if not languages:
        return (_box(field, name, sheet, state, given),)
    boxes = (_box(field, f"{name}.{language}", sheet, state, given) for language in languages)
    return tuple(
        replace(box, label=f"{box.label} ({_language(language)})", given=given.get(name, ""))
        for language, box in zip(languages, boxes, strict=True)
    )


def _spoken_to(series: Series, department: Department | None) -> tuple[str, ...]:
    """The languages of the series' lists, where one of them has two."""
    if department is None:
        return ()
    lists = [department.lists[name] for name in series.lists if name in department.lists]
    by_list = [department.locales([mailing_list], series.key) for mailing_list in lists]
    if all(len(locales) < 2 for locales in by_list):
        return ()
    spoken = (language_of(locale) or ENGLISH for locales in by_list for locale in locales)
    return tuple(dict.fromkeys(spoken))


def _language(name: str) -> str:
    """`German`, of `de_CH`."""
    return str(known_locale(name).get_language_name(ENGLISH))


def _box(field: Field, name: str, sheet: Sheet, state: DepartmentState, given: dict[str, str]) -> Box:
    value = sheet.filled.boxes.get(name, "")
    label = field.label
    if ".photo." in name:
        label = "Photo" if field.key == "path" else "What the photo shows"
    return Box(
        name=name,
        label=label,
        about=field.about,
        kind=_kind(field, value),
        value=value,
        given=given.get(name, ""),
        choices=_choices(field, value, state),
        problems=sheet.by_box.get(name, ()),
        mode={Shape.URL: "url", Shape.LINK: "url", Shape.MAILBOX: "email"}.get(field.shape, ""),
    )


def _kind(field: Field, value: str) -> str:
    if field.shape is Shape.DATE:
        return "day" if not value or _is_day(value) else "line"
    if field.shape in AREAS:
        return "area"
    one_of = field.shape in (Shape.CHOICE, Shape.YES_NO) or (field.key == "series" and not field.many)
    return "choice" if one_of else "line"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _choices(field: Field, value: str, state: DepartmentState) -> tuple[tuple[str, str], ...]:
    """Each with its word in the file and for the eye; what the file says is among them."""
    choices: list[tuple[str, str]] = []
    if field.key == "series" and state.department:
        choices = [(key, series.name) for key, series in state.department.series.items()]
        choices = choices if value else [("", "as its folder says"), *choices]
    elif field.choices is not None:
        usual_one = f"{field.default.value} (as usual)" if field.default else ""
        choices = [("", usual_one), *((choice.value, choice.value) for choice in field.choices)]
    elif field.shape is Shape.YES_NO:
        choices = [("", "no (as usual)"), ("yes", "yes"), ("no", "no")]
    known = {word for word, _ in choices}
    return (*choices, (value, value)) if value and value not in known else tuple(choices)
