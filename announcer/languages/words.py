"""One language's words: a message of the program -> what readers of a list are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import GNUTranslations

CATALOGUES = Path(__file__).parent / "catalogues"
ENGLISH = "en"
LANGUAGES = (ENGLISH, "de", "fr", "es", "it", "pt_BR", "nl", "ja", "zh_Hans")
"""Those with a complete catalogue, and the one that the program is written in."""
_SHORT = {"pt": "pt_BR", "zh": "zh_Hans", "zh_CN": "zh_Hans", "zh_SG": "zh_Hans"}
"""Locales whose catalogue has a longer name."""
_ELSEWHERE = "en_GB"
"""How English writes dates and times where it has no form for a country."""
_COLUMN = 16
"""Columns of the labels in a text part; more where a language's longest label needs more."""
_COLUMN_LABELS = (
    "Was to be", "When", "Where", "Address", "Directions", "Map", "Join online", "Meeting ID", "Passcode",
    "Online", "Host", "Refreshments", "Meet", "Recording", "Event page", "Link", "Speaker", "Title",
    "Contact", "Accessibility", "Parking", "Level",
)  # fmt: skip
LABELS = (
    *_COLUMN_LABELS, "Abstract", "Links", "Date", "Time", "Room", "Meet the speaker", "Meet the speakers",
    "Sign up", "Reminder", "Cancelled", "Postponed", "Changed", "Tentative", "New date", "On again",
    "Room change", "Time change", "Date change", "Speaker change", "Title to be announced", "All talks",
)  # fmt: skip
"""What a department may call otherwise."""


def N_(message: str) -> str:
    """Marks a message that is looked up later."""
    return message


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What the program says, in one language."""

    language: str
    """That of the catalogue: `de`."""
    locale: str
    """How dates, times and lists are written: `de_CH`."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Words of the department's own, by the English ones that they replace."""

    @property
    def tag(self) -> str:
        """As HTML and mail name the language (BCP 47): `de-CH`."""
        return self.locale.replace("_", "-")

    def gettext(self, message: str) -> str:
        """A message in this language."""
        own = self.labels.get(message)
        if own is not None:
            return own
        messages = catalogue(self.language)
        return messages.gettext(message) if messages else message

    def pgettext(self, context: str, message: str) -> str:
        """A message that other languages say in several ways, one for each context."""
        own = self.labels.get(message)
        if own is not None:
            return own
        messages = catalogue(self.language)
        return messages.pgettext(context, message) if messages else message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """A message with a number in it."""
        messages = catalogue(self.language)
        if messages:
            return messages.ngettext(singular, plural, number)
        return singular if number == 1 else plural

    def listed(self, names: Iterable[str]) -> str:
        """`A`, `A and B`, `A, B and C`."""
        *rest, last = names
        if not rest:
            return last
        if self.language == ENGLISH:
            return f"{', '.join(rest)} and {last}"
        from babel.lists import format_list

        return format_list([*rest, last], locale=self.locale)

    @property
    def column(self) -> int:
        """Where values begin in a text part, behind their labels."""
        return _column(self)

    def __hash__(self) -> int:
        return hash((self.language, self.locale, tuple(self.labels.items())))


@cache
def _column(words: Words) -> int:
    from announcer.languages.width import width

    labels = (words.gettext("%(label)s:") % {"label": words.gettext(label)} for label in _COLUMN_LABELS)
    return max(_COLUMN, *(width(label) + 2 for label in labels))


def language_of(locale: str) -> str | None:
    """The language of the catalogue that a locale has; None where there is none."""
    parts = locale.replace("-", "_").split("_")
    for length in range(len(parts), 0, -1):
        name = "_".join(parts[:length])
        name = _SHORT.get(name, name) if length == len(parts) else name
        if name in LANGUAGES:
            return name
    return None


Labels = Mapping[str, Mapping[str, str]]
"""A department's own words by the English ones that they replace, for each language; those for every
language under an empty one."""


def language_pattern() -> str:
    """An expression (ECMA-262) for the names of locales that have a catalogue."""
    names = (*(f"{name}(_[A-Za-z0-9]+)*" for name in LANGUAGES), *_SHORT)
    return f"^({'|'.join(names)})$".replace("_", "[-_]")


def words_of(locale: str, labels: Labels | None = None) -> Words:
    """The words of a locale; where it has no catalogue, English ones and dates, lest a mail be in two
    languages by halves."""
    language = language_of(locale)
    if language is None:
        return english(locale, labels)
    return Words(language=language, locale=locale, labels=_own(labels, language))


def english(locale: str, labels: Labels | None = None) -> Words:
    """English words, with dates as the locale's country writes them in English."""
    if not locale.replace("-", "_").startswith("en"):
        locale = _english_of(locale)
    return Words(language=ENGLISH, locale=locale, labels=_own(labels, ENGLISH))


def _own(labels: Labels | None, language: str) -> Mapping[str, str]:
    """Those of one language; what is said for it alone goes before what is said for every one."""
    return {**labels.get("", {}), **labels.get(language, {})} if labels else {}


@cache
def _english_of(locale: str) -> str:
    from babel import Locale
    from babel.localedata import exists

    territory = Locale.parse(locale.replace("-", "_")).territory
    name = f"{ENGLISH}_{territory}"
    return name if territory and exists(name) else _ELSEWHERE


@cache
def catalogue(language: str) -> GNUTranslations | None:
    """A language's messages; None for the one that they are written in."""
    if language == ENGLISH:
        return None
    from gettext import GNUTranslations

    with (CATALOGUES / f"{language}.mo").open("rb") as file:
        return GNUTranslations(file)
