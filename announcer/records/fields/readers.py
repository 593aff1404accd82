"""The kinds of value that a field takes: how each is read, and what an editor's schema says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import PlainValidator, WithJsonSchema

from announcer.domain.department import Address
from announcer.languages.words import LANGUAGES
from announcer.records.fields.addresses import (
    read_address,
    read_host,
    read_ledger,
    read_link,
    read_mailbox,
    read_path,
    read_url,
)
from announcer.records.fields.errors import FaultyValueError
from announcer.records.fields.suggest import choices, meant
from announcer.records.fields.texts import IDENTIFIER, identifier_like, not_lost, read_line, read_prose, short
from announcer.records.yaml.nodes import Value

if TYPE_CHECKING:
    from babel import Locale

_TEXT = {"type": ["string", "number", "boolean"]}
_STRING = {"type": "string"}


def read_yes_no(value: Value) -> bool:
    """yes or no, and what else people write for them."""
    text = short(value).lower()
    if text in ("yes", "y", "true", "on"):
        return True
    if text in ("no", "n", "false", "off"):
        return False
    raise FaultyValueError("not-yes-or-no", f'"{text}" is neither yes nor no', "write yes or no")


def read_recording(value: Value) -> bool | str:
    """yes, no, or a sentence."""
    text = read_line(value)
    return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower(), text)


def read_paused(value: Value) -> str:
    """Why nothing is sent; empty for no."""
    text = read_line(value)
    return "" if text.lower() in ("no", "false", "off") else text


def read_identifier(value: Value) -> str:
    """A name that stands in keys and on the command line: letters, digits, dots, hyphens, underscores."""
    text = short(value)
    if IDENTIFIER.fullmatch(text):
        return text
    right = identifier_like(text)
    raise FaultyValueError(
        "bad-name",
        f'"{text}" has characters that a name cannot have',
        f"use letters, digits and hyphens{f': {right}' if right else ''}",
    )


def read_macro_name(value: Value) -> str:
    """The name of a command of TeX, with its backslash or without: letters alone."""
    text = short(value).removeprefix("\\")
    if text.isascii() and text.isalpha():
        return text
    raise FaultyValueError(
        "bad-name", f'"{text}" is no name of a command', "use letters alone, as TeX does: R, Hom, eps"
    )


def read_word(value: Value) -> str:
    """A name that refers to something named elsewhere."""
    return short(value)


def read_port(value: Value) -> int:
    """A TCP port."""
    text = short(value)
    if not text.isdecimal() or not text.isascii() or not 1 <= int(text[:9]) <= 65535:
        raise FaultyValueError("bad-port", f'"{text}" is not a port', "write a number, usually 587 or 465")
    return int(text)


def read_color(value: Value) -> str:
    """A color as HTML writes it."""
    not_lost(value)
    text = short(value)
    if re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        return text.lower()
    raise FaultyValueError(
        "bad-color",
        f'"{text}" is not a color',
        "write six hexadecimal digits in quotes: '#003366'",
    )


def read_locale(value: Value) -> str:
    """A locale that dates can be written in."""
    from babel import Locale, UnknownLocaleError

    text = short(value)
    try:
        return str(Locale.parse(text.replace("-", "_")))
    except (UnknownLocaleError, ValueError) as error:
        known = map(Locale.parse, LANGUAGES)
        named = "".join(f"{language}, or " for language in known if text.casefold() in _names_of(language))
        hint = f"write {named}language and country, like en_US, en_GB or de_DE"
        raise FaultyValueError("bad-locale", f'"{text}" is not a locale', hint) from error


def _names_of(locale: Locale) -> set[str]:
    """What a language is called in English and by those who speak it."""
    return {str(locale.get_language_name(language)).casefold() for language in ("en", locale)}


def a(what: str) -> str:
    """The words with the article that they take."""
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


_AMERICAN = {"canceled": "cancelled"}
"""Words that are spelt otherwise across the Atlantic."""


def one_of(known: Iterable[str], what: str) -> Callable[[Value], str]:
    """A reader of one of some words; another suggests the one that was meant."""
    words = tuple(known)

    def read(value: Value) -> str:
        text = short(value)
        word = _AMERICAN.get(text.lower(), text.lower())
        if word in words:
            return word
        right = meant(text, words)
        raise FaultyValueError(
            "unknown-value",
            f'"{text}" is not {a(what)}',
            f"did you mean {right}?" if right else f"write {choices(words)}",
        )

    return read


def member_of(kind: type[StrEnum], what: str) -> PlainValidator:
    """A reader of an enum's values."""
    read = one_of((str(member) for member in kind), what)
    return PlainValidator(lambda value: kind(read(value)))


def words(known: Iterable[str]) -> WithJsonSchema:
    """The schema of some words, in small letters or with capitals."""
    names = [str(word) for word in known]
    names += [american for american, word in _AMERICAN.items() if word in names]
    letters = "|".join("".join(f"[{char.upper()}{char}]" for char in name) for name in names)
    return WithJsonSchema(
        {"anyOf": [{"enum": names}, {"type": "string", "pattern": rf"^\s*({letters})\s*$"}]}
    )


Line = Annotated[str, PlainValidator(read_line), WithJsonSchema(_TEXT)]
Prose = Annotated[str, PlainValidator(read_prose), WithJsonSchema(_TEXT)]
Word = Annotated[str, PlainValidator(read_word), WithJsonSchema(_TEXT)]
Identifier = Annotated[
    str, PlainValidator(read_identifier), WithJsonSchema({**_TEXT, "pattern": f"^{IDENTIFIER.pattern}$"})
]
MacroName = Annotated[
    str, PlainValidator(read_macro_name), WithJsonSchema({**_TEXT, "pattern": r"^\\?[A-Za-z]+$"})
]
YesNo = Annotated[
    bool,
    PlainValidator(read_yes_no),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "boolean"},
                {"type": "string", "pattern": r"^\s*([Yy]([Ee][Ss])?|[Nn][Oo]?|[Oo][Nn]|[Oo][Ff][Ff])\s*$"},
                {"type": "string", "pattern": r"^\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\s*$"},
            ]
        }
    ),
]
Recording = Annotated[bool | str, PlainValidator(read_recording), WithJsonSchema(_TEXT)]
Paused = Annotated[str, PlainValidator(read_paused), WithJsonSchema(_TEXT)]
Url = Annotated[str, PlainValidator(read_url), WithJsonSchema({**_STRING, "pattern": "^\\s*https?://"})]
LinkUrl = Annotated[
    str, PlainValidator(read_link), WithJsonSchema({**_STRING, "pattern": "^\\s*(https?://|mailto:)"})
]
Mailbox = Annotated[str, PlainValidator(read_mailbox), WithJsonSchema({**_STRING, "pattern": "@"})]
Sender = Annotated[Address, PlainValidator(read_address), WithJsonSchema({**_STRING, "pattern": "@"})]
Port = Annotated[int, PlainValidator(read_port), WithJsonSchema({"type": ["integer", "string"]})]
Color = Annotated[
    str, PlainValidator(read_color), WithJsonSchema({**_STRING, "pattern": "^\\s*#[0-9a-fA-F]{6}\\s*$"})
]
HostName = Annotated[str, PlainValidator(read_host), WithJsonSchema(_STRING)]
FolderPath = Annotated[str, PlainValidator(read_path), WithJsonSchema(_TEXT)]
LocaleName = Annotated[str, PlainValidator(read_locale), WithJsonSchema(_STRING)]
LedgerUrl = Annotated[
    str,
    PlainValidator(read_ledger),
    WithJsonSchema({**_STRING, "pattern": "^\\s*(sqlite|postgresql://.*)\\s*$"}),
]
