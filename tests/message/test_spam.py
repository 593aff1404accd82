"""SpamAssassin, with its local tests: a talk's mail does not look like spam."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.message.programs import program
from tests.message.stories import STORIES, page_and_message

TELLING = {
    "announcement, full",
    "reminder, changed",
    "correction",
    "cancellation",
    "digest",
}
KNOWN = {"URI_DOTEDU"}
"""Scored for any link to an .edu address."""


@pytest.mark.parametrize("name", sorted(TELLING))
def test_no_rule_adds_points(name: str, tmp_path: Path) -> None:
    """No occasion scores for what it says or how it is made."""
    command = program("spamassassin", "apt-get install spamassassin")
    _, message = page_and_message(STORIES[name](), tmp_path)
    done = subprocess.run(
        [command, "--local", "--test-mode"],
        input=message.data,
        capture_output=True,
        check=True,
        timeout=120,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )
    report = done.stdout.decode(errors="replace").rpartition("Content analysis details:")[2]
    rules = re.findall(r"^\s*(-?\d+\.\d+) ([A-Z][A-Z0-9_]+) ", report, re.MULTILINE)
    assert len(rules) > 1
    assert {rule for points, rule in rules if float(points) > 0} <= KNOWN
