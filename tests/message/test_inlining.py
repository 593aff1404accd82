"""Inlining is premailer's, found out once for pages of one structure, and fetches nothing."""

from __future__ import annotations

import logging
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from premailer import Premailer

from announcer.message.inlining import compact, inlined, needs
from tests.message.stories import STORIES, page_and_message

SETTINGS = {
    "strip_important": False,
    "disable_validation": True,
    "allow_network": False,
    "allow_loading_external_files": False,
    "cssutils_logging_level": logging.CRITICAL,
    "disable_basic_attributes": ["align", "valign", "bgcolor", "width", "height"],
}


def by_premailer(page: str) -> str:
    """The page as premailer alone makes it."""
    return compact(Premailer(page, **SETTINGS).transform())


@pytest.mark.parametrize("name", STORIES)
def test_each_story_is_as_premailer_makes_it(tmp_path: Path, name: str) -> None:
    """The first time, and again once its structure is known."""
    page, message = page_and_message(STORIES[name](), tmp_path)
    assert inlined(page) == inlined(page) == by_premailer(page) == message.html


NAMES = ["p", "div", "span", "td", "h1", "img", "a"]
CLASSES = ["a", "b", "c d", ""]
SELECTORS = st.sampled_from(
    ["p", ".a", ".b .c", "div > p", "p.a", ".c.d", "#x", "p:first-child", "td:nth-child(2)", "a:hover", "*",
     "h1 + p", "img", "[href]", "a[class=a]", "div .a, span", "p:last-child", ".a:hover, .b", "BODY"]
)  # fmt: skip
DECLARATIONS = st.sampled_from(
    ["color: red", "color: blue !important", "margin: 0 auto", "float: left", "width: 10px; height: 2px",
     "background: #abc url(x.png)", "font: 12px/1.5 'Gill Sans', serif", "color: unset", "text-align: right",
     "padding:1px;padding-left:2px", "background-color: #abc"]
)  # fmt: skip
RULES = st.lists(st.tuples(SELECTORS, DECLARATIONS), max_size=6).map(
    lambda rules: " ".join(f"{selector} {{ {declaration}; }}" for selector, declaration in rules)
)
SHEET = st.builds(
    lambda rules, media: f"{rules} @media (max-width: 9px) {{ {rules} }}" if media else rules,
    RULES,
    st.booleans(),
)
WORDS = st.text(alphabet="ab <>&\"'é超\u00a0\n{};:", max_size=12)


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element with attributes and what is in it."""

    def made(name: str, kind: str, style: str, words: str, within: list[str]) -> str:
        attributes = f' class="{kind}"' if kind else ""
        attributes += f' style="{style}"' if style else ""
        link = f' href="{escape(words)}" id="x"' if name == "a" else ""
        return f"<{name}{attributes}{link}>{escape(words)}{''.join(within)}</{name}>"

    styles = st.sampled_from(["", "color: green", "margin:0; color:red", "float: right"])
    return st.builds(
        made, st.sampled_from(NAMES), st.sampled_from(CLASSES), styles, WORDS, st.lists(inside, max_size=3)
    )


BODIES = st.lists(
    st.recursive(
        st.one_of(WORDS.map(escape), st.just("<!-- [if mso]><p class='a'>x</p><![endif] -->")),
        element,
        max_leaves=12,
    ),
    max_size=4,
).map("".join)
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>{0}</title><style>{1}</style>\n"
    "<style data-premailer='ignore'>{2}</style></head><body class='a'>{3}{0}</body></html>"
)


@given(st.builds(PAGE.format, WORDS.map(escape), SHEET, SHEET, BODIES), WORDS.map(escape))
def test_any_page_is_as_premailer_makes_it(page: str, other: str) -> None:
    """Also a page of the same structure with other words, and one with other attributes."""
    assert inlined(page) == by_premailer(page)
    retold = page.replace("<title>", f"<title>{other}").replace("</body>", f"{other}</body>")
    assert inlined(retold) == by_premailer(retold)
    for text, otherwise in (('class="a"', 'class="b"'), ("color: green", "color:blue"), ('id="x"', 'id="y"')):
        changed = page.replace(text, otherwise)
        assert inlined(changed) == by_premailer(changed)


@given(st.lists(st.builds(PAGE.format, WORDS.map(escape), SHEET, st.just(""), BODIES), max_size=5))
def test_no_page_takes_the_styles_of_another_structure(pages: list[str]) -> None:
    """Pages in any order, each as premailer makes it alone."""
    assert [inlined(page) for page in pages] == [by_premailer(page) for page in pages]


def test_a_page_without_a_head_gets_one() -> None:
    """As premailer makes it; and again."""
    page = "<p class='a'>x</p>"
    assert inlined(page) == inlined(page) == by_premailer(page)


def test_more_structures_than_are_kept_do_no_harm() -> None:
    """The first one is as it was."""
    pages = [
        f"<html><head><style>.a {{ color: red }}</style></head><body>{'<p class=a>x</p>' * n}</body></html>"
        for n in range(70)
    ]
    assert (
        [inlined(page) for page in pages] == [inlined(page) for page in pages] == [*map(by_premailer, pages)]
    )


@pytest.mark.parametrize(
    ("selector", "needed"),
    [
        ("p", {"p"}),
        ("p.x", {"p", ".x"}),
        (".a > p + .b", {".a", "p", ".b"}),
        ("#p", set()),
        ("p[class=a]", set()),
        ("td:nth-child(2)", set()),
        ("p:hover", {"p"}),
    ],
)
def test_a_rule_is_idle_where_its_classes_and_elements_are_not_there(selector: str, needed: set[str]) -> None:
    """A selector may match only if all that it names is in the page."""
    assert needs(selector) == needed


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
