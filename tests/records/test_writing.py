"""What `new` writes is read back as it was given."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from announcer.domain.department import Series
from announcer.domain.problem import Severity
from announcer.records.writing import Draft, next_free, scalar, stem, talk_text
from announcer.records.yaml.decoding import decode
from announcer.records.yaml.tree import Mapping, Scalar, read_tree
from tests.records.conftest import TALK, Folder

SERIES = Series(key="colloquium", name="Physics Colloquium", day=2, time=time(16))
PRINTED = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=60)


@given(PRINTED)
def test_every_text_survives_as_a_scalar(text: str) -> None:
    """Whatever is printed in a line, YAML reads it back, with its blanks made plain."""
    source, _ = decode("talks/a.yaml", f"title: {scalar(text)}\n".encode())
    assert source is not None
    tree, problems = read_tree(source)
    assert isinstance(tree, Mapping)
    value = tree.entries["title"][1]
    assert isinstance(value, Scalar)
    assert (value.text, value.lost, problems) == (" ".join(text.split()), None, [])


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A Physics Approach to Deep Learning", "A Physics Approach to Deep Learning"),
        ("Noether's theorem", "Noether's theorem"),
        ("Dark matter: what is it?", "'Dark matter: what is it?'"),
        ("Problem #7", "'Problem #7'"),
        ("'t Hooft's anomaly", "'''t Hooft''s anomaly'"),
        ("[Cr II] lines", "'[Cr II] lines'"),
        ("null", "'null'"),
        ("1984", "1984"),
        ("", "''"),
    ],
)
def test_only_what_needs_quotes_gets_them(text: str, written: str) -> None:
    """Plain words stay plain, so that people learn the plain form."""
    assert scalar(text) == written


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=PRINTED, speaker=PRINTED, host=PRINTED)
def test_a_written_talk_is_read_without_errors_of_form(
    folder: Folder, title: str, speaker: str, host: str
) -> None:
    """The file of any answers is a talk, or has errors that are about their meaning alone."""
    draft = Draft(series=SERIES, date=date(2026, 12, 2), title=title, speaker=speaker, host=host)
    folder.write(TALK, talk_text(draft, 2))
    problems = folder.load().problems
    about_meaning = {"placeholder", "template-mark", "curly-quotes", "bad-link", "prose-date"}
    assert {one.code for one in problems if one.severity is Severity.ERROR} <= about_meaning


def test_a_written_talk_says_what_it_was_given(folder: Folder) -> None:
    """Everything that a draft knows is in the talk, and the rest is the series'."""
    draft = Draft(
        series=SERIES,
        date=date(2026, 12, 2),
        time=time(10, 30),
        title="Why: the #7",
        speaker="Ada Example",
        affiliation="Example University",
        host="Max Sample",
        location="Hall 3",
    )
    talk = folder.talk(talk_text(draft, 2).replace("10:30 am", "10:30 am\nduration: 90 minutes"))
    assert (talk.title, f"{talk.local_start:%Y-%m-%d %H:%M}") == ("Why: the #7", "2026-12-02 10:30")
    assert [(one.name, one.affiliation) for one in talk.speakers] == [("Ada Example", "Example University")]
    assert talk.host is not None
    assert talk.place is not None
    assert (talk.host.name, talk.place.room) == ("Max Sample", "Hall 3")


@pytest.mark.parametrize(
    ("speaker", "title", "taken", "name"),
    [
        ("Emmy Noether", None, set(), "2026-noether"),
        ("Emmy Noether", None, {"2026-noether", "2026-noether-2"}, "2026-noether-3"),
        ("Søren Müller-Lüdenscheidt", None, set(), "2026-muller-ludenscheidt"),
        (None, "On the nature of things", set(), "2026-on-the-nature-of"),
        ("相对论", None, set(), "2026-colloquium"),
    ],
)
def test_the_name_of_a_file_is_an_id(
    speaker: str | None, title: str | None, taken: set[str], name: str
) -> None:
    """The year and the last name, in letters that stand everywhere, and free."""
    draft = Draft(series=SERIES, date=date(2026, 12, 2), speaker=speaker, title=title)
    assert stem(draft, taken) == name


def test_the_next_free_day_is_the_series_day(folder: Folder) -> None:
    """From a Thursday it is next Wednesday, and the one after where that is taken."""
    assert next_free(SERIES, (), date(2026, 11, 26)) == date(2026, 12, 2)
    folder.write(TALK, "date: 2026-12-02\n")
    talks = folder.load().talks
    assert next_free(SERIES, talks, date(2026, 12, 2)) == date(2026, 12, 9)
    assert next_free(Series(key="x", name="X"), talks, date(2026, 12, 2)) is None
