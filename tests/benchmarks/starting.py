"""What a call costs as a whole: --help, a run with nothing due, check, show; beside Python's own start.

Run as `python -m tests.benchmarks.starting [RUNS]`; medians by hyperfine, and each beside `python -c pass`
and `mailmerge --help`. Needs hyperfine (`apt-get install -y hyperfine`).
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from tests.benchmarks.departments import department
from tests.transport.programs import find

ROOT = Path(__file__).parents[2]


def mailmerge(folder: Path) -> str:
    """mailmerge in an environment of its own."""
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "-q", "mailmerge"], check=True)
    return str(folder / "bin" / "mailmerge")


def medians(commands: dict[str, str], runs: int) -> dict[str, float]:
    """The median of each, in milliseconds; what stands before a semicolon is done before each, unmeasured."""
    found = {}
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        for name, command in commands.items():
            prepare, _, measured = command.rpartition(";")
            before = ["--prepare", prepare] if prepare else []
            options = ["-N", "-w", "2", "-r", str(runs), "--style", "none", "--export-json", out.name]
            subprocess.run(
                [find("hyperfine", "hyperfine"), *options, *before, measured.strip()],
                check=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
            )
            found[name] = json.loads(Path(out.name).read_text())["results"][0]["median"] * 1000
    return found


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    python = shlex.quote(sys.executable)
    ours = f"{python} -m announcer"
    with tempfile.TemporaryDirectory() as name:
        few, many = Path(name, "few"), Path(name, "many")
        for folder, talks in ((few, 1000), (many, 10000)):
            folder.mkdir()
            department(folder, talks, due=False)
        # What changed in the last seconds is not cached; a timer finds nothing that fresh.
        time.sleep(2.5)
        for folder in (few, many):
            subprocess.run(
                [sys.executable, "-m", "announcer", "run", "-q", "-C", folder], cwd=ROOT, check=True
            )
        talk = sorted((few / "talks" / "dept-000").iterdir())[0].stem
        found = medians(
            {
                "python -c pass": f"{python} -c pass",
                "mailmerge --help": f"{mailmerge(Path(name, 'mailmerge'))} --help",
                "announcer --help": f"{ours} --help",
                "run, nothing due, 1,000": f"{ours} run -q -C {few}",
                "run, nothing due, 10,000": f"{ours} run -q -C {many}",
                "check, 1,000": f"{ours} check -q -C {few}",
                "check, 1,000, read anew": f"rm -rf {few}/.announcer/cache; {ours} check -q -C {few}",
                "show, 1,000": f"{ours} show {talk} announcement -C {few}",
            },
            runs,
        )
    start, other = found["python -c pass"], found["mailmerge --help"]
    print(f"whole processes, median of {runs} runs; talks in the folder where a number stands")
    for each, median in found.items():
        ratios = f"{median / start:>6.1f} of python   {median / other:>6.2f} of mailmerge"
        print(f"  {each:<28} {median:>8.0f} ms   {ratios}")


if __name__ == "__main__":
    main()
