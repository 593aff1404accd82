"""What the preview shows is what `show` prints and what a server receives, byte for byte but for Date."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

from tests.departments import Folder
from tests.preview.conftest import NOW, Look, Running, running
from tests.servers import Inbox, aiosmtpd

TALK = "talks/colloquium/2026-lindqvist.yaml"


def _without_date(data: bytes) -> bytes:
    return re.sub(rb"^Date: .*\r\n", b"", data, count=1, flags=re.MULTILINE)


def _shown(folder: Folder, *args: str, now: str | None = NOW) -> bytes:
    out = folder.path / "shown.eml"
    options = ["--now", now] if now else []
    done = folder.announcer("show", *args, "--format", "eml", "--out", str(out), *options)
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


def test_a_server_receives_what_was_previewed(folder: Folder) -> None:
    """The .eml of each list, taken before the run, is what its SMTP transaction carries.

    It stands before the tests with a browser, whose event loop leaves no room for a server's.
    """
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        folder.make_due()
        with running(folder) as preview:
            address = "/file/2026-bordelon/announcement/message.eml?list="
            previewed = {name: preview.get(address + name) for name in ("colloquium", "public-lectures")}
            done = folder.announcer("run")
            assert done.returncode == 0, done.stderr
    received = {recipient.partition("@")[0]: data for _, recipient, data in inbox.accepted}
    assert {name: _without_date(data) for name, data in received.items()} == {
        name: _without_date(data) for name, data in previewed.items()
    }


def test_every_file_is_what_show_prints(standing: Running) -> None:
    """Both occasions, both audiences."""
    for occasion, name in (("announcement", "colloquium"), ("reminder", "public-lectures")):
        got = standing.get(f"/file/2026-lindqvist/{occasion}/message.eml?list={name}")
        assert got == _shown(standing.folder, "2026-lindqvist", occasion, "--list", name)


def test_the_raw_view_is_the_same_bytes(standing: Running, look: Look) -> None:
    """What the page has between its tags is the message."""
    with look(f"{standing.url}/mail/2026-lindqvist/announcement?view=source") as page:
        raw = page.locator("#raw").evaluate("raw => raw.textContent")
    assert raw.replace("\n", "\r\n").encode("ascii") == _shown(
        standing.folder, "2026-lindqvist", "announcement"
    )


def test_each_format_downloads_under_its_own_name(standing: Running, look: Look) -> None:
    """By a click, as a person does it; each file is one part of the message."""
    message = message_from_bytes(
        _shown(standing.folder, "2026-lindqvist", "announcement"), policy=policy.default
    )
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in message.walk()}
    wanted = {
        ".eml": "2026-lindqvist-announcement.eml",
        ".html": "2026-lindqvist-announcement.html",
        ".txt": "2026-lindqvist-announcement.txt",
        ".ics": "2026-lindqvist-announcement.ics",
        "draft.eml": "2026-lindqvist-announcement-draft.eml",
    }
    kinds = {".html": "text/html", ".txt": "text/plain", ".ics": "text/calendar"}
    with look(f"{standing.url}/mail/2026-lindqvist/announcement") as page:
        for label, name in wanted.items():
            with page.expect_download() as waiting:
                page.locator("#rail a[download]", has_text=label).first.click()
            assert waiting.value.suggested_filename == name
            data = waiting.value.path().read_bytes()
            if label in kinds:
                part = parts[kinds[label]]
                assert isinstance(part, bytes)
                assert data.splitlines() == part.splitlines()


def test_the_draft_is_clearly_another(standing: Running) -> None:
    """X-Unsent opens it as a draft; Date and Message-ID are left to the client; the rest is the same."""
    exact = standing.get("/file/2026-lindqvist/announcement/message.eml")
    draft = standing.get("/file/2026-lindqvist/announcement/draft.eml")
    assert draft.startswith(b"X-Unsent: 1\r\n")
    gone = {
        line.split(b":")[0]
        for line in exact.partition(b"\r\n\r\n")[0].split(b"\r\n")
        if line not in draft.split(b"\r\n")
    }
    assert gone == {b"Date", b"Message-ID", b"Auto-Submitted"}
    assert draft.partition(b"\r\n\r\n")[2] == exact.partition(b"\r\n\r\n")[2]
    assert (
        message_from_bytes(draft, policy=policy.default)["Subject"]
        == (message_from_bytes(exact, policy=policy.default)["Subject"])
    )
