"""Importing a calendar of many talks, against icalendar's own parsing of the same bytes.

    python -m tests.benchmarks.importing --talks 1000

"read" makes drafts of it, "review" also compares them with the department's files and the last import, and
"again" is a review where every talk is the same. Each is the median of several runs in this process.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Calendar

from announcer.domain.clock import zone
from announcer.service.importing.applying import apply
from announcer.service.importing.reading import how_of, read
from announcer.service.importing.review import reviewed
from announcer.service.importing.sources import open_source
from announcer.service.project import Clock, Project

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def calendar(talks: int) -> str:
    """A calendar with that many talks, an hour apart."""
    made = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//pretalx//EN"]
    for number in range(talks):
        start = NOW + timedelta(days=1, hours=number)
        made += [
            "BEGIN:VEVENT",
            f"UID:{number}@example.edu",
            f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
            f"DTEND:{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}",
            f"SUMMARY:On the {number}th code - Ada Example {number}",
            "LOCATION:Hall 3",
            f"DESCRIPTION:Abstract: We study codes\\, {'at length. ' * 60}",
            "END:VEVENT",
        ]
    return "\r\n".join([*made, "END:VCALENDAR", ""])


def seconds(call: Callable[[], object], runs: int) -> float:
    """The median of several runs."""
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--talks", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copy(ROOT / "announcer.yaml", root)
        (root / "cal.ics").write_text(calendar(given.talks), encoding="utf-8")

        def project() -> Project:
            clock = Clock(machine=lambda: NOW, now=lambda name: NOW.astimezone(zone(name)), is_machine=False)
            return Project(root=root, timepiece=clock, environ={})

        def looked() -> object:
            fresh = project()
            opened = open_source(fresh, str(root / "cal.ics"), lambda: b"")
            contents = read(fresh, opened, format_name=None, how=how_of(fresh, opened))
            return reviewed(fresh, opened, contents)

        first = project()
        opened = open_source(first, str(root / "cal.ics"), lambda: b"")
        took = {
            "icalendar": seconds(lambda: Calendar.from_ical(opened.given.data, multiple=True), given.runs),
            "read": seconds(
                lambda: read(first, opened, format_name=None, how=how_of(first, opened)), given.runs
            ),
            "review": seconds(looked, given.runs),
        }
        contents = read(first, opened, format_name=None, how=how_of(first, opened))
        began = time.perf_counter()
        apply(first, reviewed(first, opened, contents))
        took["write"] = time.perf_counter() - began
        project().load()
        time.sleep(2.5)
        project().load()
        took["again"] = seconds(looked, given.runs)
    base = took["icalendar"]
    print(f"{given.talks} talks, median of {given.runs}")
    for what, value in took.items():
        print(f"{what:10} {value:7.2f} s  {value / base:6.2f} x icalendar")


if __name__ == "__main__":
    main()
