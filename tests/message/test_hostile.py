"""A hostile talk is data: escaped, in one subject line, with no header of its own, the layout whole."""

from __future__ import annotations

import email
import email.policy
import re
import tempfile
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.etree
import lxml.html
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from announcer.domain.mailing import AudienceGroup
from announcer.domain.occasion import CalendarEffect, Occasion, Recipients
from announcer.domain.request import NEEDS, Asked, Request
from announcer.domain.snapshot import facts
from announcer.domain.talk import Photo, Status, Talk
from announcer.message import Message
from tests.message.browser import page_of
from tests.message.samples import SENT, composer, digest, full, group, snapshot_of
from tests.thoroughness import examples

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ATTACKS = {
    "html": "<script>alert(1)</script><b>&\"'</b><img src=x onerror=alert(1)>",
    "closing": "</title></style></td></table></body><!-- --><![endif]-->",
    "jinja": "{{ 7 * 7 }}{% for x in y %}{# no #}{{ ''.__class__.__mro__ }}",
    "crlf": "one\r\nBcc: victim@example.edu\r\n\r\n<b>two</b>\r\n.\r\n",
    "line separators": "one\u2028Bcc: a@example.edu\u2029two\x85three\x0bfour\x0cfive",
    "bidi": "\u202egnp.exe\u202c \u2066\u200f\u061c\ufeffabc\u2069",
    "controls": "\x00\x01\x08\x1b[31m\x7f\x9b",
    "quotes": '""\'\'``\\\\"”’«»,;:<>@()[]',
    "mime": '--=_61eb68eb69dd293fd1331c94\r\nContent-Type: text/html\r\n\r\n"; name="x',
    "calendar": "END:VEVENT\r\nEND:VCALENDAR\nBEGIN:VEVENT\\n;,:",
    "encoded word": "=?utf-8?q?=0D=0ABcc:_victim@example.edu?=",
    "links": "[x](javascript:alert(1)) ![x](http://tracker.example.edu/x.gif) <javascript:alert(1)>",
    "url": "javascript:alert(document.cookie)",
    "data url": "data:text/html,<script>alert(1)</script>",
    "quoted url": 'https://a.example.edu/" onclick="alert(1)',
    "tex": "$\\href{javascript:alert(1)}{x}$ $$\\input{/etc/passwd}$$ \\begin{align}",
    "percent": "%s %(x)s %n {0} {x!r} ${x} $(id) `id`",
    "long": "x" * 10_000,
    "long words": "quantum " * 1_250,
    "wide": "超" * 400 + "👩‍🔬" * 50,
    "combining": "a" + "\u0301" * 300,
}


ELEMENTS = """
    html head meta title style body div table tbody tr td th p h1 h2 h3 a img span strong em br ul ol li
    code pre blockquote hr sub sup i b bdi del
"""


def poisoned(record: Any, words: str) -> Any:
    """The record with `words` in each field that holds text."""
    made = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in ("id", "series", "path", "zone", "lists", "show_timezones", "schedule"):
            continue
        if isinstance(value, Photo):
            made[field.name] = None
        elif type(value) is str or (value is None and field.name in ("notice", "subject", "notes")):
            made[field.name] = words
        elif is_dataclass(value):
            made[field.name] = poisoned(value, words)
        elif isinstance(value, tuple):
            made[field.name] = tuple(poisoned(part, words) for part in value)
        elif field.name == "recording":
            made[field.name] = words
    return replace(record, **made)


def of_occasion(talk: Talk, occasion: Occasion) -> AudienceGroup:
    """A group of that occasion for a talk of which something else was told."""
    if occasion is Occasion.DIGEST:
        return digest(talk)
    if occasion is Occasion.CANCELLATION:
        talk = replace(talk, status=Status.CANCELLED)
    before = (
        None if occasion is Occasion.ANNOUNCEMENT else snapshot_of(replace(talk, status=Status.CONFIRMED))
    )
    if before and occasion is Occasion.CORRECTION:
        before = replace(before, place=f"{facts(talk).place} {talk.place and talk.place.room}")
    if occasion is Occasion.REQUEST:
        return group(talk, occasion, before=before, request=asking(talk))
    return group(talk, occasion, before=before)


def asking(talk: Talk) -> Request:
    """What its first speaker is asked for, with all that a request can say."""
    speaker = talk.speakers[0]
    return Request(
        asks=Recipients.SPEAKER,
        reader=Recipients.SPEAKER,
        name=speaker.name,
        missing=NEEDS,
        deadline=SENT.date(),
        announced=SENT,
        waits=True,
        instead_of=Recipients.HOST,
        asked=(Asked(who="speaker", day=SENT.date()),),
        is_last=True,
        form="https://forms.example.edu/f",
    )


def checked(message: Message, occasion: Occasion = Occasion.ANNOUNCEMENT) -> None:
    """Fails where what people wrote became more than words."""
    parsed = email.message_from_bytes(message.data, policy=email.policy.default)
    assert parsed["Bcc"] is None
    assert set(parsed.keys()) <= {
        "Date", "From", "To", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References",
        "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type", "Content-Language",
    }  # fmt: skip
    assert parsed["Subject"] == message.subject
    assert len(message.subject) <= 110
    assert message.subject == " ".join(message.subject.split())
    kinds = [part.get_content_type() for part in parsed.walk() if not part.is_multipart()]
    calendars = ["text/calendar"] if occasion.row.calendar is not CalendarEffect.NONE else []
    assert [kind for kind in kinds if kind != "image/png"] == ["text/plain", "text/html", *calendars]
    if message.calendar:
        assert len(vobject.readOne(message.calendar.decode()).vevent_list) == 1
    html = message.html or ""
    page = lxml.html.document_fromstring(html)
    assert {element.tag for element in page.iter(lxml.etree.Element)} <= set(ELEMENTS.split())
    names = {name for element in page.iter(lxml.etree.Element) for name in element.attrib}
    assert [name for name in names if name.startswith("on")] == []
    targets = [*page.xpath("//@href"), *page.xpath("//@src")]
    assert [target for target in targets if not re.match(r"https?://|mailto:|cid:", target)] == []
    assert [source for source in page.xpath("//@src") if not source.startswith("cid:")] == []
    assert "49" not in re.sub(r"\b2049\b|#\w+", "", message.subject)
    for hidden in "\u202e\u2066\u200f\x00\x1b\x07":
        assert hidden not in message.text + html + message.subject
    assert html.count("</body>") == html.count("</html>") == 1


EVERYWHERE = ("html", "jinja", "crlf", "bidi", "controls")
"""The attacks on every occasion; the others meet the announcement, which has all the fields."""
CASES = [
    (attack, occasion)
    for attack in ATTACKS
    for occasion in (Occasion if attack in EVERYWHERE else [Occasion.ANNOUNCEMENT])
]


@pytest.mark.parametrize(("attack", "occasion"), CASES)
def test_hostile_words_in_every_field_stay_words(attack: str, occasion: Occasion) -> None:
    """Title, names, places, links, notes: each field at once, in each occasion."""
    message = composer().compose(of_occasion(poisoned(full(), ATTACKS[attack]), occasion), date=SENT)
    checked(message, occasion)


@settings(max_examples=examples(5), suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_words_in_every_field_stay_words(words: str) -> None:
    """Whatever people type."""
    checked(composer().compose(of_occasion(poisoned(full(), words), Occasion.ANNOUNCEMENT), date=SENT))


def test_markup_is_shown_as_it_was_typed() -> None:
    """The title `<b>&"` is read as `<b>&"` in every medium."""
    message = composer().compose(group(full(title='<b>&"')), date=SENT)
    assert message.subject == 'Wed Dec 9, 4:00 pm, Crow 201: Ada Example and Bo Sample: <b>&"'
    assert '\n<b>&"\n' in message.text
    assert "&lt;b&gt;&amp;" in (message.html or "")
    event = vobject.readOne((message.calendar or b"").decode()).vevent
    assert event.summary.value == 'Ada Example and Bo Sample: <b>&"'


@pytest.mark.parametrize("attack", ["closing", "long", "long words", "wide", "html", "combining"])
def test_the_layout_holds(browser: Browser, attack: str) -> None:
    """On a phone nothing is wider than the screen, and what follows is still there."""
    message = composer().compose(group(poisoned(full(), ATTACKS[attack])), date=SENT)
    view = browser.new_page(viewport={"width": 375, "height": 800})
    view.route("**/*", lambda route: route.abort())
    view.set_content(page_of(message))
    assert view.evaluate("document.documentElement.scrollWidth") == 375
    assert view.locator("h1").count() == 1
    assert view.locator(".foot").bounding_box() is not None
    view.close()


def test_a_photo_outside_the_folder_is_not_read() -> None:
    """A path cannot leave the department's folder."""
    with tempfile.TemporaryDirectory() as folder:
        outside = Path(folder) / "secret.png"
        outside.write_bytes(b"not a picture")
        root = Path(folder) / "department"
        root.mkdir()
        talk = full()
        for path in ("../secret.png", str(outside), "photos/../../secret.png"):
            speaker = replace(talk.speakers[0], photo=Photo(path=path, alt="x"))
            message = composer(root).compose(group(replace(talk, speakers=(speaker,))), date=SENT)
            assert [problem.code for problem in message.warnings] == ["photo-unusable"]
            assert "outside the department's folder" in message.warnings[0].message
