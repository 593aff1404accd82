"""What `new` writes is read back as it was given."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from announcer.domain.department import Series
from announcer.domain.problem import Severity
from announcer.records.naming import last_name, next_free, stem
from announcer.records.writing import scalar, talk_text
from announcer.records.yaml.decoding import decode, writable
from announcer.records.yaml.nodes import Mapping, Scalar, Sequence
from announcer.records.yaml.tree import read_tree
from tests.records.conftest import TALK, Folder
from tests.thoroughness import examples

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


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def as_read(text: str) -> str:
    """A text as a person sees it: without what nobody sees, and blanks at its ends and in empty lines."""
    lines = [line if line.strip() else "" for line in writable(text).split("\n")]
    return "\n".join(lines).strip("\n").rstrip()


@given(st.dictionaries(st.sampled_from(["title", "abstract", "notes", "sponsor", "parking"]), ANY))
@example({"abstract": "  First: a # sign, 'quotes', \"more\" and $x_1$\n\n- a\n--- \n# b 🎉\n\n\n c"})
@example({"title": "'t Hooft: #7 [a] {b} & *c* | > % @ ` \\nu, ..."})
@example({"notes": "|2\n    x"})
@example({"abstract": "\t0\r0"})
def test_any_text_is_read_back_as_it_was_written(values: dict[str, str]) -> None:
    """Quotes, colons, hash signs, leading blanks, maths, emoji: prose keeps its lines, a line its words."""
    values = {name: text for name, text in values.items() if as_read(text).strip()}
    source, problems = decode("talks/a.yaml", talk_text(values, SERIES, depth=1).encode())
    assert source is not None
    tree, faults = read_tree(source)
    assert (problems, faults) == ([], [])
    assert isinstance(tree, Mapping)
    for name, text in values.items():
        value = tree.entries[name][1]
        assert isinstance(value, Scalar)
        prose = name in ("abstract", "notes", "parking")
        assert value.lost is None
        if prose:
            assert as_read(value.text) in (as_read(text), " ".join(as_read(text).split()))
        if not prose or "\n" not in as_read(text):
            assert " ".join(value.text.split()) == " ".join(as_read(text).split())
        if prose and "\n" in as_read(text):
            assert as_read(value.text) == as_read(text)


@given(PRINTED, PRINTED, st.lists(PRINTED.filter(str.strip), min_size=1, max_size=3))
def test_any_record_and_any_list_is_read_back(name: str, bio: str, labels: list[str]) -> None:
    """A speaker with a biography within a list, and links with labels."""
    values = {
        "speakers": [{"name": name, "bio": f"{bio}\n\nMore: # of it"}, {"name": "Bob"}],
        "links": [{"label": label, "url": "https://example.org/?a=1#b"} for label in labels],
        "location": {"room": name, "building": bio},
    }
    source, _ = decode("talks/a.yaml", talk_text(values, SERIES, depth=1).encode())
    assert source is not None
    tree, problems = read_tree(source)
    assert isinstance(tree, Mapping)
    assert problems == []
    assert _texts(tree.entries["links"][1]) == [
        {"label": " ".join(label.split()), "url": "https://example.org/?a=1#b"} for label in labels
    ]
    first, second = _texts(tree.entries["speakers"][1])
    assert (first["name"], second) == (" ".join(name.split()), {"name": "Bob"})
    assert as_read(first["bio"]) == as_read(f"{bio}\n\nMore: # of it")
    assert _texts(tree.entries["location"][1]) == {
        "room": " ".join(name.split()),
        "building": " ".join(bio.split()),
    }


def _texts(node: object) -> Any:
    if isinstance(node, Mapping):
        return {key: _texts(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [_texts(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=PRINTED.filter(str.strip), speaker=PRINTED.filter(str.strip), host=PRINTED.filter(str.strip))
def test_a_written_talk_is_read_without_errors_of_form(
    folder: Folder, title: str, speaker: str, host: str
) -> None:
    """The file of any answers is a talk, or has errors that are about their meaning alone."""
    values = {"date": "2026-12-02", "title": title, "speaker": {"name": speaker}, "host": host}
    folder.write(TALK, talk_text(values, SERIES, depth=2))
    problems = folder.load().problems
    about_meaning = {"placeholder", "template-mark", "curly-quotes", "bad-link", "prose-date"}
    assert {problem.code for problem in problems if problem.severity is Severity.ERROR} <= about_meaning


def test_a_written_talk_says_what_it_was_given(folder: Folder) -> None:
    """Everything that is known is in the talk, and the rest is the series'."""
    values = {
        "date": "2026-12-02",
        "time": "10:30 am",
        "duration": "90 minutes",
        "title": "Why: the #7",
        "speaker": {"name": "Ada Example", "affiliation": "Example University"},
        "host": "Max Sample",
        "location": "Hall 3",
    }
    talk = folder.talk(talk_text(values, SERIES, depth=2))
    assert (talk.title, f"{talk.local_start:%Y-%m-%d %H:%M}") == ("Why: the #7", "2026-12-02 10:30")
    assert [(speaker.name, speaker.affiliation) for speaker in talk.speakers] == [
        ("Ada Example", "Example University")
    ]
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
    assert stem(2026, last_name(speaker), title, SERIES.key, taken=taken) == name


def test_the_next_free_day_is_the_series_day(folder: Folder) -> None:
    """From a Thursday it is next Wednesday, and the one after where that is taken."""
    assert next_free(SERIES, (), date(2026, 11, 26)) == date(2026, 12, 2)
    assert next_free(SERIES, (), date(2026, 11, 25)) == date(2026, 12, 2)
    folder.write(TALK, "date: 2026-12-02\n")
    talks = folder.load().talks
    assert next_free(SERIES, talks, date(2026, 12, 2)) == date(2026, 12, 9)
    assert next_free(Series(key="x", name="X"), talks, date(2026, 12, 2)) is None
