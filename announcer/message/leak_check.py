"""A last look at a finished message: nothing private in it but what any such message has."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from email.header import decode_header, make_header
from functools import lru_cache

from lxml import etree

from announcer.domain.mailing import AudienceGroup
from announcer.domain.private import Private, stands_in
from announcer.domain.problem import Problem, Severity
from announcer.domain.redaction import texts
from announcer.domain.talk import Talk

_SHOWN_ATTRIBUTES = frozenset(["href", "src", "alt", "title", "content", "aria-label"])
_MACHINE_HEADERS = frozenset(["date", "mime-version", "content-transfer-encoding"])
_BOUNDARY = re.compile(r'boundary="([^"]*)"')
_MACHINE_PROPERTIES = re.compile(r"(DTSTAMP|DTSTART|DTEND|SEQUENCE|VERSION|PRODID|METHOD)\b")


def visible_text(page: str, *, between: str = "") -> str:
    """What a person could see or follow in an HTML page, with `between` where a tag parts words: its text,
    as it stands, so that a value that tags cut in two is whole again; telling attributes; comments."""
    return between.join(_pieces(page))


@lru_cache(maxsize=8)
def _pieces(page: str) -> tuple[str, ...]:
    pieces: list[str] = []
    parser = etree.HTMLParser()
    root = etree.fromstring(page, parser) if page.strip() else None
    if root is None:  # lxml sees no page in nothing, nor in a comment alone
        root = etree.fromstring(f"<div>{page}</div>", parser)
    for event, node in etree.iterwalk(root.getroottree(), ("start", "end", "comment", "pi")):
        if event == "start":
            pieces += [f" {node.get(name)} " for name in node.keys() if name in _SHOWN_ATTRIBUTES]  # noqa: SIM118
            if node.text and node.tag != "style":
                pieces.append(node.text)
            continue
        if event != "end":
            pieces.append(f" {node.text} ")
        if node.tail:
            pieces.append(node.tail)
    return tuple(pieces)


def leaks(data: bytes, private: Collection[str]) -> tuple[str, ...]:
    """The parts of a message in which a private value stands: `Subject`, `text/html`, ...; none is good."""
    return leaks_in(_places(data), private) if private else ()


def leaks_in(places: Iterable[tuple[str, str]], private: Iterable[str]) -> tuple[str, ...]:
    """The names of the places, each given with its words, in which a private value stands; none is good."""
    values = list(private)
    names = {name: None for name, words in places for value in values if stands_in(value, words)}
    return tuple(names)


def leaked(data: bytes, private: Iterable[Private]) -> dict[Private, tuple[str, ...]]:
    """The private values that can be read in a message, each with the parts in which it stands."""
    values = sorted(private)
    places = list(_places(data)) if values else []
    # Nearly always there is nothing, which one look at everything tells.
    everything = "\n".join(words for _, words in places)
    parts = {
        value: tuple(dict.fromkeys(name for name, words in places if value.stands_in(words)))
        for value in values
        if value.stands_in(everything)
    }
    return {value: names for value, names in parts.items() if names}


def readable_text(data: bytes) -> str:
    """All that can be read in a message."""
    return "\n".join(words for _, words in _places(data))


def _places(data: bytes) -> Iterator[tuple[str, str]]:
    """Every header field and every decoded text of a message with its name."""
    head, _, body = data.partition(b"\r\n\r\n")
    unfolded = head.decode("utf-8", "replace").replace("\r\n ", " ").replace("\r\n\t", "\t")
    fields = [
        (name, value.strip()) for name, _, value in (line.partition(":") for line in unfolded.split("\r\n"))
    ]
    for name, value in fields:
        if name.lower() not in _MACHINE_HEADERS:
            yield name, _decoded(_BOUNDARY.sub("", value))
    known = {name.lower(): value for name, value in fields}
    kind = known.get("content-type", "text/plain")
    boundary = _BOUNDARY.search(kind)
    if boundary:
        for part in body.split(f"--{boundary[1]}".encode())[1:-1]:
            yield from _places(part.removeprefix(b"\r\n").removesuffix(b"\r\n"))
    elif kind.startswith("text/"):
        kind = kind.partition(";")[0]
        words = _text(body, known.get("content-transfer-encoding", ""))
        yield kind, _READERS[kind](words) if kind in _READERS else words


def _decoded(value: str) -> str:
    """A header field's value without its encoded-words (RFC 2047)."""
    return str(make_header(decode_header(value))) if "=?" in value else value


def _text(body: bytes, encoding: str) -> str:
    """A part's text."""
    if encoding == "quoted-printable":
        body = binascii.a2b_qp(body)
    elif encoding == "base64":
        body = binascii.a2b_base64(body)
    return body.decode("utf-8", "replace").replace("\r\n", "\n")


def calendar_words(calendar: str) -> str:
    """A calendar's values, unfolded and unescaped (RFC 5545 3.1, 3.3.11)."""
    unfolded = re.sub(r"\r?\n[ \t]", "", calendar)
    lines = [line for line in unfolded.splitlines() if not _MACHINE_PROPERTIES.match(line)]
    return re.sub(r"\\(.)", lambda escape: " " if escape[1] in "nN" else escape[1], "\n".join(lines))


_READERS: dict[str, Callable[[str], str]] = {"text/html": visible_text, "text/calendar": calendar_words}


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


def excused(
    values: Iterable[Private], group: AudienceGroup, *, bare: Callable[[], str], templates: Callable[[], str]
) -> list[Private]:
    """Those of the values found in a message that stand in it without the talk that they are of.

    `bare` gives the words of the same message without any talk's own words, as the built-in templates make
    it; `templates` the department's own templates. What looks like a passcode and not like a word is no
    excuse where it is a template that has it.
    """
    return [value for value in values if _is_excused(value, group, bare, templates)]


def _is_excused(
    private: Private, group: AudienceGroup, bare: Callable[[], str], templates: Callable[[], str]
) -> bool:
    others = (talk for talk in group.talks if talk.path != private.path)
    if any(private.stands_in(text) for talk in others for text in texts(talk)):
        return True
    if private.stands_in(bare()):
        return True
    is_word = private.value.replace("-", "").replace(" ", "").isalpha()
    return is_word and private.stands_in(templates())


def without_words(group: AudienceGroup) -> AudienceGroup:
    """The group with talks that say when they are, and nothing else."""
    return replace(
        group,
        talks=tuple(_bare(talk) for talk in group.talks),
        snapshots=tuple(
            replace(snapshot, place="", places=(), online="", passcode="", speakers=(), title="")
            for snapshot in group.snapshots
        ),
        announced=tuple(None for _ in group.announced),
        changes=(),
        private=frozenset(),
    )


def _bare(talk: Talk) -> Talk:
    return Talk(
        id=talk.id,
        series=talk.series,
        path=talk.path,
        modified=talk.modified,
        start=talk.start,
        end=talk.end,
        zone=talk.zone,
        kind=talk.kind,
        status=talk.status,
    )
