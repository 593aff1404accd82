"""What people write in each language that mail can be in, by the name of its catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from announcer.languages.vocabularies.chinese import CHINESE
from announcer.languages.vocabularies.dutch import DUTCH
from announcer.languages.vocabularies.english import ENGLISH
from announcer.languages.vocabularies.french import FRENCH
from announcer.languages.vocabularies.german import GERMAN
from announcer.languages.vocabularies.italian import ITALIAN
from announcer.languages.vocabularies.japanese import JAPANESE
from announcer.languages.vocabularies.portuguese import PORTUGUESE
from announcer.languages.vocabularies.spanish import SPANISH
from announcer.languages.vocabulary import Vocabulary, phrases

VOCABULARIES = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "pt_BR": PORTUGUESE,
    "nl": DUTCH,
    "ja": JAPANESE,
    "zh_Hans": CHINESE,
}
"""A word that two languages have, for two things, means what the earlier one says."""


def expression(kind: Callable[[Vocabulary], Iterable[str]]) -> str:
    """An expression for one phrase of a kind, in any language."""
    return phrases(phrase for vocabulary in VOCABULARIES.values() for phrase in kind(vocabulary))
