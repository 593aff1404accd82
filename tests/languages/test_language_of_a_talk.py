"""The language that a talk is in is named in the mail's, where it is another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from announcer.languages.dates import language_name
from tests.message.samples import SENT, composer, group, seed


@pytest.mark.parametrize(
    ("said", "locale", "shown"),
    [
        ("en", "de_DE", "Englisch"),
        ("de-CH", "en_US", "German"),
        ("en", "en_US", None),
        ("English", "en_GB", None),
        ("Plattdeutsch", "de_DE", "Plattdeutsch"),
        ("ja", "ja_JP", None),
    ],
)
def test_a_language_is_named_where_it_is_another(said: str, locale: str, shown: str | None) -> None:
    """By its code or in words; nothing where every reader expects it."""
    assert language_name(said, locale) == shown


def test_it_stands_among_the_details() -> None:
    """In the language of the mail."""
    talk = replace(seed(), language="en")
    german = composer(locale="de_DE").compose(group(talk), date=SENT).text
    assert "Sprache: Englisch" in " ".join(german.split())
    assert "Language:" not in composer().compose(group(talk), date=SENT).text
