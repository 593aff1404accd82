"""The language that a talk is in is named in the mail's, where it is another."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from announcer.domain.talk import Speaker
from announcer.languages.dates import language_name
from tests.message.samples import SENT, composer, group, seed


@pytest.mark.parametrize(
    ("language", "locale", "shown"),
    [
        ("en", "de_DE", "Englisch"),
        ("de-CH", "en_US", "German"),
        ("en", "en_US", None),
        ("English", "en_GB", None),
        ("Plattdeutsch", "de_DE", "Plattdeutsch"),
        ("ja", "ja_JP", None),
    ],
)
def test_a_language_is_named_where_it_is_another(language: str, locale: str, shown: str | None) -> None:
    """By its code or in words; nothing where every reader expects it."""
    assert language_name(language, locale) == shown


def test_it_stands_among_the_details() -> None:
    """In the language of the mail."""
    talk = replace(seed(), language="en")
    german = composer(locale="de_DE").compose(group(talk), date=SENT).text
    assert "Sprache: Englisch" in " ".join(german.split())
    assert "Language:" not in composer().compose(group(talk), date=SENT).text


def test_title_and_abstract_say_their_language_to_a_screen_reader() -> None:
    """Where it is known and no reader's; the words around them are in the mail's."""
    page = composer(locale="de_DE").compose(group(replace(seed(), language="en-GB")), date=SENT).html or ""
    assert re.search(r'<h1 lang="en-GB"[^>]*>A Physics Approach', page)
    assert re.search(r'<div class="prose" lang="en-GB"[^>]*>\s*<p[^>]*>Recent developments', page)
    for same in ("de", "Plattdeutsch", None):
        page = composer(locale="de_DE").compose(group(replace(seed(), language=same)), date=SENT).html or ""
        assert re.findall(r' lang="([^"]*)"', page) == ["de-DE"]


def test_a_name_is_apart_from_the_direction_of_the_words_around_it() -> None:
    """A name in Hebrew or Arabic turns nothing around it."""
    speaker = Speaker(name="דנה לוי", affiliation="מכון לדוגמה", bio="Sie forscht.")
    page = composer().compose(group(seed(speakers=(speaker,))), date=SENT).html or ""
    assert page.count("<bdi>דנה לוי</bdi>") == 2
    assert "<bdi>Zohar Nussinov</bdi>" in page


@pytest.mark.parametrize(("language", "shown"), [("de", "Deutsch German"), ("en", "Englisch English")])
def test_a_mail_in_two_languages_names_either(language: str, shown: str) -> None:
    """Whoever reads one of them does not know the other."""
    made = group(replace(seed(), language=language))
    both = replace(
        made, lists=tuple(replace(mailing_list, locale=("de_CH", "en_US")) for mailing_list in made.lists)
    )
    text = " ".join(composer().compose(both, date=SENT).text.replace("/", " ").split())
    assert f"Sprache Language: {shown}" in text
