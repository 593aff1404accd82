"""Who may ask the preview, and what its pages may do."""

from __future__ import annotations

import http.client
import re
import socket

import pytest

from tests.preview.conftest import Running

PAGE = "/mail/2026-bordelon/announcement"


def _answer(
    preview: Running, method: str = "GET", path: str = PAGE, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=20)
    try:
        connection.putrequest(method, preview.root + path, skip_host="host" in headers)
        for name, value in {**preview.known, **headers}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("path", [PAGE, "/", "/talks", "/events", "/assets/preview.js", f"/frame{PAGE[5:]}"])
@pytest.mark.parametrize("host", ["evil.example.com", "127.0.0.1.evil.example.com:{port}", "localhost", ""])
def test_a_name_that_was_made_to_point_here_gets_nothing(standing: Running, path: str, host: str) -> None:
    """DNS rebinding: the browser asks this port under another name."""
    status, _, body = _answer(standing, path=path, host=host.format(port=standing.port))
    assert (status, body) == (403, b"The preview answers on this machine's own address alone.")


def test_localhost_is_this_machine(standing: Running) -> None:
    """Both of its usual names."""
    for name in ("localhost", "127.0.0.1", "LOCALHOST"):
        assert _answer(standing, host=f"{name}:{standing.port}")[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example.com"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
    ],
    ids=str,
)
def test_another_sites_page_gets_nothing(standing: Running, headers: dict[str, str]) -> None:
    """Not by script, not as a picture, not in a frame."""
    sent = {name: value.format(port=standing.port) for name, value in headers.items()}
    status, _, body = _answer(standing, **sent)
    assert (status, body) == (403, b"The preview answers its own pages alone.")


def test_a_link_from_elsewhere_opens_the_page(standing: Running) -> None:
    """A person who follows a link is not an attack: nothing here changes anything."""
    status, _, _ = _answer(
        standing, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="document"
    )
    assert status == 200


@pytest.mark.parametrize(
    "cookie", ["", "announcer-{port}=guessed", "announcer-1={token}", "announcer-{port}=é"]
)
@pytest.mark.parametrize("path", [PAGE, "/", "/talks", "/events", "/assets/preview.js", f"/frame{PAGE[5:]}"])
def test_another_user_of_the_machine_gets_nothing(standing: Running, path: str, cookie: str) -> None:
    """Whoever has not opened the printed address sees no page and no part of one."""
    sent = cookie.format(port=standing.port, token=standing.token)
    status, _, body = _answer(standing, path=path, Cookie=sent)
    assert (status, body) == (403, b"Open the address that `announcer preview` printed: it lets you in.")
    assert _answer(standing, path=f"{path}?token=guessed", Cookie=sent)[0] == 403


def test_the_printed_address_lets_in_and_leaves_no_token_in_it(standing: Running) -> None:
    """The token goes into a cookie that scripts and other sites never get; the address loses it."""
    status, headers, _ = _answer(standing, path=f"{PAGE}?view=text&token={standing.token}", Cookie="")
    assert (status, headers["location"]) == (303, f"{standing.root}{PAGE}?view=text")
    cookie = headers["set-cookie"]
    assert cookie.startswith(f"announcer-{standing.port}={standing.token};")
    assert {"HttpOnly", f"Path={standing.root}/", "SameSite=strict"} <= set(cookie.split("; "))


def test_no_other_path_lets_in(standing: Running) -> None:
    """A cookie goes to every port of the machine, but to its path alone; nobody else knows that."""
    for path in ("/", PAGE, f"{standing.root[:-1]}{PAGE}"):
        connection = http.client.HTTPConnection("127.0.0.1", standing.port, timeout=20)
        connection.request("GET", f"{path}?token={standing.token}")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("set-cookie")) == (403, None)
        connection.close()
    assert re.fullmatch(r"/[0-9a-f]{12}", standing.root)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_may_change_something_names_its_page(standing: Running, method: str) -> None:
    """A browser says where such a request comes from; what does not say so is refused."""
    assert _answer(standing, method)[0] == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(standing: Running, method: str) -> None:
    """Every address only reads."""
    for path in (PAGE, "/", "/ask/", "/talks", "/events"):
        assert _answer(standing, method, path, Origin=standing.origin)[0] == 405


def test_pages_load_their_own_files_alone(standing: Running) -> None:
    """A strict Content-Security-Policy, and no framing, no guessing of types, no referrer to another site."""
    _, headers, _ = _answer(standing)
    assert headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_the_email_is_in_a_sandbox_of_its_own(standing: Running) -> None:
    """No script, no form, nothing fetched, even when it is opened outside its frame."""
    _, headers, _ = _answer(standing, path=f"/frame{PAGE[5:]}?mode=dark")
    policy = headers["content-security-policy"]
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'self'; sandbox allow-same-origin"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/mail/2026-bordelon/party",
        "/mail/2026-bordelon/announcement?at=yesterday",
        "/frame/nobody/announcement",
        "/frame/2026-bordelon/announcement?mode=sepia",
        "/file/2026-bordelon/announcement/secret.txt",
        "/assets/../page.py",
        "/assets/%2e%2e/page.py",
        "/nowhere",
    ],
)
def test_what_is_not_there_is_404(standing: Running, path: str) -> None:
    """And no traceback, whatever is asked."""
    status, _, body = _answer(standing, path=path)
    assert (status, b"Traceback" in body) == (404, False)


def test_it_listens_on_loopback_alone(standing: Running) -> None:
    """This machine's other addresses do not answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        own = probe.getsockname()[0]
    with socket.socket() as outside:
        outside.settimeout(5)
        assert own.startswith("127.") or outside.connect_ex((own, standing.port)) != 0
