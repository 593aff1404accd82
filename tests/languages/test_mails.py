"""Mail in each language: no word of another in it, the same facts, as wide and as long as it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import Occasion, Recipients
from announcer.languages.width import width
from announcer.languages.words import LANGUAGES
from tests.languages.pseudo import DATES, PSEUDO, left_over, seen, words_in
from tests.languages.samples import EVERY, FULLEST, OTHERS, composed
from tests.message.samples import SENT, composer, full, group, seed, snapshot_of
from tests.message.stories import MOVED
from tests.message.test_hostile import asking


@pytest.mark.parametrize("story", EVERY)
def test_every_word_of_a_mail_comes_from_the_catalogue(story: str, tmp_path: Path) -> None:
    """In a language of brackets nothing stands outside of them but what people wrote, and dates."""
    made = EVERY[story]()
    message = composed(made, tmp_path, labels={"": PSEUDO})
    theirs = {word.casefold() for word in words_in(made)} | {
        word.casefold() for word in (*words_in(composer().__dict__["_department"]), *DATES)
    }
    calendar = message.calendar.decode() if message.calendar else ""
    summary = "\n".join(re.findall(r"(?:SUMMARY|DESCRIPTION).*(?:\r\n .*)*", calendar))
    for part in (message.subject, message.text, seen(message.html or ""), summary):
        foreign = left_over(part.replace("\r\n ", "").replace("\\n", "\n"), theirs)
        assert foreign - {"SUMMARY", "DESCRIPTION", "https", "Online"} == set()


@pytest.mark.parametrize(
    ("language", "story"),
    [("pseudo", story) for story in EVERY] + [(other, story) for other in OTHERS for story in FULLEST],
)
def test_a_mail_keeps_its_measures(story: str, language: str, tmp_path: Path) -> None:
    """No line of the text part is wider than 72 columns but for an address; no subject is endless."""
    settings = {"labels": {"": PSEUDO}} if language == "pseudo" else {"locale": language}
    message = composed(EVERY[story](), tmp_path, **settings)
    long = [line for line in message.text.splitlines() if width(line) > 72]
    assert [line for line in long if not re.search(r"https?://|@", line)] == []
    assert len(message.subject) <= 130
    assert "%(" not in message.subject + message.text + (message.html or "")


@pytest.mark.parametrize("language", OTHERS)
def test_all_languages_tell_the_same(language: str, tmp_path: Path) -> None:
    """Names, rooms, addresses and numbers are those of the English mail."""
    made = group(full(place=MOVED), Occasion.CORRECTION, before=snapshot_of(full()))
    english, other = (composed(made, tmp_path, locale=locale) for locale in ("en_GB", language))
    assert other.message_id == english.message_id
    for fact in ("Crow 305", "Ada Example", "xk7-quark", "https://", "2026", "16:00"):
        assert fact in english.text, fact
        assert fact in other.text, fact
    assert other.text != english.text


def test_a_talk_in_japanese_is_wrapped_where_japanese_may_be() -> None:
    """Behind any character, with the marks that close it; 72 columns are 36 characters."""
    text = "量子多体系の緩和について、最近の進展を紹介する。" * 12
    lines = composer(locale="ja_JP").compose(group(seed(abstract=text)), date=SENT).text.splitlines()
    wrapped = [line for line in lines if "緩和" in line]
    assert len(wrapped) > 5
    assert max(map(width, wrapped)) <= 72
    assert not any(line.startswith(("、", "。")) for line in wrapped)
    assert "".join(lines).count("量子多体系の緩和について") == 12


def test_a_reminder_in_japanese_has_its_state_in_lenticular_brackets() -> None:
    """As subjects have it there."""
    made = group(occasion=Occasion.REMINDER, before=snapshot_of(seed()))
    assert composer(locale="ja_JP").compose(made, date=SENT).subject.startswith("【リマインダー】")


GERMAN = (
    "RAUMÄNDERUNG: Mi. 2. Dez., 16:00, Crow 305: "
    "Blake Bordelon (Harvard): A Physics Approach to Deep Learning Theory"
)


def test_german_is_read_as_german(tmp_path: Path) -> None:
    """A correction, from its subject to its last line."""
    made = group(seed(place=MOVED, abstract=None), Occasion.CORRECTION, before=snapshot_of(seed()))
    message = composed(made, tmp_path, locale="de_DE")
    assert message.subject == GERMAN
    assert "*** RAUMÄNDERUNG ***" in message.text
    assert "(bisher: Crow 201, Crow Hall)" in message.text
    assert "Wann:" in message.text
    assert "Sie erhalten diese E-Mail über colloquium@lists.example.edu.\n" in message.text
    assert "statt Crow 201, Crow Hall" in (message.html or "")
    assert '<html lang="de-DE"' in (message.html or "")
    assert b"Content-Language: de-DE" in message.data


def test_words_of_a_departments_own_replace_ours_in_any_language() -> None:
    """Escaped, since a word is no HTML."""
    labels = {"Host": "Organizer <we>", "When": "100 % sure"}
    message = composer(labels={"": labels}).compose(group(), date=SENT)
    assert "Organizer <we>: Zohar Nussinov" in " ".join(message.text.split())
    assert "100 % sure:" in message.text
    assert "Organizer &lt;we&gt;" in (message.html or "")


_ODD_MARKS = r"(?<!\.)\.\.(?!\.)|[^\W\d_]\.[A-ZÀ-Ý][a-zà-ÿ]| [,;.]|\( | \)|\n[^\S\n]*[:,.]"
"""Two full stops, none between two sentences, a blank before a mark."""


def _requests() -> Iterator[AudienceGroup]:
    """One of each kind: to a speaker, to a host in the speaker's place, and a copy."""
    talk = full()
    for asks, reader, instead_of in (
        (Recipients.SPEAKER, Recipients.SPEAKER, None),
        (Recipients.HOST, Recipients.HOST, Recipients.SPEAKER),
        (Recipients.SPEAKER, Recipients.ORGANIZER, None),
        (Recipients.ORGANIZER, Recipients.ORGANIZER, Recipients.HOST),
    ):
        request = replace(asking(talk), asks=asks, reader=reader, instead_of=instead_of)
        yield group(talk, Occasion.REQUEST, before=snapshot_of(talk), request=request)


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_stand_as_people_set_them(language: str, tmp_path: Path) -> None:
    """No two full stops where a date ends a sentence, and a blank between any two sentences; of French the
    colon alone has one before it."""
    mails = [EVERY[story]() for story in (*FULLEST, "afterwards", "digest, empty")]
    for made in (*mails, *_requests()):
        bare = replace(
            made, talks=tuple(replace(talk, abstract=None, title="On codes") for talk in made.talks)
        )
        message = composed(bare, tmp_path, locale=language)
        text = re.sub(r"https?://\S+|\S+@\S+", "X", message.text.partition("\n-- ")[0])
        for part in (message.subject, text):
            assert re.findall(_ODD_MARKS, part) == [], part
        assert "  " not in message.subject
        colons = re.findall(r"(?:^|\s)(\S+):(?=\s|$)", text) if language == "fr" else []
        assert colons == []
