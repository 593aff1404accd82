"""At the desk of a department whose list has two languages, a text has a box for each of them."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.preview.desk.boxes import boxes_of, changes
from announcer.records.editing import values_of, with_field
from tests.departments import sample
from tests.preview.conftest import NOW, Running, running

TALK = "talks/colloquium/2026-bordelon.yaml"
BOTH = "notice: {de: Im ersten Stock., en_US: On the second floor.}\n"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The sample department, its internal list in German and English."""
    folder = sample(tmp_path_factory.mktemp("two"))
    folder.edit("announcer.yaml", "audience: internal", "audience: internal\n    locale: [de_CH, en_US]")
    with running(folder, "--now", NOW) as started:
        yield started


def _write(preview: Running, text: str) -> dict[str, str]:
    """A talk's file with this text too, and what the desk's page sends back of it."""
    path = preview.folder.path / TALK
    data = re.sub(r"(?m)^notice:.*\n(?:  .*\n)*", "", path.read_text(encoding="utf-8")) + text
    path.write_text(data, encoding="utf-8")
    return {
        "path": TALK,
        "digest": hashlib.sha256(data.encode()).hexdigest(),
        "text": data,
        "from": "form",
    }


def _form(preview: Running) -> str:
    return html.unescape(preview.get("/desk/talk/2026-bordelon").decode())


def test_each_language_has_its_box(preview: Running) -> None:
    """Called by its name, with what the file says in it; a text for every language has one."""
    _write(preview, BOTH)
    page = _form(preview)
    assert re.search(r'<label for="box-notice-de">Notice \(German\)</label>', page)
    assert re.search(r'name="box.notice.en_US" [^>]*value="On the second floor."', page)
    assert "no box for" not in page
    _write(preview, "notice: Mind the gap.\n")
    page = _form(preview)
    assert re.search(r'name="box.notice" [^>]*value="Mind the gap."', page)
    assert "box.notice.de" not in page
    _write(preview, "")
    assert {"box.notice.de", "box.notice.en"} <= set(re.findall(r'name="([^"]*)"', _form(preview)))


@pytest.mark.parametrize(
    ("before", "boxes", "after"),
    [
        ("", {"notice.de": "Ja.", "notice.en": "Yes."}, "notice:\n  de: Ja.\n  en: Yes.\n"),
        ("", {"notice.de": "Kein Kaffee.", "notice.en": ""}, "notice: Kein Kaffee.\n"),
        (
            BOTH,
            {"notice.de": "Oben.", "notice.en_US": "Upstairs."},
            "notice:\n  de: Oben.\n  en_US: Upstairs.\n",
        ),
        (BOTH, {"notice.de": "", "notice.en_US": ""}, ""),
    ],
)
def test_what_is_written_in_the_boxes_stands_in_the_file(
    before: str, boxes: dict[str, str], after: str, preview: Running
) -> None:
    """A mapping of what is filled in; what is said in one box alone holds for every language."""
    entered = {f"box__{name}": text for name, text in boxes.items()}
    status, _, page = preview.post("/desk/save", do="save", **_write(preview, before), **entered)
    assert status == 303, page
    written = (preview.folder.path / TALK).read_text(encoding="utf-8")
    assert re.findall(r"(?m)^notice:.*\n(?:  .*\n)*", written) == ([after] if after else [])


def test_a_language_that_lacks_is_said_at_its_box(preview: Running) -> None:
    """At the first of them, since the text as a whole has none."""
    data = {**_write(preview, "notice:\n  de: Ja.\n"), "from": "text"}
    answer = json.loads(preview.post("/desk/read", **data)[2])
    assert {
        name: [problem["message"][:18] for problem in problems]
        for name, problems in answer["problems"].items()
    } == {"notice.de": ["there is no text f"]}


@given(
    st.dictionaries(
        st.sampled_from(["de", "en_US", "fr", "ja"]), st.sampled_from(["A b", "Ç.", "x"]), min_size=2
    ),
    st.sampled_from(["notice", "location", "parking"]),
)
def test_boxes_that_nobody_touched_change_nothing(texts: dict[str, str], key: str) -> None:
    """Whatever a text says in which languages, and wherever it stands."""
    text = with_field("date: 2026-12-02\n", key, texts)
    values = values_of(text.encode())
    assert values is not None
    there = boxes_of(values)
    assert there.beyond == frozenset()
    assert changes(there.boxes, values) == {}
