"""Publishing a department of many talks: all of it, again with nothing changed, and with one talk changed.

    python -m tests.benchmarks.publishing --talks 1000

Each is a whole `announcer publish` in a process of its own. Beside it, in the same run, the time in which
Python reads and hashes the files that are there, which is the least that "nothing changed" could take.

Taken on two cores that others used as well, Python 3.11, 1,000 talks with formulas, 3,208 files, 26 MB:

    all of it         10.2 s, of a processor    8.0 s
    nothing changed    1.4 s, of a processor    1.3 s
    one changed        2.1 s, of a processor    2.0 s
    reading it         0.1 s
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.departments import department
from tests.command_line import COMMAND, surroundings


def seconds(root: Path, out: Path) -> tuple[float, float]:
    """How long a call takes, on the wall and of a processor."""
    began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*COMMAND, "publish", "--out", str(out)],
        cwd=root,
        env=surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    took, now = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    print(f"    {done.stdout.splitlines()[0].partition(': ')[2]}")
    return took, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


def reading(out: Path) -> float:
    """How long it takes to read and hash all files."""
    began = time.perf_counter()
    for file in out.rglob("*"):
        if file.is_file():
            hashlib.sha256(file.read_bytes()).hexdigest()
    return time.perf_counter() - began


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--talks", type=int, default=1000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        department(root, given.talks)
        subprocess.run(
            [*COMMAND, "run", "-q"], cwd=root, env=surroundings(), capture_output=True, check=False
        )
        time.sleep(2.5)  # so that the files are old enough to be kept
        out = root / "public"
        for what in ("all of it", "nothing changed", "one changed", "nothing changed"):
            if what == "one changed":
                changed = next((root / "talks").rglob("*.yaml"))
                text = changed.read_text(encoding="utf-8")
                changed.write_text(text.replace("Bound states", "States bound"), encoding="utf-8")
            wall, processor = seconds(root, out)
            print(f"{what:<16} {wall:6.2f} s, of a processor {processor:6.2f} s")
        files = [file for file in out.rglob("*") if file.is_file()]
        size = sum(file.stat().st_size for file in files)
        print(f"{'reading it':<16} {reading(out):6.2f} s   {len(files)} files, {size / 1e6:.1f} MB")
        pages = {file.name: file.stat().st_size for file in files if file.suffix == ".html"}
        print("largest pages:", ", ".join(f"{n} {pages[n]}" for n in sorted(pages, key=pages.get)[-3:]))  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
