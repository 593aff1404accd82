"""The words of a file that reach readers, and what the rules on one text say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from announcer.domain.fields import WORDS, Field, Seen, fields_of
from announcer.domain.problem import Problem
from announcer.domain.talk import FIELDS
from announcer.languages.spoken_dates import RELATIVE_SIGNS
from announcer.records.lint.text import (
    NO_MACROS,
    Macros,
    SentText,
    TextRule,
    accent_apart,
    bad_link,
    html,
    meeting_in_public,
    placeholder,
    prose_date,
    raw_tex,
    relative_word,
    template_mark,
    unclosed_maths,
)
from announcer.records.linting import LintRemark
from announcer.records.yaml.nodes import Mapping, Node, Scalar, Sequence
from announcer.records.yaml.source import FileText
from announcer.text.reading import LONGEST
from announcer.text.remains import is_suspicious

ENOUGH = 10
"""Remarks of one kind that are made on one text."""


def sent_texts(tree: Mapping) -> Iterator[tuple[str, Scalar]]:
    """The words of a talk, or of a series, that reach readers, each with its field's key."""
    for field in FIELDS:
        for key in field.keys:
            if key in tree.entries and field.seen > Seen.NOBODY:
                yield from ((key, scalar) for scalar in _words(field, tree.entries[key][1]))


def text_problems(
    source: FileText, texts: Iterable[tuple[str, Scalar]], day: date | None, macros: Macros = NO_MACROS
) -> Iterator[Problem]:
    """What the rules say of these texts, each with its field's key; `macros` are the department's own
    commands of TeX. Of a text that is too long they read the beginning: that it is too long is said."""
    pairs = list(texts)
    rules = _having_signs("\n".join(scalar.text[:LONGEST] for _, scalar in pairs))
    for field, scalar in pairs:
        for rule, remark in _remarks(SentText(field, scalar.text[:LONGEST], day, macros), rules):
            line, column = _spot(source, scalar, remark.at)
            yield source.remarked(rule, remark, line=line, column=column)


def text_remarks(sent: SentText) -> Iterator[tuple[TextRule, LintRemark[str]]]:
    """What each rule has to say of a field's text."""
    return _remarks(sent, _having_signs(sent.text))


def _having_signs(text: str) -> list[Signed]:
    """The rules that may speak of something in this text."""
    folded = text.casefold()
    return [signed for signed in SIGNED if signed.sign(text, folded)]


def _remarks(sent: SentText, rules: Iterable[Signed]) -> Iterator[tuple[TextRule, LintRemark[str]]]:
    folded = sent.text.casefold()
    for signed in rules:
        if signed.sign(sent.text, folded):
            for rule in signed.rules:
                yield from ((rule, remark) for remark in islice(rule(sent), ENOUGH))


def _words(field: Field, node: Node) -> Iterator[Scalar]:
    """The words in a field's value: of records those of their fields, or the text that is short for one."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _words(field, item)
    elif field.record is None:
        yield from _scalars(node) if field.shape in WORDS else ()
    else:
        for inner in fields_of(field.record):
            if isinstance(node, Mapping) and inner.key in node.entries:
                yield from _words(inner, node.entries[inner.key][1])
            elif inner.short and (
                isinstance(node, Scalar) or (inner.by_language and not _has_field(field, node))
            ):
                yield from _words(inner, node)


def _has_field(field: Field, node: Node) -> bool:
    """Whether a mapping has a field of the record; else it is one by language, short for its text."""
    return isinstance(node, Mapping) and any(part.key in node.entries for part in fields_of(field.record))


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    else:
        for _, value in node.entries.values():
            yield from _scalars(value)


def _spot(source: FileText, scalar: Scalar, about: str) -> tuple[int, int]:
    """Where in the file a piece of a text stands; where it was folded over lines, its first word."""
    for piece in (about, about.split()[0] if about.split() else about):
        for line in range(scalar.line, min(scalar.end_line + 1, len(source.lines))):
            column = source.lines[line].find(piece, scalar.column if line == scalar.line else 0)
            if column >= 0:
                return line, column
    return scalar.line, scalar.column


def spot_in(source: FileText, tree: Mapping, field: str, about: str) -> tuple[int, int]:
    """Where a piece of text stands in a field, or where the field does."""
    if field not in tree.entries:
        return tree.line, tree.column
    node = tree.entries[field][1]
    for scalar in _scalars(node):
        place = _spot(source, scalar, about)
        if place != (scalar.line, scalar.column) or scalar.text.startswith(about):
            return place
    return node.line, node.column


_DIGIT = re.compile(r"\d")
_MARK_SIGNS = ("{", "%(", "[", "lorem", "@@", "<", "TODO", "FIXME")
_LINK_SIGNS = ("](", "<", "javascript:")
_DAY_SIGNS = ("day", "week", "afternoon", "evening", "morning", "tonight", "tomorrow", *RELATIVE_SIGNS)
_WAY_SIGNS = ("://", "pass", "=", "%")


def _has(text: str, parts: tuple[str, ...]) -> bool:
    """Whether one of these stands in it: ten times as fast as an expression's search."""
    return any(map(text.__contains__, parts))


@dataclass(frozen=True, slots=True)
class Signed:
    """Rules, and what a text must have for one of them to speak: nearly every text has none of it."""

    sign: Callable[[str, str], object]
    """Whether a text, and the same in small letters, has it."""
    rules: tuple[TextRule, ...]


SIGNED = (
    Signed(lambda text, _: _DIGIT.search(text), (prose_date,)),
    Signed(lambda _, folded: _has(folded, _DAY_SIGNS), (relative_word,)),
    Signed(lambda text, _: _has(text, _MARK_SIGNS), (template_mark,)),
    Signed(lambda text, _: _has(text, _LINK_SIGNS), (bad_link,)),
    Signed(lambda _, folded: _has(folded, _WAY_SIGNS), (meeting_in_public,)),
    Signed(lambda _text, _folded: True, (placeholder,)),
    Signed(lambda text, _: is_suspicious(text), (raw_tex, unclosed_maths, html, accent_apart)),
)
TEXT_RULES = tuple(rule for signed in SIGNED for rule in signed.rules)
"""The rules on one text, in the order in which they speak."""
