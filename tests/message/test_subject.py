"""A long subject loses what costs no fact first; speaker and title stay, and formulas whole."""

from __future__ import annotations

from typing import Any

import pytest

from announcer.domain.talk import Place, Speaker
from tests.message.samples import composer, group, seed

LONG_HOME = "Institute for the Study of Examples and Samples"


def subject(**fields: Any) -> str:
    """The subject of an announcement of the sample talk, with some of it changed."""
    return composer().subject(group(seed(**fields)))


def test_the_room_goes_first() -> None:
    """What stands behind its first comma or bracket."""
    room = Place(room="Crow 201 (the large one, beside the stairs), Crow Hall")
    assert subject(place=room) == (
        "Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): A Physics Approach to Deep Learning Theory"
    )


def test_then_the_affiliation() -> None:
    """Where a hundred and ten characters do not hold it."""
    made = subject(
        speakers=(Speaker(name="Ada Example", affiliation=LONG_HOME),), title="Words " * 10 + "end"
    )
    assert made == f"Wed Dec 2, 4:00 pm, Crow 201: Ada Example: {'Words ' * 10}end"


def test_then_the_end_of_the_title_at_a_word() -> None:
    """The speaker is still there."""
    made = subject(title="Extraordinary " * 12)
    assert made.startswith("Wed Dec 2, 4:00 pm, Crow 201: Blake Bordelon (Harvard): Extraordinary")
    assert made.endswith("Extraordinary...")
    assert len(made) <= 110


@pytest.mark.parametrize("words", range(3, 9))
def test_no_formula_is_cut_in_two(words: int) -> None:
    """It is in the subject whole, or not at all."""
    formula = "a + b = c + d = e + f"
    made = subject(title="Longish " * words + f"${formula}$ and much more of it")
    assert formula in made or "=" not in made
    assert len(made) <= 110


def test_a_short_subject_stays() -> None:
    """Seventy-eight characters hold it all."""
    assert subject(title="Heat", place=Place(room="Crow 201, east")) == (
        "Wed Dec 2, 4:00 pm, Crow 201, east: Blake Bordelon (Harvard): Heat"
    )
