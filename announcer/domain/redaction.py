"""What an audience may know of a talk, and which words must therefore never reach it."""

from __future__ import annotations

import calendar
import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from announcer.domain.fields import TEXTS, Audience, Field, Seen, fields_of, standing
from announcer.domain.private import Private, within
from announcer.domain.talk import CANDIDATE, HIDDEN, Online, Place, Talk

_NAMES = ("speaker.name", "speaker.affiliation")
_CANDIDATE = ("title", *_NAMES)
_WORD = re.compile(r"[^\W\d_]{3,}")
_CALENDAR = frozenset(name.casefold() for name in (*calendar.month_name, *calendar.day_name))
"""Every mail has some of them."""
_INSTITUTION = re.compile(
    r"univ|inst|colleg|school|scuola|ecole|école|schule|hochschule|academ|akadem|acad|labor|lab$|cent|zent|dep|fac"
    r"|fak|found|stift|national|state|technical|techn|polytech|science|research|forschung|physics|physik|math"
    r"|chemi|biolog|astro|engineer|comput|medic|the$|and$|for$|und$|für$|der$|die$|des$|del$|the$|van$|von$",
    re.IGNORECASE,
)
"""Common words of institutions, which give nobody away."""
_WORDS = 2
"""A note of so many words is too short to be known again."""
_NO_ROOM = ("online", "online only", "zoom", "virtual", "remote")


def redact(talk: Talk, audience: Audience) -> Talk:
    """The talk with nothing but what is declared as seen by this audience.

    Of a confidential talk a public list learns the series, the time and the place alone; words stand in
    place of its title and speaker, and its id gives way to an opaque one. Whom it may not tell of a link
    learns that a talk without a room is online.
    """
    if audience is Audience.INTERNAL:
        least = Seen.INTERNAL
    else:
        least = Seen.ALWAYS if talk.confidential else Seen.PUBLIC
    seen: Talk = _only(talk, least, audience)
    if talk.translations:
        seen = replace(seen, translations=standing(seen, talk.translations))
    if talk.online and not seen.online and is_online_alone(talk.place):
        seen = replace(seen, online=Online(audience=audience))
    if least is Seen.ALWAYS:
        words = CANDIDATE if talk.confidential == HIDDEN else talk.confidential
        return replace(seen, id=public_id(talk), title=words)
    return seen


def is_online_alone(place: Place | None) -> bool:
    """Whether a talk with a link has no room besides."""
    return place is None or place.label.strip().casefold() in _NO_ROOM


def _only(record: Any, least: Seen, audience: Audience) -> Any:
    """The record without the fields that fewer than these see, its own records likewise."""
    closed, nested = _fields(record.__class__, least)
    changed = {field.name: field.default for field in closed}
    for field in nested:
        value = getattr(record, field.name)
        if value:
            items = value if field.many else (value,)
            kept = tuple(_only(item, least, audience) for item in items if _is_for(item, audience))
            changed[field.name] = kept if field.many else next(iter(kept), None)
    return replace(record, **changed) if changed else record


@cache
def _fields(record: Any, least: Seen) -> tuple[list[Field], list[Field]]:
    """The fields of a record that fewer see than these, and those that hold records to be looked into."""
    declared = fields_of(record)
    return (
        [field for field in declared if field.seen < least],
        [field for field in declared if field.seen >= least and field.record and fields_of(field.record)],
    )


def _is_for(item: Any, audience: Audience) -> bool:
    """Whether an audience may see a record that says itself for whom it is."""
    return audience is Audience.INTERNAL or getattr(item, "audience", audience) is audience


def public_id(talk: Talk) -> str:
    """What a confidential talk is called where its id would name the candidate."""
    return talk.alias or opaque(talk.id)


def aliased(talk: Talk, secret: str) -> Talk:
    """The talk with an alias that nobody can guess a name from, where it is confidential."""
    return replace(talk, alias=opaque(talk.id, secret)) if talk.confidential and secret else talk


def opaque(name: str, secret: str = "") -> str:
    """A stable id that tells nothing of `name`; with a secret also to those who try names."""
    label = b"announcer/opaque/" + name.encode()
    if secret:
        return hmac.new(secret.encode(), label, hashlib.sha256).hexdigest()[:16]
    return hashlib.sha256(label).hexdigest()[:16]


def private_values(talk: Talk, audience: Audience, known: Iterable[str] = ()) -> frozenset[Private]:
    """The values of this talk that must not stand in any part of a message for this audience.

    What everybody knows anyway is none: `known`, which the department says of itself, and a value that
    also stands in a field the audience may see; that is an error of `check`.
    """
    shown = "\n".join((*texts(redact(talk, audience)), *known))
    return frozenset(private for private in _private(talk) if not private.stands_in(shown))


def secrets(talk: Talk) -> frozenset[Private]:
    """The values of this talk that open a door, or give a candidate away, where a public list reads them."""
    is_door = talk.online is not None and talk.online.audience is Audience.INTERNAL
    if not (is_door or talk.confidential or talk.notes):
        return frozenset()
    return frozenset(
        private
        for private in _private(talk)
        if (is_door and private.field.startswith("online."))
        or (talk.confidential and private.field in _CANDIDATE)
        or (private.field == "notes" and len(private.value.split()) > _WORDS)
    )


def _private(talk: Talk) -> Iterator[Private]:
    """Every text of a talk, and what is a secret within one of them."""
    yield Private(value=talk.id, field="id", path=talk.path)
    for key, value in _named_texts(talk):
        yield Private(value=value, field=key, path=talk.path)
        if key == "online.url":
            for secret in within(value):
                yield Private(value=secret, field=key, path=talk.path)
        if talk.confidential and key in _NAMES:
            for word in _telling(value):
                yield Private(value=word, field=key, path=talk.path, is_name=True)


def _telling(name: str) -> Iterator[str]:
    """The words of a name that give somebody away where they stand alone."""
    for word in _WORD.findall(name):
        if word[0].isupper() and word.casefold() not in _CALENDAR and not _INSTITUTION.match(word):
            yield word


def texts(record: Any) -> Iterator[str]:
    """Every text in a record's fields, and a talk's id. Of an abstract the sentences are too long to
    recur, so the whole stands for them."""
    if isinstance(record, Talk):
        yield record.id
    yield from (text for _, text in _named_texts(record))


def _named_texts(record: Any, within: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a record's fields, with its key in YAML."""
    for field in _with_texts(record.__class__):
        value = getattr(record, field.name)
        if value:
            for key, text in _named_in(field, value):
                yield f"{within}{key}", text
    if isinstance(record, Talk):
        yield from ((translation.key, translation.text.strip()) for translation in record.translations)


@cache
def _with_texts(record: Any) -> tuple[Field, ...]:
    """The fields of a record that hold texts, or records."""
    return tuple(field for field in fields_of(record) if field.record or field.shape in TEXTS)


def texts_in(field: Field, value: Any) -> Iterator[str]:
    """Every text in the value of a field."""
    yield from (text for _, text in _named_in(field, value))


def _named_in(field: Field, value: Any) -> Iterator[tuple[str, str]]:
    for item in value if field.many else (value,):
        if field.record:
            yield from _named_texts(item, f"{field.key}.")
        elif field.shape in TEXTS and isinstance(item, str):
            yield field.key, item.strip()
