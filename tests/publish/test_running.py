"""`run` publishes by itself after something changed, and sends whatever becomes of that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.publish.conftest import CONFIG, Site

SOON = datetime.now(UTC).date() + timedelta(days=5)
TALK = f"date: {SOON}\ntitle: On tops\nspeaker: {{name: Ada Example, affiliation: Sample College}}\n"


@pytest.fixture
def running(site: Site) -> Site:
    """The department with a talk whose announcement is due, published by each run."""
    site.write("announcer.yaml", CONFIG.replace('talks"}', 'talks", out: public}'))
    site.talk("soon", TALK)
    return site


def test_a_run_sends_and_publishes(running: Site) -> None:
    """What it sent is in the calendar and in the news at once."""
    done = running.announcer("run")
    assert done.returncode == 0, done.stderr
    assert "files written" in done.stdout
    assert len(running.mailed("everybody")) == 1
    assert "On tops" in running.read("index.html")
    assert "On tops" in running.read("colloquium.ics")
    assert "On tops" in running.read("feed.atom")


def test_a_run_without_a_change_looks_at_no_page(running: Site) -> None:
    """Nothing is written and nothing said; an edit, a template and a lost file bring the pages up to date."""
    running.announcer("run")
    before = {name: (running.out / name).stat().st_mtime_ns for name in running.files()}
    assert "Published" not in running.announcer("run").stdout
    assert before == {name: (running.out / name).stat().st_mtime_ns for name in running.files()}
    running.talk("soon", TALK.replace("tops", "bottoms"), at=datetime(2026, 11, 21, tzinfo=UTC))
    assert "Published" in running.announcer("run").stdout
    assert "On bottoms" in running.read("index.html")
    running.write(
        "templates/site/index.html",
        '{% extends "builtin/site/index.html" %}{% block heading %}<h1>Ours</h1>{% endblock %}',
    )
    assert "Published" in running.announcer("run").stdout
    assert "<h1>Ours</h1>" in running.read("index.html")


@pytest.mark.parametrize(
    ("name", "text", "code", "problem_code"),
    [
        ("public/index.html", "somebody else's", 1, "not-ours"),
        ("templates/site/talk.html", "{{ tlak.title }}", 3, "template-variable"),
        ("public", "a file", 1, "system"),
    ],
)
def test_what_keeps_the_site_from_being_published_keeps_no_mail(
    running: Site, name: str, text: str, code: int, problem_code: str
) -> None:
    """The mail goes; the exit code and stderr say the rest."""
    running.write(name, text)
    done = running.announcer("run")
    assert len(running.mailed("everybody")) == 1
    assert done.returncode == code
    assert problem_code in done.stderr
    assert "What was due is sent" in done.stderr


def test_a_rehearsed_moment_is_not_published(running: Site) -> None:
    """What everybody sees is as of now; `publish --now` shows another moment in a folder of its own."""
    running.announcer("run", "--now", f"{SOON} 12:00")
    assert not running.out.exists()
    done = running.announcer("publish", "--now", f"{SOON + timedelta(days=1)} 12:00", "--out", "there")
    assert done.returncode == 0, done.stderr
    assert "Past talks" in (running.path / "there" / "index.html").read_text(encoding="utf-8")


def test_publish_finds_its_folder_in_the_config(running: Site) -> None:
    """Without --out it is that of `site:`; without both, what to write is said."""
    running.announcer("run")
    assert running.announcer("publish").returncode == 0
    running.write("announcer.yaml", CONFIG)
    done = running.announcer("publish")
    assert done.returncode == 2
    assert "`site: {out: public}`" in done.stderr
