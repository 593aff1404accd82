"""Mail in each language: no word of another in it, the same facts, as wide and as long as it may be."""

from __future__ import annotations

import email
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import lxml.etree
import lxml.html
import pytest
from PIL import Image

from announcer.domain.department import MailingList, Series, Style
from announcer.domain.fields import Translation
from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import Occasion, Recipients
from announcer.domain.talk import Link, Photo, Place, Speaker
from announcer.languages.width import width
from announcer.languages.words import ENGLISH, LANGUAGES
from announcer.message import Message
from tests.languages.catalogues import template
from tests.message.samples import SENT, composer, department, digest, full, group, seed, told
from tests.message.stories import MOVED, STORIES
from tests.message.test_hostile import asking, of_occasion

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
MESSAGES = [message.id for message in template() if message.id]


def pseudo(message: str) -> str:
    """A message in brackets, half as long again."""
    return f"[{message}{'~' * (len(message) // 2)}]"


PSEUDO = {message: pseudo(message) for message in MESSAGES}
"""What replaces every word of ours."""


def _with(talk_links: tuple[Link, ...]) -> Callable[[], AudienceGroup]:
    return lambda: group(seed(links=talk_links), Occasion.AFTERWARDS, before=told(seed()))


EVERY = {
    **STORIES,
    "request": lambda: of_occasion(full(), Occasion.REQUEST),
    "afterwards": _with((Link(label="Recording", url="https://example.edu/r"),)),
}


_WORD = "[A-Za-z]{3,}"


def seen(page: str) -> str:
    """What a person reads or hears of a page."""
    said = re.findall(r'(?:alt|aria-label)="([^"]*)"', page)
    return unescape("\n".join([re.sub(r"(?s)<!--.*?-->|<style.*?</style>|<[^>]*>", "\n", page), *said]))


FULLEST = ("announcement, full", "reminder, changed", "cancellation", "digest, changed", "request")


def words_in(record: object) -> Iterator[str]:
    if isinstance(record, str):
        yield from re.findall(_WORD, record)
    elif isinstance(record, dict):
        for item in record.values():
            yield from words_in(item)
    elif isinstance(record, tuple | list | frozenset):
        for item in record:
            yield from words_in(item)
    elif is_dataclass(record) and not isinstance(record, type):
        for field in fields(record):
            yield from words_in(getattr(record, field.name))


DATES = {
    word
    for day in range(365)
    for form in ("%A", "%a", "%B", "%b")
    for word in [(date(2026, 1, 1) + timedelta(days=day)).strftime(form)]
} | {"CST", "CET", "noon", "midnight"}


def left_over(text: str, theirs: set[str]) -> set[str]:
    """The words outside of brackets that are not theirs."""
    rest, before = text, ""
    while rest != before:
        # A subject that was cut has lost its last bracket.
        before, rest = rest, re.sub(r"\[[^\[\]]*(?:\]|$)", " ", rest)
    known = " ".join(theirs)
    return {word for word in re.findall(_WORD, rest) if word.casefold() not in known}


def _composed(made: AudienceGroup, root: Path, **said: object) -> Message:
    return composer(root, **said).compose(made, date=SENT)


@pytest.mark.parametrize("story", EVERY)
def test_every_word_of_a_mail_comes_from_the_catalogue(story: str, tmp_path: Path) -> None:
    """In a language of brackets nothing stands outside of them but what people wrote, and dates."""
    made = EVERY[story]()
    message = _composed(made, tmp_path, labels={"": PSEUDO})
    theirs = {word.casefold() for word in words_in(made)} | {
        word.casefold() for word in (*words_in(composer().__dict__["_department"]), *DATES)
    }
    calendar = message.calendar.decode() if message.calendar else ""
    summary = "\n".join(re.findall(r"(?:SUMMARY|DESCRIPTION).*(?:\r\n .*)*", calendar))
    for part in (message.subject, message.text, seen(message.html or ""), summary):
        found = left_over(part.replace("\r\n ", "").replace("\\n", "\n"), theirs)
        assert found - {"SUMMARY", "DESCRIPTION", "https", "Online"} == set()


@pytest.mark.parametrize(
    ("language", "story"),
    [("pseudo", story) for story in EVERY] + [(other, story) for other in OTHERS for story in FULLEST],
)
def test_a_mail_keeps_its_measures(story: str, language: str, tmp_path: Path) -> None:
    """No line of the text part is wider than 72 columns but for an address; no subject is endless."""
    said = {"labels": {"": PSEUDO}} if language == "pseudo" else {"locale": language}
    message = _composed(EVERY[story](), tmp_path, **said)
    long = [line for line in message.text.splitlines() if width(line) > 72]
    assert [line for line in long if not re.search(r"https?://|@", line)] == []
    assert len(message.subject) <= 130
    assert "%(" not in message.subject + message.text + (message.html or "")


@pytest.mark.parametrize("language", OTHERS)
def test_all_languages_tell_the_same(language: str, tmp_path: Path) -> None:
    """Names, rooms, addresses and numbers are those of the English mail."""
    made = group(full(place=MOVED), Occasion.CORRECTION, before=told(full()))
    english, other = (_composed(made, tmp_path, locale=locale) for locale in ("en_GB", language))
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
    made = group(occasion=Occasion.REMINDER, before=told(seed()))
    assert composer(locale="ja_JP").compose(made, date=SENT).subject.startswith("【リマインダー】")


GERMAN = (
    "RAUMÄNDERUNG: Mi. 2. Dez., 16:00, Crow 305: "
    "Blake Bordelon (Harvard): A Physics Approach to Deep Learning Theory"
)


def test_german_is_read_as_german(tmp_path: Path) -> None:
    """A correction, from its subject to its last line."""
    made = group(seed(place=MOVED, abstract=None), Occasion.CORRECTION, before=told(seed()))
    message = _composed(made, tmp_path, locale="de_DE")
    assert message.subject == GERMAN
    assert "*** RAUMÄNDERUNG ***" in message.text
    assert "(bisher: Crow 201, Crow Hall)" in message.text
    assert "Wann:" in message.text
    assert "Sie erhalten diese E-Mail über colloquium@lists.example.edu.\n" in message.text
    assert "statt Crow 201, Crow Hall" in (message.html or "")
    assert '<html lang="de-DE"' in (message.html or "")
    assert b"Content-Language: de-DE" in message.data


def _bilingual(made: AudienceGroup) -> AudienceGroup:
    lists = tuple(replace(each, locale=("de_CH", "en_US")) for each in made.lists)
    return replace(made, lists=lists)


def test_a_list_with_two_languages_gets_one_mail(tmp_path: Path) -> None:
    """Facts once, labels and sentences in both; each piece of the second says its language."""
    made = _bilingual(group(seed(place=MOVED), Occasion.CORRECTION, before=told(seed())))
    message = _composed(made, tmp_path)
    assert message.subject.startswith("RAUMÄNDERUNG / ROOM CHANGE: Mi. 2. Dez., 16:00, Crow 305: Blake")
    assert "Wann / When:" in message.text
    assert "Mittwoch, 2. Dezember 2026\n" in message.text
    assert "Wednesday, December 2, 2026\n" in message.text
    assert "Sie erhalten diese E-Mail über colloquium@lists.example.edu.\n" in message.text
    assert "You get this mail as a member of colloquium@lists.example.edu.\n" in message.text
    assert message.text.count("A Physics Approach to Deep Learning Theory") == 1
    assert message.text.count("Recent developments in artificial intelligence") == 1
    page = message.html or ""
    assert '<html lang="de-CH"' in page
    assert '<span lang="en-US">Wednesday, December 2, 2026</span>' in page
    assert '<span lang="en-US">You get this mail' in page
    assert page.count("Recent developments in artificial intelligence") == 1
    assert b"Content-Language: de-CH, en-US" in message.data


@pytest.mark.parametrize("story", FULLEST)
def test_every_mail_can_be_in_two_languages(story: str, tmp_path: Path) -> None:
    """With every word of the mail in the first and of the mail in the second."""
    made = EVERY[story]()
    first, second = (_composed(made, tmp_path, locale=locale) for locale in ("de_CH", "en_US"))
    both = _composed(_bilingual(made), tmp_path)
    for each in (first, second):
        missing = set(re.findall(r"[^\W\d_]{3,}", each.text)) - set(re.findall(r"[^\W\d_]{3,}", both.text))
        assert {word for word in missing if word.casefold() not in both.text.casefold()} == set()
    assert len(both.subject) <= 140
    long = [line for line in both.text.splitlines() if width(line) > 72]
    assert [line for line in long if not re.search(r"https?://|@", line)] == []


def test_words_of_a_departments_own_replace_ours_in_any_language() -> None:
    """Escaped, since a word is no HTML."""
    labels = {"Host": "Organizer <we>", "When": "100 % sure"}
    message = composer(labels={"": labels}).compose(group(), date=SENT)
    assert "Organizer <we>: Zohar Nussinov" in " ".join(message.text.split())
    assert "100 % sure:" in message.text
    assert "Organizer &lt;we&gt;" in (message.html or "")


def test_a_series_is_called_in_both_languages() -> None:
    """Where its name is a mapping; the subject has the first."""
    series = Series(
        key="colloquium",
        name="Physikalisches Kolloquium",
        names={"de": "Physikalisches Kolloquium", "en": "Physics Colloquium"},
    )
    made = _bilingual(group(seed(title=None, speakers=())))
    message = composer(series={"colloquium": series}).compose(made, date=SENT)
    assert "PHYSIKALISCHES KOLLOQUIUM\nPHYSICS COLLOQUIUM\n" in message.text
    assert '<span lang="en-US">Physics Colloquium</span>' in (message.html or "")
    assert "Physikalisches Kolloquium" in message.subject
    assert "Physics Colloquium" not in message.subject
    english = composer(series={"colloquium": series}).compose(group(), date=SENT)
    assert english.text.startswith("PHYSICS COLLOQUIUM\n")


def _in_both(key: str, german: str, english: str) -> tuple[Translation, ...]:
    texts = {"de": german, "en": english}
    return tuple(
        Translation(key=key, written=german, language=language, text=text) for language, text in texts.items()
    )


def test_a_departments_own_texts_are_in_each_language(tmp_path: Path) -> None:
    """In a mail in both each is there in both, in a mail in one in that one; the subject has the first."""
    place = Place(room="Hörsaal 1", building="HPH")
    notice = "Der Vortrag findet in einem anderen Raum statt."
    talk = seed(place=place, notice=notice)
    talk = replace(
        talk,
        translations=_in_both("location.room", "Hörsaal 1", "Lecture Hall 1")
        + _in_both("notice", notice, "The talk takes place in another room."),
    )
    said = {
        "organization": "Departement Physik",
        "names": {"de": "Departement Physik", "en": "Department of Physics"},
        "style": Style(footer="Gäste sind willkommen.", footers={"en": "Guests are welcome."}),
    }
    made = group(talk, Occasion.CORRECTION, before=told(seed(place=Place(room="Aula"))))
    message = _composed(_bilingual(made), tmp_path, **said)
    text = " ".join(message.text.split())
    for german, english in (
        ("Hörsaal 1, HPH", "Lecture Hall 1, HPH"),
        (notice, "The talk takes place in another room."),
        ("Departement Physik", "Department of Physics"),
        ("Gäste sind willkommen.", "Guests are welcome."),
    ):
        assert german in text
        assert english in text
        assert f'<span lang="en-US">{english}</span>' in (message.html or "")
    assert "Hörsaal 1" in message.subject
    assert "Lecture" not in message.subject
    assert message.warnings == ()
    english = _composed(made, tmp_path, **said)
    assert "Lecture Hall 1" in english.subject
    assert "Hörsaal" not in english.text
    assert english.message_id == _composed(made, tmp_path).message_id


def test_a_digest_is_called_in_both_languages(tmp_path: Path) -> None:
    """As the config says; by its key alone, in the words of the catalogue."""
    made = replace(digest(seed()), lists=_bilingual(group()).lists)
    one = replace(department().digests["this-week"], title="Was läuft", titles={"en": "What is on"})
    message = _composed(made, tmp_path, digests={"this-week": one})
    assert "Was läuft" in message.subject
    assert "WAS LÄUFT" in message.text
    assert "WHAT IS ON" in message.text
    assert "DIESE WOCHE" in _composed(made, tmp_path).text


def test_a_bilingual_mail_has_words_of_ones_own_in_both_languages(tmp_path: Path) -> None:
    """What is said for a language alone goes before what is said for all; what is said in none is ours."""
    labels = {
        "": {"Where": "Ort"},
        "de": {"Host": "Gastgeberin", "When": "Zeit"},
        "en": {"Host": "Organizer"},
    }
    message = _composed(_bilingual(group()), tmp_path, labels=labels)
    for label in ("Ort:", "Zeit / When:", "Gastgeberin / Organizer:"):
        assert re.search(f"^{label}", message.text, re.MULTILINE), label
    assert '<span lang="en-US">Organizer</span>' in (message.html or "")


@pytest.mark.parametrize("story", FULLEST)
def test_no_mark_of_a_language_stands_where_only_words_can(story: str, tmp_path: Path) -> None:
    """What mail programs show beside the subject, and attributes, are in the first language alone."""
    made = _bilingual(EVERY[story]())
    Image.new("RGB", (300, 400)).save(tmp_path / "ada.png")
    faces = (Speaker(name="Ada Example", photo=Photo(path="ada.png")),)
    made = replace(made, talks=tuple(replace(talk, speakers=faces) for talk in made.talks))
    page = _composed(made, tmp_path).html or ""
    assert "&lt;span" not in page
    parsed = lxml.html.document_fromstring(page)
    (preheader,) = parsed.find_class("preheader")
    assert list(preheader) == []
    said = [value for each in parsed.iter(lxml.etree.Element) for value in each.attrib.values()]
    assert [value for value in said if "<" in value or "\n" in value] == []
    assert {each.get("lang") for each in parsed.iter("span")} - {None} == {"en-US"}


@pytest.mark.parametrize(
    ("of_list", "of_series", "languages"),
    [
        (("de_CH", "en_US"), (), "de-CH, en-US"),
        ((), ("fr_CH", "de_CH"), "fr-CH, de-CH"),
        (("de_CH", "en_US"), ("fr_CH",), "fr-CH"),
        (("de_CH",), (), "en-US"),
    ],
)
def test_a_request_is_in_two_languages_where_the_series_is(
    of_list: tuple[str, ...], of_series: tuple[str, ...], languages: str, tmp_path: Path
) -> None:
    """Nobody knows which one the speaker reads; the series' own word goes before that of its lists."""
    mailing_list = MailingList(name="all", address="all@lists.example.edu", locale=of_list)
    series = replace(department().series["colloquium"], lists=("all",), locale=of_series)
    speaker = MailingList(name="speaker", address="ada@example.edu", person="Ada Example")
    made = replace(EVERY["request"](), lists=(speaker,))
    message = _composed(made, tmp_path, lists={"all": mailing_list}, series={"colloquium": series})
    assert str(email.message_from_bytes(message.data)["Content-Language"]) == languages
    assert ("Dear Ada Example" in message.text) == ("en" in languages)
    assert ("Guten Tag" in message.text) == ("de" in languages)


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
        yield group(talk, Occasion.REQUEST, before=told(talk), request=request)


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_stand_as_people_set_them(language: str, tmp_path: Path) -> None:
    """No two full stops where a date ends a sentence, and a blank between any two sentences; of French the
    colon alone has one before it."""
    mails = [EVERY[story]() for story in (*FULLEST, "afterwards", "digest, empty")]
    for made in (*mails, *_requests()):
        bare = replace(
            made, talks=tuple(replace(talk, abstract=None, title="On codes") for talk in made.talks)
        )
        message = _composed(bare, tmp_path, locale=language)
        text = re.sub(r"https?://\S+|\S+@\S+", "X", message.text.partition("\n-- ")[0])
        for part in (message.subject, text):
            assert re.findall(_ODD_MARKS, part) == [], part
        assert "  " not in message.subject
        colons = re.findall(r"(?:^|\s)(\S+):(?=\s|$)", text) if language == "fr" else []
        assert colons == []


def test_sentences_of_one_language_stand_together(tmp_path: Path) -> None:
    """At the foot, in text and HTML; the leaf of the calendar has room for one language."""
    message = _composed(_bilingual(group()), tmp_path)
    address = "colloquium-committee@physics.example.edu"
    assert f"Fragen richten Sie bitte an {address}.\nYou get this mail" in message.text
    page = re.sub(r" style=(\"[^\"]*\"|'[^']*')", "", message.html or "")
    link = f'<a href="mailto:{address}">{address}</a>'
    assert f'Fragen richten Sie bitte an {link}.<br><span lang="en-US">You get' in page
    assert '<td class="month">Dez</td>' in page
    assert '<td class="weekday">Mi</td>' in page


@pytest.mark.parametrize("story", EVERY)
def test_a_mail_in_two_languages_says_time_and_zone_of_each_together(story: str, tmp_path: Path) -> None:
    """And nothing warns of a template that forgets what is there twice."""
    made = _bilingual(EVERY[story]())
    made = replace(made, talks=tuple(replace(talk, zone="Europe/Zurich") for talk in made.talks))
    message = _composed(made, tmp_path)
    assert [one for one in message.warnings if one.code.startswith("template-forgets")] == []
    if "MEZ" in message.text:
        assert re.search(r" MEZ\s*(/|\n)\s*[^\n]* CET", message.text), message.text


@pytest.mark.parametrize("story", FULLEST)
def test_no_mail_has_words_of_the_mail_before_it(story: str, tmp_path: Path) -> None:
    """What a template says is worked out for each mail anew, also what stands in it without a variable."""
    made = EVERY[story]()
    french = replace(made, lists=tuple(replace(one, locale=("fr_FR",)) for one in made.lists))
    alone = [_composed(each, tmp_path).data for each in (made, french)]
    one = composer(tmp_path)
    assert [one.compose(each, date=SENT).data for each in (french, made, french)][1:] == alone
