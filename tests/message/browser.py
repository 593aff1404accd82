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
from tests.message.programs import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, for as long as the block lasts."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        missing("chromium", "apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=QUIET.split())
        try:
            yield browser
        finally:
            browser.close()


def page_of(message: Message) -> str:
    """The message's HTML with the pictures that travel in it."""
    page = message.html or ""
    for part in email.message_from_bytes(message.data, policy=email.policy.default).walk():
        cid = part["Content-ID"]
        if cid:
            data = base64.b64encode(part.get_payload(decode=True)).decode()
            page = page.replace(f"cid:{cid.strip('<>')}", f"data:{part.get_content_type()};base64,{data}")
    return page
