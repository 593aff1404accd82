"""Words that only say that there is nothing to say yet: TBA and its kin, in each language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from announcer.languages.vocabularies import VOCABULARIES, expression
from announcer.languages.vocabulary import ends

_MARKS = r"t\.?\s*b\.?\s*[acdn]\.?|\?+|[-–—]+|n\.?/?a\.?"
"""What is written so in every language."""
_MARK_ENDS = frozenset(("tba", "tbc", "tbd", "tbn", "ba", "bc", "bd", "bn", *"acdn", "na", "n/a", ""))
"""What is left of the last word of such a mark."""
_LONGEST = 100
"""Characters of a text that says no more than this."""
_NO_LETTER = re.compile(r"[^\w/]")


def is_unknown(text: str) -> bool:
    """Whether the whole text says that it is not known: `TBA` does, `A TBA problem` does not."""
    text = _plain(text)
    last = _last(text)
    if last in _MARK_ENDS or _ends_so(last, text, to_come=False):
        return _unknown().fullmatch(text) is not None or _is_to_come(text, last)
    return _is_to_come(text, last)


def is_to_come(text: str) -> bool:
    """Whether the whole text says so in words: `folgt noch`, `à préciser`."""
    text = _plain(text)
    return _is_to_come(text, _last(text))


def _plain(text: str) -> str:
    """The text in composed letters with single blanks; of a long one, which says more, only its beginning."""
    text = " ".join(text[: 4 * _LONGEST].split())[: _LONGEST + 1]
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _last(text: str) -> str:
    """The letters of the last word: most texts end otherwise than any phrase, and are done with."""
    return _NO_LETTER.sub("", text.rstrip(' )].!…"”').rpartition(" ")[2]).casefold()


def _is_to_come(text: str, last: str) -> bool:
    return _ends_so(last, text, to_come=True) and _to_come().fullmatch(text) is not None


def _ends_so(last: str, text: str, *, to_come: bool) -> bool:
    spaced, unspaced = _ends(to_come=to_come)
    return len(text) <= _LONGEST and (last in spaced or (not text.isascii() and last.endswith(unspaced)))


@cache
def _ends(*, to_come: bool) -> tuple[frozenset[str], tuple[str, ...]]:
    """The last words of all phrases, and those that stand without a blank before them."""
    last_words: dict[bool, set[str]] = {True: set(), False: set()}
    for vocabulary in VOCABULARIES.values():
        for phrase in vocabulary.to_come if to_come else vocabulary.unknown:
            last_words[vocabulary.has_blanks] |= {_last(word) for word in ends(phrase)}
    return frozenset(last_words[True]), tuple(sorted(last_words[False]))


@cache
def _unknown() -> re.Pattern[str]:
    return _whole_phrase(f"{_MARKS}|{expression(lambda vocabulary: vocabulary.unknown)}")


@cache
def _to_come() -> re.Pattern[str]:
    return _whole_phrase(expression(lambda vocabulary: vocabulary.to_come))


def _whole_phrase(phrase: str) -> re.Pattern[str]:
    """The phrase, perhaps behind what it speaks of, in brackets or quotes or none."""
    words = VOCABULARIES.values()
    articles = "|".join(sorted({word for vocabulary in words for word in vocabulary.articles.split()}))
    subjects = expression(lambda vocabulary: vocabulary.subjects)
    about = rf"(?:(?:(?:{articles})\s+)?(?:\w+\s+)?(?:{subjects})s?[\s:：]*)?"
    return re.compile(
        rf"[\s(\[\"“]*{about}[\s:：]*(?:(?:is|are)\s+)?(?:{phrase})[\s)\].!…\"”]*", re.IGNORECASE
    )
