"""A headless Firefox, told what to do by its own protocol, Marionette: lengths and JSON over a socket."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.message.programs import missing, program

_PREFERENCES = (
    'user_pref("marionette.port", 0);\n'
    'user_pref("app.update.auto", false);\n'
    'user_pref("network.captive-portal-service.enabled", false);\n'
    'user_pref("network.connectivity-service.enabled", false);\n'
    'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
)
"""A free port, and nothing fetched by itself."""
_PATIENCE = 60


class Firefox:
    """One window."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self._turn = 0
        self._received()
        self.ask("WebDriver:NewSession", capabilities={})

    def ask(self, command: str, **parameters: Any) -> Any:
        """What a command gives. Raises AssertionError where it fails."""
        self._turn += 1
        data = json.dumps([0, self._turn, command, parameters]).encode()
        self._socket.sendall(str(len(data)).encode() + b":" + data)
        _, _, error, result = self._received()
        assert error is None, error
        return result

    def open(self, url: str) -> None:
        """Goes there."""
        self.ask("WebDriver:Navigate", url=url)

    def type(self, selector: str, text: str) -> None:
        """Types into a field."""
        self.ask("WebDriver:ElementSendKeys", id=self._element(selector), text=text)

    def click(self, selector: str) -> None:
        """Clicks as a mouse does."""
        self.ask("WebDriver:ElementClick", id=self._element(selector))

    def value(self, expression: str) -> Any:
        """What an expression of the page gives."""
        return self.ask("WebDriver:ExecuteScript", script=f"return {expression}", args=[])["value"]

    def wait(self, expression: str) -> None:
        """Waits until it is so."""
        ends = time.monotonic() + _PATIENCE
        while not self.value(expression):
            assert time.monotonic() < ends, expression
            time.sleep(0.05)

    def close(self) -> None:
        """Ends the connection."""
        self._socket.close()

    def _element(self, selector: str) -> str:
        elements = self.ask("WebDriver:FindElement", using="css selector", value=selector)["value"]
        return str(next(iter(elements.values())))

    def _received(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._some(1)
        data = b""
        while len(data) < int(length[:-1]):
            data += self._some(int(length[:-1]) - len(data))
        return json.loads(data)

    def _some(self, most: int) -> bytes:
        received = self._socket.recv(most)
        assert received, "Firefox has ended"
        return received


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """The browser, for as long as the block lasts; its profile goes into this empty folder."""
    command = program("firefox-esr", "apt-get install firefox-esr")
    (profile / "user.js").write_text(_PREFERENCES, encoding="utf-8")
    with subprocess.Popen(
        [command, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            port, ends = profile / "MarionetteActivePort", time.monotonic() + _PATIENCE
            while not port.exists() or not port.read_text(encoding="utf-8").strip():
                if process.poll() is not None or time.monotonic() > ends:
                    missing("a Firefox that starts", "apt-get install firefox-esr")
                time.sleep(0.05)
            browser = Firefox(int(port.read_text(encoding="utf-8")))
            yield browser
            browser.close()
        finally:
            process.terminate()
            process.wait(timeout=20)
