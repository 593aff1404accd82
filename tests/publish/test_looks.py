"""The pages in a browser: valid, readable by everybody, on every width, in light, dark and on paper."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.message.browser import chromium, violations
from tests.message.programs import node_file, program
from tests.publish.conftest import HIDDEN, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = (
    "index.html",
    "term-2026-2.html",
    "screen.html",
    "talks/2026-ada.html",
    "talks/2026-ada-poster.html",
    "talks/2026-ice.html",
    "talks/2026-late.html",
    "talks/2026-gone.html",
    f"talks/{HIDDEN}.html",
)
WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(one => !one.closest('.skip, .unseen, .equation'))
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def pages(announced: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a department with everything: a cancelled, a moved, a tentative and a vanished talk."""
    import shutil

    path = tmp_path_factory.mktemp("looks")
    shutil.copytree(announced, path, dirs_exist_ok=True)
    site = Site(path)
    late = "date: 2026-12-04\ntitle: On being late\nspeaker: {name: Cy Sample, affiliation: Sample College}\n"
    site.talk("2026-late", late)
    site.talk("2026-gone", late.replace("late", "gone").replace("12-04", "12-07"))
    site.tell("2026-11-30 09:00")
    site.publish("2026-11-30 09:05")
    (path / "talks/colloquium/2026-gone.yaml").unlink()
    site.talk("2026-late", late + "status: cancelled\nnotice: The flight was cancelled.\n")
    site.write(
        "talks/seminar/2026-ice.yaml",
        "date: 2026-12-05\nlocation: Crow 305\ntitle: Spin ice\nspeaker: {name: Åsa Prov}\n",
    )
    site.publish("2026-11-30 10:00")
    return site.out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


def opened(browser: Browser, file: Path, *, width: int = 1280, dark: bool = False) -> Page:
    """A page as a reader has it, who reaches nothing but these files."""
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert [url for url in asked if not url.startswith("file:")] == []
    return page


def test_the_html_is_valid(pages: Path) -> None:
    """The Nu HTML checker finds nothing."""
    java = program("java", "apt-get install default-jre-headless")
    jar = node_file("vnu-jar/build/dist/vnu.jar")
    files = [str(pages / name) for name in PAGES]
    done = subprocess.run(
        [java, "-jar", str(jar), "--errors-only", "--format", "gnu", *files],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stderr.splitlines() == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(browser: Browser, pages: Path, name: str) -> None:
    """axe-core's rules and its best practices, and the colors in dark, too."""
    page = opened(browser, pages / name)
    faults = violations(page)
    page.emulate_media(color_scheme="dark")
    faults += violations(page, contrast=True)
    # Nobody reads or works on the screen in the lobby, which must reload itself.
    assert [fault for fault in faults if (name, fault[0]) != ("screen.html", "meta-refresh")] == []
    page.close()


@pytest.mark.parametrize("name", [name for name in PAGES if "poster" not in name and "screen" not in name])
def test_nothing_is_wider_than_the_screen(browser: Browser, pages: Path, name: str) -> None:
    """From the narrowest phone to the widest desk nobody scrolls sideways."""
    page = opened(browser, pages / name)
    for width in (320, 390, 768, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, page.evaluate(WIDE)) == (width, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_pages_are_light_and_ask_nobody_else(pages: Path) -> None:
    """Under 60 KB each without pictures; no script but data, no font, style or picture from elsewhere."""
    for file in pages.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert len(text.encode()) < 60_000
        scripts = re.findall(r"<script[^>]*>", text)
        assert set(scripts) <= {'<script type="application/ld+json">'}
        assert not re.search(r"@import|@font-face|url\(|<link[^>]*stylesheet|<iframe|<object|\son\w+=", text)
        for source in re.findall(r'src="([^"]*)"', text):
            assert (file.parent / source).is_file()


def test_every_link_within_the_site_leads_somewhere(pages: Path) -> None:
    """Each relative address is a file, each fragment an id in it."""
    for file in pages.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        for target in re.findall(r'href="([^":]*)"', text):
            name, _, fragment = target.partition("#")
            linked = (file.parent / name).resolve() if name else file
            assert linked.is_file(), (file.name, target)
            assert not fragment or f'id="{fragment}"' in linked.read_text(encoding="utf-8")


def test_the_screen_fits_a_screen(browser: Browser, pages: Path) -> None:
    """1920 by 1080 without scrolling, no type under 40 pixels, and it reloads itself."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto((pages / "screen.html").as_uri())
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
        1920,
        1080,
    ]
    small = page.evaluate(
        "() => [...document.querySelectorAll('main *')]"
        ".filter(one => [...one.childNodes].some(n => n.nodeType == 3 && n.textContent.trim())"
        " && !one.closest('sub, sup') && parseFloat(getComputedStyle(one).fontSize) < 40)"
        ".map(one => one.outerHTML)"
    )
    assert small == []
    cut = page.evaluate(
        "() => [...document.querySelectorAll('li')].filter(one => one.scrollHeight > one.clientHeight + 1)"
        ".map(one => one.innerText)"
    )
    assert cut == []
    assert page.evaluate("document.querySelector('meta[http-equiv=refresh]').content") == "900"
    assert page.locator("li").count() <= 6
    page.close()
