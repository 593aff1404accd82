"""Inlining is premailer's, with less for it to do, and fetches nothing."""

from __future__ import annotations

import logging
import socket
from pathlib import Path

import pytest
from premailer import Premailer

from announcer.message.inlining import compact, inlined, without_idle_rules
from tests.message.stories import STORIES, told_story

SETTINGS = {
    "strip_important": False,
    "disable_validation": True,
    "allow_network": False,
    "allow_loading_external_files": False,
    "cssutils_logging_level": logging.CRITICAL,
    "disable_basic_attributes": ["align", "valign", "bgcolor", "width", "height"],
}


@pytest.mark.parametrize("name", STORIES)
def test_leaving_out_idle_rules_changes_no_byte(tmp_path: Path, name: str) -> None:
    """What no element can match made no difference."""
    page, message = told_story(STORIES[name](), tmp_path)
    assert len(without_idle_rules(page)) < len(page)
    assert inlined(page) == compact(Premailer(page, **SETTINGS).transform()) == message.html


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        ("p { color: red; } .x { color: blue; }", "p { color: red; }"),
        ("p.x { color: red; }", ""),
        (".a p { color: red; }", ".a p { color: red; }"),
        (".x, .a { color: red; }", ".x, .a { color: red; }"),
        ("h1 { color: red; }", ""),
        (".a { color: red; } @media print { .x { color: blue; } }", None),
    ],
)
def test_a_rule_is_idle_where_its_classes_and_elements_are_not_there(sheet: str, left: str | None) -> None:
    """A selector may match only if all that it names is in the page; at-rules are left alone."""
    page = '<html><head><style>{}</style></head><body class="a b"><p>x</p></body></html>'
    made = without_idle_rules(page.format(sheet))
    assert made.replace("> ", ">").replace(" <", "<") == page.format(sheet if left is None else left)


SHEETS = [
    '@import url("http://127.0.0.1:9/y.css");',
    "@import 'http://127.0.0.1:9/y.css' screen;",
    "@IMPORT url(http://127.0.0.1:9/y.css);",
    "@\\69mport url(http://127.0.0.1:9/y.css);",
    "@charset 'x'; @import url(http://127.0.0.1:9/y.css);",
    "@import url('http://127.0.0.1:9/y.css?a;b');",
]


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, sheet: str) -> None:
    """A template's external style sheet is not looked for: it cannot make this machine ask another."""
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: asked.append(address))
    page = (
        '<html><head><link rel="stylesheet" href="http://127.0.0.1:9/x.css">'
        f"<style>{sheet} p {{ color: red }}</style></head><body><p>x</p></body></html>"
    )
    assert "<p" in inlined(page)
    assert asked == []


def test_a_style_behind_an_import_still_counts() -> None:
    """Only the import is left out."""
    page = "<html><head><style>@import 'x.css'; p { color: red }</style></head><body><p>x</p></body></html>"
    assert '<p style="color:red">x</p>' in inlined(page)
