"""The same over a real SMTP conversation: what arrives is what `show` prints, to the list."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.departments import Folder
from tests.servers import Inbox, aiosmtpd, smtp_sink

SINK = shutil.which("smtp-sink", path="/usr/sbin:/usr/bin:/usr/local/sbin")


def _without_date(data: bytes) -> bytes:
    head, blank, body = data.partition(b"\r\n\r\n")
    return b"\r\n".join(line for line in head.split(b"\r\n") if not line.startswith(b"Date:")) + blank + body


def _hard_to_carry(folder: Folder) -> None:
    """Non-ASCII text, and lines that begin with a dot."""
    folder.edit(
        "talks/colloquium/2026-bordelon.yaml",
        "abstract: |",
        "contact: |\n  .dots at the beginning\n  ..and two: naïve Schrödinger “quotes” 東京\nabstract: |",
    )


def _shown(folder: Folder, name: str) -> bytes:
    out = folder.path / f"{name}.eml"
    done = folder.announcer(
        "show", "2026-bordelon", "announcement", "--format", "eml", "--list", name, "--out", str(out)
    )
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


def test_what_aiosmtpd_gets_is_what_show_prints(folder: Folder) -> None:
    """CRLF, dots and non-ASCII intact; To is the list, the envelope sender is the configured one."""
    inbox = Inbox()
    with aiosmtpd(inbox) as port:
        folder.deliver_to(port)
        folder.make_due()
        _hard_to_carry(folder)
        shown = {name: _shown(folder, name) for name in ("colloquium", "public-lectures")}
        done = folder.announcer("run")
        assert (done.returncode, done.stderr) == (0, "")
        assert folder.announcer("run").returncode == 0
    assert [(sender, recipient) for sender, recipient, _ in inbox.accepted] == [
        ("colloquium-bounces@physics.example.edu", "colloquium@lists.example.edu"),
        ("colloquium-bounces@physics.example.edu", "public-lectures@lists.example.edu"),
    ]
    for (_, recipient, data), name in zip(inbox.accepted, shown, strict=True):
        assert f"To: {recipient}\r\n".encode() in data
        assert _without_date(data) == _without_date(shown[name])


@pytest.mark.skipif(SINK is None and os.environ.get("CI") != "true", reason="needs: apt-get install postfix")
def test_what_postfix_smtp_sink_gets_is_what_show_prints(folder: Folder, tmp_path: Path) -> None:
    """Another implementation's reading of the same conversation."""
    sink = tmp_path / "sink"
    sink.mkdir()
    with smtp_sink(sink) as port:
        folder.deliver_to(port)
        folder.make_due()
        _hard_to_carry(folder)
        shown = _shown(folder, "colloquium")
        assert folder.announcer("run").returncode == 0
    arrived = [file.read_bytes() for file in sink.iterdir()]
    (colloquium,) = [data for data in arrived if b"To: colloquium@lists.example.edu" in data]
    # smtp-sink writes LF lines behind a few lines of its own, which end with its Received field.
    message = colloquium[colloquium.index(b"Date: ") :].rstrip(b"\n").replace(b"\n", b"\r\n")
    assert _without_date(message) == _without_date(shown).rstrip(b"\r\n")
    assert b"X-Mail-Args: <colloquium-bounces@physics.example.edu>" in colloquium
