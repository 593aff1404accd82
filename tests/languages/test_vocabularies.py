"""What people write in each language is understood: one table each, and what our own mails say is in it."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from babel.dates import get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from announcer.importers.headings import FIELDS, field_of
from announcer.importers.moments import read_moment
from announcer.importers.placeholders import is_placeholder
from announcer.languages.to_come import is_to_come, is_unknown
from announcer.languages.vocabularies import VOCABULARIES
from announcer.languages.vocabulary import phrases
from announcer.languages.words import ENGLISH, LANGUAGES, words_of

_FIELD_OF = {
    "Speaker": "speaker",
    "Title": "title",
    "Abstract": "abstract",
    "When": "date",
    "Date": "date",
    "Time": "time",
    "Where": "location",
    "Room": "location",
    "Host": "host",
    "Meeting ID": "online.meeting_id",
    "Passcode": "online.passcode",
    "Recording": "recording",
    "Refreshments": "refreshments",
    "Contact": "contact",
    "Language": "language",
}


def test_every_language_of_mail_has_a_table() -> None:
    """In the order of the languages, with all that import and check look for."""
    assert tuple(VOCABULARIES) == LANGUAGES
    for vocabulary in VOCABULARIES.values():
        assert vocabulary.to_come
        assert vocabulary.cancelled
        assert vocabulary.postponed
        assert vocabulary.subjects
        assert vocabulary.sole
        assert set(vocabulary.headings) <= set(FIELDS)


@pytest.mark.parametrize(
    "language", [name for name, vocabulary in VOCABULARIES.items() if vocabulary.has_blanks]
)
def test_days_and_months_are_those_of_the_language(language: str) -> None:
    """As the Unicode CLDR has them; English dates are read by a rule of their own."""
    if language == ENGLISH:
        return
    vocabulary = VOCABULARIES[language]
    days, months = (get("wide", locale=language) for get in (get_day_names, get_month_names))
    assert vocabulary.weekdays.split() == [days[number].lower() for number in range(7)]
    assert vocabulary.months.split() == [months[number].lower() for number in range(1, 13)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_our_mails_call_a_field_is_read_as_that_field(language: str) -> None:
    """Somebody pastes a mail of last year, or makes a table with our words above its columns."""
    words = words_of(language)
    # A column of times is called as a label with day and time is.
    twice = {"When": "time"} if language == "zh_Hans" else {}
    assert {label: field_of(words.gettext(label)) for label in _FIELD_OF} == _FIELD_OF | twice


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_our_mails_say_of_what_is_not_known_says_nothing(language: str) -> None:
    """In an import it is no title, and in a talk's file none either."""
    words = words_of(language)
    for message in ("Title to be announced", "To be announced", "Room to be announced"):
        assert is_placeholder(words.gettext(message)), words.gettext(message)
        assert is_unknown(words.gettext(message)), words.gettext(message)


@pytest.mark.parametrize(
    "text",
    ["Der Titel wird noch bekannt gegeben", "(Titre à préciser)", "题目：未定", "nog te bepalen", "N. N."],
)
def test_words_that_something_is_to_come_are_known_as_such(text: str) -> None:
    """In whatever language, with what they speak of and without."""
    assert is_to_come(text)
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text", ["A TBA problem", "Folgt auf Regen Sonnenschein?", "To be or not to be", "未定義"]
)
def test_a_title_with_such_words_is_a_title(text: str) -> None:
    """The whole text must say it, and nothing else."""
    assert not is_unknown(text)
    assert not is_placeholder(text)


@given(st.text(alphabet=" ()[]the:TBAfolgt…!", max_size=3000))
def test_no_text_takes_long(text: str) -> None:
    """Whatever stands in a field; hypothesis has a deadline for each."""
    assert is_unknown(text) in (True, False)


def test_a_phrase_may_leave_words_out() -> None:
    """Before its first word and behind it."""
    assert phrases(["[wird] [noch] folgt|kommt [bald]"]) == (
        r"(?:(?:wird)\s+)?(?:(?:noch)\s+)?(?:folgt|kommt)(?:\s+(?:bald))?"
    )
    assert phrases([]) == "(?!)"


@pytest.mark.parametrize(
    "text", ["2026年12月2日（水） 16:00", "2026 年 12 月 2 日 16:00", "Wo 2 december 2026 16:00"]
)
def test_a_date_of_a_table_is_read_in_each_language(text: str) -> None:
    """With its time of day."""
    moment = read_moment(text, today=date(2026, 11, 1))
    assert (moment.day, str(moment.at)) == (date(2026, 12, 2), "16:00:00")


def _spoken_forms(phrase: str) -> set[str]:
    """A phrase as people say it, with what may be left out and without."""
    spoken = set()
    for leaves_out in (True, False):
        tokens = [token for token in phrase.split() if not (leaves_out and token.startswith("["))]
        words = [token.strip("[]").split("|") for token in tokens]
        spoken |= {" ".join(choice) for choice in product(*words)}
    return spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_a_table_is_understood(language: str) -> None:
    """Alone, behind what it speaks of, with a capital, in brackets and with a mark behind it."""
    table = VOCABULARIES[language]
    about = table.subjects[0] + (" " if table.has_blanks else "")
    for known, phrases_of in ((is_to_come, table.to_come), (is_unknown, table.unknown)):
        for spoken in {form for phrase in phrases_of for form in _spoken_forms(phrase)}:
            for text in (
                spoken,
                f"{about}{spoken}",
                spoken.capitalize(),
                f"({spoken})",
                f"{spoken}.",
                f"{spoken}!",
            ):
                assert known(text), text
