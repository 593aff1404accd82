"""Mail to a list with two languages: facts once, words in both, each piece of the second marked as such."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from pathlib import Path

import lxml.etree
import lxml.html
import pytest
from PIL import Image

from announcer.domain.department import MailingList, Series, Style
from announcer.domain.fields import Translation
from announcer.domain.occasion import Occasion
from announcer.domain.talk import Photo, Place, Speaker
from announcer.languages.width import width
from tests.languages.samples import EVERY, FULLEST, bilingual, composed
from tests.message.samples import SENT, composer, department, digest, group, seed, snapshot_of
from tests.message.stories import MOVED


def test_a_list_with_two_languages_gets_one_mail(tmp_path: Path) -> None:
    """Facts once, labels and sentences in both; each piece of the second says its language."""
    made = bilingual(group(seed(place=MOVED), Occasion.CORRECTION, before=snapshot_of(seed())))
    message = composed(made, tmp_path)
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
    first, second = (composed(made, tmp_path, locale=locale) for locale in ("de_CH", "en_US"))
    both = composed(bilingual(made), tmp_path)
    for single in (first, second):
        missing = set(re.findall(r"[^\W\d_]{3,}", single.text)) - set(re.findall(r"[^\W\d_]{3,}", both.text))
        assert {word for word in missing if word.casefold() not in both.text.casefold()} == set()
    assert len(both.subject) <= 140
    long = [line for line in both.text.splitlines() if width(line) > 72]
    assert [line for line in long if not re.search(r"https?://|@", line)] == []


def test_a_series_is_called_in_both_languages() -> None:
    """Where its name is a mapping; the subject has the first."""
    series = Series(
        key="colloquium",
        name="Physikalisches Kolloquium",
        names={"de": "Physikalisches Kolloquium", "en": "Physics Colloquium"},
    )
    made = bilingual(group(seed(title=None, speakers=())))
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
    settings = {
        "organization": "Departement Physik",
        "names": {"de": "Departement Physik", "en": "Department of Physics"},
        "style": Style(footer="Gäste sind willkommen.", footers={"en": "Guests are welcome."}),
    }
    made = group(talk, Occasion.CORRECTION, before=snapshot_of(seed(place=Place(room="Aula"))))
    message = composed(bilingual(made), tmp_path, **settings)
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
    english = composed(made, tmp_path, **settings)
    assert "Lecture Hall 1" in english.subject
    assert "Hörsaal" not in english.text
    assert english.message_id == composed(made, tmp_path).message_id


def test_a_digest_is_called_in_both_languages(tmp_path: Path) -> None:
    """As the config says; by its key alone, in the words of the catalogue."""
    made = replace(digest(seed()), lists=bilingual(group()).lists)
    weekly = replace(department().digests["this-week"], title="Was läuft", titles={"en": "What is on"})
    message = composed(made, tmp_path, digests={"this-week": weekly})
    assert "Was läuft" in message.subject
    assert "WAS LÄUFT" in message.text
    assert "WHAT IS ON" in message.text
    assert "DIESE WOCHE" in composed(made, tmp_path).text


def test_a_bilingual_mail_has_words_of_ones_own_in_both_languages(tmp_path: Path) -> None:
    """What is said for a language alone goes before what is said for all; what is said in none is ours."""
    labels = {
        "": {"Where": "Ort"},
        "de": {"Host": "Gastgeberin", "When": "Zeit"},
        "en": {"Host": "Organizer"},
    }
    message = composed(bilingual(group()), tmp_path, labels=labels)
    for label in ("Ort:", "Zeit / When:", "Gastgeberin / Organizer:"):
        assert re.search(f"^{label}", message.text, re.MULTILINE), label
    assert '<span lang="en-US">Organizer</span>' in (message.html or "")


@pytest.mark.parametrize("story", FULLEST)
def test_no_mark_of_a_language_stands_where_only_words_can(story: str, tmp_path: Path) -> None:
    """What mail programs show beside the subject, and attributes, are in the first language alone."""
    made = bilingual(EVERY[story]())
    Image.new("RGB", (300, 400)).save(tmp_path / "ada.png")
    faces = (Speaker(name="Ada Example", photo=Photo(path="ada.png")),)
    made = replace(made, talks=tuple(replace(talk, speakers=faces) for talk in made.talks))
    page = composed(made, tmp_path).html or ""
    assert "&lt;span" not in page
    parsed = lxml.html.document_fromstring(page)
    (preheader,) = parsed.find_class("preheader")
    assert list(preheader) == []
    values = [value for element in parsed.iter(lxml.etree.Element) for value in element.attrib.values()]
    assert [value for value in values if "<" in value or "\n" in value] == []
    assert {span.get("lang") for span in parsed.iter("span")} - {None} == {"en-US"}


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
    message = composed(made, tmp_path, lists={"all": mailing_list}, series={"colloquium": series})
    assert str(email.message_from_bytes(message.data)["Content-Language"]) == languages
    assert ("Dear Ada Example" in message.text) == ("en" in languages)
    assert ("Guten Tag" in message.text) == ("de" in languages)


def test_sentences_of_one_language_stand_together(tmp_path: Path) -> None:
    """At the foot, in text and HTML; the leaf of the calendar has room for one language."""
    message = composed(bilingual(group()), tmp_path)
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
    made = bilingual(EVERY[story]())
    made = replace(made, talks=tuple(replace(talk, zone="Europe/Zurich") for talk in made.talks))
    message = composed(made, tmp_path)
    assert [warning for warning in message.warnings if warning.code.startswith("template-forgets")] == []
    if "MEZ" in message.text:
        assert re.search(r" MEZ\s*(/|\n)\s*[^\n]* CET", message.text), message.text


@pytest.mark.parametrize("story", FULLEST)
def test_no_mail_has_words_of_the_mail_before_it(story: str, tmp_path: Path) -> None:
    """What a template says is worked out for each mail anew, also what stands in it without a variable."""
    made = EVERY[story]()
    french = replace(
        made, lists=tuple(replace(mailing_list, locale=("fr_FR",)) for mailing_list in made.lists)
    )
    alone = [composed(group_of, tmp_path).data for group_of in (made, french)]
    reused = composer(tmp_path)
    assert [reused.compose(group_of, date=SENT).data for group_of in (french, made, french)][1:] == alone


@pytest.mark.parametrize("locales", [("fr_CA", "ja_JP"), ("zh_CN", "de_CH"), ("es_MX", "nl_BE")])
def test_any_two_languages_go_together(locales: tuple[str, str], tmp_path: Path) -> None:
    """In every mail, with the same measures as one."""
    for story, made in EVERY.items():
        group_of = made()
        both = replace(
            group_of, lists=tuple(replace(mailing_list, locale=locales) for mailing_list in group_of.lists)
        )
        message = composed(both, tmp_path)
        long = [line for line in message.text.splitlines() if width(line) > 72]
        assert [line for line in long if not re.search(r"https?://|@", line)] == [], story
        assert len(message.subject) <= 140, story
        assert "&lt;span" not in (message.html or ""), story
        assert [warning.code for warning in message.warnings if warning.code != "photo-unusable"] == [], story
