"""Dates with their weekday as people write them in a sentence, in the languages that have a catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from announcer.languages.vocabularies import VOCABULARIES
from announcer.languages.vocabulary import phrases, signs

_SPOKEN = [
    vocabulary for vocabulary in VOCABULARIES.values() if vocabulary.has_blanks and vocabulary.weekdays
]
"""English is read by a rule of its own; Japanese and Chinese have a form of theirs."""


def _numbers(words: Iterable[str]) -> dict[str, int]:
    return {name: number for line in words for number, name in enumerate(line.split())}


WEEKDAY = _numbers(vocabulary.weekdays for vocabulary in _SPOKEN)
MONTH = {name: number + 1 for name, number in _numbers(vocabulary.months for vocabulary in _SPOKEN).items()}
_HAN = {
    name: min(number, 6)
    for vocabulary in VOCABULARIES.values()
    if not vocabulary.has_blanks
    for number, name in enumerate(vocabulary.weekdays.split())
}
_BETWEEN = "|".join(sorted({word for vocabulary in _SPOKEN for word in vocabulary.before_day.split()}))
_WRITTEN = re.compile(
    rf"\b(?P<weekday>{'|'.join(WEEKDAY)})\s*,?\s+(?:(?:{_BETWEEN})\s+)?"
    rf"(?P<day>\d{{1,2}})(?:\.|º|er)?\s+(?:de\s+)?(?P<month>{'|'.join(MONTH)})\b(?:,?\s+(?:del?\s+)?(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(
    rf"\d(?:\.|º|er)?\s+(?:de\s+)?(?:{'|'.join(sorted({name[:3] for name in MONTH}))})", re.IGNORECASE
)
"""What each of them has, quickly found behind a digit."""
_WRITTEN_IN_HAN = re.compile(
    r"(?:(?P<year>\d{4})\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日\s*"
    r"[(（]?\s*(?:(?:星期|周|週)(?P<chinese>[一二三四五六日天])|(?P<japanese>[月火水木金土日])(?:曜日?|(?=\s*[)）])))"
)


def _other_days(*, has_blanks: bool) -> str:
    return phrases(
        phrase.replace("{weekday}", "|".join(vocabulary.weekdays.split()))
        for vocabulary in VOCABULARIES.values()
        if vocabulary.has_blanks == has_blanks
        for phrase in vocabulary.other_days
    )


RELATIVE = re.compile(
    rf"\b(?:{_other_days(has_blanks=True)})\b|{_other_days(has_blanks=False)}", re.IGNORECASE
)
"""Words that mean another day to whoever reads them later."""
RELATIVE_SIGNS = tuple(
    sorted(
        {
            sign
            for vocabulary in VOCABULARIES.values()
            for phrase in vocabulary.other_days
            for sign in signs(phrase.replace("{weekday}", ""))
        }
    )
)
"""Each of them has one of these in small letters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenDate:
    """A date in a sentence."""

    text: str
    weekday: int
    """0 is Monday."""
    day: int
    month: int
    year: int | None
    """None where it is left out."""


def spoken_dates(text: str) -> Iterator[SpokenDate]:
    """The dates with a weekday in a text, in whatever language but English."""
    for match in _WRITTEN.finditer(text) if _DAY_AND_MONTH.search(text) else ():
        yield _date(match, WEEKDAY[match["weekday"].lower()], MONTH[match["month"].lower()])
    for match in _WRITTEN_IN_HAN.finditer(text) if "月" in text else ():
        yield _date(match, _HAN[match["chinese"] or match["japanese"]], int(match["month"]))


def _date(match: re.Match[str], weekday: int, month: int) -> SpokenDate:
    year = int(match["year"]) if match["year"] else None
    return SpokenDate(text=match[0], weekday=weekday, day=int(match["day"]), month=month, year=year)
