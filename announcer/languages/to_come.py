"""Words that only say that there is nothing to say yet: TBA and its kin, in each language."""

from __future__ import annotations

import re
from functools import cache

from announcer.domain.spelling import in_form
from announcer.languages.vocabularies import VOCABULARIES, expression

_MARKS = r"t\.?\s*b\.?\s*[acdn]\.?|\?+|[-–—]+|n\.?/?a\.?"
"""What is written so in every language."""
_LONGEST = 100
"""Characters of a text that says no more than this."""


def is_unknown(text: str) -> bool:
    """Whether the whole text says that it is not known: `TBA` does, `A TBA problem` does not."""
    return _says(_unknown(), text) or is_to_come(text)


def is_to_come(text: str) -> bool:
    """Whether the whole text says so in words: `folgt noch`, `à préciser`."""
    return _says(_to_come(), text)


def _says(expression: re.Pattern[str], text: str) -> bool:
    text = " ".join(text.split())
    # A page of accents takes minutes to be put in order.
    return len(text) <= _LONGEST and expression.fullmatch(in_form(text)) is not None


@cache
def _unknown() -> re.Pattern[str]:
    return _said(f"{_MARKS}|{expression(lambda each: each.unknown)}")


@cache
def _to_come() -> re.Pattern[str]:
    return _said(expression(lambda each: each.to_come))


def _said(phrase: str) -> re.Pattern[str]:
    """The phrase, perhaps behind what it speaks of, in brackets or quotes or none."""
    words = VOCABULARIES.values()
    articles = "|".join(sorted({word for each in words for word in each.articles.split()}))
    subjects = expression(lambda each: each.subjects)
    about = rf"(?:(?:(?:{articles})\s+)?(?:\w+\s+)?(?:{subjects})s?[\s:：]*)?"
    return re.compile(
        rf"[\s(\[\"“]*{about}[\s:：]*(?:(?:is|are)\s+)?(?:{phrase})[\s)\].!…\"”]*", re.IGNORECASE
    )
