"""The answer to a request, in its own words, is read: in each language, and in two."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from announcer.domain.department import MailingList
from announcer.domain.occasion import Occasion
from announcer.domain.talk import Speaker
from announcer.languages.words import LANGUAGES
from tests.importers.conftest import only, reading
from tests.message.samples import SENT, composer, group, seed, snapshot_of
from tests.message.test_hostile import asking

WRITTEN = (
    "On codes",
    "We show that codes can be read.\n\nThen we read one.",
    "Example University",
    "She reads codes.",
)


@pytest.mark.parametrize(
    "locales", [(language,) for language in LANGUAGES] + [("de_CH", "en_US"), ("fr", "ja")]
)
def test_an_answer_below_our_labels_is_read(locales: tuple[str, ...], tmp_path: Path) -> None:
    """Each of them takes what stands below it, the talk's known facts those in our words above."""
    talk = seed(title=None, abstract=None, speakers=(Speaker(name="Blake Bordelon"),))
    request = replace(asking(talk), missing=("title", "abstract", "affiliation", "bio"), form=None)
    made = group(talk, Occasion.REQUEST, before=snapshot_of(seed()), request=request)
    speaker = MailingList(name="speaker", address="b@example.edu", person="B", locale=locales)
    text = composer(tmp_path).compose(replace(made, lists=(speaker,)), date=SENT).text
    blocks = text.split("\n\n")
    ours = [number for number, block in enumerate(blocks) if block.endswith((":", "："))][-len(WRITTEN) :]
    for number, words in zip(ours, WRITTEN, strict=True):
        blocks[number] += f"\n{words}"
    draft = only(reading("\n\n".join(blocks[: ours[-1] + 1])))
    assert draft.values["title"] == "On codes"
    assert draft.values["abstract"] == WRITTEN[1]
    assert draft.values["speaker"] == {
        "name": "Blake Bordelon",
        "affiliation": "Example University",
        "bio": "She reads codes.",
    }
    assert draft.values["location"] == "Crow 201, Crow Hall"
