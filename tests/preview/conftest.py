"""A preview of the sample department, run as a person runs it, and a browser that notes what goes wrong."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.command_line import ROOT
from tests.departments import Folder, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NOW = "2026-11-23 12:00"


@dataclass(frozen=True)
class Running:
    """A preview that answers."""

    url: str
    """`http://127.0.0.1:40123/5ac1b2d3e4f5`, without a slash at its end."""
    token: str
    folder: Folder
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        """Its port."""
        port = urlsplit(self.url).port
        assert port is not None
        return port

    @property
    def origin(self) -> str:
        """What a browser calls the site of its pages."""
        return self.url.removesuffix(self.root)

    @property
    def root(self) -> str:
        """What the path of each of its pages begins with."""
        return urlsplit(self.url).path

    @property
    def known(self) -> dict[str, str]:
        """The header with which a browser that opened the printed address asks."""
        return {"Cookie": f"announcer-{self.port}={self.token}"}

    def let_in(self, context: BrowserContext) -> None:
        """Gives a browser what opening the printed address would have given it."""
        context.add_cookies(
            [{"name": f"announcer-{self.port}", "value": self.token, "url": f"{self.url}/", "httpOnly": True}]
        )

    def get(self, path: str) -> bytes:
        """What it answers, which must be good."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", self.root + path, headers=self.known)
            answer = connection.getresponse()
            assert answer.status == 200, path
            return answer.read()
        finally:
            connection.close()

    def post(self, path: str, body: bytes = b"", /, **form: str) -> tuple[int, dict[str, str], bytes]:
        """What it answers to a form that one of its own pages sends; `box__title` stands for `box.title`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            data = body or urlencode({name.replace("__", "."): text for name, text in form.items()}).encode()
            kind = "application/octet-stream" if body else "application/x-www-form-urlencoded"
            headers = {**self.known, "Origin": self.origin, "Content-Type": kind}
            connection.request("POST", self.root + path, data, headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()


_ANSWERING: list[Running] = []


@contextmanager
def running(folder: Folder, *options: str) -> Iterator[Running]:
    """`announcer preview` in a process of its own, on a free port."""
    command = [sys.executable, "-m", "announcer", "preview", "--no-open", "--json", *options]
    with subprocess.Popen(
        command if "--port" in options else [*command, "--port", "0"],
        cwd=folder.path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            printed = ""
            while not printed.rstrip().endswith("}"):
                line = process.stdout.readline()
                assert line, process.stderr.read()
                printed += line
            url, _, token = json.loads(printed)["url"].partition("/?token=")
            _ANSWERING.append(Running(url=url, token=token, folder=folder, process=process))
            yield _ANSWERING[-1]
        finally:
            _ANSWERING[:] = [other for other in _ANSWERING if other.process is not process]
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The sample department, to be edited."""
    return sample(tmp_path)


@pytest.fixture
def preview(folder: Folder) -> Iterator[Running]:
    """A preview of a folder that the test edits."""
    with running(folder, "--now", NOW) as started:
        yield started


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A preview for all tests of a module that only look."""
    with running(sample(tmp_path_factory.mktemp("department")), "--now", NOW) as started:
        yield started


Look = Callable[..., AbstractContextManager["Page"]]


@pytest.fixture
def look(browser: Browser) -> Look:
    """Opens an address, and in the end finds no error on the console and no request to anywhere else."""

    @contextmanager
    def looking(url: str, **options: Any) -> Iterator[Page]:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        for answering in _ANSWERING:
            answering.let_in(context)
        page = context.new_page()
        errors: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        try:
            page.goto(url)
            yield page
            home = url[: url.index("/", len("http://"))] if url.startswith("http") else "file:///"
            assert errors == []
            assert [address for address in asked if not address.startswith((home, "data:"))] == []
        finally:
            context.close()

    return looking
