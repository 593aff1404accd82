"""What is a correction of spelling, and what is another person or place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.domain.spelling import same_people, same_person, same_place


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("Petra Novak", "Petra Nowak"),
        ("Petra Novak", "petra NOVAK"),
        ("Jose Sample", "José Sample"),
        ("Jürgen Lüst", "Juergen Luest"),
        ("Jürgen Lüst", "Jurgen Lust"),
        ("A. Example", "Ada Example"),
        ("A. B. Example", "Ada Example"),
        ("Ada Example", "Ada B. Example"),
        ("Ada Example (MIT)", "Ada Example"),
        ("Ada Example, MIT", "Ada Example"),
        ("Ada Example, Example University", "Ada Example"),
        ("Prof. Dr. Ada Example", "Ada Example"),
        ("Ada Example, Ph.D.", "Ada Example"),
        ("Jean-Luc Sample", "Jean Luc Sample"),
        ("Jean-Luc Sample", "Jeanluc Sample"),
        ("Ada O'Sample", "Ada O’Sample"),
        ("Ada Exmaple", "Ada Example"),
        ("Ada  Example", "Ada Example"),
    ],
)
def test_a_name_that_is_spelt_better_is_the_same_persons(spelling: str, other: str) -> None:
    """Case, accents, titles, initials, an affiliation behind it, or one wrong letter."""
    assert same_person(spelling, other)
    assert same_person(other, spelling)


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("Ada Example", "Bo Example"),
        ("Ada Example", "Ada Sample"),
        ("A. Example", "Bo Example"),
        ("A. Novak", "Ada Nowak"),
        ("Ada Lee", "Ada Lea"),
        ("Petra Novak", "Peter Nowak"),
        ("Ada Example", "Ada Example, Bo Sample"),
        ("Example", "Ada Example"),
        ("Li Wei", "Li Wen"),
        ("湯川秀樹先生", "湯川秀子先生"),
    ],
)
def test_another_name_is_another_persons(spelling: str, other: str) -> None:
    """Two wrong letters, a short word, another initial, one name more."""
    assert not same_person(spelling, other)
    assert not same_person(other, spelling)


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("Exmaple Hall", "Example Hall"),
        ("Crow 201", "Crow 201, Crow Hall"),
        ("crow 201", "Crow 201"),
        ("Hörsaal Nord", "Hoersaal Nord"),
        ("Crow 201, Exmaple Hall", "Crow 201, Example Hall"),
        ("Lecture Hall", "Lecture-Hall"),
    ],
)
def test_a_place_that_is_spelt_better_is_the_same(spelling: str, other: str) -> None:
    """A wrong letter, a building more."""
    assert same_place(spelling, other)
    assert same_place(other, spelling)


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("Crow 201", "Crow 301"),
        ("Crow 201", "Crow 201a"),
        ("Room 1.03", "Room 103"),
        ("Room A", "Room B"),
        ("Crow 201, Crow Hall", "Crow 201, Example Hall"),
        ("Room -1", "Room 1"),
        ("East Hall", "West Hall"),
        ("Crow 20 1", "Crow 201"),
        ("", "Crow 201"),
    ],
)
def test_another_place_is_another(spelling: str, other: str) -> None:
    """Whatever has a digit is compared as typed."""
    assert not same_place(spelling, other)
    assert not same_place(other, spelling)


def test_the_order_of_speakers_is_none_of_their_names() -> None:
    """Whom a talk names first is no change; that one is missing is."""
    assert same_people(["Ada Example", "Bo Sample"], ["Bo Sample", "A. Example"])
    assert not same_people(["Ada Example", "Bo Sample"], ["Bo Sample"])
    assert not same_people(["Ada Example", "Ada Example"], ["Ada Example", "Bo Sample"])


@given(st.text(max_size=30), st.text(max_size=30))
def test_spelling_is_the_same_from_both_sides(spelling: str, other: str) -> None:
    """Whatever is typed: no exception, everything is spelt as itself, and the answer has no direction."""
    assert same_person(spelling, spelling)
    assert same_place(spelling, spelling)
    assert same_person(spelling, other) is same_person(other, spelling)
    assert same_place(spelling, other) is same_place(other, spelling)


@pytest.mark.parametrize(
    ("announced", "now"),
    [
        (["Ann Lee and Bob Roe"], ["Ann Lee", "Bob Roe"]),
        (["Ada Example, Max Sample"], ["Max Sample", "Ada Example"]),
        (["Example, Ada"], ["Ada Example"]),
    ],
)
def test_people_who_stood_in_one_name_are_the_same(announced: list[str], now: list[str]) -> None:
    """What `check` advises to write is no change to tell."""
    assert same_people(announced, now)
    assert same_people(now, announced)


def test_one_of_two_people_is_a_change() -> None:
    """Somebody does not come."""
    assert not same_people(["Ann Lee and Bob Roe"], ["Ann Lee"])
