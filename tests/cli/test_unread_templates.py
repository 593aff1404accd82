"""`check` composes what is planned, and says of templates and pictures what nobody would see."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.departments import Folder, sample

TALK = "talks/colloquium/2026-bordelon.yaml"
NOW = ("--now", "2026-11-27 10:00")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The sample department."""
    return sample(tmp_path)


def template(folder: Folder, name: str, text: str) -> None:
    """Writes one of the department's own."""
    path = folder.path / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_misspelt_folder_is_not_passed_over(folder: Folder) -> None:
    """With the right name; a piece that another template includes is read."""
    template(folder, "anouncement/body.html", "never seen")
    template(folder, "parts/coffee.txt", "coffee")
    template(
        folder,
        "announcement/body.txt",
        '{% extends "builtin/announcement/body.txt" %}{% block sponsor %}'
        '{% include "parts/coffee.txt" %}{% endblock %}',
    )
    output = folder.announcer("check", *NOW).stdout
    assert output.count("warning[template-unread]") == 1
    assert "templates/anouncement/body.html:1:1" in output
    assert "rename it to templates/announcement/body.html" in output


def test_a_block_that_nothing_shows_is_remarked_on(folder: Folder) -> None:
    """At its name, with the one that is meant; blocks of its own within others are fine."""
    body = '{% extends "builtin/announcement/body.html" %}\n{% block sponsr %}x{% endblock %}\n'
    template(
        folder,
        "announcement/body.html",
        body + "{% block sponsor %}{% block mine %}y{% endblock %}{% endblock %}",
    )
    output = folder.announcer("check", *NOW).stdout
    assert "templates/announcement/body.html:2:10: warning[template-block]" in output
    assert "did you mean sponsor?" in output
    assert output.count("template-block") == 1


def test_every_warning_of_a_message_reaches_check_show_and_run(folder: Folder) -> None:
    """Not the preview alone."""
    template(folder, "announcement/body.txt", "{{ talk.title }} by {{ talk.who }}")
    warning = "warning[template-forgets-time]"
    assert warning in folder.announcer("check", *NOW).stdout
    assert warning in folder.announcer("show", "2026-bordelon", "announcement").stderr
    assert warning in folder.announcer("run", "--now", "2026-11-30 09:00").stderr


def test_an_empty_picture_is_an_error(folder: Folder) -> None:
    """A copy that failed; the mail would go without a face."""
    (folder.path / "ada.jpg").write_bytes(b"")
    folder.edit(TALK, "speaker:\n", "speaker:\n  photo: {path: ada.jpg, alt: Ada}\n")
    done = folder.announcer("check", *NOW)
    assert done.returncode == 3
    assert "error[photo-missing]" in done.stdout
    assert "has 0 bytes" in done.stdout
    Image.new("RGB", (10, 10)).save(folder.path / "ada.jpg")
    assert folder.announcer("check", *NOW).returncode == 0
