"""Which files there are, and that nothing private is in a byte of them."""

from __future__ import annotations

import json
import re

import pytest

from tests.publish.conftest import HIDDEN, NOW, Site

PRIVATE = (
    *("Topological", "kitchens", "Xenia", "Verborgen", "Nowhere Institute", "kettles", "Heimlich"),
    *("hugo@physics.example.edu", "2026-xenia"),
    *("Scribblings", "Nobody Yet", "2026-unfinished", "flowers"),
    *("hemlock42", "8837", "883 7718 2231", "max.muster@physics.example.edu"),
    *("lists.example.edu", "members", "office@physics.example.edu"),
)
"""A candidate, a draft, notes, passcodes, people's and lists' addresses."""


def test_each_talk_has_a_page_a_poster_and_an_entry(full: Site) -> None:
    """The files that docs/publish.md names, and no others; a draft has none, nor a week without a talk."""
    full.publish(NOW)
    hidden = HIDDEN
    talks = {"2026-ada", "2026-ice", "2027-perhaps", "2026-early", hidden}
    expected = {f"talks/{name}{end}" for name in talks for end in (".html", ".ics", "-poster.html")}
    expected |= {"index.html", "term-2026-2.html", "term-2027-1.html", "screen.html", ".announcer-site.json"}
    expected |= {"all.ics", "colloquium.ics", "seminar.ics", "feed.atom", "talks.json", "talks.schema.json"}
    files = set(full.files())
    photos = {name for name in files if name.startswith("photos/")}
    assert files - photos == expected
    assert len(photos) == 1


@pytest.mark.parametrize("secret", PRIVATE)
def test_nothing_private_is_in_a_byte(published: dict[str, bytes], secret: str) -> None:
    """Names and contents of all files, as they are and as JSON, XML and calendars write them."""
    for name, data in published.items():
        words = re.sub(r"\r?\n[ \t]", "", data.decode("utf-8", "replace")).casefold()
        assert secret.casefold() not in f"{name} {words}"
        assert json.dumps(secret)[1:-1].casefold() not in words


def test_a_candidates_page_is_what_a_public_list_gets(full: Site) -> None:
    """The series, the time and the place, and no performer for search engines."""
    full.publish(NOW)
    page = full.read(f"talks/{HIDDEN}.html")
    assert "Faculty candidate talk" in page
    assert "Thursday, December 3, 2026" in page
    assert "performer" not in page


def test_internal_files_say_what_internal_lists_are_told(full: Site) -> None:
    """With --internal the candidate's name and the passcode are there, and still nobody's address."""
    full.publish(NOW, "--internal")
    page = full.read(f"talks/{HIDDEN}.html")
    assert "Xenia Verborgen" in page
    assert "hemlock42" in full.read("talks/2026-ada.html")
    everything = b"".join(full.files().values())
    for secret in (b"max.muster@", b"hugo@", b"flowers", b"Scribblings", b"lists.example.edu"):
        assert secret not in everything


def test_what_goes_to_internal_lists_alone_is_not_published(full: Site) -> None:
    """A talk that no public list hears of has no file, and that is said."""
    text = (full.path / "talks/seminar/2026-ice.yaml").read_text(encoding="utf-8")
    full.write("talks/seminar/2026-ice.yaml", f"{text}lists: [members]\n")
    done = full.publish(NOW)
    assert "1 talk goes to internal lists alone" in done.stderr
    assert b"Spin ice" not in b"".join(full.files().values())


def test_a_private_value_in_a_template_stops_that_talk_alone(full: Site) -> None:
    """What a department's own template would give away is not written; the other talks are."""
    full.write(
        "templates/site/talk.html",
        '{% extends "builtin/site/talk.html" %}{% block sponsor %}Max, hemlock42{% endblock %}',
    )
    done = full.announcer("publish", "--out", "public", "--now", NOW)
    assert done.returncode == 3
    assert "private-value" in done.stderr
    assert "talks/2026-ada.html" in done.stderr
    files = full.files()
    assert "talks/2026-ada.html" not in files
    assert "talks/2026-ice.html" in files
    assert "Invariants" not in full.read("index.html")


def test_a_private_value_in_the_news_template_stops_that_news_alone(full: Site) -> None:
    """What only the feed would give away stays out of it; the talk's page is there."""
    full.write(
        "templates/site/news.html",
        "{{ talk.names }}{% if page.page == 'talks/2026-ada.html' %}hemlock42{% endif %}",
    )
    done = full.announcer("publish", "--out", "public", "--now", NOW)
    assert done.returncode == 3
    assert "feed.atom" in done.stderr
    assert "hemlock42" not in full.read("feed.atom")
    assert "Spin ice" in full.read("feed.atom")
    assert "talks/2026-ada.html" in full.files()
    assert full.announcer("publish", "--out", "public", "--now", NOW).returncode == 3


def test_a_department_extends_a_page_block_by_block(full: Site) -> None:
    """As with mails: a file of the same path, which may extend the built-in one."""
    full.write(
        "templates/site/index.html",
        '{% extends "builtin/site/index.html" %}{% block heading %}<h1>Colloquia</h1>{% endblock %}',
    )
    full.publish(NOW)
    assert "<h1>Colloquia</h1>" in full.read("index.html")
    assert "Spin ice" in full.read("index.html")


def test_without_a_ledger_there_are_no_calendars_and_no_candidates(full: Site) -> None:
    """Nobody knows what was told: no UID and no SEQUENCE is guessed, and that is said."""
    for file in (full.path / ".announcer").glob("ledger*"):
        file.unlink()
    done = full.publish(NOW)
    files = full.files()
    assert "no calendars and no confidential talks" in done.stderr
    assert not [name for name in files if name.endswith(".ics")]
    assert f"talks/{HIDDEN}.html" not in files
    assert "talks/2026-ada.html" in files
    assert ".ics" not in full.read("index.html") + full.read("talks/2026-ada.html")


def test_the_index_has_coming_talks_by_day_then_past_ones(full: Site) -> None:
    """Every title is a link, a title that is not known is said to be unknown, a week off says why."""
    full.publish(NOW)
    index = full.read("index.html")
    order = [
        "Wednesday, December 2, 2026",
        "Thursday, December 3, 2026",
        "No Physics Colloquium",
        "The hall is being painted.",
        "Title to be announced",
        "Past talks, July – December 2026",
        "Early days",
    ]
    assert [at for at in map(index.find, order) if at < 0] == []
    assert [index.find(text) for text in order[:3]] == sorted(index.find(text) for text in order[:3])
    assert index.find("Past talks") < index.find("Early days")
    assert 'href="talks/2026-ada.html"' in index
    assert "tomorrow" not in index


def test_the_next_day_moves_what_is_over_and_touches_no_other_page(full: Site) -> None:
    """Talks are grouped by their dates: of the pages alone that of the talk that is over changes."""
    full.publish("2026-12-02 23:00")
    before = full.files()
    full.publish("2026-12-03 08:00")
    after = full.files()
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        ".announcer-site.json",
        "index.html",
        "talks/2026-ada.html",
    }
