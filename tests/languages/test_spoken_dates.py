"""Dates in sentences are read in every language that has a catalogue, as its locale writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from announcer.languages.dates import long_date
from announcer.languages.spoken_dates import RELATIVE, spoken_dates
from announcer.languages.words import ENGLISH, LANGUAGES
from announcer.records.lint.text import SentText, prose_date
from tests.thoroughness import examples

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != ENGLISH])
@settings(max_examples=examples(40))
@given(day=DAYS)
def test_a_date_is_read_as_its_locale_writes_it(language: str, day: date) -> None:
    """With its weekday, its month and its year."""
    (spoken,) = spoken_dates(f"Neu: {long_date(day, language)}. Ende")
    assert (spoken.weekday, spoken.day, spoken.month, spoken.year) == (
        day.weekday(),
        day.day,
        day.month,
        day.year,
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Der Vortrag ist am Mittwoch, den 2. Dezember, im Hörsaal.", date(2026, 12, 2)),
        ("Exposé le mercredi 2 décembre à 16 h", date(2026, 12, 2)),
        ("el miércoles 2 de diciembre de 2026", date(2026, 12, 2)),
        ("quarta-feira, dia 2 de dezembro", date(2026, 12, 2)),
        ("12月2日(水)", date(2026, 12, 2)),
        ("12月2日星期三", date(2026, 12, 2)),
    ],
)
def test_as_people_write_it(text: str, day: date) -> None:
    """Without its year, and with the small words around it."""
    (spoken,) = spoken_dates(text)
    assert (spoken.weekday, spoken.day, spoken.month) == (day.weekday(), day.day, day.month)


@pytest.mark.parametrize(
    "text", ["nächsten Mittwoch", "mercredi prochain", "el próximo jueves", "domani", "volgende week", "来週"]
)
def test_words_that_mean_another_day_later(text: str) -> None:
    """In each language."""
    assert RELATIVE.search(f"Wir sehen uns {text}!")


def test_a_month_alone_is_no_date() -> None:
    """Nor is a number beside a weekday."""
    assert not list(spoken_dates("Mittwoch um 16 Uhr im Mai, lundi 3 fois"))


def test_a_weekday_that_is_wrong_is_an_error_in_each_language() -> None:
    """As it is in English."""
    sent = SentText("notice", "Wegen Krankheit erst am Donnerstag, 2. Dezember 2026.", date(2026, 12, 2), {})
    (remark,) = prose_date(sent)
    assert remark.message == '"Donnerstag, 2. Dezember 2026" is a Wednesday in 2026'
