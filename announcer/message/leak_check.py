"""A last look at a finished message: nothing private in it, nothing left over from its templates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import lru_cache

from announcer.domain.private import Private, stands_in
from announcer.domain.problem import Problem, Severity
from announcer.message.html_pieces import Element, Text, pieces

_SHOWN_ATTRIBUTES = frozenset(["href", "src", "alt", "title", "content", "aria-label"])
_MACHINE_HEADERS = frozenset(["date", "mime-version", "content-transfer-encoding"])
_MACHINE_PROPERTIES = re.compile(r"(DTSTAMP|DTSTART|DTEND|SEQUENCE|VERSION|PRODID|METHOD)\b")
_LEFTOVERS = re.compile(
    r"\{\{[^{}\n]{0,200}\}\}|\{%[^%\n]{0,200}%\}|\{#[^#\n]{0,200}#\}|@@\w{1,80}|\bNone\b|\bUndefined\b"
    r"|<built-in [^>\n]{0,200}>|\bobject at 0x\w{1,80}"
)
"""Bounded: a text may have 200 KB of opening braces."""


@lru_cache(maxsize=8)
def visible_text(page: str, *, between: str = "") -> str:
    """What a person could see or follow in an HTML page, with `between` where a tag parts words: its text,
    as it stands, so that a value that tags cut in two is whole again; telling attributes; comments."""
    found = []
    for piece in pieces(page):
        if isinstance(piece, Element):
            found += [f" {value} " for name, value in piece.attributes if name in _SHOWN_ATTRIBUTES and value]
        elif not isinstance(piece, Text):
            found.append(f" {piece.text} ")
        elif piece.parent is None or piece.parent.tag != "style":
            found.append(piece.text)
    return between.join(found)


def leaks(data: bytes, private: Collection[str]) -> tuple[str, ...]:
    """The parts of a message in which a private value stands: `Subject`, `text/html`, ...; none is good."""
    return leaks_in(_places(data), private) if private else ()


def leaks_in(places: Iterable[tuple[str, str]], private: Iterable[str]) -> tuple[str, ...]:
    """The names of the places, each given with its words, in which a private value stands; none is good."""
    values = list(private)
    found = {name: None for name, words in places for value in values if stands_in(value, words)}
    return tuple(found)


def leaked(data: bytes, private: Iterable[Private]) -> dict[Private, tuple[str, ...]]:
    """The private values that can be read in a message, each with the parts in which it stands."""
    places = list(_places(data))
    found = {
        each: tuple(dict.fromkeys(name for name, words in places if each.stands_in(words)))
        for each in sorted(private)
    }
    return {each: names for each, names in found.items() if names}


def words_of(data: bytes) -> str:
    """All that can be read in a message."""
    return "\n".join(words for _, words in _places(data))


def _places(data: bytes) -> Iterator[tuple[str, str]]:
    """Every decoded part of a message with its name."""
    message = message_from_bytes(data, policy=default)
    for part in message.walk():
        for name, value in part.items():
            if name.lower() not in _MACHINE_HEADERS:
                yield name, re.sub(r'boundary="[^"]*"', "", str(value))
        if isinstance(part, EmailMessage) and part.get_content_maintype() == "text":
            words = str(part.get_content())
            kind = part.get_content_type()
            if kind == "text/html":
                yield kind, visible_text(words)
            elif kind == "text/calendar":
                yield kind, calendar_words(words)
            else:
                yield kind, words


def calendar_words(calendar: str) -> str:
    """A calendar's values, unfolded and unescaped (RFC 5545 3.1, 3.3.11)."""
    unfolded = re.sub(r"\r?\n[ \t]", "", calendar)
    lines = [line for line in unfolded.splitlines() if not _MACHINE_PROPERTIES.match(line)]
    return re.sub(r"\\(.)", lambda escape: " " if escape[1] in "nN" else escape[1], "\n".join(lines))


def leftovers(part: str, sources: Iterable[str]) -> tuple[str, ...]:
    """What looks like a template's remains and stands in no source text: `{{`, `None`, ..."""
    found = dict.fromkeys(match[0] for match in _LEFTOVERS.finditer(part))
    if not found:
        return ()
    known = "\n".join(sources)
    marks = {mark: mark in known for mark in {_mark(remain) for remain in found}}
    return tuple(remain for remain in found if not marks[_mark(remain)])


def _mark(remain: str) -> str:
    """What must stand in a source for the remain to be somebody's words: markup may have changed the rest."""
    return remain[:2] if remain[:2] in ("{{", "{%", "{#", "@@") else remain


def leak_problem(path: str, places: tuple[str, ...], field: str) -> Problem:
    """What to say of a leak, without saying what leaked."""
    return Problem(
        path=path,
        line=1,
        column=1,
        code="private-value",
        message=f"the value of {field}, for internal lists alone, stands in this public message: "
        f"{', '.join(places)}",
        hint="take it out of the public fields of the talk, or out of the template that writes it",
    )


def weak_problem(weak: Private) -> Problem:
    """What to say of a secret that is a word or a number of the message anyway."""
    return Problem(
        path=weak.path,
        line=1,
        column=1,
        severity=Severity.WARNING,
        code="weak-secret",
        message=f"{weak.field} is a word or number that public mail has anyway, so it is not looked for",
        hint="let the meeting have another passcode",
    )
