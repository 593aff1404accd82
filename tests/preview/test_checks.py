"""The checks beside a message, case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from announcer.domain.occasion import Occasion
from announcer.domain.problem import Problem, Severity
from announcer.preview import mime_parts
from announcer.preview.checks import check
from announcer.preview.checks.clients import features, used
from announcer.preview.checks.contents import maths, same_facts
from announcer.preview.checks.finding import Check, Examined, Grade
from announcer.preview.checks.inbox import size, subject_length
from announcer.preview.checks.links import images, links
from announcer.preview.checks.spam import spam
from tests.message.programs import program
from tests.message.samples import composer, full, group, seed

NOW = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
GROUP = group(seed())
COMPOSER = composer()
MESSAGE = COMPOSER.compose(GROUP, date=NOW)
CONTEXT = COMPOSER.context(GROUP)


def _examined(**fields: object) -> Examined:
    message = replace(MESSAGE, **fields)  # type: ignore[arg-type]
    preheader, _ = mime_parts.preheader(message.html, message.text)
    return Examined(group=GROUP, message=message, preheader=preheader, context=CONTEXT)


def _page(body: str) -> Examined:
    return _examined(html=f"<html><body>{body}</body></html>")


@pytest.mark.parametrize("occasion", list(Occasion)[:2])
def test_the_built_in_messages_raise_no_warning(occasion: Occasion) -> None:
    """Of the seed and of a talk with everything in it."""
    for talk in (seed(), full()):
        made = group(talk, occasion)
        message = COMPOSER.compose(made, date=NOW)
        preheader, _ = mime_parts.preheader(message.html, message.text)
        checks = check(
            Examined(group=made, message=message, preheader=preheader, context=COMPOSER.context(made))
        )
        assert [(verdict.name, verdict.says) for verdict in checks if verdict.level is Grade.WARNING] == []


@pytest.mark.parametrize(
    ("octets", "page", "level"),
    [
        (20_000, 12_000, Grade.GOOD),
        (40 * 1024, 12_000, Grade.GOOD),
        (40 * 1024 + 1, 12_000, Grade.WARNING),
        (30_000, 102 * 1024 + 1, Grade.WARNING),
    ],
)
def test_size_is_held_against_mailman_and_gmail(octets: int, page: int, level: Grade) -> None:
    """The whole message against the one, its HTML against the other."""
    assert size(_examined(data=b"x" * octets, html="x" * page)).level is level


@pytest.mark.parametrize(
    ("text", "html", "level"),
    [
        ("Short", '<p style="display:none">Hidden</p>', Grade.GOOD),
        ("x" * 79, '<p style="display:none">Hidden</p>', Grade.NOTE),
        ("Short", "<p>Nothing hidden</p>", Grade.WARNING),
        ("Short", None, Grade.GOOD),
    ],
)
def test_a_subject_is_measured(text: str, html: str | None, level: Grade) -> None:
    """And what stands beside it in the inbox."""
    assert subject_length(_examined(subject=text, html=html)).level is level


@pytest.mark.parametrize(
    ("body", "level", "says"),
    [
        ('<a href="https://a.example.edu">one</a>', Grade.GOOD, "1 link, in good order"),
        ('<a href="mailto:a@example.edu">a</a><a href="tel:+1">b</a>', Grade.GOOD, "2 links, in good order"),
        ("<p>none</p>", Grade.GOOD, "no links"),
        ('<a href="">here</a>', Grade.WARNING, "1 of 1 needs a look: it leads nowhere"),
        ('<a href="#">here</a>', Grade.WARNING, "1 of 1 needs a look: it leads nowhere"),
        ('<a href="https://a.example.edu"></a>', Grade.WARNING, "1 of 1 needs a look: it has no words"),
        (
            '<a href="http://a.example.edu">a</a>',
            Grade.WARNING,
            "1 of 1 needs a look: http: browsers warn of it",
        ),
        ('<a href="a.html">a</a>', Grade.WARNING, "1 of 1 needs a look: it is no web or mail address"),
        (
            '<a href="https://a.example.edu">here</a> <a href="https://b.example.edu">Here</a>',
            Grade.WARNING,
            "2 of 2 need a look: the same words lead to different places",
        ),
        (
            '<a href="https://a.example.edu"><img src="a.png" alt="A"></a>',
            Grade.GOOD,
            "1 link, in good order",
        ),
    ],
)
def test_links(body: str, level: Grade, says: str) -> None:
    """Empty, in clear, or twice the same words: none is opened to find out."""
    verdict = links(_page(body))
    assert (verdict.level, verdict.says) == (level, says)


@pytest.mark.parametrize(
    ("body", "level", "says"),
    [
        ('<img src="cid:a" alt="A">', Grade.GOOD, "1 picture, each with words"),
        ('<img src="cid:a" alt="">', Grade.GOOD, "1 picture, each with words"),
        ('<img src="cid:a">', Grade.WARNING, "1 of 1 picture without words for those who do not see it"),
        (
            '<img src="https://a.example.edu/a.png" alt="Logo">',
            Grade.NOTE,
            "1 picture, each with words; 1 from the network",
        ),
    ],
)
def test_pictures(body: str, level: Grade, says: str) -> None:
    """Words for those who do not see them, and what the reader's client would fetch."""
    verdict = images(_page(body))
    assert verdict is not None
    assert (verdict.level, verdict.says) == (level, says)
    assert images(_page("<p>none</p>")) is None


def test_a_fact_that_one_part_lacks_is_named() -> None:
    """The text says the room, the HTML does not."""
    verdict = same_facts(_examined(html=(MESSAGE.html or "").replace("Crow 201, Crow Hall", "somewhere")))
    assert verdict is not None
    assert (verdict.level, verdict.says) == (Grade.WARNING, "text and HTML do not tell the same")
    assert [item.text for item in verdict.items] == ["the HTML does not say the place: Crow 201, Crow Hall"]


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("H₀ and x_{i,j}² cost $5 to $6", []),
        (r"the matrix \begin{pmatrix}a\end{pmatrix} stays", [r"\begin{pmatrix}a\end{pmatrix}"]),
        (r"$\slashed{D}$ stays", [r"$\slashed{D}$"]),
        ("plain", []),
    ],
)
def test_maths_that_stayed_latex_is_noticed(text: str, raw: list[str]) -> None:
    """Money is none."""
    verdict = maths(_examined(text=text))
    assert ([item.text for item in verdict.items] if verdict else []) == raw


@pytest.mark.parametrize(
    ("page", "titles"),
    [
        ('<p style="display:flex">', ["display:flex"]),
        ('<p style="color:red;border-radius:3px">', ["border-radius"]),
        ("<style>p { --a: 1; color: var(--a) }</style>", ["CSS Variables (Custom Properties)"]),
        ("<svg></svg>", ["Embedded <svg> image"]),
        ("<p>plain</p>", []),
    ],
)
def test_what_clients_lack_is_known(page: str, titles: list[str]) -> None:
    """From caniemail's table, which is in the package."""
    known = {feature.title for feature in features()[1]}
    lacking = {feature.title for feature in used(page) if feature.lacking}
    assert lacking - {"<style> element"} == {title for title in titles if title in known}
    assert bool(lacking - {"<style> element"}) == bool(titles)


def test_what_the_template_was_warned_of_stands_first() -> None:
    """The composer's own warnings are checks, too."""
    warned = Problem(
        path="templates/announcement/body.html",
        line=1,
        column=1,
        severity=Severity.WARNING,
        code="template-forgets-time",
        message="the message does not say the time",
        hint="write it",
    )
    first = check(_examined(warnings=(warned,)))[0]
    assert (first.level, first.name, first.says) == (Grade.WARNING, "Template", warned.message)


def test_a_list_of_text_only_has_no_checks_of_html() -> None:
    """Nothing is said of what is not there."""
    names = {verdict.name for verdict in check(_examined(html=None))}
    assert names == {"Size", "Subject", "Links"}


def test_spamassassin_is_asked_on_this_machine_alone() -> None:
    """A message of ours has no points to speak of; an obvious one has."""
    program("spamassassin", "apt-get install spamassassin")
    verdict = spam(MESSAGE.data)
    assert (verdict.name, verdict.level) in {("Spam", Grade.GOOD), ("Spam", Grade.NOTE)}
    gtube = b"XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
    bad = spam(b"Subject: a\r\nFrom: a@example.edu\r\nTo: b@example.edu\r\n\r\n" + gtube + b"\r\n")
    assert bad.level is Grade.WARNING


def test_without_spamassassin_the_way_to_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no score is made up."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert spam(b"") == Check(
        level=Grade.NOTE,
        name="Spam",
        says="SpamAssassin is not installed on this machine",
        items=spam(b"").items,
    )
