"""What people write in one language: dates, "to be announced", a table's headings, a letter's labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """The words of a language. A phrase is words with blanks between; `[noch]` may be left out, and of
    `prochain|prochaine` one is said."""

    weekdays: str = ""
    """From Monday on, parted by blanks; another word for Sunday may follow."""
    months: str = ""
    """From January on, parted by blanks."""
    before_day: str = ""
    """What may stand between a weekday and the number of its day: `Montag, den 7.`"""
    other_days: tuple[str, ...] = ()
    """Words that mean another day to whoever reads them later; `{weekday}` is any."""
    articles: str = ""
    """What may stand before one of the subjects."""
    subjects: tuple[str, ...] = ()
    """What may be said to be to come."""
    unknown: tuple[str, ...] = ()
    """Phrases that say as shortly as TBA that nothing is known."""
    to_come: tuple[str, ...] = ()
    """Phrases that say so in words."""
    cancelled: tuple[str, ...] = ()
    """Words for what does not take place."""
    postponed: tuple[str, ...] = ()
    """Words for what takes place later."""
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a column or a label is called, by the field that it names."""
    sole: str = ""
    """Labels that may stand alone in a line, before their text, parted by blanks."""
    yours: tuple[str, ...] = ()
    """Words for `your`, which a form says to who fills it in."""
    notes: tuple[str, ...] = ()
    """What a form says in brackets behind a heading: `required`."""
    closings: tuple[str, ...] = ()
    """What a letter ends with."""
    has_blanks: bool = True
    """Whether blanks part its words."""


def headings(text: str) -> dict[str, tuple[str, ...]]:
    """A table of headings, each line a field's: `title: titel, vortragstitel`. A line that is indented
    belongs to the one before it."""
    rows = re.sub(r"\n\s+", " ", text.strip()).split("\n")
    fields = (row.partition(":") for row in rows)
    return {name: tuple(word.strip() for word in words.split(",")) for name, _, words in fields}


def phrases(texts: Iterable[str]) -> str:
    """An expression for one of some phrases; it never matches where there are none."""
    made = sorted({_phrase(text) for text in texts}, key=len, reverse=True)
    return "|".join(made) or r"(?!)"


def _phrase(phrase: str) -> str:
    made, has_begun = "", False
    for token in phrase.split():
        word = "|".join(map(re.escape, token.strip("[]").split("|")))
        if token.startswith("["):
            made += rf"(?:\s+(?:{word}))?" if has_begun else rf"(?:(?:{word})\s+)?"
        else:
            made += rf"\s+(?:{word})" if has_begun else f"(?:{word})"
            has_begun = True
    return made


def signs(phrase: str) -> tuple[str, ...]:
    """Words of which a phrase has one wherever it stands: to look for them first is quick."""
    needed = [token.split("|") for token in phrase.split() if not token.startswith("[")]
    return tuple(max(needed, key=lambda words: min(map(len, words))))


def ends(phrase: str) -> Iterator[str]:
    """The words that a phrase may end with."""
    for token in reversed(phrase.split()):
        yield from token.strip("[]").split("|")
        if not token.startswith("["):
            return
