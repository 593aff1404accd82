"""What a call costs as a whole: --help, a run with nothing due, check, show; beside the imports they rest on.

Run as `python -m tests.benchmarks.starting [RUNS]`: medians of processor time (user and system) of whole
processes, all in turns, each beside `python -c "import jinja2, yaml, sqlalchemy, pydantic, click"`.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.departments import department
from tests.command_line import COMMAND, ROOT, surroundings

IMPORTS = "import jinja2, yaml, sqlalchemy, pydantic, click"
_CACHE = ".announcer/cache"


def seconds(command: list[str]) -> float:
    """The processor time of a process, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def forget_look(folder: Path) -> None:
    """The next run has no note that spares it."""
    (folder / _CACHE / "last-run.json").unlink(missing_ok=True)


def forget_all(folder: Path) -> None:
    """Every file is read anew."""
    shutil.rmtree(folder / _CACHE, ignore_errors=True)


def change(folder: Path) -> None:
    """One talk's file has another line than before."""
    path = next((folder / "talks" / "dept-000").iterdir())
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as name:
        few, many = Path(name, "few"), Path(name, "many")
        for folder, talks in ((few, 1000), (many, 10000)):
            folder.mkdir()
            department(folder, talks, due=False)
            # As `init` writes it: nobody is asked about what was before.
            with (folder / "announcer.yaml").open("a", encoding="utf-8") as config:
                config.write(f"begin: {datetime.now(UTC).date()}\n")
        # What changed in the last seconds is not kept; a timer finds nothing that fresh.
        time.sleep(2.5)
        talk = sorted((few / "talks" / "dept-000").iterdir())[0].stem

        def run(folder: Path) -> list[str]:
            return [*COMMAND, "run", "-q", "-C", str(folder)]

        check, nothing = [*COMMAND, "check", "-q", "-C", str(few)], lambda _: None
        show = [*COMMAND, "show", talk, "announcement", "-C", str(few)]
        measured: dict[str, tuple[Callable[[Path], None], Path, list[str]]] = {
            "the imports": (nothing, few, [sys.executable, "-c", IMPORTS]),
            "python -c pass": (nothing, few, [sys.executable, "-c", "pass"]),
            "announcer --help": (nothing, few, [*COMMAND, "--help"]),
            "run, nothing due, 1,000": (nothing, few, run(few)),
            "run, nothing due, 10,000": (nothing, many, run(many)),
            "run, a full look, 1,000": (forget_look, few, run(few)),
            "run, a full look, 10,000": (forget_look, many, run(many)),
            "check, 1,000": (nothing, few, check),
            "show, 1,000": (nothing, few, show),
            "check, 1,000, read anew": (forget_all, few, check),
            "run, one changed, 1,000": (change, few, run(few)),
        }
        for folder in (few, many):  # the first makes the ledger, the second the note
            for _ in range(2):
                seconds(run(folder))
        took: dict[str, list[float]] = {label: [] for label in measured}
        for _ in range(runs):
            for label, (prepare, folder, command) in measured.items():
                prepare(folder)
                took[label].append(seconds(command))
            # Settled again for the next turn.
            time.sleep(2.5)
            seconds(run(few))
    base = statistics.median(took["the imports"])
    print(f"processor time of whole processes, median of {runs} in turns")
    for label, times in took.items():
        middle = statistics.median(times)
        print(f"  {label:<26} {middle * 1000:>7.0f} ms   {middle / base:>6.2f} of the imports")


if __name__ == "__main__":
    main()
