"""SpamAssassin's opinion of a message, where it is installed; its local tests alone, nothing fetched."""

from __future__ import annotations

import re
import shutil
import subprocess

from announcer.preview.checks.finding import Check, CheckedLine, Grade

PATIENCE = 60
"""Seconds."""
_POINTS = re.compile(r"^\s*(-?\d+\.\d+)\s+([A-Z][A-Z0-9_]+)\s+(.*)$", re.MULTILINE)


def is_installed() -> bool:
    """Whether there is a SpamAssassin to ask."""
    return shutil.which("spamassassin") is not None


def spam(data: bytes) -> Check:
    """What it finds; spam filters differ, and a list's reputation counts more."""
    program = shutil.which("spamassassin")
    if program is None:
        return Check(
            level=Grade.NOTE,
            name="Spam",
            says="SpamAssassin is not installed on this machine",
            items=(CheckedLine(text="apt-get install spamassassin"),),
        )
    try:
        done = subprocess.run(  # noqa: S603 - the program that was found, and no text of a person's
            [program, "--local", "--test-mode"],
            input=data,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return Check(level=Grade.NOTE, name="Spam", says=f"SpamAssassin gave no answer in {PATIENCE} seconds")
    report = done.stdout.decode("utf-8", "replace")
    score = re.search(r"score=(-?\d+\.\d+) required=(-?\d+\.\d+)", re.sub(r"\s+", " ", report))
    if done.returncode or score is None:
        complaint = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return Check(
            level=Grade.NOTE,
            name="Spam",
            says="SpamAssassin could not judge it",
            items=tuple(CheckedLine(text=line) for line in complaint[-2:]),
        )
    points, limit = float(score[1]), float(score[2])
    hits = [(float(number), rule, why) for number, rule, why in _POINTS.findall(report)]
    items = tuple(
        CheckedLine(text=f"{number:+.1f} {rule}: {why.strip()}") for number, rule, why in hits if number
    )
    level = Grade.WARNING if points >= limit else Grade.NOTE if points > 1 else Grade.GOOD
    return Check(level=level, name="Spam", says=f"{points:.1f} points; {limit:.0f} make it spam", items=items)
