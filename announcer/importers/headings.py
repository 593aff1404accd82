"""The words that name a talk's field: a table's headings and a letter's labels, in each language."""

from __future__ import annotations

import re
from functools import cache

from announcer.domain.spelling import in_form
from announcer.languages.vocabularies import VOCABULARIES, expression

IGNORED = "ignore"
"""What a column that means nothing to a talk is called in the config."""
FIELDS = tuple(VOCABULARIES["en"].headings)
"""What a column or a label can be; `columns:` in the config names these."""

_NOTE = re.compile(rf"\s*\((?:{expression(lambda vocabulary: vocabulary.notes)})\)$")
_YOURS = re.compile(rf"\b(?:{expression(lambda vocabulary: vocabulary.yours)})\s+")
_LONGEST = 300
"""Characters of a heading; what is longer is none, and to put a page of accents in order takes minutes."""


def plain_heading(text: str) -> str:
    """A heading without its case, marks and blanks: `Talk Title:` is `talk title`."""
    text = " ".join(text.split())[:_LONGEST]
    text = in_form(text).casefold().strip(" :*?.#").replace("&", "and")
    return _NOTE.sub("", text)


@cache
def _known() -> dict[str, str]:
    return {
        plain_heading(word): field
        for field in reversed(FIELDS)
        for vocabulary in VOCABULARIES.values()
        for word in vocabulary.headings.get(field, ())
    }


def field_of(heading: str) -> str | None:
    """The field that a heading or label names; None where it is not understood. `Titel / Title` is in two
    languages, as a mail to both has it."""
    plain = plain_heading(heading)
    if field := _field_of(plain):
        return field
    fields = {_field_of(part.strip()) for part in plain.split(" / ")} if " / " in plain else set()
    return fields.pop() if len(fields) == 1 else None


def _field_of(plain: str) -> str | None:
    # "Speaker 1", "Title of your talk (at most 100 characters)", "Title of the lecture".
    bare = re.sub(r"\s*(?:\([^)]*\)|\b\d+)$", "", plain).strip()
    yours = _YOURS.sub("", bare)
    known = _known()
    return next(
        (known[form] for form in (plain, bare, yours, yours.replace("of the ", "of ")) if form in known), None
    )
