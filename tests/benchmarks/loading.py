"""Loading a department of many talks, cold and warm, against yaml.safe_load with the C loader.

    python -m tests.benchmarks.loading --talks 10000

Each is the median of several runs in processes of their own, over the same files, one after the other in
turns; processor seconds, of which the ratios count. "one changed" is warm but for one file. The files are
cached by the system in every run, and no two texts are the same.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLAIN = """
import pathlib, sys, time
import yaml
began = time.process_time()
for path in sorted(pathlib.Path(sys.argv[1], "talks").rglob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
print(time.process_time() - began)
"""
OURS = """
import pathlib, sys, time
from datetime import UTC, datetime
began = time.process_time()
from announcer.records.load import load
loaded = load(pathlib.Path(sys.argv[1]), now=datetime(2026, 11, 23, tzinfo=UTC))
print(time.process_time() - began)
assert len(loaded.talks) == int(sys.argv[2]), loaded.problems[:3]
"""


def make(root: Path, talks: int) -> None:
    """A department with that many talks like the two samples, forty a week."""
    shutil.copy(ROOT / "announcer.yaml", root)
    samples = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "talks").rglob("*.yaml"))]
    folder = root / "talks" / "colloquium"
    folder.mkdir(parents=True)
    for number in range(talks):
        day = date(2016, 1, 6) + timedelta(weeks=number // 40)
        text = samples[number % len(samples)]
        for old in ("2026-12-02", "2026-12-09"):
            text = text.replace(f"date: {old}", f"date: {day}\nlocation: Room {number % 40}")
        for name in ("Blake Bordelon", "Ada Lindqvist", "Tomás Okafor"):
            text = text.replace(name, f"{name} {number}")
        # No two texts are the same, as in life: what is remembered of one helps with no other.
        text = text.replace("abstract: |\n", f"abstract: |\n  This is talk {number} of its kind.\n")
        text = text.replace("title: ", f"title: {number} Times ")
        (folder / f"talk-{number:05}.yaml").write_text(text, encoding="utf-8")


def seconds(program: str, root: Path, talks: int) -> float:
    """How long a program says that it took, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(root), str(talks)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--talks", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make(root, given.talks)
        time.sleep(2.5)  # so that the files are old enough to be kept
        took: dict[str, list[float]] = {"yaml": [], "cold": [], "warm": [], "one changed": []}
        for _ in range(given.runs):
            took["yaml"].append(seconds(PLAIN, root, given.talks))
            shutil.rmtree(root / ".announcer", ignore_errors=True)
            took["cold"].append(seconds(OURS, root, given.talks))
            took["warm"].append(seconds(OURS, root, given.talks))
            changed = root / "talks" / "colloquium" / "talk-00000.yaml"
            changed.write_text(changed.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
            took["one changed"].append(seconds(OURS, root, given.talks))
            time.sleep(2.5)
        size = (root / ".announcer" / "cache" / "records.msgpack").stat().st_size
    base = statistics.median(took["yaml"])
    print(f"{given.talks} talks, median of {given.runs}; the cache has {size / 1e6:.1f} MB")
    for what, times in took.items():
        middle = statistics.median(times)
        print(f"{what:12} {middle:7.2f} s  {middle / base:6.2f} x yaml.safe_load with the C loader")


if __name__ == "__main__":
    main()
