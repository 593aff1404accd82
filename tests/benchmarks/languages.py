"""What a mail costs in each language beside the same in English, and what of languages an idle run imports.

Run as `python -m tests.benchmarks.languages [ROUNDS]`; CPU time, the languages in turn within one run, as
ratios to English. At most 1.05 is wanted of one language; two languages are two readings of one mail.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from announcer.languages.words import LANGUAGES
from announcer.message.compose import Composer
from tests.benchmarks.departments import department as written
from tests.message.samples import SENT, composer, department, full, group

ROOT = Path(__file__).parents[2]
_IMPORTED = """
import atexit, sys
atexit.register(lambda: print(*sorted(name for name in sys.modules if "languages" in name), file=sys.stderr))
from announcer.cli.main import main
main(sys.argv[1:])
"""


def composed(rounds: int) -> dict[str, list[float]]:
    """The CPU seconds of each mail, by language; what is made for the first time is not counted."""
    mail = group(full())
    composers: dict[str, Composer] = {language: composer(locale=language) for language in LANGUAGES}
    lists = {
        name: replace(mailing_list, locale=("de", "en")) for name, mailing_list in department().lists.items()
    }
    composers["de + en"] = composer(lists=lists)
    both = replace(
        mail, lists=tuple(replace(mailing_list, locale=("de", "en")) for mailing_list in mail.lists)
    )
    taken: dict[str, list[float]] = {name: [] for name in composers}
    for number in range(rounds + 1):
        for name in composers:
            begin = time.process_time()
            composers[name].compose(both if "+" in name else mail, date=SENT)
            if number:
                taken[name].append(time.process_time() - begin)
    return taken


def idle() -> str:
    """The modules of languages that a run imports which finds nothing due, its folder read before."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(folder, 20, due=False)
        time.sleep(2.5)  # what changed in the last seconds is not cached
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-c", _IMPORTED, "run", "-q", "-C", name],
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
            )
    return done.stderr.strip() or "none"


def main() -> None:
    """Prints both."""
    taken = composed(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
    english = statistics.median(taken["en"])
    print(f"a mail in English: {english * 1000:.1f} ms of CPU time")
    for name, times in taken.items():
        pairs = [seconds / reference for seconds, reference in zip(times, taken["en"], strict=True)]
        print(f"  {name:8} {statistics.median(pairs):.3f}")
    print(f"modules of languages in an idle run: {idle()}")


if __name__ == "__main__":
    main()
