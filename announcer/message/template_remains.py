"""What a finished message shows of its templates: remains that must not leave, and facts that they forgot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from itertools import chain

from announcer.domain.department import Department
from announcer.domain.mailing import AudienceGroup
from announcer.domain.problem import Problem, Severity
from announcer.languages.both import each_of
from announcer.message import Message, TemplateFaultError
from announcer.message.leak_check import visible_text
from announcer.message.views import TalkView
from announcer.text.prose import one_line

_LEFTOVERS = re.compile(
    r"\{\{[^{}\n]{0,200}\}\}|\{%[^%\n]{0,200}%\}|\{#[^#\n]{0,200}#\}|@@\w{1,80}|\bNone\b|\bUndefined\b"
    r"|<built-in [^>\n]{0,200}>|\bobject at 0x\w{1,80}"
)
"""Bounded: a text may have 200 KB of opening braces."""
_SIGNS = ("{{", "{%", "{#", "@@", "None", "Undefined", "<built-in", "object at 0x")
"""One of them is in each of these, and rarely in any text."""


def refuse_remains(group: AudienceGroup, department: Department, message: Message) -> None:
    """Raises TemplateFaultError where the finished message has what must not leave."""
    parts = (
        ("subject.txt", message.subject),
        ("body.txt", message.text),
        ("body.html", visible_text(message.html or "", between="\n")),
    )
    for file, part in parts:
        # Gathered only where something is found: a large department's config is many texts.
        remains = leftovers(part, chain(_texts(group), _texts(department)))
        if remains:
            raise TemplateFaultError(
                Problem(
                    path=f"templates/{group.occasion.value}/{file}",
                    line=1,
                    column=1,
                    code="template-remains",
                    message=f"the finished message has {', '.join(remains)} in it",
                    hint="put {% if ... %} around what may be missing, and close each {{ with }}",
                )
            )


def forgotten(
    group: AudienceGroup, talks: tuple[TalkView, ...], text: str, page: str | None
) -> Iterator[Problem]:
    """Warnings for a template that does not say when and where."""
    if group.days is not None or not group.occasion.row.tells or any(talk.kind == "none" for talk in talks):
        return
    off = any(snapshot.off for snapshot in group.snapshots)
    for file, part in (("body.txt", text), ("body.html", visible_text(page) if page else None)):
        for talk in talks:
            if part is None:
                continue
            facts = [("time", talk.when.times if not off else talk.when.date)]
            if talk.place and talk.place.label and not off:
                facts.append(("place", talk.place.label))
            for name, every in facts:
                value = next(each_of(every, 1))
                if value not in part and one_line(value) not in one_line(part):
                    yield Problem(
                        path=f"templates/{group.occasion.value}/{file}",
                        line=1,
                        column=1,
                        severity=Severity.WARNING,
                        code=f"template-forgets-{name}",
                        message=f"the message does not say the {name} of the talk: {value}",
                        hint="write {{ talk.when.times }} and {{ talk.place.label }} where readers look",
                    )


def leftovers(part: str, sources: Iterable[str]) -> tuple[str, ...]:
    """What looks like a template's remains and stands in no source text: `{{`, `None`, ..."""
    if not any(sign in part for sign in _SIGNS):
        return ()
    remains = dict.fromkeys(match[0] for match in _LEFTOVERS.finditer(part))
    if not remains:
        return ()
    known = "\n".join(sources)
    marks = {mark: mark in known for mark in {_mark(remain) for remain in remains}}
    return tuple(remain for remain in remains if not marks[_mark(remain)])


def _mark(remain: str) -> str:
    """What must stand in a source for the remain to be somebody's words: markup may have changed the rest."""
    return remain[:2] if remain[:2] in ("{{", "{%", "{#", "@@") else remain


def _texts(record: object) -> Iterator[str]:
    """Every text in a record, however deep."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, dict):
        yield from _texts(tuple(record.values()))
    elif isinstance(record, tuple | frozenset):
        for item in record:
            yield from _texts(item)
    elif is_dataclass(record) and not isinstance(record, type):
        for field in fields(record):
            yield from _texts(getattr(record, field.name))
