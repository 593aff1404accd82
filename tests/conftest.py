"""What the tests of several folders share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.message.browser import chromium
from tests.thoroughness import set_up

if TYPE_CHECKING:
    from playwright.sync_api import Browser


set_up()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a module; while it runs, its thread can run no other event loop."""
    with chromium() as made:
        yield made
