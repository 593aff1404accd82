"""How a field is declared, once: shape, words, languages, who may see it. Closed is the default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, MISSING, dataclass, fields, is_dataclass, replace
from enum import IntEnum, StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

R = TypeVar("R")


class Shape(StrEnum):
    """What a value looks like: how it is read from YAML and written there, and how a reader is shown it."""

    NAME = "name"
    """One line that is shown as it is."""
    LINE = "line"
    """One line of words; addresses in it can be followed."""
    TITLE = "title"
    """One line with LaTeX maths."""
    PROSE = "prose"
    """Words over several lines."""
    MARKDOWN = "markdown"
    """Prose in Markdown with LaTeX maths."""
    CODE = "code"
    """Characters to be typed as they stand, like a passcode."""
    URL = "url"
    """An address of the web."""
    LINK = "link"
    """An address of the web, or `mailto:`."""
    MAILBOX = "mailbox"
    """An email address."""
    PATH = "path"
    """A file below the department's folder."""
    DATE = "date"
    TIME = "time"
    """A time of day."""
    DURATION = "duration"
    ZONE = "zone"
    """The IANA name of a time zone."""
    REFERENCE = "reference"
    """The name of something in announcer.yaml."""
    IDENTIFIER = "identifier"
    CHOICE = "choice"
    """One of the words of an enum."""
    YES_NO = "yes-no"
    YES_NO_OR_LINE = "yes-no-or-line"
    """`yes`, `no` or a sentence."""
    YES_NO_OR_NAME = "yes-no-or-name"
    """`no`, or the words that stand for the talk; `yes` for the usual ones."""
    RECORD = "record"
    """A mapping, whose own fields are declared."""
    SCHEDULE = "schedule"
    """Rules, each an occasion and when it is due."""


WORDS = frozenset((Shape.NAME, Shape.LINE, Shape.TITLE, Shape.PROSE, Shape.MARKDOWN, Shape.YES_NO_OR_LINE))
"""The shapes in which a person writes words for readers. Words that only say TBA count as none."""
TEXTS = WORDS | {Shape.CODE, Shape.URL, Shape.LINK, Shape.MAILBOX}
"""The shapes whose values, where they are private, must not stand anywhere in a message."""


class Audience(StrEnum):
    """Who may read what is sent to a list. What is internal never reaches a public one."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Seen(IntEnum):
    """Who may see a field of a talk, from the fewest to all."""

    NOBODY = 0
    """It is for the organizers, and in no message at all."""
    INTERNAL = 1
    """Internal lists alone."""
    PUBLIC = 2
    """Public lists too, but for a confidential talk."""
    ALWAYS = 3
    """Public lists too, of a confidential talk as well."""


class WithoutTalk(StrEnum):
    """What becomes of a field in a week without a talk (`kind: none`)."""

    GONE = "gone"
    """It is not told, and not taken from the series."""
    OWN = "own"
    """It is told where the file says it, and not taken from the series."""
    KEPT = "kept"
    """As ever."""


class Section(StrEnum):
    """Where a field stands in a form and in the reference, in this order."""

    WHEN = "When"
    TALK = "The talk"
    WHERE = "Where"
    AROUND = "Around it"
    MAIL = "Its mail"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record, as `Annotated[type, Field(...)]` declares it in the record's class."""

    shape: Shape
    about: str
    """What it is for, in a line of the reference and of an editor's help."""
    _: KW_ONLY
    label: str = ""
    """How a reader, a form and a table call it; made of the key where silent."""
    key: str = ""
    """Its key in YAML; the attribute's name where silent."""
    plural: str = ""
    """Another key for several of them."""
    examples: tuple[str, ...] = ()
    """Each as YAML writes it in one line."""
    aliases: str = ""
    """What else people call it, parted by blanks: for "did you mean"."""
    seen: Seen = Seen.INTERNAL
    inherited: bool = False
    """Whether a talk takes it from its series where its file is silent."""
    requirable: bool = False
    """Whether a series may require it before an occasion goes."""
    detail: bool = False
    """Whether it stands among a message's details, as a row with its label."""
    short: bool = False
    """Whether plain text in the place of its record is this field."""
    by_language: bool = False
    """Whether it may be a mapping with a text for each of some languages."""
    without_talk: WithoutTalk = WithoutTalk.GONE
    section: Section = Section.AROUND
    name: str = ""
    """The attribute in its class. This and what follows is read from the annotation."""
    record: type | None = None
    """The class of its value or values, where that is a record."""
    choices: type[StrEnum] | None = None
    many: bool = False
    """Whether it is a tuple of values."""
    required: bool = False
    """Whether its record cannot be without it."""
    default: Any = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key under which YAML may write it."""
        return (self.key, self.plural) if self.plural else (self.key,)

    @property
    def described(self) -> str:
        """What it is for, and that it may be a mapping where it may."""
        return f"{self.about} By language, too: `{{de: ..., en: ...}}`." if self.by_language else self.about

    @property
    def example(self) -> str:
        """One value as YAML writes it in one line; empty where there is none."""
        return self.examples[0] if self.examples else ""


@cache
def fields_of(record: Any) -> tuple[Field, ...]:
    """The declared fields of a record's class, in the order in which they are declared."""
    if not is_dataclass(record):
        return ()
    hints = get_type_hints(record, include_extras=True)
    record_fields = []
    for attribute in fields(record):
        hint = hints[attribute.name]
        declared = next((note for note in getattr(hint, "__metadata__", ()) if isinstance(note, Field)), None)
        if declared is not None:
            key = declared.key or attribute.name
            record_fields.append(
                replace(
                    declared,
                    name=attribute.name,
                    key=key,
                    label=declared.label or key.replace("_", " ").capitalize(),
                    required=attribute.default is MISSING and attribute.default_factory is MISSING,
                    default=None if attribute.default is MISSING else attribute.default,
                    **_kind(hint),
                )
            )
    return tuple(record_fields)


def _kind(hint: Any) -> dict[str, Any]:
    """What the annotation itself says: the class of a record or of an enum, and whether there are several."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _kind(get_args(hint)[0])
    if origin is tuple:
        return _kind(get_args(hint)[0]) | {"many": True}
    if origin in (Union, UnionType):
        kinds = [_kind(member) for member in get_args(hint)]
        return next((kind for kind in kinds if kind), {})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"choices": hint}
    return {"record": hint} if isinstance(hint, type) and hasattr(hint, "__dataclass_fields__") else {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Translation:
    """A text of a record in one of its languages."""

    key: str
    """Its place in YAML: `notice`, `location.room`."""
    written: str
    """The text that was written first. The record holds it, and facts are compared by it."""
    language: str
    """As a catalogue is called: `de`, `pt_BR`."""
    text: str


def in_language(record: R, translations: Iterable[Translation], language: str) -> R:
    """The record with its texts in that language. One that has none in it stays, and so does one that says
    something else by now than what was translated."""
    texts = {
        (translation.key, translation.written): translation.text
        for translation in translations
        if translation.language == language
    }
    return _with_texts(record, texts, "") if texts else record


def _with_texts(record: Any, texts: Mapping[tuple[str, str], str], within: str) -> Any:
    changed: dict[str, Any] = {}
    for field in fields_of(record.__class__):
        value, key = getattr(record, field.name), f"{within}{field.key}"
        if field.by_language and (key, value) in texts:
            changed[field.name] = texts[key, value]
        elif field.record and value and not field.many:
            changed[field.name] = _with_texts(value, texts, f"{key}.")
    return replace(record, **changed) if changed else record


def standing(record: Any, translations: Iterable[Translation]) -> tuple[Translation, ...]:
    """Those of the translations whose text the record still says."""
    return tuple(
        translation for translation in translations if _at(record, translation.key) == translation.written
    )


def _at(record: Any, key: str) -> Any:
    for part in key.split("."):
        field = next((candidate for candidate in fields_of(record.__class__) if candidate.key == part), None)
        record = getattr(record, field.name) if field else None
    return record
