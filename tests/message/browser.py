"""A headless Chromium that fetches nothing, started and stopped by the tests."""

from __future__ import annotations

import base64
import email
import email.policy
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from announcer.message import Message
from tests.message.programs import missing, node_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")
"""The first one that there is. Without a window's parts Chromium takes half of the time."""
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, for as long as the block lasts."""
    path = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if path is None:
        missing("chromium", "apt-get install chromium-headless-shell, or chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=QUIET.split())
        try:
            yield browser
        finally:
            browser.close()


def violations(page: Page, *, contrast: bool = False, frames: bool = True) -> list[tuple[str, str, str]]:
    """What axe-core finds by its rules and best practices: the rule, the element, and why it is one.

    `contrast`: by the rule about colors alone, which another scheme of colors may change and nothing else.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(node_file("axe-core/axe.min.js").read_text(encoding="utf-8"))
    # Of what passes one element each: a thousand of them take longer to hand over than to find.
    options = {"resultTypes": ["violations"], "iframes": frames}
    rules = {"runOnly": ["color-contrast"]} if contrast else {}
    result = page.evaluate("options => axe.run(options)", options | rules)
    assert contrast or len(result["passes"]) > 10
    return [
        (violation["id"], node["html"][:120], node["any"][0]["message"] if node["any"] else "")
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def page_of(message: Message) -> str:
    """The message's HTML with the pictures that travel in it."""
    page = message.html or ""
    for part in email.message_from_bytes(message.data, policy=email.policy.default).walk():
        cid = part["Content-ID"]
        if cid:
            data = base64.b64encode(part.get_payload(decode=True)).decode()
            page = page.replace(f"cid:{cid.strip('<>')}", f"data:{part.get_content_type()};base64,{data}")
    return page
