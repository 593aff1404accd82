"""A whole run of 2,000 due mailings to smtp-sink, beside a plain loop with premailer, smtplib and no ledger.

Run as `python -m tests.benchmarks.whole_run [MAILINGS]`; each is a process of its own, by turns. Prints
messages a second, their ratio, and where the time of a run goes.
"""

from __future__ import annotations

import os
import shutil
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from email.message import EmailMessage
from logging import CRITICAL
from pathlib import Path

from tests.benchmarks.departments import department
from tests.transport.programs import sink

ROOT = Path(__file__).parents[2]
ROUNDS = 3
MANY = 1000
"""So many mailings or more take minutes, and one round tells as much as three."""


def plain_loop(root: Path, port: int) -> None:
    """What one writes in an afternoon: render, inline, attach the calendar, send; remember nothing."""
    from premailer import Premailer

    from announcer.domain.planning.plan import plan
    from announcer.domain.planning.situation import Situation
    from announcer.languages.words import english
    from announcer.message.calendar import calendar
    from announcer.message.context import TemplateContext
    from announcer.message.templates.rendering import Templates
    from announcer.records.load import load

    def inline(page: str) -> str:
        # Without validation, as ours: with it, as premailer has it by default, it takes twice as long.
        inliner = Premailer(page, disable_validation=True, cssutils_logging_level=CRITICAL)
        return str(inliner.transform())

    now = datetime.now(UTC)
    loaded = load(root, now=now)
    assert loaded.department is not None
    words = english("en_US")
    templates = Templates([ROOT / "templates"])
    planned = plan(Situation.of(loaded.department, (), now), loaded.talks, ())
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as client:
        for mailing in planned.mailings:
            for group in mailing.groups:
                reading = TemplateContext(department=loaded.department, root=root, group=group, words=words)
                values = reading.values()
                values["subject"] = templates.render("announcement/subject.txt", values).strip()
                message = EmailMessage()
                message["Subject"] = values["subject"]
                message["From"] = "talks@example.edu"
                message["To"] = group.lists[0].address
                message.set_content(templates.render("announcement/body.txt", values))
                page = templates.render("announcement/body.html", values)
                message.add_alternative(inline(page), subtype="html")
                entry = calendar(group, values["talks"], loaded.department, words)  # type: ignore[arg-type]
                assert entry is not None
                message.add_attachment(entry.data, maintype="text", subtype="calendar", filename="talk.ics")
                client.send_message(message)


def _seconds(command: list[str], folder: Path) -> float:
    begun = time.perf_counter()
    subprocess.run(
        command,
        cwd=folder,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


def measure(count: int) -> dict[str, float]:
    """The median rate of each, in messages a second."""
    taken: dict[str, list[float]] = {"a plain loop, no ledger": [], "announcer run": []}
    with sink(store=False) as running, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        department(folder, count, port=running.port)
        ours = [sys.executable, "-m", "announcer"]
        # Both find the talks read before, as a timer does.
        time.sleep(2.5)
        _seconds([*ours, "check", "-q"], folder)
        for _ in range(ROUNDS if count < MANY else 1):
            plain = [sys.executable, "-m", "tests.benchmarks.whole_run", "plain", name, str(running.port)]
            taken["a plain loop, no ledger"].append(_seconds(plain, folder))
            for path in (folder / ".announcer").iterdir():
                if path.name != "cache":
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            _seconds([*ours, "ledger", "--new"], folder)  # nothing was sent before: it is due
            taken["announcer run"].append(_seconds([*ours, "run", "-q"], folder))
            gone = subprocess.run([*ours, "log", "--json"], cwd=folder, check=True, capture_output=True)
            assert gone.stdout.count(b'"accepted"') == count, "not all of it went"
    return {name: count / statistics.median(times) for name, times in taken.items()}


def main() -> None:
    if sys.argv[1:2] == ["plain"]:
        plain_loop(Path(sys.argv[2]), int(sys.argv[3]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    rates = measure(count)
    base = rates["a plain loop, no ledger"]
    print(f"{count} due mailings to smtp-sink, each a whole process")
    for name, rate in rates.items():
        print(f"  {name:<28} {rate:>8.1f} a second   {rate / base:>6.2f} of the first")


if __name__ == "__main__":
    main()
