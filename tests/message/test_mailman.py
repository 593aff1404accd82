"""Mailman 3: a list with default settings distributes what is posted, threading and calendar intact."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from announcer.domain.occasion import Occasion
from announcer.message import Message
from tests.message.programs import missing
from tests.message.samples import SENT, composer, full, group, seed, snapshot_of
from tests.servers import Inbox, aiosmtpd

MEMBERS = ("reader@example.edu", "colloquium@physics.example.edu")
LIST = "colloquium@lists.example.edu"
HOME = Path(__file__).parents[2] / ".mailman" / "bin"
INSTALL = "python3 -m venv .mailman && .mailman/bin/pip install mailman"

CONFIG = """\
[mailman]
layout: here
[paths.here]
var_dir: {folder}/var
[mta]
incoming: mailman.mta.null.NullMTA
smtp_host: 127.0.0.1
smtp_port: {port}
"""

PREPARE = """\
from datetime import datetime
from pathlib import Path
from mailman.app.inject import inject_text
from mailman.app.lifecycle import create_list
from mailman.interfaces.domain import IDomainManager
from mailman.interfaces.usermanager import IUserManager
from zope.component import getUtility

def prepare():
    getUtility(IDomainManager).add("{domain}")
    mailing_list = create_list("{name}")
    mailing_list.send_welcome_message = False
    for address in {members}:
        member = getUtility(IUserManager).create_address(address)
        member.verified_on = datetime(2026, 1, 1)
        mailing_list.subscribe(member)
    for post in {posts}:
        inject_text(mailing_list, Path(post).read_text(encoding="utf-8"))
"""
"""Makes a list as `mailman create` does and posts as `mailman inject` does, in one start of Mailman."""


def command(name: str) -> str:
    """A program of Mailman's."""
    path = shutil.which(name, path=os.pathsep.join([str(HOME), os.environ["PATH"]]))
    return path or missing("mailman", INSTALL)


def run(folder: Path, *arguments: str) -> str:
    """Runs Mailman in its folder; what it says."""
    done = subprocess.run(
        arguments,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(folder)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def running(folder: Path, runner: str, queues: tuple[str, ...]) -> Iterator[None]:
    """Mailman's runners of these queues, for as long as the block lasts."""
    started = [
        subprocess.Popen(
            [runner, "-C", "mailman.cfg", "-r", f"{queue}:0:1"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        )
        for queue in queues
    ]
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=30)


POSTS = {
    "announcement": lambda: group(),
    "reminder": lambda: group(occasion=Occasion.REMINDER, before=snapshot_of(seed())),
    "full": lambda: group(full()),
}


@pytest.fixture(scope="module")
def distributed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Message, EmailMessage]]:
    """Each post, and what a member of the list got."""
    mailman, runner = command("mailman"), command("runner")
    folder = tmp_path_factory.mktemp("mailman")
    posts = {name: composer().compose(made(), date=SENT) for name, made in POSTS.items()}
    inbox = Inbox()
    root = ["--run-as-root"] if os.geteuid() == 0 else []
    with aiosmtpd(inbox) as port:
        (folder / "mailman.cfg").write_text(CONFIG.format(folder=folder, port=port))
        for name, message in posts.items():
            (folder / f"{name}.eml").write_bytes(message.data)
        domain = LIST.partition("@")[2]
        script = PREPARE.format(
            domain=domain, name=LIST, members=MEMBERS, posts=[f"{name}.eml" for name in posts]
        )
        (folder / "listed.py").write_text(script)
        run(folder, mailman, *root, "-C", "mailman.cfg", "shell", "-r", "listed.prepare")
        with running(folder, runner, ("in", "pipeline", "out")):
            patience = time.monotonic() + 60
            while len(inbox.accepted) < len(MEMBERS) * len(posts) and time.monotonic() < patience:
                time.sleep(0.1)
    got: dict[str, EmailMessage] = {}
    for _, recipient, data in inbox.accepted:
        copy = email.message_from_bytes(data, policy=email.policy.default)
        if recipient == "reader@example.edu" and isinstance(copy, EmailMessage):
            got[str(copy["Message-ID"])] = copy
    held = {name: message.message_id for name, message in posts.items() if message.message_id not in got}
    assert held == {}
    return {name: (message, got[message.message_id]) for name, message in posts.items()}


def part(message: EmailMessage, kind: str) -> EmailMessage:
    """The first part of that type: a list's footer may follow."""
    parts = [candidate for candidate in message.walk() if candidate.get_content_type() == kind]
    assert isinstance(parts[0], EmailMessage)
    return parts[0]


@pytest.mark.parametrize("name", POSTS)
def test_a_post_is_distributed_whole(distributed: dict[str, tuple[Message, EmailMessage]], name: str) -> None:
    """No rule holds it; text, page and calendar arrive as they were sent."""
    sent, got = distributed[name]
    rules = str(got["X-Mailman-Rule-Misses"])
    assert {"implicit-dest", "max-size", "suspicious-header"} <= set(rules.replace(";", " ").split())
    assert got["To"] == LIST
    assert got["Reply-To"] == "colloquium-committee@physics.example.edu"
    assert part(got, "text/plain").get_content().replace("\r\n", "\n") == sent.text
    assert part(got, "text/html").get_content().replace("\r\n", "\n").strip() == str(sent.html).strip()
    calendar = part(got, "text/calendar")
    assert calendar["Content-Type"].params["method"] == "PUBLISH"
    assert calendar.get_content().replace("\r\n", "\n").strip() == (
        (sent.calendar or b"").decode().replace("\r\n", "\n").strip()
    )


def test_the_thread_is_kept(distributed: dict[str, tuple[Message, EmailMessage]]) -> None:
    """The reminder still answers its announcement."""
    sent, got = distributed["reminder"]
    original = email.message_from_bytes(sent.data, policy=email.policy.default)
    assert original["In-Reply-To"] is not None
    assert (got["In-Reply-To"], got["References"]) == (original["In-Reply-To"], original["References"])
