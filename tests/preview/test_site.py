"""The site within the preview: as it would be published, followed as files change."""

from __future__ import annotations

import http.client

from tests.preview.conftest import Look, Running


def test_the_site_follows_the_files(preview: Running, look: Look) -> None:
    """A saved title shows on the page that its reader is at, without going back to the index."""
    with look(f"{preview.url}/site") as page:
        frame = page.frame_locator("#site-frame")
        frame.get_by_role("link", name="A Physics Approach to Deep Learning Theory").click()
        frame.get_by_role("heading", level=1, name="A Physics Approach").wait_for()
        preview.folder.edit(
            "talks/colloquium/2026-bordelon.yaml", "A Physics Approach", "Another Physics Approach"
        )
        frame.get_by_role("heading", level=1, name="Another Physics Approach").wait_for()
        frame.get_by_role("link", name="Add to my calendar").wait_for()


def test_its_files_are_what_would_be_published(preview: Running) -> None:
    """Pages, calendars and data under their names; nothing of them may run or ask elsewhere."""
    assert b"BEGIN:VEVENT" in preview.get("/site/colloquium.ics")
    assert b"2026-bordelon" in preview.get("/site/talks.json")
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=30)
    connection.request("GET", f"{preview.root}/site/index.html", headers=preview.known)
    answer = connection.getresponse()
    policy = answer.getheader("Content-Security-Policy") or ""
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    connection.close()
    for name in ("nope.html", "../announcer.yaml", "%2e%2e/announcer.yaml"):
        connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=30)
        connection.request("GET", f"{preview.root}/site/{name}", headers=preview.known)
        assert connection.getresponse().status == 404
        connection.close()


def test_a_broken_template_says_so_where_the_page_would_be(preview: Running) -> None:
    """With its line, and the preview goes on."""
    template = preview.folder.path / "templates" / "site" / "talk.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ tlak.title }}", encoding="utf-8")
    page = b""
    for _ in range(100):
        page = preview.get("/site/index.html")
        if b"templates/site/talk.html:1" in page:
            break
    assert b"there is no variable tlak" in page
