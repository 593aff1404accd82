"""A department's own templates: what they may do, and what they are told when they fail."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from announcer.domain.occasion import Occasion
from announcer.domain.problem import Severity
from announcer.message import TemplateFaultError, views
from announcer.message.compose import Composer
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


def own(folder: Path, path: str, text: str) -> Composer:
    """A composer whose department has that one template of its own."""
    file = folder / "templates" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return Composer(department(), root=folder, templates=[folder / "templates", TEMPLATES])


def test_a_file_of_the_same_path_replaces_the_builtin(tmp_path: Path) -> None:
    """The department's subject, everything else as it was."""
    made = own(tmp_path, "announcement/subject.txt", "Talk: {{ talk.title }}")
    message = made.compose(group(), date=SENT)
    assert message.subject == "Talk: A Physics Approach to Deep Learning Theory"
    assert message.text == composer().compose(group(), date=SENT).text


def test_an_edit_counts_and_so_does_taking_it_back(tmp_path: Path) -> None:
    """A fault names the file as it is now, whatever was compiled of it before."""
    for word in ("talk.titel", "talk.title", "talk.nmae", "talk.titel"):
        made = own(tmp_path / "ours", "announcement/subject.txt", f"{{{{ {word} }}}}")
        if word == "talk.title":
            assert made.compose(group(), date=SENT).subject == "A Physics Approach to Deep Learning Theory"
            continue
        with pytest.raises(TemplateFaultError) as caught:
            made.compose(group(), date=SENT)
        assert caught.value.problem.message == f"there is no variable {word}"


def test_a_block_of_what_is_replaced_can_be_changed(tmp_path: Path) -> None:
    """`builtin/` names the file that one's own replaces."""
    page = '{% extends "builtin/announcement/body.html" %}{% block sponsor %}<p>Ours</p>{% endblock %}'
    message = own(tmp_path, "announcement/body.html", page).compose(group(), date=SENT)
    assert "<p>Ours</p>" in (message.html or "")
    assert "Ferguson" not in (message.html or "")
    assert "A Physics Approach to Deep Learning Theory" in (message.html or "")


def test_a_shared_file_can_be_replaced(tmp_path: Path) -> None:
    """Another style for all occasions."""
    message = own(tmp_path, "_base/style.css", "h1 { color: #123456; }").compose(group(), date=SENT)
    assert '<h1 style="color:#123456">' in (message.html or "")


FAULTS = [
    (
        "announcement/subject.txt",
        "{{ prefix }}\n{{ talk.titel }}",
        ("templates/announcement/subject.txt", 2, 9, "template-variable"),
        "there is no variable talk.titel",
        "did you mean title?",
    ),
    (
        "announcement/body.txt",
        "\n\n{{ tlak }}",
        ("templates/announcement/body.txt", 3, 4, "template-variable"),
        "there is no variable tlak",
        "did you mean talk?",
    ),
    (
        "announcement/body.txt",
        "{{ talk.when.tmie }}",
        ("templates/announcement/body.txt", 1, 14, "template-variable"),
        "there is no variable when.tmie",
        "did you mean time?",
    ),
    (
        "announcement/body.txt",
        "{{ talk.recording.sentence.words }}",
        ("templates/announcement/body.txt", 1, 1, "template-variable"),
        "sentence is asked of something that this message does not have",
        "put {% if ... %} around it: what a talk lacks is none",
    ),
    (
        "announcement/body.html",
        "<p>\n{% if talk.title %}\n</p>",
        ("templates/announcement/body.html", 3, 1, "template-syntax"),
        "the template cannot be read: Unexpected end of template. Jinja was looking for the following "
        "tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.",
        "check that each {{ has its }}, each {% its %} and each block its end",
    ),
    (
        "announcement/body.html",
        '{% extends "base/talk.html" %}',
        ("templates/announcement/body.html", 1, 1, "template-missing"),
        "there is no template base/talk.html",
        "correct the path behind extends, include or import; it begins at the templates folder",
    ),
    (
        "announcement/body.html",
        "{{ talk.__class__.__mro__ }}",
        ("templates/announcement/body.html", 1, 1, "template-unsafe"),
        "the template does what is not allowed: access to attribute '__class__' of 'TalkView' object is "
        "unsafe.",
        "a template may read the variables it gets, and nothing else",
    ),
    (
        "announcement/body.txt",
        "one\n  {{ 1 // 0 }}",
        ("templates/announcement/body.txt", 2, 3, "template-failed"),
        "the template failed: integer division or modulo by zero",
        "correct this line; `announcer show --context` prints what the template gets",
    ),
    (
        "_base/talk.txt",
        "{{ talk.nmae }}",
        ("templates/_base/talk.txt", 1, 9, "template-variable"),
        "there is no variable talk.nmae",
        "did you mean names?",
    ),
]


@pytest.mark.parametrize(("path", "text", "place", "message", "hint"), FAULTS)
def test_a_fault_names_file_line_variable_and_what_to_type(
    tmp_path: Path, path: str, text: str, place: tuple[str, int, int, str], message: str, hint: str
) -> None:
    """Somebody who is no programmer can mend it."""
    with pytest.raises(TemplateFaultError) as caught:
        own(tmp_path, path, text).compose(group(), date=SENT)
    problem = caught.value.problem
    assert (problem.path, problem.line, problem.column, problem.code) == place
    assert (problem.message, problem.hint) == (message, hint)


REMAINS = [
    ("announcement/body.txt", "{{ '{{' }} name }}", "{{ name }}"),
    ("announcement/body.txt", "{{ talk.refreshments }}", "None"),
    ("announcement/body.html", "<p>{{ talk.refreshments }}</p>", "None"),
    ("announcement/subject.txt", "Talk of {{ talk.recording }}", "None"),
    ("announcement/body.txt", "@@NAME@@", "@@NAME"),
    ("announcement/body.html", "<p>{{ '{%' }} if %}</p>", "{% if %}"),
]


@pytest.mark.parametrize(("path", "text", "remain"), REMAINS)
def test_remains_of_a_template_stop_the_mailing(tmp_path: Path, path: str, text: str, remain: str) -> None:
    """`{{ name }}` and `None` reach nobody."""
    with pytest.raises(TemplateFaultError) as caught:
        own(tmp_path, path, text).compose(group(), date=SENT)
    assert (caught.value.problem.code, caught.value.problem.path) == (
        "template-remains",
        f"templates/{path}",
    )
    assert caught.value.problem.message == f"the finished message has {remain} in it"


def test_what_a_talk_says_is_no_remain() -> None:
    """A title may speak of None, and an abstract of Jinja."""
    talk = seed(title="None of the above", abstract="Write `{{ name }}` in a template.")
    assert "None of the above" in composer().compose(group(talk), date=SENT).subject


@pytest.mark.parametrize(
    ("path", "text", "codes"),
    [
        ("announcement/body.txt", "{{ talk.title }} {{ talk.place.label }}", ["template-forgets-time"]),
        ("announcement/body.html", "<p>{{ talk.when.times }}</p>", ["template-forgets-place"]),
        (
            "announcement/body.txt",
            "{{ talk.title }}",
            ["template-forgets-time", "template-forgets-place"],
        ),
    ],
)
def test_a_template_that_forgets_when_or_where_is_warned_of(
    tmp_path: Path, path: str, text: str, codes: list[str]
) -> None:
    """It goes, for it may mean it; but somebody is told."""
    warnings = own(tmp_path, path, text).compose(group(), date=SENT).warnings
    assert [warning.code for warning in warnings] == codes
    assert {warning.severity for warning in warnings} == {Severity.WARNING}
    assert {warning.path for warning in warnings} == {f"templates/{path}"}


def test_the_builtin_templates_forget_nothing() -> None:
    """No occasion of the built-in templates has a warning."""
    for made in (
        group(full()),
        group(full(), Occasion.REMINDER, before=snapshot_of(full())),
        group(full(place=None), Occasion.CORRECTION, before=snapshot_of(full())),
        digest(full()),
    ):
        assert composer().compose(made, date=SENT).warnings == ()


def test_the_context_is_plain_data() -> None:
    """What `show --context` prints is what JSON can say, with every variable in it."""
    context = composer().context(group(full()))
    assert list(context) == [
        "occasion",
        "language",
        "department",
        "colors",
        "lists",
        "prefix",
        "state",
        "changes",
        "talks",
        "talk",
        "request",
        "recordings",
        "slides",
        "subject",
    ]
    talk = context["talk"]
    assert isinstance(talk, dict)
    assert talk["title"] == "The Hubble tension: H₀ and ν_{eff} after a decade"
    assert talk["when"]["times"] == "4:00–5:00 pm"
    assert talk["online"]["passcode"] == "xk7-quark"


def test_every_variable_is_documented() -> None:
    """The page on templates names each field of each thing that a template gets."""
    page = (TEMPLATES / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_.]+)`", page))
    missing = [
        f"{view.__name__}.{field.name}"
        for view in vars(views).values()
        if dataclasses.is_dataclass(view) and view.__module__ == views.__name__ and isinstance(view, type)
        for field in dataclasses.fields(view)
        if field.name not in named and field.name != "pictures"
    ]
    assert missing == []
