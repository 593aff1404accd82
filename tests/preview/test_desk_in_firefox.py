"""The desk in a real Firefox, which sends forms, dates and keys in its own way."""

from __future__ import annotations

from pathlib import Path

from tests.departments import sample
from tests.preview.conftest import NOW, running
from tests.preview.firefox import firefox


def test_a_talk_is_written_and_confirmed(tmp_path: Path) -> None:
    """A problem at its field, the email beside it, a draft, and the click that confirms it."""
    for name in ("department", "profile"):
        (tmp_path / name).mkdir()
    folder = sample(tmp_path / "department")
    with firefox(tmp_path / "profile") as page, running(folder, "--now", NOW) as preview:
        page.open(f"{preview.url}/?token={preview.token}")
        page.open(f"{preview.url}/desk/new")
        page.wait("document.body.dataset.read")
        page.type("#box-speaker-0-name", "Emmy Noether")
        page.type("#box-title", "Invariants")
        page.wait("document.getElementById('desk-subject').textContent.endsWith('Noether: Invariants')")
        page.value("document.getElementById('more').open = true")
        page.type("#box-online-url", "nowhere")
        page.wait("document.querySelector('#box-online-url-problems li.error')")
        assert page.value("document.getElementById('desk-says').textContent.trim()") == "1 to mend"
        page.type("#box-online-url", "\ue003" * len("nowhere"))
        page.wait("document.getElementById('desk-says').textContent.trim() === 'Nothing to mend'")
        page.click(".desk-bar [value=draft]")
        page.wait(
            "(document.querySelector('.good') || {textContent: ''}).textContent.includes('reaches nobody')"
        )
        page.wait("document.body.dataset.read")
        page.click(".desk-bar [value=confirm]")
        page.wait("(document.querySelector('.good') || {textContent: ''}).textContent.includes('Confirmed')")
        assert page.value("document.documentElement.scrollWidth <= window.innerWidth")
    written = (folder.path / "talks/colloquium/2026-noether.yaml").read_text(encoding="utf-8")
    assert "status: confirmed" in written
    assert "title: Invariants\n" in written
