"""What is internal never reaches a public list: not in any part of a message of any occasion."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import Occasion
from announcer.domain.redaction import private_values
from announcer.domain.talk import Audience, Status, Talk
from announcer.message import TemplateFaultError
from announcer.message.compose import Composer
from announcer.message.leak_check import leaks
from tests.message.samples import SENT, TEMPLATES, composer, department, digest, full, group, told

SECRET = full(confidential=True)
OPEN = full()


def of_occasion(talk: Talk, occasion: Occasion) -> AudienceGroup:
    """A public list's group of that occasion for a talk."""
    if occasion is Occasion.DIGEST:
        return digest(talk, audience=Audience.PUBLIC)
    before = None if occasion is Occasion.ANNOUNCEMENT else told(talk, Audience.PUBLIC)
    if occasion is Occasion.CANCELLATION:
        talk = replace(talk, status=Status.CANCELLED, notice="Ada Example missed her flight.")
    return group(talk, occasion, before=before, audience=Audience.PUBLIC)


@pytest.mark.parametrize("occasion", list(Occasion))
@pytest.mark.parametrize("talk", [OPEN, SECRET], ids=["open", "confidential"])
def test_no_internal_value_is_in_any_part(talk: Talk, occasion: Occasion) -> None:
    """Parts, headers and calendar are decoded and searched for each internal value by itself."""
    message = composer().compose(of_occasion(talk, occasion), date=SENT)
    secrets = private_values(talk, Audience.PUBLIC)
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
