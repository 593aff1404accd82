"""Pasted text: a page's words, labels in six languages, letters with quotations."""

from __future__ import annotations

from datetime import date, time

import pytest

from announcer.importers.findings import _cleaned
from announcer.importers.headings import plain_heading
from tests.importers.conftest import codes, only, reading

PAGE = """\
Primary tabs

Order from Noise in Slow Metals with Ada Example

https://physics.example.edu/xml/events/101/rss.xml
4711

Order from Noise in Slow Metals with Ada Example

Ada Example (hosted by Max Sample) from Example Institute of Technology will be presenting the Physics \
Colloquium on Order from Noise in Slow Metals.

Recent work on slow metals has shown that noise can bring about order: domains grow, defects heal, and the \
resistance falls with every pulse. We explain why, with a model that has one parameter, and we measure it. \
The same model tells when order is lost for good.


This lecture was made possible by the Example Fund.
"""


def test_a_page_says_all_but_the_date() -> None:
    """Speaker, affiliation, host, series, title, abstract and sponsor; no date is made up."""
    draft = only(reading(PAGE))
    assert draft.values["speaker"] == {
        "name": "Ada Example",
        "affiliation": "Example Institute of Technology",
    }
    assert draft.values["title"] == "Order from Noise in Slow Metals"
    assert draft.values["host"] == "Max Sample"
    assert draft.values["sponsor"] == "This lecture was made possible by the Example Fund."
    assert str(draft.values["abstract"]).startswith("Recent work on slow metals")
    assert str(draft.values["abstract"]).endswith("lost for good.")
    assert (draft.series, draft.day, draft.at) == ("Physics Colloquium", None, None)
    assert set(draft.values) == {"speaker", "title", "host", "sponsor", "abstract"}
    assert set(draft.origins) == set(draft.values)


@pytest.mark.parametrize(
    ("title", "speaker", "when", "where", "abstract"),
    [
        ("Title", "Speaker", "When: Wednesday, December 2, 2026, 4 pm", "Where", "Abstract"),
        ("Titel", "Vortragende", "Wann: Mi 2.12.2026, 16 Uhr", "Ort", "Zusammenfassung"),
        ("Titre", "Intervenante", "Date : mercredi 2 décembre 2026, 16h", "Lieu", "Résumé"),
        ("Título", "Ponente", "Fecha: miércoles 2 de diciembre de 2026, 16:00", "Lugar", "Resumen"),
        ("Titolo", "Relatrice", "Quando: mercoledì 2 dicembre 2026, ore 16", "Luogo", "Riassunto"),
        ("Título", "Palestrante", "Data: quarta-feira, 2 de dezembro de 2026, 16h", "Local", "Resumo"),
    ],
)
def test_labels_are_understood_in_six_languages(
    title: str, speaker: str, when: str, where: str, abstract: str
) -> None:
    """English, German, French, Spanish, Italian and Portuguese."""
    text = (
        f"{title}: A: b\n{speaker}: Ada Example (Example University)\n{when}\n{where}: Hall 3\n\n"
        f"{abstract}:\nOne.\n\nTwo."
    )
    draft = only(reading(text))
    assert draft.values == {
        "title": "A: b",
        "speaker": {"name": "Ada Example", "affiliation": "Example University"},
        "location": "Hall 3",
        "abstract": "One.\n\nTwo.",
    }
    assert (draft.day, draft.at) == (date(2026, 12, 2), time(16))


def test_a_wrong_weekday_is_told_and_its_date_not_taken() -> None:
    """Which of the two is wrong, nobody here can know."""
    draft = only(reading("Title: A\nSpeaker: Ada Example\nDate: Thursday, December 2, 2026\n"))
    assert (draft.day, codes(draft)) == (None, ["weekday-mismatch"])


def test_a_date_without_a_year_is_offered_and_not_taken() -> None:
    """The next such day is said, to be typed by a person."""
    draft = only(reading("Title: A\nSpeaker: Ada Example\nDate: December 2, 4 pm\n"))
    assert (draft.day, draft.at, codes(draft)) == (None, time(16), ["unclear-date", "near-date"])
    assert "2026-12-02" in draft.remarks[-1].text


def test_a_day_with_its_time_is_one_and_a_deadline_is_not() -> None:
    """Words without a label: the line that has a time of day counts, and any other is offered alone."""
    text = (
        "Dear all,\n\non Wednesday, December 2, 2026, at 4 pm Ada Example speaks.\n"
        "Please register by 2026-11-30.\n\n"
        "Abstract: We study codes.\n\nBest regards\nMax\n"
    )
    draft = only(reading(text))
    assert (draft.day, draft.at) == (date(2026, 12, 2), time(16))
    assert draft.values["abstract"] == "We study codes."
    assert "Best regards" in str(draft.values["notes"])
    draft = only(reading("Abstract: We study codes.\n\nTitle: On codes\n\nPlease register by 2026-11-30.\n"))
    assert (draft.day, codes(draft)) == (None, ["perhaps-date", "near-date"])


def test_a_meeting_in_the_text_goes_to_online() -> None:
    """Link, id and passcode are in no public field."""
    text = (
        "Title: A\nSpeaker: Ada Example\nAbstract: One.\n\nJoin Zoom Meeting\n"
        "https://example.zoom.us/j/1234567890?pwd=abc\nMeeting ID: 123 456 7890\nPasscode: noether\n\nTwo.\n"
    )
    draft = only(reading(text))
    assert draft.values["online"] == {
        "url": "https://example.zoom.us/j/1234567890?pwd=abc",
        "meeting_id": "123 456 7890",
        "passcode": "noether",
    }
    assert draft.values["abstract"] == "One.\n\nTwo."
    assert codes(draft) == ["moved-to-online"]


def test_what_looks_like_a_passcode_and_cannot_be_placed_holds_the_talk() -> None:
    """It could be anything: a person looks."""
    draft = only(
        reading("Title: A\nSpeaker: Ada Example\nAbstract: The password is the name of our first chair.\n")
    )
    assert draft.skip is not None
    assert draft.skip.code == "passcode-unplaced"


LETTER = """\
From: Ada Example <ada@example.org>
To: colloquium@example.edu
Subject: Re: your talk
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Dear Max,

Title: Order from Noise
Abstract: We study slow metals.

Best, Ada

On Mon, Nov 2, 2026 at 9:00 AM Max Sample <max@example.edu> wrote:
> Title: what is it?
> Abstract: please send one
"""


def test_a_letter_is_read_without_what_it_quotes() -> None:
    """The answer counts, not the question below it."""
    draft = only(reading(LETTER))
    assert draft.values["title"] == "Order from Noise"
    assert str(draft.values["abstract"]).startswith("We study slow metals.")
    assert "please send one" not in str(draft.values)


def test_a_heap_of_marks_costs_no_time_and_leaves_what_a_letter_can_have() -> None:
    """Hundreds of thousands of accents on one letter, which would take minutes to put in order."""
    heap = "\u0301\u0323" * 150_000
    assert len(_cleaned(f"A{heap}da")) == 32
    assert len(plain_heading(f"A{heap}")) <= 300
    assert _cleaned("A\u0323\u0301\x07da") == "\u1ea0\u0301da"
