"""What the ledger costs: reading its entries, and writing down one mail from freeze to outcome.

Run as `python -m tests.benchmarks.recording [ENTRIES]`; prints medians, and the ratio to a tenth as many.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from announcer.domain.mailing import Key
from announcer.ledger import Ledger
from announcer.ledger.codec import encoded, utc_text
from announcer.ledger.database import sqlite_engine
from announcer.ledger.schema import ENTRY
from announcer.ledger.store import open_ledger
from tests.ledger.story import LIVE, NOW, TOLD, sent

ROUNDS = 7


def median(act: Callable[[], object]) -> float:
    """The median of several runs, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def filled(root: Path, entries: int) -> Ledger:
    """A ledger with so many accepted mails, ten for each talk."""
    ledger = open_ledger("sqlite", root)
    rows = [
        {
            "realm": LIVE,
            "subject": f"talk-{number // 10}",
            "occasion": "reminder",
            "period": "2026-12-02",
            "slot": f"{number % 10}-days-before",
            "list": "colloquium",
            "address": "colloquium@lists.example.edu",
            "audience": "internal",
            "state": "accepted",
            "told": encoded([replace(TOLD, talk=f"talk-{number // 10}")]),
            "message_id": f"<{number}@physics.example.edu>",
            "reply": "250 2.0.0 Ok",
            "at": utc_text(NOW),
        }
        for number in range(entries)
    ]
    engine = sqlite_engine(root / ".announcer" / "ledger.sqlite", patience=1)
    with engine.begin() as connection:
        connection.execute(ENTRY.insert(), rows)
    engine.dispose()
    return ledger


def probe(root: Path) -> float:
    """What the disk asks for four small writes that are waited for, in milliseconds: the floor of a mail."""

    def four() -> None:
        with (root / "probe").open("ab") as file:
            for _ in range(4):
                file.write(bytes(8192))
                file.flush()
                os.fsync(file.fileno())

    return median(four)


def measure(entries: int) -> float:
    """Prints what a ledger of so many entries costs; the time of reading them all."""
    with tempfile.TemporaryDirectory(prefix="announcer-recording-") as folder:
        root, numbers = Path(folder), count()
        ledger = filled(root, entries)
        subjects = [f"talk-{number}" for number in range(100)]
        all_of_them = median(lambda: ledger.entries(LIVE))
        some = median(lambda: ledger.entries(LIVE, subjects))
        mail = median(lambda: sent(ledger, key=Key(f"new-{next(numbers)}", "reminder", "2026-12-02")))
        print(f"{entries} entries")
        print(f"  reading all                        {all_of_them:>8.1f} ms")
        print(f"  reading those of 100 talks         {some:>8.1f} ms")
        print(f"  one mail: freeze to outcome        {mail:>8.1f} ms")
        print(f"  four writes that are waited for    {probe(root):>8.1f} ms")
        ledger.close()
    return all_of_them


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    few = measure(many // 10)
    print(f"reading all, ratio: {measure(many) / few:.1f}")


if __name__ == "__main__":
    main()
