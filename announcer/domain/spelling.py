"""Letters in one form, and whether two writings mean the same: correcting a spelling is no change to tell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_TITLES = frozenset(
    {
        *("prof", "professor", "professorin", "dr", "drs", "phd", "dphil", "md", "msc", "bsc", "pd", "priv"),
        *("doz", "dozent", "dipl", "ing", "habil", "rer", "nat", "em", "emer", "emeritus", "emerita"),
        *("mr", "mrs", "ms", "mx", "miss", "herr", "frau", "esq", "mag"),
    }
)
"""What stands before and behind a name and is no part of it."""
_WITH_POINTS = re.compile(r"\b(ph|m|d)\.\s?(d|phil)\b\.?", re.IGNORECASE)
_AFFILIATION = re.compile(
    r"universi|institut|college|school|laborator|academy|akademie|hochschule|observatory|polytech|cent(er|re)"
    r"|^\s*(?-i:[A-Z][A-Z&.]{1,5})\s*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s+(?:and|und|et|&)\s+|\s*[;,]\s*")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})
_BARE = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "ı": "i"})
_LONG = 5
"""From how many letters on a word may have one that is wrong."""
_MOST_MARKS = 30
"""So many marks may one letter have (UAX 15, Stream-Safe Text Format); to put more in order takes the square
of their number."""
_HEAP = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")


def in_form(text: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"] = "NFC") -> str:
    """The text in that normal form, without the marks that no letter has: the cost is bounded."""
    return text if text.isascii() else unicodedata.normalize(form, _HEAP.sub(_fewer, text))


def _fewer(heap: re.Match[str]) -> str:
    kept, count = [], 0
    for mark in heap[0]:
        count = count + 1 if unicodedata.combining(mark) else 0
        if count <= _MOST_MARKS:
            kept.append(mark)
    return "".join(kept)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in the ways in which it may be spelt: `muller` and `mueller`; one with a digit as typed."""

    spellings: frozenset[str]
    is_typed: bool = False

    @property
    def initial(self) -> str | None:
        """Its letter, where it has but one."""
        only = min(self.spellings)
        return only if len(only) == 1 and not self.is_typed else None

    def is_same(self, other: _Word) -> bool:
        return self.is_typed is other.is_typed and bool(self.spellings & other.spellings)

    def is_near(self, other: _Word) -> bool:
        """Whether one letter is wrong."""
        if self.is_typed or other.is_typed:
            return False
        return any(_is_slip(spelling, another) for spelling in self.spellings for another in other.spellings)


def same_text(text: str, other: str) -> bool:
    """Whether two texts differ in spelling alone: case, accents, punctuation, blanks, or one letter in one
    word of five or more that keeps its first. A word with a digit is compared as typed."""
    return _alike(_words(text), _words(other))


def same_place(label: str, other: str) -> bool:
    """Whether two labels are of one place: the same text, or a room without and with its building."""
    first, second = _parts(label), _parts(other)
    common = min(len(first), len(second))
    if common and len(first) != len(second):
        first, second = first[:common], second[:common]
    return same_text(" ".join(first), " ".join(second))


def same_person(name: str, other: str) -> bool:
    """Whether two names are one person's: the same text but for academic titles, an affiliation behind the
    name, and initials for first names."""
    first, second = _name(name), _name(other)
    return _alike(first, second) or _are_initials(first, second)


def same_people(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two rows of names are of the same people, in whatever order, also where some stood in one
    name: `Ann Lee and Bob Roe`."""
    some, others = _apart(some), _apart(others)
    left = list(others)
    for name in sorted(some, key=lambda person: person not in others):
        namesake = name if name in left else next((other for other in left if same_person(name, other)), None)
        if namesake is None:
            return False
        left.remove(namesake)
    return not left


def _apart(names: Sequence[str]) -> list[str]:
    """The names of several people, each by itself."""
    return [person for name in names for person in _several(name)]


def _several(name: str) -> list[str]:
    """The people of one name, where each has two words of it and none is an affiliation."""
    parts = [part.strip() for part in _BETWEEN.split(name)]
    are_people = all(len(part.split()) > 1 and not _AFFILIATION.search(part) for part in parts)
    return parts if len(parts) > 1 and are_people else [name]


def _parts(label: str) -> list[str]:
    return [part for part in (piece.strip() for piece in label.split(",")) if part]


def _name(text: str) -> list[_Word]:
    """The words of a name without what stands around it; all of them where nothing else is there."""
    head, _, tail = re.sub(r"\([^()]*\)", " ", text).partition(",")
    name = head if _AFFILIATION.search(tail) else f"{head} {tail}"
    if tail and name != head and len(head.split()) == 1:  # the last name stands first
        name = f"{tail} {head}"
    words = _words(_WITH_POINTS.sub(r"\1\2", name))
    return [word for word in words if not word.spellings & _TITLES] or _words(text)


def _words(text: str) -> list[_Word]:
    words = []
    for token in in_form(text, "NFKC").split():
        bare = token.strip(",;:()[].\"'")
        if any(character.isdigit() for character in bare):
            words.append(_Word(frozenset([bare]), is_typed=True))
            continue
        letters = re.sub(r"['’‘`´]", "", bare).casefold()
        for part in re.findall(r"[^\W_]+", in_form(letters)):
            words.append(_Word(frozenset(_unmarked(part.translate(way)) for way in (_BARE, _SPELT_OUT))))
    return words


def _unmarked(text: str) -> str:
    decomposed = in_form(text, "NFD")
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _alike(first: Sequence[_Word], second: Sequence[_Word]) -> bool:
    if len(first) == len(second):
        other = [(a, b) for a, b in zip(first, second, strict=True) if not a.is_same(b)]
        return not other or (len(other) == 1 and other[0][0].is_near(other[0][1]))
    if any(word.is_typed for word in (*first, *second)):
        return False
    return any(_joined(first, shortest) == _joined(second, shortest) for shortest in (True, False))


def _joined(words: Sequence[_Word], shortest: bool) -> str:
    """All in one word, without blanks; in the shorter or the longer spelling."""
    return "".join(
        (min if shortest else max)(word.spellings, key=lambda spelling: (len(spelling), spelling))
        for word in words
    )


def _are_initials(first: Sequence[_Word], second: Sequence[_Word]) -> bool:
    """Whether two names differ in this alone: one has initials for first names, or lacks a middle one."""
    if not first or not second or not first[-1].is_same(second[-1]) or first[-1].initial:
        return False
    names, others = list(first[:-1]), list(second[:-1])
    if not names or not others or not _stands_for(names[0], others[0]):
        return False
    names, others = names[1:], others[1:]
    while names and others:
        if _stands_for(names[0], others[0]):
            names, others = names[1:], others[1:]
        elif names[0].initial:
            names = names[1:]
        elif others[0].initial:
            others = others[1:]
        else:
            return False
    return all(word.initial for word in (*names, *others))


def _stands_for(first: _Word, second: _Word) -> bool:
    if first.is_same(second):
        return True
    letter, word = (first.initial, second) if first.initial else (second.initial, first)
    return letter is not None and any(spelling.startswith(letter) for spelling in word.spellings)


def _is_slip(word: str, other: str) -> bool:
    """Whether two words differ by one letter more, less or other, or by two that changed places."""
    if max(len(word), len(other)) < _LONG or word[0] != other[0] or word[0] == word[0].upper():
        return False
    pairs = zip(word, other, strict=False)
    start = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(word), len(other)))
    a, b = word[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
