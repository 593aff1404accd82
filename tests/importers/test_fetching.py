"""Fetching meets a real server: bounds, redirects, what is unchanged, and addresses that are secrets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from announcer.domain.source import is_secret, masked
from announcer.importers.contract import LIMIT, SourceFaultError
from announcer.importers.fetching import fetch

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """A server on loopback that answers so; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *args: object) -> None:
            """Tests are silent."""

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{made.server_port}"
    finally:
        made.shutdown()
        thread.join()
        made.server_close()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    """One answer."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def test_what_is_unchanged_is_not_fetched_again() -> None:
    """By its ETag; and the program says who it is."""
    agents = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        agents.append(handler.headers["User-Agent"])
        if handler.headers["If-None-Match"] == '"1"':
            send(handler, 304)
        else:
            send(handler, 200, b"BEGIN:VCALENDAR", ETag='"1"', Content_Type="text/calendar; charset=utf-8")

    with server(answer) as address:
        got = fetch(f"{address}/a.ics", proxies={})
        assert (got.data, got.etag, got.media_type) == (b"BEGIN:VCALENDAR", '"1"', "text/calendar")
        again = fetch(f"{address}/a.ics", proxies={}, known=(got.etag, got.modified))
        assert (again.unchanged, again.data) == (True, b"")
    assert all(agent.startswith("announcer/") for agent in agents)


@pytest.mark.parametrize(
    ("status", "code"), [(401, "refused"), (403, "refused"), (404, "not-there"), (500, "refused")]
)
def test_a_refusal_is_told_and_not_tried_again(status: int, code: str) -> None:
    """One request, one fault."""
    asked = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        send(handler, status)

    with server(answer) as address, pytest.raises(SourceFaultError) as error:
        fetch(f"{address}/a.ics", proxies={})
    assert (error.value.code, len(asked)) == (code, 1)


def test_redirects_are_followed_a_few_times_and_never_to_a_file() -> None:
    """Five, and only on the web."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        number = int(handler.path.strip("/") or 0)
        if number == 99:
            send(handler, 302, Location="file:///etc/passwd")
        elif number:
            send(handler, 302, Location=f"/{number - 1}")
        else:
            send(handler, 200, b"here")

    with server(answer) as address:
        assert fetch(f"{address}/3", proxies={}).data == b"here"
        for path in ("9", "99"):
            with pytest.raises(SourceFaultError):
                fetch(f"{address}/{path}", proxies={})


def test_too_much_and_too_little_are_faults() -> None:
    """More than the bound, and less than the server promised."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/big":
            send(handler, 200, b"x" * (LIMIT + 2))
        else:
            send(handler, 200, b"BEGIN:VCAL", Content_Length="400")

    with server(answer) as address:
        for path, code in (("big", "too-large"), ("short", "cut-off")):
            with pytest.raises(SourceFaultError) as error:
                fetch(f"{address}/{path}", proxies={})
            assert error.value.code in (code, "unreachable")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.edu/a", "javascript:1"])
def test_only_the_web_is_fetched(address: str) -> None:
    """Whatever else an address names stays unread."""
    with pytest.raises(SourceFaultError):
        fetch(address, proxies={})


@pytest.mark.parametrize(
    ("address", "secret"),
    [
        ("https://calendar.google.com/calendar/ical/x%40example.edu/private-0a1b2c/basic.ics", True),
        ("https://outlook.office365.com/owa/calendar/abc@example.edu/def/calendar.ics", True),
        ("https://user:word@example.edu/a.ics", True),
        ("https://indico.example.edu/export/categ/1.ics?apikey=123", True),
        ("https://calendar.google.com/calendar/ical/x%40example.edu/public/basic.ics", False),
        ("https://physics.example.edu/feeds/events/ical.ics", False),
    ],
)
def test_an_address_that_is_a_key_is_masked(address: str, secret: bool) -> None:
    """Its server is shown, and nothing that opens it."""
    assert is_secret(address) is secret
    shown = masked(address)
    assert shown == (f"https://{address.split('/')[2].rpartition('@')[2]}/***" if secret else address)
