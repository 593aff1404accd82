"""Dates and times as each locale writes them, the zone always named."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from announcer.languages import dates
from announcer.languages.words import language_of
from tests.message.samples import SENT, composer, group, seed
from tests.thoroughness import examples

DAY = date(2026, 12, 2)
CHICAGO = ZoneInfo("America/Chicago")

LOCALES = {
    "en_US": ("Wednesday, December 2, 2026", "Wed Dec 2", "4:00–5:00 pm", "Mon Nov 30 – Sun Dec 6"),
    "en_GB": ("Wednesday, 2 December 2026", "Wed 2 Dec", "16:00–17:00", "Mon 30 Nov – Sun 6 Dec"),
    "de_DE": ("Mittwoch, 2. Dezember 2026", "Mi. 2. Dez.", "16:00–17:00", "Mo. 30. Nov. – So. 6. Dez."),
    "fr_FR": ("mercredi 2 décembre 2026", "mer. 2 déc.", "16:00–17:00", "lun. 30 nov. – dim. 6 déc."),
}


@pytest.mark.parametrize("locale", LOCALES)
def test_each_locale_writes_dates_its_way(locale: str) -> None:
    """Long, short, a span of time, a span of days."""
    start, end = datetime(2026, 12, 2, 16, tzinfo=CHICAGO), datetime(2026, 12, 2, 17, tzinfo=CHICAGO)
    made = (
        dates.long_date(DAY, locale),
        dates.short_date(DAY, locale),
        dates.times(start, end, locale),
        dates.days(date(2026, 11, 30), date(2026, 12, 6), locale),
    )
    assert made == LOCALES[locale]


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if language_of(locale)])
def test_a_message_speaks_its_departments_locale(locale: str) -> None:
    """Subject and both parts have the same date."""
    message = composer(locale=locale).compose(group(), date=SENT)
    assert message.subject.startswith(LOCALES[locale][1] + ", ")
    assert LOCALES[locale][0] in message.text


TIMES = [
    ((9, 0), (10, 0), "9:00–10:00 am"),
    ((11, 30), (12, 30), "11:30 am – 12:30 pm"),
    ((11, 0), (12, 0), "11:00 am – noon"),
    ((12, 0), (13, 0), "noon – 1:00 pm"),
    ((12, 5), (13, 0), "12:05–1:00 pm"),
    ((0, 0), (1, 0), "midnight – 1:00 am"),
    ((0, 30), (1, 0), "12:30–1:00 am"),
    ((22, 0), (0, 0), "10:00 pm – midnight, Thu Dec 3"),
]


@pytest.mark.parametrize(("start", "end", "words"), TIMES)
def test_noon_and_midnight_are_words(start: tuple[int, int], end: tuple[int, int], words: str) -> None:
    """Nobody has to know what 12:00 am is."""
    first = datetime(2026, 12, 2, *start, tzinfo=CHICAGO)
    last = datetime(2026, 12, 3 if end == (0, 0) else 2, *end, tzinfo=CHICAGO)
    assert dates.times(first, last, "en_US") == words


ZONES = [
    ("America/Chicago", (2026, 12, 2), "CST"),
    ("America/Chicago", (2026, 7, 1), "CDT"),
    ("America/New_York", (2026, 12, 2), "EST"),
    ("Europe/Berlin", (2026, 12, 2), "CET"),
    ("Europe/Berlin", (2026, 7, 1), "CEST"),
    ("Europe/London", (2026, 7, 1), "BST"),
    ("Asia/Tokyo", (2026, 12, 2), "JST"),
    ("America/Sao_Paulo", (2026, 12, 2), "GMT-3"),
    ("Asia/Kathmandu", (2026, 12, 2), "GMT+5:45"),
    ("UTC", (2026, 12, 2), "UTC"),
]


@pytest.mark.parametrize(("zone", "day", "name"), ZONES)
def test_the_zone_is_named(zone: str, day: tuple[int, int, int], name: str) -> None:
    """By its abbreviation at that date, else by its offset."""
    assert dates.zone_name(datetime(*day, 16, tzinfo=ZoneInfo(zone)), zone, "en_US") == name


def test_german_names_its_own_zone() -> None:
    """A locale's abbreviation comes first."""
    assert dates.zone_name(
        datetime(2026, 12, 2, 16, tzinfo=ZoneInfo("Europe/Berlin")), "Europe/Berlin", "de_DE"
    ) == ("MEZ")


@settings(max_examples=examples(30))
@given(
    st.sampled_from(sorted(available_timezones())),
    st.sampled_from(sorted(LOCALES)),
    st.datetimes(
        min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - the zone is drawn apart
        max_value=datetime(2035, 1, 1),  # noqa: DTZ001 - the zone is drawn apart
    ),
)
def test_any_time_in_any_zone_can_be_written(zone: str, locale: str, moment: datetime) -> None:
    """No zone, locale or moment fails, and a zone always has a name."""
    local = moment.replace(tzinfo=ZoneInfo(zone))
    assert dates.zone_name(local, zone, locale) != ""
    assert dates.time_of_day(local, locale) != ""
    assert "\u202f" not in dates.times(local, local, locale)


def test_other_zones_are_shown_on_request() -> None:
    """With their own date where that is another."""
    message = composer().compose(group(seed(show_timezones=("Europe/Berlin", "Asia/Tokyo"))), date=SENT)
    assert "11:00 pm CET in Berlin" in message.text
    assert "7:00 am JST, Thu Dec 3 in Tokyo" in message.text


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en_US", "Monday, November 30"),
        ("de_CH", "Montag, 30. November"),
        ("fr_FR", "lundi 30 novembre"),
        ("es_ES", "lunes, 30 de noviembre"),
        ("pt_BR", "segunda-feira, 30 de novembro"),
        ("ja_JP", "11月30日(月曜日)"),
    ],
)
def test_a_day_whose_year_is_plain_is_written_out(locale: str, written: str) -> None:
    """With the words that stand between, which no abbreviation has."""
    assert dates.day_of_year(date(2026, 11, 30), locale) == written


def test_noon_is_a_word_where_it_stands_behind_the_same_words_as_any_hour() -> None:
    """`alle mezzogiorno` is no Italian, `à midi` is French."""
    noon = datetime(2026, 12, 2, 12, tzinfo=CHICAGO)
    assert [dates.time_of_day(noon, locale) for locale in ("it_IT", "fr_FR")] == ["12:00", "midi"]


@pytest.mark.parametrize(
    ("zone", "locale", "name"),
    [
        ("America/New_York", "en_US", "New York"),
        ("America/New_York", "es_ES", "Nueva York"),
        ("Asia/Tokyo", "ja_JP", "東京"),
        ("Asia/Tokyo", "de_DE", "Tokio"),
        ("America/Argentina/Buenos_Aires", "fr_FR", "Buenos Aires"),
        ("Europe/Zurich", "de_CH", "Zürich"),
    ],
)
def test_a_city_is_called_as_readers_call_it(zone: str, locale: str, name: str) -> None:
    """In the mail's language."""
    assert dates.city(zone, locale) == name
