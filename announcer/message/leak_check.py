"""A last look at a finished message: nothing private in it, nothing left over from its templates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

from announcer.domain.problem import Problem

_SHOWN_ATTRIBUTES = frozenset(["href", "src", "alt", "title", "content", "aria-label"])
_MACHINE_HEADERS = frozenset(["date", "mime-version", "content-transfer-encoding"])
_MACHINE_PROPERTIES = re.compile(r"(DTSTAMP|DTSTART|DTEND|SEQUENCE|VERSION|PRODID|METHOD)\b")
_LEFTOVERS = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|@@\w+|\bNone\b|\bUndefined\b|<built-in [^>]*>|\bobject at 0x\w+"
)


class _Visible(HTMLParser):
    """What a person could see or follow in a page: its text and its telling attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps attributes that show; text within style is none."""
        self._hidden += tag == "style"
        for name, value in attrs:
            if name in _SHOWN_ATTRIBUTES and value:
                self.pieces.append(f" {value} ")

    def handle_endtag(self, tag: str) -> None:
        """Ends what is hidden."""
        self._hidden -= tag == "style"

    def handle_data(self, data: str) -> None:
        """Keeps text as it stands: a value that tags cut in two is whole again."""
        if not self._hidden:
            self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        """Keeps comments: a reader of the source sees them."""
        self.pieces.append(f" {data} ")


def visible(page: str, *, between: str = "") -> str:
    """The words of an HTML page and of its attributes, with `between` where a tag parts them."""
    parser = _Visible()
    parser.feed(page)
    parser.close()
    return between.join(parser.pieces)


def leaks(data: bytes, private: Collection[str]) -> tuple[str, ...]:
    """The parts of a message in which a private value stands: `Subject`, `text/html`, ...; none is good."""
    return leaks_in(_places(data), private) if private else ()


def leaks_in(places: Iterable[tuple[str, str]], private: Iterable[str]) -> tuple[str, ...]:
    """The names of the places, each given with its words, in which a private value stands; none is good."""
    values = [value for value in (_normal(value) for value in private) if len(value) >= 4]
    if not values:
        return ()
    found = {
        name: None
        for name, words in ((name, _normal(words)) for name, words in places)
        for value in values
        if _stands(value, words)
    }
    return tuple(found)


def _stands(value: str, words: str) -> bool:
    """Whether the value is in the words; one of digits alone only where no other digit touches it."""
    if value.isdigit():
        return re.search(rf"(?<!\d){value}(?!\d)", words) is not None
    return value in words


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


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
                yield kind, visible(words)
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
    return tuple(remain for remain in found if _mark(remain) not in known)


def _mark(remain: str) -> str:
    """What must stand in a source for the remain to be somebody's words: markup may have changed the rest."""
    return remain[:2] if remain[:2] in ("{{", "{%", "{#", "@@") else remain


def leak_problem(path: str, places: tuple[str, ...]) -> Problem:
    """What to say of a leak, without saying what leaked."""
    return Problem(
        path=path,
        line=1,
        column=1,
        code="private-value",
        message=f"a value for internal lists alone stands in this public message: {', '.join(places)}",
        hint="take it out of the public fields of the talk, or out of the template that writes it",
    )
