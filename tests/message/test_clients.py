"""What the mail uses, against caniemail's data: what a client lacks has a fallback."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.message.programs import node_file
from tests.message.stories import STORIES, page_and_message

CLIENTS = {
    "Gmail": ("gmail", None),
    "Outlook classic": ("outlook", "windows"),
    "Outlook new": ("outlook", "outlook-com"),
    "Apple Mail": ("apple-mail", None),
    "Yahoo": ("yahoo", None),
}

FALLBACKS = {
    "css-at-media": "the wide layout, whose one column shrinks with the screen by itself",
    "css-at-media-prefers-color-scheme": "the light version, complete by itself",
    "css-border-radius": "square corners",
    "css-color-scheme": "the light version, complete by itself",
    "css-height": "the height attribute of the logo",
    "css-max-height": "the preheader is hidden by display alone",
    "css-opacity": "the preheader is hidden by display alone",
    "css-overflow": "the preheader is hidden by display alone",
    "css-overflow-wrap": "word-wrap, and where that fails too a long word is wide",
    "css-pseudo-class-hover": "a button that looks the same under the mouse",
    "css-text-decoration-color": "an underline in the color of its text",
    "css-white-space": "labels that may break, code whose blanks collapse",
    "css-word-wrap": "a long word is wide; the subject and the plain text have it whole",
    "html-aria-hidden": "the leaf of the calendar is read before the date that repeats it",
    "html-aria-label": "the page is named by its title",
    "html-bdi": "the name, in the direction that its letters have by themselves",
    "html-meta-color-scheme": "the light version, complete by itself",
}
"""Each feature that some client lacks, and what its reader sees instead."""

TAGS = {
    "ul": "lists", "ol": "lists", "li": "lists", "h1": "h1-h6", "h2": "h1-h6", "h3": "h1-h6",
    "tr": "table", "td": "table", "th": "table", "tbody": "table", "meta": "meta-color-scheme",
}  # fmt: skip


class Uses(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self, features: set[str]) -> None:
        super().__init__()
        self.features = features
        self.used: set[str] = set()
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element, its attributes and its inlined styles."""
        self._in_style = tag == "style"
        self._note(f"html-{TAGS.get(tag, tag)}")
        for name, value in attrs:
            self._note(f"html-{name}")
            if name == "style":
                self.declarations(value or "")
            if name == "href" and (value or "").startswith("mailto:"):
                self.used.add("html-mailto-links")

    def handle_endtag(self, tag: str) -> None:
        """The end of a style sheet."""
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        """A style sheet's rules."""
        if self._in_style:
            self.declarations(re.sub(r"[^{}]*\{", "", data).replace("}", ";"))
            self.used |= {"css-at-media"} if "@media" in data else set()
            self.used |= {"css-at-media-prefers-color-scheme"} if "prefers-color-scheme" in data else set()
            self.used |= {"css-pseudo-class-hover"} if ":hover" in data else set()
            self.used |= {"css-important"} if "!important" in data else set()

    def declarations(self, text: str) -> None:
        """Properties, each by its own name or its shorthand's."""
        for declaration in text.split(";"):
            name, colon, value = (piece.strip() for piece in declaration.partition(":"))
            parts = name.split("-")
            for count in range(len(parts), 0, -1):
                if colon and self._note("css-" + "-".join(parts[:count])):
                    break
            if name == "display" and value.startswith("none"):
                self.used.add("css-display-none")

    def _note(self, slug: str) -> bool:
        if slug in self.features:
            self.used.add(slug)
        return slug in self.features


@pytest.fixture(scope="module")
def data() -> dict[str, dict[str, Any]]:
    """caniemail's features by their slug."""
    features = json.loads(node_file("caniemail/data/caniemail.json").read_text(encoding="utf-8"))["data"]
    return {feature["slug"]: feature for feature in features}


@pytest.fixture(scope="module")
def used(data: dict[str, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The features that the occasions use together."""
    root: Path = tmp_path_factory.mktemp("department")
    slugs: set[str] = set()
    for story in STORIES.values():
        _, message = page_and_message(story(), root)
        page = Uses(set(data))
        page.feed(message.html or "")
        slugs |= page.used
    return slugs


def lacking(feature: dict[str, Any]) -> list[str]:
    """The clients of which no current version supports the feature, not even in part."""
    clients = []
    for name, (family, platform) in CLIENTS.items():
        stats = feature["stats"].get(family, {})
        versions = [stats[platform]] if platform else list(stats.values())
        latest = [list(support.values())[-1] for support in versions if support]
        if latest and all(value.startswith("n") for value in latest):
            clients.append(name)
    return clients


def test_what_a_client_lacks_has_its_fallback(data: dict[str, dict[str, Any]], used: set[str]) -> None:
    """The list of what is used and not everywhere supported is this one, with what is seen instead."""
    lacked = {slug for slug in used if lacking(data[slug])}
    assert sorted(lacked) == sorted(FALLBACKS)


def test_nothing_is_used_that_every_client_lacks(data: dict[str, dict[str, Any]], used: set[str]) -> None:
    """What no client shows would be written for nobody."""
    assert [slug for slug in used if len(lacking(data[slug])) == len(CLIENTS)] == []
    assert len(used) > 30
