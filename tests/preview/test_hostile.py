"""A talk and a template that were made to break out of the preview."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.departments import Folder
from tests.preview.conftest import NOW, Look, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TALK = """\
series: colloquium
date: 2026-12-02
title: '<script>document.title="owned"</script><img src=x onerror=alert(1)>"><b>'
speaker:
  name: '</title><script src="{site}/speaker.js"></script>'
  affiliation: '<iframe src="{site}/frame"></iframe>'
host: '<svg onload=alert(1)>'
notice: '</iframe><script>parent.document.title="owned"</script>'
url: '{site}/talk'
links:
  - label: '<a href="{site}/label" onclick=alert(1)>here</a>'
    url: '{site}/link'
abstract: |
  <script>fetch("{site}/abstract")</script>
  ![picture]({site}/picture.png) <img src="{site}/img">
  <style>@import "{site}/style.css";</style>
"""
BROKEN = """\
series: colloquium
date: '<script>document.title="owned"</script>'
title: '</pre><img src="{site}/excerpt" onerror=alert(1)>
"""
TEMPLATE = """\
<!DOCTYPE html><html><head><title>x</title>
<meta http-equiv="refresh" content="0; url={site}/refresh">
<base href="{site}/base/">
<link rel="stylesheet" href="{site}/sheet.css"><link rel="preload" as="image" href="{site}/preload.png">
<link rel="prefetch" href="{site}/prefetch"><link rel="dns-prefetch" href="{site}">
<style data-premailer="ignore">@import url({site}/import.css);
body {{ background: url({site}/background.png) }}
@font-face {{ font-family: f; src: url({site}/font.woff) }} h1 {{ font-family: f }}</style>
<script src="{site}/script.js"></script></head>
<body onload="parent.document.title='owned'">
<h1>{{{{ talk.title.text }}}}</h1> {{{{ talk.when.times }}}} {{{{ talk.place.label }}}}
<script>parent.document.title = "owned"; top.location = "{site}/top"; fetch("{site}/fetch")</script>
<img src="{site}/remote.png" alt="remote"><img src="x" alt="broken" onerror="parent.document.title='owned'">
<iframe src="{site}/frame"></iframe><iframe src="/talks"></iframe><object data="{site}/object"></object>
<embed src="{site}/embed"><video src="{site}/video" autoplay></video><svg onload="alert(1)"></svg>
<form action="{site}/form"><input name="a"><button id="send">send</button></form>
<a id="top" href="{site}/away" target="_top">top</a> <a id="self" href="{site}/self">self</a>
<a id="script" href="javascript:parent.document.title='owned'">script</a>
</body></html>
"""


class _Site(http.server.BaseHTTPRequestHandler):
    """Another site, which hears what is asked of it."""

    heard: list[str]

    def do_GET(self) -> None:
        """Remembers the address."""
        self.heard.append(self.path)
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


@contextmanager
def _other_site() -> Iterator[tuple[str, list[str]]]:
    heard: list[str] = []
    handler = type("Site", (_Site,), {"heard": heard})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", heard
        finally:
            server.shutdown()
            thread.join(timeout=10)


def _make_hostile(folder: Folder, site: str, *, template: bool) -> None:
    (folder.path / "talks/colloquium/2026-hostile.yaml").write_text(TALK.format(site=site))
    (folder.path / "talks/colloquium/2026-<b>broken.yaml").write_text(BROKEN.format(site=site))
    if template:
        body = folder.path / "templates/announcement/body.html"
        body.parent.mkdir(parents=True)
        body.write_text(TEMPLATE.format(site=site))


def test_a_hostile_talk_is_words_on_every_page(folder: Folder, look: Look) -> None:
    """No script, no frame, no picture, no request, in any view, in the list, in the search."""
    with _other_site() as (site, heard):
        _make_hostile(folder, site, template=False)
        with running(folder, "--now", NOW) as preview:
            address = f"{preview.url}/mail/2026-hostile/announcement"
            with look(address) as page:
                dialogs: list[str] = []
                page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
                for view in ("email", "text", "headers", "calendar", "source"):
                    page.goto(f"{address}?view={view}")
                    page.wait_for_selector(".live.on")
                    assert page.title() != "owned"
                    assert page.locator("h1").first.inner_text().startswith("<script>document.title=")
                page.locator("#search").fill("script")
                page.locator("#found .row-title", has_text="<script>").wait_for()
                page.goto(f"{preview.url}/talks?q=<script>alert(1)</script>")
                assert "<script>alert(1)</script>" in page.locator("h1").inner_text()
                assert dialogs == []
        assert heard == []


def test_a_hostile_template_stays_in_its_frame(folder: Folder, browser: Browser) -> None:
    """Even raw HTML of a template runs no script, fetches nothing, reads and moves no other page."""
    with _other_site() as (site, heard):
        _make_hostile(folder, site, template=True)
        with running(folder, "--now", NOW) as preview:
            context = browser.new_context()
            preview.let_in(context)
            page = context.new_page()
            address = f"{preview.url}/mail/2026-bordelon/announcement"
            for mode in ("light", "dark", "inverted"):
                page.goto(f"{address}?mode={mode}", wait_until="commit")
                page.wait_for_selector(".live.on")
                frame = page.frame_locator("#stage iframe:not(.coming)")
                frame.locator("h1").wait_for()
                for target in ("#top", "#self", "#script", "#send"):
                    if frame.locator(target).count():
                        frame.locator(target).click()
                page.wait_for_timeout(200)
                assert page.url.startswith(address)
                assert page.title() != "owned"
                assert frame.locator("h1").count() == 1
            # The page of the frame by itself, as a person could open it, is no less closed.
            page.goto(f"{preview.url}/frame/2026-bordelon/announcement", wait_until="commit")
            page.locator("h1").wait_for()
            assert page.title() == "x"
            context.close()
        assert heard == []
