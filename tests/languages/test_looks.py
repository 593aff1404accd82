"""Mails in words half as long again, in a browser: nothing is too wide, and everybody can read them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from announcer.message.compose import Composer
from tests.languages.pseudo import PSEUDO
from tests.message.browser import page_of, violations
from tests.message.samples import SENT, TEMPLATES
from tests.message.stories import STORIES, STYLED, page_and_message
from tests.message.test_looks import LOOKS, OVERFLOWING

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An announcement, a correction and a digest in the pseudo-language."""
    root: Path = tmp_path_factory.mktemp("department")
    composer = Composer(replace(STYLED, labels={"": PSEUDO}), root=root, templates=[TEMPLATES])
    made = {}
    for name in ("announcement, full", "correction", "digest, changed"):
        story = STORIES[name]()
        page_and_message(story, root)
        made[name] = page_of(composer.compose(story, date=SENT))
    return made


@pytest.mark.parametrize("look", LOOKS)
def test_long_words_fit_and_everybody_can_read_them(
    browser: Browser, pages: dict[str, str], look: str
) -> None:
    """Nothing is wider than the window, and axe-core finds no violation."""
    view = browser.new_page(**LOOKS[look])
    view.route("http*://**/*", lambda route: route.abort())
    for name, page in pages.items():
        view.set_content(page)
        assert view.inner_text("body").count("~]") > 2
        assert (name, view.evaluate(OVERFLOWING)) == (name, [])
        assert (name, violations(view)) == (name, [])
    view.close()
