"""What announcer.yaml says of its operation: provider, rate, connections, heartbeat, keep."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from announcer.domain.department import Delivery, Site
from announcer.domain.provider import Rate
from announcer.domain.talk import Audience
from tests.departments import CONFIG
from tests.records.conftest import Folder

A_MINUTE = timedelta(minutes=1)


def with_lines(folder: Folder, *lines: str) -> None:
    """The department's config with these lines at its end."""
    folder.write("announcer.yaml", CONFIG + "\n".join(lines) + "\n")


def delivery(folder: Folder, text: str) -> Delivery:
    """What `delivery: {...}` comes to."""
    with_lines(folder, f"delivery: {{transport: smtp, {text}}}")
    loaded = folder.load()
    assert loaded.department is not None, loaded.problems
    return loaded.department.delivery


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "provider: microsoft365",
            {
                "host": "smtp.office365.com",
                "port": 587,
                "security": "starttls",
                "connections": 3,
                "rate": Rate(count=30, per=A_MINUTE),
            },
        ),
        ("provider: google", {"host": "smtp.gmail.com", "port": 587, "security": "starttls"}),
        ("provider: Local", {"host": "localhost", "port": 25, "security": "none", "connections": 4}),
        ("provider: google, security: tls", {"host": "smtp.gmail.com", "port": 0, "security": "tls"}),
        ("provider: microsoft365, rate: 10 per minute", {"rate": Rate(count=10, per=A_MINUTE)}),
        ("provider: microsoft365, connections: 1", {"connections": 1}),
        ("provider: google, host: smtp-relay.gmail.com", {"host": "smtp-relay.gmail.com", "port": 0}),
        ("host: mx.example.edu", {"provider": None, "security": "starttls", "connections": 4, "rate": None}),
        ("host: mx.example.edu, connections: 50", {"connections": 50}),
    ],
)
def test_a_provider_fills_in_what_the_file_leaves_open(
    folder: Folder, text: str, wanted: dict[str, Any]
) -> None:
    """What the file says itself goes before the profile."""
    settings = delivery(folder, text)
    assert {name: getattr(settings, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        (
            "delivery: {rate: quickly}",
            "bad-rate",
            "write a number and second, minute, hour or day, like 60 per minute",
        ),
        ("delivery: {connections: 0}", "bad-number", "write a number from 1 to 50; 4 is usual"),
        ("delivery: {connections: 51}", "bad-number", "write a number from 1 to 50; 4 is usual"),
        ("delivery: {provider: mircosoft365}", "unknown-value", "did you mean microsoft365?"),
        ("heartbeat: http://ping.example.edu/1", "bad-url", "write https://ping.example.edu/1"),
        (
            "heartbeat: https://me:geheim@ping.example.edu/1",
            "secret-in-file",
            "leave it out; a heartbeat's address needs none",
        ),
        ("keep: 0 days", "bad-duration", "write it like 400 days or 2 years"),
        ("keep: 1 hour", "bad-duration", "write it like 400 days or 2 years"),
        ("keep: 999 years", "bad-duration", "write it like 400 days or 2 years"),
        ("weekly_line: sometimes", "not-yes-or-no", "write yes or no"),
    ],
)
def test_a_bad_value_says_what_to_write(folder: Folder, line: str, code: str, hint: str) -> None:
    """Each is one problem with a hint."""
    with_lines(folder, line)
    assert [(problem.code, problem.hint) for problem in folder.load().problems] == [(code, hint)]


def test_what_is_silent_is_usual(folder: Folder) -> None:
    """No heartbeat, no weekly line, 400 days of messages."""
    department = folder.load().department
    assert department is not None
    assert (department.heartbeat, department.weekly_line, department.keep) == (
        None,
        False,
        timedelta(days=400),
    )


@pytest.mark.parametrize(
    "url", ["https://ping.example.edu/1", "http://127.0.0.1:8000/1", "http://localhost/1"]
)
def test_a_heartbeat_is_asked_over_https_or_on_this_machine(folder: Folder, url: str) -> None:
    """Nobody on the way can forge that all is well."""
    with_lines(folder, f"heartbeat: {url}", "keep: 2 years", "weekly_line: yes")
    department = folder.load().department
    assert department is not None
    assert (department.heartbeat, department.keep, department.weekly_line) == (
        url,
        timedelta(days=730),
        True,
    )


def test_a_site_is_an_address_a_folder_and_who_may_read_it(folder: Folder) -> None:
    """The address loses the slash at its end, so that pages are found behind it; its readers are everybody
    where the file is silent."""
    with_lines(folder, "site: {url: https://physics.example.edu/talks/, out: public}")
    loaded = folder.load()
    assert loaded.department is not None, loaded.problems
    site = loaded.department.site
    assert site == Site(url="https://physics.example.edu/talks", out="public", audience=Audience.PUBLIC)
    assert site.page("2026-noether") == "https://physics.example.edu/talks/talks/2026-noether.html"
