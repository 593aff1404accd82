"""Sources that announcer.yaml names, fetched from a real server; and what this program itself publishes."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler

import pytest

from tests.cli.conftest import Folder
from tests.importers.test_fetching import send, server

NOW = ("--now", "2026-11-23 09:00")
SECRET = "private-0a1b2c3d4e5f"
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//pretalx//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTART:20270113T220000Z\r\nCATEGORIES:Physics,Colloquium\r\n"
    "SUMMARY:On codes - Ada Example\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20270113T170000Z\r\nCATEGORIES:Seminar\r\n"
    "SUMMARY:On noise - Bob Sample\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
ADA = "talks/colloquium/2027-example.yaml"


def named(folder: Folder, lines: str) -> None:
    """Adds a source to announcer.yaml."""
    path = folder.path / "announcer.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}sources:\n  spring:\n{lines}", encoding="utf-8")


def everything(folder: Folder) -> str:
    """All text in the department's folder, but for the file that holds the secret."""
    files = [path for path in folder.path.rglob("*") if path.is_file() and path.name != "address"]
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)


def test_a_secret_address_is_shown_nowhere(folder: Folder) -> None:
    """Not in what is printed, not in a fault, not in a file; and only what `keep:` asks for is taken."""
    status = 200
    asked = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.headers["If-None-Match"])
        if status == 200 and handler.headers["If-None-Match"]:
            send(handler, 304)
        else:
            send(handler, status, CALENDAR.encode() if status == 200 else b"", ETag='"7"')

    with server(answer) as address:
        (folder.path / "address").write_text(f"{address}/{SECRET}/basic.ics\n", encoding="utf-8")
        named(folder, "    url_file: address\n    keep: {category: Colloquium}\n")
        done = folder.announcer("import", "spring", "--yes", "-v", *NOW)
        assert done.returncode == 0, done.stderr
        assert f"{address}/***: a calendar (iCalendar)" in done.stdout
        assert "it is not what `keep:` asks for" in done.stdout
        again = folder.announcer("import", "spring", "--yes", "--json", *NOW)
        assert [talk["state"] for talk in json.loads(again.stdout)["talks"]] == ["skipped", "same"]
        assert asked == [None, '"7"']
        status = 403
        refused = folder.announcer("import", "spring", "--yes", *NOW)
    assert refused.returncode == 1
    assert "the server refuses it (HTTP 403)" in refused.stderr
    output = "".join((done.stdout, done.stderr, again.stdout, again.stderr, refused.stdout, refused.stderr))
    assert SECRET not in output + everything(folder)
    assert (folder.path / ADA).exists()


def test_a_login_page_changes_nothing(folder: Folder) -> None:
    """The address answers, and what it answers is no calendar."""
    page = CALENDAR

    def answer(handler: BaseHTTPRequestHandler) -> None:
        send(handler, 200, page.encode())

    with server(answer) as address:
        named(folder, f"    url: {address}/a.ics\n")
        assert folder.announcer("import", "spring", "--yes", *NOW).returncode == 0
        before = (folder.path / ".announcer/imports/spring.json").read_bytes()
        page = "<html><form><input type='password'></form></html>"
        done = folder.announcer("import", "--all", "--yes", *NOW)
    assert done.returncode == 1
    assert "this is a page that asks for a password" in done.stderr
    assert (folder.path / ".announcer/imports/spring.json").read_bytes() == before


def test_pages_are_read_one_after_the_other(folder: Folder) -> None:
    """As far as the source says that there are more."""

    def event(number: int) -> dict[str, object]:
        return {
            "id": number,
            "title": f"On code {number}",
            "start_date": f"2027-01-{12 + number} 16:00:00",
            "utc_start_date": f"2027-01-{12 + number} 22:00:00",
            "timezone": "America/Chicago",
            "description": "Speaker: Ada Example",
        }

    def answer(handler: BaseHTTPRequestHandler) -> None:
        page = int(handler.path.rpartition("=")[2])
        following = f"http://{handler.headers['Host']}/events?page={page + 1}" if page < 3 else None
        send(handler, 200, json.dumps({"events": [event(page)], "next_rest_url": following}).encode())

    with server(answer) as address:
        done = folder.announcer("import", f"{address}/events?page=1", "--summary", "title", "--json", *NOW)
    assert [talk["title"] for talk in json.loads(done.stdout)["talks"]] == [
        "On code 1",
        "On code 2",
        "On code 3",
    ]


def test_a_source_says_its_zone(folder: Folder) -> None:
    """A table of another city, written on its clocks."""
    (folder.path / "plan.csv").write_text(
        "Date,Time,Speaker\n2027-01-13,23:00,Ada Example\n", encoding="utf-8"
    )
    named(folder, "    file: plan.csv\n    timezone: Europe/Berlin\n")
    done = folder.announcer("import", "spring", "--json", *NOW)
    assert [talk["start"] for talk in json.loads(done.stdout)["talks"]] == ["2027-01-13T16:00"]


@pytest.mark.parametrize("name", ["colloquium.ics", "talks.json"])
def test_what_is_published_here_is_imported_there(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    """Another department reads the same talks; and here they are known for what they are."""
    assert folder.announcer("run", "--now", "2026-11-30 09:00").returncode == 0
    assert folder.announcer("publish", "--out", "public", "--now", "2026-11-30 09:05").returncode == 0
    there = Folder(tmp_path_factory.mktemp("there"))
    for file in (folder.path / "announcer.yaml", folder.path / "public" / name):
        (there.path / file.name).write_bytes(file.read_bytes())
    done = there.announcer("import", name, "--yes", "--json", *NOW)
    talks = json.loads(done.stdout)["talks"]
    assert [(talk["state"], talk["start"], talk["title"], talk["speakers"]) for talk in talks] == [
        ("new", "2026-12-02T16:00", "A Physics Approach to Deep Learning Theory", ["Blake Bordelon"]),
        ("new", "2026-12-09T16:00", "How Fast Does the Universe Expand?", ["Ada Lindqvist", "Tomás Okafor"]),
    ]
    text = (there.path / "talks/colloquium/2026-bordelon.yaml").read_text(encoding="utf-8")
    assert "affiliation: Harvard University\n" in text
    assert "location:" not in text.replace("location: Hall", "")
    here = folder.announcer("import", str(folder.path / "public" / name), "--json", *NOW)
    assert {talk["reason"]["code"] for talk in json.loads(here.stdout)["talks"]} == {"by-hand"}
