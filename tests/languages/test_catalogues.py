"""The catalogues are whole, fresh, and say what the program says."""

from __future__ import annotations

import re

import pytest
from babel.messages.mofile import read_mo

from announcer.domain.talk import FIELDS
from announcer.languages.width import width
from announcer.languages.words import (
    CATALOGUES,
    ENGLISH,
    LABELS,
    LANGUAGES,
    language_of,
    language_pattern,
    words_of,
)
from tests.languages import catalogues

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
TEMPLATE = {(message.id, message.context) for message in catalogues.template() if message.id}
_VARIABLE = re.compile(r"%\((\w+)\)s")


def test_the_languages_are_those_of_the_files() -> None:
    """A catalogue that nobody names is never read, one that is not there breaks every mail."""
    assert sorted(OTHERS) == sorted(path.stem for path in CATALOGUES.glob("*.po"))
    assert sorted(OTHERS) == sorted(path.stem for path in CATALOGUES.glob("*.mo"))


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_each_message_and_no_other(language: str) -> None:
    """What is missing would be half a language. Where this fails: python -m tests.languages.catalogues."""
    read = [message for message in catalogues.read(language) if message.id]
    assert {(message.id, message.context) for message in read} == TEMPLATE
    assert [message.id for message in read if not message.string or message.fuzzy] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_names_what_its_message_names(language: str) -> None:
    """No date is lost; none is asked for that there is not. A message is text, not HTML."""
    for message in catalogues.read(language):
        if message.id:
            asked = {name.lower() for name in _VARIABLE.findall(message.id)}
            assert {name.lower() for name in _VARIABLE.findall(message.string)} == asked, message.string
            assert not re.search(r"[<>&]|%(?!\()|\s\s|^\s|\s$", message.string.removesuffix(" ")), (
                message.string
            )


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_read_is_what_is_written(language: str) -> None:
    """The compiled file is of this source. Where this fails: python -m tests.languages.catalogues."""
    with (CATALOGUES / f"{language}.mo").open("rb") as file:
        read = [message for message in read_mo(file) if message.id]
    compiled = {
        (message.id, message.context.decode() if message.context else None): message.string
        for message in read
    }
    assert compiled == {
        (message.id, message.context): message.string for message in catalogues.read(language) if message.id
    }


@pytest.mark.parametrize("language", OTHERS)
def test_labels_stand_in_one_column(language: str) -> None:
    """Every label of a detail has room in front of its value, and values keep most of a line."""
    words = words_of(language)
    for field in FIELDS:
        if field.detail:
            assert width(words.gettext(field.label)) < words.column - 1, field.label
    assert 16 <= words.column <= 24


def test_what_a_department_may_call_otherwise_is_a_word_of_ours() -> None:
    """`labels:` names no word that nothing shows."""
    assert [label for label in LABELS if (label, None) not in TEMPLATE] == []


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en_US", "en"),
        ("en_IN", "en"),
        ("de_CH", "de"),
        ("de-AT", "de"),
        ("fr_CA", "fr"),
        ("pt_BR", "pt_BR"),
        ("pt", "pt_BR"),
        ("pt_PT", None),
        ("zh_Hans_CN", "zh_Hans"),
        ("zh_CN", "zh_Hans"),
        ("zh_Hant_TW", None),
        ("pl_PL", None),
        ("eo", None),
    ],
)
def test_a_locale_has_the_catalogue_of_its_language(locale: str, language: str | None) -> None:
    """Whatever its country; another script or another Portuguese is another language."""
    assert language_of(locale) == language


def test_a_locale_without_a_catalogue_is_english_in_its_dates_too() -> None:
    """As its country writes them in English."""
    words = words_of("pl_PL")
    assert (words.language, words.locale, words.gettext("When")) == ("en", "en_PL", "When")
    assert words_of("eo").locale == "en_GB"


@pytest.mark.parametrize(
    "name",
    ["de", "de_CH", "de-AT", "pt", "pt_BR", "pt_PT", "zh", "zh_CN", "zh_TW", "zh_Hans_SG", "pl", "english"],
)
def test_an_editor_knows_the_languages_that_texts_may_be_in(name: str) -> None:
    """The schema takes the names that `check` takes."""
    assert (re.search(language_pattern(), name) is not None) == (language_of(name) is not None)
