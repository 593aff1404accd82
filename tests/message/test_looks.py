"""The page in a browser: inlining changes nothing, nothing overflows, and everybody can read it."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.message.browser import page_of, violations
from tests.message.programs import node_file, program
from tests.message.samples import SENT, composer, full, group
from tests.message.stories import STORIES, page_and_message

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 800, "height": 900}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 375, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 800, "height": 900}, "color_scheme": "dark"},
    "dark phone": {"viewport": {"width": 375, "height": 800}, "color_scheme": "dark"},
}

STYLES = """() => {
  const properties = [...getComputedStyle(document.documentElement)];
  const read = element => {
    const made = getComputedStyle(element);
    return properties.map(name => made.getPropertyValue(name));
  };
  const plain = read(document.documentElement);
  const all = [['HTML', properties.map((name, at) => name + ': ' + plain[at])]];
  for (const element of document.querySelectorAll('body, body *')) {
    const values = read(element);
    const own = properties.map((name, at) => values[at] === plain[at] ? '' : name + ': ' + values[at]);
    all.push([element.tagName + '.' + element.className, own.filter(line => line)]);
  }
  return all;
}"""
"""Every computed style of the root, and of each element what differs from the root's."""

FIVE = ["announcement, full", "reminder, changed", "correction", "cancellation", "digest, changed"]
"""The occasions in their fullest form."""

OVERFLOWING = """() => [...document.querySelectorAll('body *')]
  .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5)
  .map(element => element.tagName + '.' + element.className)"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Each story's page before and after inlining."""
    root = tmp_path_factory.mktemp("department")
    made = {}
    for name, story in STORIES.items():
        source, message = page_and_message(story(), root)
        made[name] = (page_of(replace(message, html=source)), page_of(message))
    return made


class Viewer:
    """One page for each look, with nothing fetched."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._views: dict[str, Page] = {}

    def show(self, look: str, page: str) -> Page:
        """The page as that look shows it, until the next one is shown."""
        if look not in self._views:
            self._views[look] = self._browser.new_page(**LOOKS[look])
            self._views[look].route("http*://**/*", lambda route: route.abort())
        self._views[look].set_content(page)
        return self._views[look]


@pytest.fixture(scope="module")
def viewer(browser: Browser) -> Viewer:
    """What shows pages to these tests."""
    return Viewer(browser)


@pytest.mark.parametrize("look", ["light", "phone", "dark"])
def test_inlining_changes_no_computed_style(
    viewer: Viewer, pages: dict[str, tuple[str, str]], look: str
) -> None:
    """Every element of every occasion has each of its computed styles as its author meant."""
    for name in FIVE:
        source, inlined = pages[name]
        meant = viewer.show(look, source).evaluate(STYLES)
        got = viewer.show(look, inlined).evaluate(STYLES)
        differing = [
            (name, element, sorted(set(style) ^ set(other)))
            for (element, style), (_, other) in zip(meant, got, strict=True)
            if style != other
        ]
        assert (len(meant) > 30, len(meant[0][1]) > 300) == (True, True)
        assert differing == []


@pytest.mark.parametrize("look", ["light", "phone"])
def test_nothing_is_wider_than_the_screen(
    viewer: Viewer, pages: dict[str, tuple[str, str]], look: str
) -> None:
    """Nobody scrolls sideways, on a phone either."""
    for name, (_, page) in pages.items():
        assert (name, viewer.show(look, page).evaluate(OVERFLOWING)) == (name, [])


@pytest.mark.parametrize("look", ["light", "dark phone"])
def test_axe_finds_no_violation(viewer: Viewer, pages: dict[str, tuple[str, str]], look: str) -> None:
    """axe-core's rules and its best practices: contrast, headings, names, landmarks, tables."""
    for name in FIVE:
        assert (name, violations(viewer.show(look, pages[name][1]))) == (name, [])


def test_the_html_is_valid(pages: dict[str, tuple[str, str]], tmp_path: Path) -> None:
    """The Nu HTML checker finds no error in what leaves, beyond what mail clients need."""
    java = program("java", "apt-get install default-jre-headless")
    jar = node_file("vnu-jar/build/dist/vnu.jar")
    files = []
    for number, (_, page) in enumerate(pages.values()):
        files.append(tmp_path / f"{number}.html")
        files[-1].write_text(page, encoding="utf-8")
    done = subprocess.run(
        [java, "-jar", str(jar), "--errors-only", "--format", "gnu", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    errors = [line for line in done.stderr.splitlines() if not any(known in line for known in KNOWN)]
    assert errors == []


KNOWN = ("“mso-padding-alt”: Property", "“mso-hide”: Property")
"""What the checker says of things that mail clients need: the padding of a button in Word's engine."""


FIRST_SCREEN = """([words, height]) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = '';
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    if (box.height && box.bottom <= height) seen += ' ' + walker.currentNode.textContent;
  }
  return words.filter(word => !seen.includes(word));
}"""


def test_the_first_screen_of_a_phone_says_it_all(viewer: Viewer, pages: dict[str, tuple[str, str]]) -> None:
    """Who, what, when and where are in the first 667 pixels of an announcement."""
    words = [
        "A Physics Approach to Deep Learning Theory",
        "Blake Bordelon",
        "Harvard University",
        "Wednesday, December 2, 2026",
        "4:00–5:00 pm CST",
        "Crow 201, Crow Hall",
    ]
    view = viewer.show("phone", pages["announcement"][1])
    assert view.evaluate(FIRST_SCREEN, [words, 667]) == []


def test_no_word_is_broken_at_twice_the_size(browser: Browser) -> None:
    """A phone at 200 %: the tile and the photo stand above the text, and buttons below each other."""
    view = browser.new_page(viewport={"width": 187, "height": 800})
    view.route("**/*", lambda route: route.abort())
    view.set_content(composer().compose(group(full()), date=SENT).html or "")
    assert view.evaluate("document.documentElement.scrollWidth") == 187
    tile, when = (view.locator(f".facts .{name}").bounding_box() for name in ("tile", "when"))
    assert tile
    assert when
    assert when["y"] >= tile["y"] + tile["height"] - 1
    lines = view.evaluate("document.querySelector('.button a').getClientRects().length")
    height = view.locator(".button a").bounding_box()
    assert lines == 1
    assert height
    assert height["height"] < 50, "`Join online` in one line"
    view.close()
