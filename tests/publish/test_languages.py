"""Published pages in each language: every word of ours from a catalogue, and room for long ones."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from announcer.domain.department import Department
from announcer.domain.talk import Audience
from announcer.publish import Records
from announcer.service.project import Clock, Project
from announcer.service.publishing import edition_of
from tests.languages.pseudo import DATES, PSEUDO, left_over, seen, words_in
from tests.languages.samples import OTHERS
from tests.message.browser import chromium, violations
from tests.publish.conftest import Site
from tests.publish.test_looks import WIDE, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("America/Chicago"))
LATE = "date: 2026-12-04\ntitle: On being late\nspeaker: {name: Cy Sample, affiliation: Sample College}\n"
NAMES = {"google", "calendar", "ics", "html"}
"""What is called so in every language."""


@pytest.fixture(scope="module")
def records(announced: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Records]:
    """A department with everything: a cancelled, a moved and a tentative talk, a week without one."""
    path = tmp_path_factory.mktemp("languages")
    shutil.copytree(announced, path, dirs_exist_ok=True)
    site = Site(path)
    site.talk("2026-late", LATE)
    site.tell("2026-11-30 09:00")
    site.talk("2026-late", LATE + "status: cancelled\n")
    moved = "date: 2026-12-05\nlocation: Crow 305\ntitle: Spin ice\nspeaker: {name: Åsa Prov}\n"
    site.write("talks/seminar/2026-ice.yaml", moved)
    clock = Clock(machine=lambda: NOW, now=lambda name: NOW.astimezone(ZoneInfo(name)))
    project = Project(root=path, timepiece=clock, environ={})
    ledger = project.ledger(read_only=True)
    entries = ledger.entries(project.realm)
    ledger.close()
    return path, Records(
        department=project.department,
        talks=project.loaded.talks,
        broken=project.loaded.broken,
        entries=entries,
        now=NOW,
        audience=Audience.PUBLIC,
    )


def files(records: tuple[Path, Records], **settings: object) -> dict[str, str]:
    """What is published of a department that says this too."""
    root, known = records
    department: Department = replace(known.department, **settings)  # type: ignore[arg-type]
    made = edition_of(root, replace(known, department=department), kept={}, present={})
    assert list(made.problems) == []
    return {name: data.decode() for name, data in made.files.items() if data and not name.endswith(".jpg")}


def read(name: str, text: str) -> str:
    """What a person reads of a file."""
    if name.endswith(".ics"):
        lines = text.replace("\r\n ", "").replace("\\n", "\n").replace("\\,", ",")
        return "\n".join(re.findall(r"(?:SUMMARY|DESCRIPTION|NAME)[^:]*:(.*)", lines))
    if name.endswith(".atom"):
        texts = re.findall(r"(?s)<(?:title|name|content)[^>]*>(.*?)<", text)
        return seen(unescape("\n".join(texts)))
    if name.endswith(".html"):
        described = re.findall(r'<meta name="description" content="([^"]*)"', text)
        return "\n".join([seen(re.sub(r"(?s)<script.*?</script>", "", text)), *described])
    return ""


def test_every_word_of_a_page_comes_from_the_catalogue(records: tuple[Path, Records]) -> None:
    """In a language of brackets nothing stands outside of them but what people wrote, and dates: in pages,
    posters, the screen, calendars and the feed."""
    made = files(records, labels={"": PSEUDO})
    theirs = {
        word.casefold() for word in (*words_in(records[1].talks), *words_in(records[1].department), *DATES)
    } | NAMES
    assert {name.rpartition(".")[2] for name in made} == {"html", "ics", "atom", "json"}
    foreign = {name: left_over(read(name, text), theirs) for name, text in made.items()}
    assert {name: words for name, words in foreign.items() if words} == {}
    assert sum(text.count("~]") for text in made.values()) > 200


@pytest.mark.parametrize("language", OTHERS)
def test_a_page_says_its_language(language: str, records: tuple[Path, Records]) -> None:
    """And has the same talks, addresses and data as in any other."""
    made = files(records, locale=language)
    english = files(records)
    assert made.keys() == english.keys()
    for name, text in made.items():
        assert "%(" not in text
        if name.endswith(".html"):
            assert f'<html lang="{language.replace("_", "-")}"' in text, name
            assert re.findall(r'href="([^"]*)"', text) == re.findall(r'href="([^"]*)"', english[name])
    talks = [json.loads(published["talks.json"])["talks"] for published in (made, english)]
    facts = [
        [(talk["id"], talk["start"], talk["title"], talk["place"]) for talk in edition] for edition in talks
    ]
    assert facts[0] == facts[1]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.mark.parametrize("width", [375, 1280])
def test_long_words_have_room(
    width: int, browser: Browser, records: tuple[Path, Records], tmp_path: Path
) -> None:
    """Nothing is wider than the window, in light and dark, and axe-core finds no violation."""
    made = files(records, labels={"": PSEUDO})
    for name in ("index.html", "talks/2026-ada.html"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(made[name], encoding="utf-8")
        page = opened(browser, file, width=width, dark=width < 500)
        assert page.inner_text("body").count("~]") > 5
        assert (name, page.evaluate(WIDE)) == (name, [])
        assert (name, violations(page)) == (name, [])
        page.close()
