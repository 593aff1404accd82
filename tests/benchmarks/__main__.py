"""All measurements of the project, one after the other: `python -m tests.benchmarks [NAME...]`.

Each compares with something that others know, in the same run, and prints ratios: the machine falls on both
sides alike. None of them is an assertion on time. With `--quick` each takes less, and says less.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALL: dict[str, tuple[list[str], list[str]]] = {
    "starting": ([], ["3"]),
    "loading": ([], ["--talks", "300"]),
    "importing": ([], ["--talks", "200"]),
    "planning": ([], []),
    "composing": ([], []),
    "languages": ([], ["5"]),
    "recording": ([], ["1000"]),
    "handing_over": ([], ["300"]),
    "pacing": ([], []),
    "whole_run": ([], ["200"]),
    "killing": ([], ["200"]),
    "preview": ([], []),
    "desk": ([], ["10"]),
    "publishing": ([], ["--talks", "100"]),
}
"""Each one's arguments, and those with --quick."""


def main() -> None:
    named = [name for name in sys.argv[1:] if name != "--quick"]
    quick = "--quick" in sys.argv
    unknown = set(named) - set(ALL)
    if unknown:
        sys.exit(f"there is no measurement {', '.join(sorted(unknown))}: there are {', '.join(ALL)}")
    failed = []
    for name in named or ALL:
        begun = time.perf_counter()
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"tests.benchmarks.{name}", *ALL[name][quick]]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
        if done.returncode != 0:
            failed.append(name)
        print(f"({time.perf_counter() - begun:.0f} s)\n", flush=True)
    if failed:
        sys.exit(f"these did not end well: {', '.join(failed)}")


if __name__ == "__main__":
    main()
