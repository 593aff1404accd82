"""What a template may read and build: nothing outside of its folder, nothing that ends the others' mail."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from announcer.message import TemplateFaultError
from announcer.message.compose import Composer
from announcer.message.templates import bounds
from announcer.message.templates.files import LIMIT
from tests.message.samples import SENT, TEMPLATES, department, group


def own(root: Path, text: str, path: str = "announcement/body.txt") -> Composer:
    """A composer whose department has that one template of its own."""
    file = root / "templates" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return composer(root)


def composer(root: Path) -> Composer:
    """A composer of the department in this folder."""
    return Composer(department(), root=root, templates=[root / "templates", TEMPLATES])


def fault(made: Composer) -> tuple[str, int, str]:
    """Where the message fails, and with what code."""
    with pytest.raises(TemplateFaultError) as caught:
        made.compose(group(), date=SENT)
    problem = caught.value.problem
    return problem.path, problem.line, problem.code


RAISING = {
    "a filter on what is none": "{{ none|wordwrap(60) }}",
    "a variable in the place of a template": "{% extends talk %}",
    "attributes of a text": "{{ 'x'|xmlattr }}",
    "sorting what is no dictionary": "{{ 'x'|dictsort }}",
    "a division by zero": "{{ 1 // 0 }}",
    "a call of a text": "{{ 'x'() }}",
    "an endless recursion": "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
    "including itself": '{% include "announcement/body.txt" %}',
    "deep brackets": "{{ " + "(" * 400 + "1" + ")" * 400 + " }}",
    "deep lists": "{{ " + "[" * 4000 + "1" + "]" * 4000 + " }}",
    "deep loops": "{% for a in talks %}" * 40 + "{% endfor %}" * 40,
    "a long chain": "{{ 1" + " + 1" * 20_000 + " }}",
    "a view that a method is asked of": "{{ talk.title.text.encode('no-such') }}",
}


@pytest.mark.parametrize("text", RAISING.values(), ids=RAISING.keys())
def test_whatever_a_template_raises_is_a_problem_at_its_file(tmp_path: Path, text: str) -> None:
    """Its file and line, whatever the class of what was raised."""
    path, line, code = fault(own(tmp_path, "one\n" + text))
    assert path == "templates/announcement/body.txt"
    assert line in (1, 2)
    assert code.startswith("template-")


TOO_MUCH = {
    "a number rounded to what is far before its point": "{{ 10|round(-99999999999) }}",
    "a range joined by long texts": "{{ range(100000)|join('x' * 100000) }}",
    "a generator joined by long texts": "{{ ('x' * 100000).join(range(100000)|map('string')) }}",
    "many wide fields": "{% for a in range(100000)|map('center', 90000) %}{{ a|length }}{% endfor %}",
    "a long list that is searched often": "{{ range(100000)|reject('in', range(100000)|list)|list|length }}",
    "pairs of pairs": "{% set all = namespace(x=()) %}{% for a in range(60) %}"
    "{% set all.x = (all.x, all.x) %}{% endfor %}{{ {all.x: 1} }}",
    "lists of lists": "{% set all = namespace(x=[], y=[]) %}{% for a in range(60) %}"
    "{% set all.x = [all.x, all.x] %}{% set all.y = [all.y, all.y] %}{% endfor %}{{ all.x == all.y }}",
    "a text many times": "{{ 'x' * 99999999999 }}",
    "a list many times": "{{ ([1] * 99999999999)|length }}",
    "a number to a power": "{{ 9 ** (9 ** 9) }}",
    "center": "{{ 'x'|center(9999999999) }}",
    "the method center": "{{ 'x'.center(9999999999) }}",
    "ljust": "{{ 'x'.ljust(9999999999) }}",
    "zfill": "{{ 'x'.zfill(9999999999) }}",
    "tabs": "{{ '\\t'.expandtabs(9999999999) }}",
    "indent": "{{ ('a\\n' * 90000)|indent(99999) }}",
    "map": "{{ ['x']|map('center', 9999999999)|list }}",
    "batch": "{{ [1]|batch(9999999999, 'x')|list }}",
    "slice": "{{ [1]|slice(9999999999)|list }}",
    "format": "{{ '%9999999999d'|format(1) }}",
    "an operator's format": "{{ '%*d' % (9999999999, 1) }}",
    "a method's format": "{{ '{:>9999999999}'.format(1) }}",
    "a width given": "{{ '{:>{w}}'.format(1, w=9999999999) }}",
    "replace": "{{ ('a' * 900000)|replace('a', 'b' * 900000) }}",
    "join": "{{ (['x' * 900000] * 900)|join }}",
    "doubling": "{% set s = namespace(t='x') %}{% for _ in range(60) %}{% set s.t = s.t + s.t %}{% endfor %}",
    "doubling by joining": (
        "{% set s = namespace(t='x') %}{% for _ in range(60) %}{% set s.t = s.t ~ s.t %}{% endfor %}"
    ),
    "doubling by a block": (
        "{% set s = namespace(t='xx') %}{% for _ in range(60) %}"
        "{% set t %}{{ s.t }}{{ s.t }}{% endset %}{% set s.t = t %}{% endfor %}"
    ),
    "a nest of lists": (
        "{% set s = namespace(t=['x']) %}{% for _ in range(60) %}{% set s.t = [s.t, s.t] %}{% endfor %}"
        "{{ s.t }}"
    ),
    "loops in loops": (
        "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}"
        "{% endfor %}{% endfor %}{% endfor %}"
    ),
    "loops that keep nothing": (
        "{% for a in range(99999) %}{% for b in range(99999) if b < 0 %}{% endfor %}{% endfor %}"
    ),
    "calls in calls": (
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}"
    ),
    "words in a loop": "{% for a in range(99999) %}" + "words " * 9000 + "{% endfor %}",
}


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_an_expression_builds_no_more_than_a_mail_can_hold(tmp_path: Path, text: str) -> None:
    """It is refused before it takes the machine's memory or its day."""
    assert fault(own(tmp_path, "one\n" + text)) == (
        "templates/announcement/body.txt",
        2,
        "template-too-much",
    )


WIDE = [
    "{{ '%(x)900000000s'|format(x=1) }}",
    "{{ '%(x(y))900000000s'|format(**{'x(y)': 1}) }}",
    "{{ '%(x).900000000f' % {'x': 1} }}",
    "{{ _('%(x)900000000s', x='a') }}",
    "{{ _('%(x)s' * 9000, x='a' * 90000) }}",
    "{{ ngettext('%(x)900000000s', 'b', 1, x='a') }}",
    "{{ pgettext('a', '%(x).900000000f', x=1) }}",
    "{% trans x='a' * 900000 %}" + "{{ x }}" * 900 + "{% endtrans %}",
]


@pytest.mark.parametrize("text", WIDE)
def test_a_format_takes_no_memory_before_it_is_refused(tmp_path: Path, text: str) -> None:
    """A named field, a translated message, one with many fields."""
    made = own(tmp_path, "one\n" + text)
    tracemalloc.start()
    try:
        assert fault(made)[1:] == (2, "template-too-much")
        assert tracemalloc.get_traced_memory()[1] < 64_000_000
    finally:
        tracemalloc.stop()


def test_what_templates_usually_do_costs_little(tmp_path: Path) -> None:
    """A filter on a text, a loop and a macro stay far below the bound."""
    text = (
        "{% macro line(one) %}{{ one.name|upper|center(40) }}{% endmacro %}"
        "{% for one in talk.speakers %}{{ line(one) }}\n{% endfor %}"
        "{{ ('%s, %s' % (talk.when.date, talk.when.times)) ~ '.' }}\n"
        "{{ talk.abstract.text|replace('the', 'THE')|wordwrap(60)|indent(4) }}"
    )
    message = own(tmp_path, text).compose(group(), date=SENT)
    assert "BLAKE BORDELON" in message.text
    assert "Wednesday, December 2, 2026, 4:00–5:00 pm." in message.text


def test_chance_is_not_there(tmp_path: Path) -> None:
    """A preview shows what is sent."""
    assert fault(own(tmp_path, "{{ [1, 2]|random }}"))[2] == "template-syntax"


def test_a_work_of_its_own_for_each_rendering(tmp_path: Path) -> None:
    """What one message costs is not taken from the next."""
    made = own(
        tmp_path, "{% for a in range(90000) %}{% endfor %}{{ talk.when.times }} {{ talk.place.label }}"
    )
    for _ in range(1 + bounds.WORK // 90_000 // 16):
        made.compose(group(), date=SENT)


LEADING_OUT = ["smtp-password", "talks/2026-candidate.yaml"]


@pytest.mark.parametrize("secret", LEADING_OUT)
@pytest.mark.parametrize("way", ["a linked file", "a linked folder", "a linked templates folder", "a path"])
def test_a_template_is_read_from_the_templates_folder_alone(tmp_path: Path, secret: str, way: str) -> None:
    """Whichever link leads out of it, and wherever to: nothing of what is there is in any message."""
    root = tmp_path / "department"
    (root / "talks").mkdir(parents=True)
    hidden = (tmp_path if secret == "smtp-password" else root) / secret
    hidden.write_text("hunter2-hunter2", encoding="utf-8")
    folder = root / "templates" / "announcement"
    name = "announcement/pw.txt"
    if way == "a linked templates folder":
        (root / "elsewhere" / "announcement").mkdir(parents=True)
        (root / "elsewhere" / "announcement" / "body.txt").write_text("elsewhere", encoding="utf-8")
        (root / "templates").symlink_to("elsewhere")
        assert fault(composer(root)) == ("templates", 1, "outside-folder")
        return
    folder.mkdir(parents=True)
    if way == "a linked file":
        (folder / "pw.txt").symlink_to(hidden)
    elif way == "a linked folder":
        (folder / "more").symlink_to(hidden.parent)
        name = f"announcement/more/{hidden.name}"
    else:
        name = os.path.relpath(hidden, root / "templates")
    expected = "template-missing" if way == "a path" else "outside-folder"
    assert fault(own(root, f'{{% include "{name}" %}}'))[2] == expected


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    """Two occasions may share a file."""
    made = own(tmp_path, "{{ talk.when.times }} {{ talk.place.label }}", "shared.txt")
    (tmp_path / "templates" / "announcement").mkdir()
    (tmp_path / "templates" / "announcement" / "body.txt").symlink_to("../shared.txt")
    assert made.compose(group(), date=SENT).text == "4:00–5:00 pm Crow 201, Crow Hall\n"


@pytest.mark.parametrize("kind", ["a pipe", "a folder", "a large file", "bytes", "a dangling link"])
def test_a_template_is_a_regular_file_of_a_bounded_size(tmp_path: Path, kind: str) -> None:
    """A pipe would be waited for, for ever."""
    path = tmp_path / "templates" / "announcement" / "body.txt"
    path.parent.mkdir(parents=True)
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
    elif kind == "a large file":
        path.write_text("x" * (LIMIT + 1))
    elif kind == "bytes":
        path.write_bytes(b"one\n\xff")
    else:
        path.symlink_to("nowhere.txt")
    codes = {
        "a pipe": ("not-a-file", 1),
        "a folder": ("not-a-file", 1),
        "a large file": ("template-large", 1),
        "bytes": ("template-encoding", 2),
        "a dangling link": ("dangling-link", 1),
    }
    assert fault(composer(tmp_path)) == ("templates/announcement/body.txt", codes[kind][1], codes[kind][0])
