"""The desk among 1,000 talks: its list, what is wrong as one types, and the email beside it.

Run as `python -m tests.benchmarks.desk [TIMES]`; prints median and worst in milliseconds, each of one request
over loopback to a preview in a process of its own. A small file of the same server is what they compare with.
"""

from __future__ import annotations

import html
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.preview import make_talks
from tests.departments import sample
from tests.preview.conftest import NOW, Running, running

TALKS = 1000


def measured(once: Callable[[int], object], times: int) -> list[float]:
    """Milliseconds of each time; the first is not counted."""
    once(0)
    taken = []
    for number in range(1, times + 1):
        began = time.perf_counter()
        once(number)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def text_of(preview: Running, path: str) -> str:
    """What stands in the editor of a page of the desk."""
    match = re.search(rb'<textarea id="desk-text"[^>]*>\n(.*?)</textarea>', preview.get(path), re.DOTALL)
    assert match
    return html.unescape(match[1].decode())


def main() -> None:
    """Prints a table."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as name:
        folder = sample(Path(name))
        make_talks(folder, TALKS)
        with running(folder, "--now", NOW) as preview:
            text = text_of(preview, "/desk/new")
            fields = {"box__date": "2026-12-16", "box__speaker.0.name": "Emmy Noether"}

            def keystroke(number: int, **more: str) -> dict[str, object]:
                typed = fields | {"box__title": f"Invariants {number}"} | more
                answer = json.loads(preview.post("/desk/read", path="", text=text, **typed)[2])
                assert isinstance(answer, dict)
                return answer

            def with_mail(number: int) -> bytes:
                return preview.get(f"/desk/frame/{keystroke(number, part='mail')['frame']}")

            rows: dict[str, Callable[[int], object]] = {
                "a small file": lambda _: preview.get("/assets/desk.css"),
                "the list of all talks": lambda _: preview.get("/talks"),
                "a new talk's form": lambda _: preview.get("/desk/new"),
                "a talk's form": lambda _: preview.get("/desk/talk/2026-bordelon"),
                "a keystroke's problems": keystroke,
                "a keystroke's email, with its page": with_mail,
            }
            print(f"{TALKS} talks, {times} times {'median ms':>24} {'worst ms':>10}")
            for what, once in rows.items():
                taken = measured(once, times)
                print(f"{what:<36} {statistics.median(taken):>10.1f} {max(taken):>10.1f}")


if __name__ == "__main__":
    main()
