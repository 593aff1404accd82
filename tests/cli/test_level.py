"""A field of a talk is one declaration: `level`, met wherever fields of a talk are met."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from announcer.domain.talk import Audience
from announcer.message.compose import Composer
from tests.cli.conftest import Folder
from tests.message.samples import SENT, TEMPLATES, department, digest, full

TALK = "talks/colloquium/2026-bordelon.yaml"


@pytest.fixture
def levelled(folder: Folder) -> Folder:
    """The sample department with a talk for graduates."""
    path = folder.path / TALK
    path.write_text(path.read_text(encoding="utf-8") + "level: graduate\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("audience", ["colloquium", "public-lectures"])
def test_a_mail_has_its_row(levelled: Folder, audience: str) -> None:
    """In text and in HTML, for an internal list and a public one."""
    shown = ("show", "2026-bordelon", "announcement", "--list", audience)
    assert "\nLevel:          graduate\n" in levelled.announcer(*shown, "--format", "text").stdout
    page = levelled.announcer(*shown, "--format", "html").stdout
    assert "".join(page.split()).count(">Level</th>") == 1
    context = levelled.announcer(*shown, "--context").stdout
    assert "level" in context
    assert "graduate" in context


def test_the_series_gives_it_to_a_silent_talk(folder: Folder) -> None:
    """It is inherited, and a series may require it before an occasion goes."""
    config = folder.path / "announcer.yaml"
    text = config.read_text(encoding="utf-8")
    name = "    name: Physics Colloquium\n"
    config.write_text(text.replace(name, f"{name}    level: for all\n"), encoding="utf-8")
    shown = folder.announcer("show", "2026-bordelon", "announcement", "--format", "text").stdout
    assert "Level:          for all\n" in shown


def test_check_and_new_and_the_schema_know_it(levelled: Folder) -> None:
    """Did you mean, lints, the editor's schema, the option of new and its commented line."""
    assert json.loads(levelled.announcer("schema", "talk").stdout)["properties"]["level"]["examples"] == [
        "graduate"
    ]
    path = levelled.path / TALK
    path.write_text(path.read_text(encoding="utf-8").replace("level: graduate", "difficulty: high"))
    [unknown] = json.loads(levelled.announcer("check", "--json").stdout)["problems"]
    assert unknown["hint"] == "did you mean level?"
    path.write_text(path.read_text(encoding="utf-8").replace("difficulty: high", "level: '{{ level }}'"))
    [mark] = json.loads(levelled.announcer("check", "--json").stdout)["problems"]
    assert mark["code"] == "template-mark"
    path.write_text(path.read_text(encoding="utf-8").replace("level: '{{ level }}'", ""))
    new = ("new", "--no-input", "--now", "2026-11-23 09:00", "--id")
    assert levelled.announcer(*new, "one", "--level", "graduate").returncode == 0
    assert "\nlevel: graduate\n" in (levelled.path / "talks/colloquium/one.yaml").read_text(encoding="utf-8")
    assert levelled.announcer(*new, "two").returncode == 0
    assert "\n# level: graduate\n" in (levelled.path / "talks/colloquium/two.yaml").read_text(
        encoding="utf-8"
    )


def test_a_digest_may_show_it_and_preview_does(levelled: Folder, tmp_path: Path) -> None:
    """A template reads a talk's details, in a digest too; of a confidential talk a public list has none."""
    (tmp_path / "digest").mkdir()
    extended = "{% extends 'builtin/digest/body.txt' %}{% block content %}{% for talk in talks %}"
    rows = (
        "{% for one in talk.details %}{{ one.label }}={{ one.value }};{% endfor %}{% endfor %}{% endblock %}"
    )
    (tmp_path / "digest/body.txt").write_text(extended + rows, encoding="utf-8")
    composed = Composer(department(), root=tmp_path, templates=[tmp_path, TEMPLATES])
    for is_secret, row in ((False, "Level=graduate;"), (True, "")):
        talk = full(
            level="graduate",
            accessibility=None,
            parking=None,
            contact=None,
            confidential="Special talk" if is_secret else "",
        )
        message = composed.compose(digest(talk, audience=Audience.PUBLIC), date=SENT)
        assert row in message.text
        assert ("graduate" in message.text) is not is_secret
    assert levelled.announcer("preview", "--out", "pages").returncode == 0
    pages = [page.read_text(encoding="utf-8") for page in (levelled.path / "pages").rglob("*.html")]
    assert [page for page in pages if "graduate" in page] != []
