"""What is internal never reaches a public list: not in any part of a message of any occasion."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import Occasion
from announcer.domain.private import Private, stands_in
from announcer.domain.redaction import private_values
from announcer.domain.talk import Audience, Online, Status, Talk
from announcer.message import TemplateFaultError
from announcer.message.compose import Composer
from announcer.message.leak_check import leaks
from tests.message.samples import (
    SENT,
    TEMPLATES,
    composer,
    department,
    digest,
    full,
    group,
    seed,
    snapshot_of,
)

SECRET = full(confidential="Faculty candidate talk")
OPEN = full()


def of_occasion(talk: Talk, occasion: Occasion) -> AudienceGroup:
    """A public list's group of that occasion for a talk."""
    if occasion is Occasion.DIGEST:
        return digest(talk, audience=Audience.PUBLIC)
    before = None if occasion is Occasion.ANNOUNCEMENT else snapshot_of(talk, Audience.PUBLIC)
    if occasion is Occasion.CANCELLATION:
        talk = replace(talk, status=Status.CANCELLED, notice="Ada Example missed her flight.")
    return group(talk, occasion, before=before, audience=Audience.PUBLIC)


@pytest.mark.parametrize("occasion", [occasion for occasion in Occasion if not occasion.row.is_to_people])
@pytest.mark.parametrize("talk", [OPEN, SECRET], ids=["open", "confidential"])
def test_no_internal_value_is_in_any_part(talk: Talk, occasion: Occasion) -> None:
    """Parts, headers and calendar are decoded and searched for each internal value by itself."""
    message = composer().compose(of_occasion(talk, occasion), date=SENT)
    secrets = {private_value.value for private_value in private_values(talk, Audience.PUBLIC)}
    assert {"xk7-quark", "The honorarium is still unpaid."} <= secrets
    assert {value: leaks(message.data, [value]) for value in secrets if leaks(message.data, [value])} == {}


def test_an_internal_list_gets_what_is_for_it() -> None:
    """The same search finds the passcode where it belongs, so it can find."""
    message = composer().compose(group(OPEN), date=SENT)
    assert leaks(message.data, ["xk7-quark"]) == ("text/plain", "text/html", "text/calendar")


FORCED = {
    "body.txt": ("text/plain", "{{ 'xk7-' ~ 'quark' }}"),
    "body.html": ("text/html", "<p>xk7-<b>quark</b></p>"),
    "subject.txt": ("Subject", "xk7-quark"),
}


@pytest.mark.parametrize("file", FORCED)
def test_a_template_that_forces_it_in_is_stopped(tmp_path: Path, file: str) -> None:
    """The finished message is searched; a find stops the mailing and does not repeat the value."""
    place, words = FORCED[file]
    shutil.copytree(TEMPLATES / "announcement", tmp_path / "announcement")
    forced = tmp_path / "announcement" / file
    if file == "subject.txt":
        forced.write_text(words)
    else:
        extended = "{% extends 'builtin/announcement/" + file + "' %}"
        forced.write_text(extended + "{% block sponsor %}" + words + "{% endblock %}")
    composed = Composer(department(), root=tmp_path, templates=[tmp_path, TEMPLATES])
    with pytest.raises(TemplateFaultError) as caught:
        composed.compose(group(OPEN, audience=Audience.PUBLIC), date=SENT)
    problem = caught.value.problem
    assert problem.code == "private-value"
    assert place in problem.message
    assert "quark" not in problem.message + problem.hint + problem.excerpt


HIDING = {
    "folded subject": b"Subject: the code is\r\n xk7-quark\r\n\r\n",
    "encoded subject": b"Subject: =?utf-8?q?xk7=2Dquark?=\r\n\r\n",
    "filename": b'Content-Disposition: attachment; filename="xk7-quark.txt"\r\n\r\n',
    "base64": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\neGs3LXF1YXJr\r\n",
    "quoted-printable": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"xk7-qu=\r\nark\r\n",
    "upper case": b"Content-Type: text/plain\r\n\r\nXK7-QUARK\r\n",
    "full width": "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    "ｘｋ７-quark\r\n".encode(),
    "entities": b"Content-Type: text/html\r\n\r\n<p>xk7&#45;quark</p>\r\n",
    "an attribute": b'Content-Type: text/html\r\n\r\n<a href="https://x.example.edu/?p=xk7-quark">x</a>\r\n',
    "a comment": b"Content-Type: text/html\r\n\r\n<!-- xk7-quark -->\r\n",
    "tags between": b"Content-Type: text/html\r\n\r\n<b>xk7</b>-<i>quark</i>\r\n",
    "zero-width joiners": b"Subject: =?utf-8?b?eGs3LXHigI114oCNYXJr?=\r\n\r\n",
    "a grapheme joiner": "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    "xk7-qu\u034fark\r\n".encode(),
    "percent-encoding": b"Content-Type: text/plain\r\n\r\nhttps://x.example.edu/?p=xk7%2Dqu%61rk\r\n",
    "percent-encoding twice": b"Content-Type: text/plain\r\n\r\nhttps://x.example.edu/?p=xk7%252Dqu%2561rk\r\n",
    "hyphens": b"Content-Type: text/plain\r\n\r\nx-k-7-q-u-a-r-k\r\n",
    "no hyphen": b"Content-Type: text/plain\r\n\r\nxk7quark\r\n",
    "another hyphen": "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    "xk7\u2011quark\r\n".encode(),
    "backslashes": b"Content-Type: text/plain\r\n\r\nxk7-qu\\ark\r\n",
    "soft hyphens": b"Content-Type: text/html\r\n\r\n<p>xk7-qu&shy;ark</p>\r\n",
    "folded calendar": b"Content-Type: text/calendar\r\n\r\nDESCRIPTION:xk7-\r\n quark\r\n",
}


@pytest.mark.parametrize("place", HIDING)
def test_the_scan_decodes_before_it_looks(place: str) -> None:
    """Encoding, folding and markup hide nothing."""
    assert len(leaks(HIDING[place], ["xk7-quark"])) == 1


def test_digits_within_a_longer_number_are_not_a_find() -> None:
    """A passcode of digits does not stop a mail for a part of some other number."""
    data = b"Content-Type: text/plain\r\n\r\n+1 314 9876543 and 4321\r\n"
    assert leaks(data, ["8765"]) == ()
    assert leaks(data, ["4321"]) == ("text/plain",)


@pytest.mark.parametrize(
    "written",
    [
        "987-6543-2100",
        "987.6543.2100",
        "98765432100",
        "987 6543 2100",
        "987‑6543‑2100",
        "９８７６５４３２１００",
        "987_6543_2100",
        "987,6543,2100",
        "987·6543·2100",
        "987*6543*2100",
        "987:6543:2100",
        "987|6543|2100",
        "987 . . 6543 – 2100",
        "987’6543’2100",
        "9 8 7 6 5 4 3 2 1 0 0",
        "987%206543%202100",
        "%2539876543%252D2100",
        "٩٨٧٦٥٤٣٢١٠٠",
        "⁹⁸⁷⁶⁵⁴³²¹⁰⁰",
        "987&nbsp;6543&#8209;2100",
        "987~6543~2100",
        "987{6543}2100",
        "987\u20606543\u200b2100",
    ],
)
def test_a_number_is_compared_by_its_digits(written: str) -> None:
    """Whatever stands between them; a longer number is another one."""
    assert stands_in("987 6543 2100", f"Dial {written}, please.")
    assert not stands_in("987 6543 2100", f"Dial 1{written}, please.")


@pytest.mark.parametrize(
    "written",
    [
        "e n t r o p y",
        "e.n.t.r.o.p.y",
        "ent_ropy_",
        "ent*ropy*",
        "ent{r}opy",
        "ent'ropy",
        "entr\u0332opy",
        "entrópy",
        "ⓔⓝⓣⓡⓞⓟⓨ",
        "%2565ntropy",
        "%252565ntropy",
        "&#101;ntropy",
        "ent\u180eropy",
        "ent\U000e0061ropy",
        "ent\x00ropy",
    ],
)
def test_a_word_is_seen_through_what_stands_between_its_letters(written: str) -> None:
    """Markup, accents, codes and invisible characters; part of another word is none."""
    assert stands_in("entropy", f"The code is {written}.")
    assert not stands_in("entropy", "The entrepreneurs, so to say")


def test_no_text_is_slow_to_be_looked_through() -> None:
    """A hundred thousand marks on one letter, which would take a quarter of a minute to be put in order."""
    assert not stands_in("entropy", "a" + "\u0301\u0316" * 50_000)


@given(st.text(alphabet="abcxyz019", min_size=4), st.data())
def test_nothing_that_is_not_seen_hides_a_value(value: str, data: st.DataObject) -> None:
    """Joiners, zero-width marks, hyphens and backslashes between any of its characters."""
    hiding = st.sampled_from(
        ["", "\u200b", "\u200d", "\u034f", "\u00ad", "-", "\\", "\u2060", "\ufe0f", "\u2010"]
    )
    written = "".join(character + data.draw(hiding) for character in value)
    assert stands_in(value, f"| {written} |")


def private(value: str, talk: Talk) -> Private:
    """A passcode of a talk."""
    return Private(value=value, field="online.passcode", path=talk.path)


def with_passcode(value: str, **fields: object) -> Talk:
    """A talk whose meeting has that passcode, for internal lists alone."""
    talk = seed(**fields)
    return replace(talk, online=Online(url="https://meet.example.edu/j/1", passcode=value))


@pytest.mark.parametrize(
    "word", ["physics", "Example", "wednesday", "december", "2026", "calendar", "colloquium"]
)
def test_a_passcode_that_is_an_ordinary_word_stops_no_mail(word: str) -> None:
    """Config, templates and dates have it anyway: the mail goes, and the talk's file is warned of."""
    talk = with_passcode(word)
    made = replace(group(talk, audience=Audience.PUBLIC), private=frozenset([private(word, talk)]))
    message = composer().compose(made, date=SENT)
    assert [(warning.path, warning.code) for warning in message.warnings] == [(talk.path, "weak-secret")]
    assert all(word not in warning.message for warning in message.warnings)


def test_a_passcode_that_is_in_another_talk_s_title_blocks_no_digest() -> None:
    """`entropy` is talk A's passcode and stands in talk B's title."""
    talk = with_passcode("entropy")
    other = replace(seed(), id="2026-other", path="talks/other.yaml", title="The Entropy of Everything")
    made = digest(talk, other, audience=Audience.PUBLIC)
    message = composer().compose(replace(made, private=frozenset([private("entropy", talk)])), date=SENT)
    assert "weak-secret" in {warning.code for warning in message.warnings}


def test_a_leak_names_the_talk_the_field_and_the_place() -> None:
    """And not the value; the file is one that there is."""
    talk = with_passcode("xk7-quark", title="The code is xk7 quark")
    made = replace(group(talk, audience=Audience.PUBLIC), private=frozenset([private("xk7quark", talk)]))
    with pytest.raises(TemplateFaultError) as caught:
        composer().compose(made, date=SENT)
    problem = caught.value.problem
    assert (problem.path, problem.code) == (talk.path, "private-value")
    assert "online.passcode" in problem.message
    assert "Subject, text/plain, text/html" in problem.message


def test_what_is_secret_within_a_meeting_s_address_is_one_by_itself() -> None:
    """Its password and its number, also where the address itself is not written."""
    online = Online(url="https://x.zoom.us/j/98765432100?pwd=Qx7b8")
    values = {secret.value for secret in private_values(replace(seed(), online=online), Audience.PUBLIC)}
    assert {"Qx7b8", "98765432100", "x.zoom.us/j/98765432100?pwd=Qx7b8"} <= values
    meet = Online(url="https://meet.google.com/abc-defg-hij")
    values = {secret.value for secret in private_values(replace(seed(), online=meet), Audience.PUBLIC)}
    assert {"abc-defg-hij", "meet.google.com/abc-defg-hij"} <= values
