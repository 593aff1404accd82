"""Posters: one sheet of the country's paper, whatever the talk says, with a code that leads to its page."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from announcer.domain.department import Site
from announcer.domain.talk import Audience, Refreshments, Speaker, Status, Talk
from announcer.message.templates.rendering import Templates
from announcer.publish import Records
from announcer.publish.listing import listing
from announcer.publish.pages import Press
from announcer.publish.posters import PosterView
from announcer.publish.site_views import shared
from tests.message.browser import chromium
from tests.message.samples import CHICAGO, SENT, TEMPLATES, department, seed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORDS = [
    "the",
    "of",
    "spectrum",
    "bound",
    "states",
    "and",
    "show",
    "that",
    "moduli",
    "theory",
    "quantum",
    "lattice",
]
FITS = """() => {
  const inside = document.querySelector('.abstract').getBoundingClientRect();
  const sheet = document.querySelector('.sheet').getBoundingClientRect();
  const low = [...document.querySelectorAll('.abstract > *')].map(one => one.getBoundingClientRect().bottom);
  const foot = document.querySelector('footer').getBoundingClientRect();
  return Math.max(inside.top, ...low) <= inside.bottom + 1.5 && foot.bottom <= sheet.bottom + 0.5;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


def words(length: int, chance: random.Random, paragraphs: int = 1) -> str:
    """So many characters that look like somebody's."""
    made = []
    for _ in range(paragraphs):
        text = ""
        while len(text) < length / paragraphs:
            text += chance.choice(WORDS) + " "
        made.append(text.strip().capitalize() + ".")
    return "\n\n".join(made)


def made(talk: Talk, locale: str = "en_US") -> tuple[str, PosterView]:
    """The poster of a talk, and what it was made of."""
    home = department(site=Site(url="https://physics.example.edu/talks"), locale=locale)
    records = Records(
        department=home,
        talks=[talk],
        broken=(),
        entries=[],
        now=SENT.astimezone(CHICAGO),
        audience=Audience.PUBLIC,
    )
    listed, templates = listing(records), Templates([TEMPLATES])
    press = Press(records, root=Path(), templates=templates, shared=shared(records, listed))
    values = press.sheet(listed.talks[0], is_over=False).values
    poster = values["poster"]
    assert isinstance(poster, PosterView)
    return templates.render("site/poster.html", values), poster


def random_talk(chance: random.Random) -> Talk:
    """A talk with a title, speakers and an abstract of any length."""
    homes = [None, "ETH", "University of California, Santa Barbara, and Example National Laboratory"]
    names = ["Ada Lindqvist", "Bartholomew Featherstonehaugh-Example", "Bo Ek"]
    speakers = tuple(
        Speaker(name=chance.choice(names), affiliation=chance.choice(homes))
        for _ in range(chance.choice([1, 1, 1, 2, 3, 5]))
    )
    return seed(
        title=words(chance.choice([10, 40, 70, 110, 160, 230, 300]), chance),
        speakers=speakers,
        abstract=words(
            chance.choice([200, 700, 1200, 2500, 2500, 4000, 6000]), chance, chance.choice([1, 2, 4])
        ),
        refreshments=chance.choice([None, Refreshments(what="Coffee")]),
        status=chance.choice([Status.CONFIRMED, Status.TENTATIVE]),
        lists=("public-lectures",),
    )


@pytest.mark.parametrize(("locale", "paper"), [("en_US", "letter"), ("de_DE", "A4")])
def test_one_sheet_holds_every_talk(browser: Browser, locale: str, paper: str) -> None:
    """Nothing is cut off at the edge of the abstract's room, and the facts stand on the sheet."""
    chance = random.Random(f"posters {locale}")
    page = browser.new_page(viewport={"width": 900, "height": 1300})
    for _ in range(40):
        talk = random_talk(chance)
        html, poster = made(talk, locale)
        assert poster.paper == paper
        page.set_content(html)
        assert page.evaluate(FITS), (len(talk.title or ""), len(talk.abstract or ""), poster.abstract_size)
    page.close()


@pytest.mark.parametrize(("locale", "size"), [("en_US", (612, 792)), ("de_DE", (595, 842))])
def test_it_prints_on_one_page_of_that_paper(browser: Browser, locale: str, size: tuple[int, int]) -> None:
    """As a browser prints it to PDF, with 2,500 characters of abstract and all of them on it."""
    talk = seed(
        abstract=words(2500, random.Random("one page"), 3),
        lists=("public-lectures",),
        title="On bound states",
    )
    html, poster = made(talk, locale)
    assert poster.abstract is not None
    assert "..." not in poster.abstract.text
    page = browser.new_page()
    page.set_content(html)
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", data)
    assert box
    assert (round(float(box[1])), round(float(box[2]))) == size


def test_the_code_leads_to_the_page(browser: Browser) -> None:
    """A QR code whose modules say the address that is printed under it."""
    segno = pytest.importorskip("segno")
    html, poster = made(seed(lists=("public-lectures",)))
    address = "https://physics.example.edu/talks/talks/2026-bordelon.html"
    assert poster.address == address
    path = re.search(r'<path[^>]* d="([^"]+)"', poster.code or "")
    wanted = re.search(r' d="([^"]+)"', segno.make(address, error="m").svg_inline(border=0))
    assert path
    assert wanted
    assert path[1] == wanted[1]
    page = browser.new_page()
    page.set_content(html)
    assert page.locator(".address").inner_text().replace("\n", "") == address.removeprefix("https://")
    page.close()


def test_an_abstract_that_is_too_long_ends_at_a_word() -> None:
    """Three dots say that there is more, which is on the page that the code leads to."""
    _, poster = made(seed(abstract=words(9000, random.Random("long"), 6), lists=("public-lectures",)))
    assert poster.abstract is not None
    assert re.search(r"\w\.\.\.</p>$", poster.abstract.html)
    assert poster.abstract_size == 9.2
