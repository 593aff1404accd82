"""A language of brackets: what stands outside of them is no word of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from html import unescape

from tests.languages.catalogues import template

MESSAGES = [message.id for message in template() if message.id]


def pseudo(message: str) -> str:
    """A message in brackets, half as long again."""
    return f"[{message}{'~' * (len(message) // 2)}]"


PSEUDO = {message: pseudo(message) for message in MESSAGES}
"""What replaces every word of ours."""


WORD = "[A-Za-z]{3,}"


def seen(page: str) -> str:
    """What a person reads or hears of a page."""
    labels = re.findall(r'(?:alt|aria-label)="([^"]*)"', page)
    return unescape("\n".join([re.sub(r"(?s)<!--.*?-->|<style.*?</style>|<[^>]*>", "\n", page), *labels]))


def words_in(record: object) -> Iterator[str]:
    if isinstance(record, str):
        yield from re.findall(WORD, record)
    elif isinstance(record, dict):
        for item in record.values():
            yield from words_in(item)
    elif isinstance(record, tuple | list | frozenset):
        for item in record:
            yield from words_in(item)
    elif is_dataclass(record) and not isinstance(record, type):
        for field in fields(record):
            yield from words_in(getattr(record, field.name))


DATES = {
    word
    for day in range(365)
    for form in ("%A", "%a", "%B", "%b")
    for word in [(date(2026, 1, 1) + timedelta(days=day)).strftime(form)]
} | {"CST", "CET", "noon", "midnight"}


def left_over(text: str, theirs: set[str]) -> set[str]:
    """The words outside of brackets that are not theirs."""
    rest, before = text, ""
    while rest != before:
        # A subject that was cut has lost its last bracket.
        before, rest = rest, re.sub(r"\[[^\[\]]*(?:\]|$)", " ", rest)
    known = " ".join(theirs)
    return {word for word in re.findall(WORD, rest) if word.casefold() not in known}
