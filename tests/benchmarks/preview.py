"""From saving a talk to seeing it: 50 saves at 10 and at 1,000 talks, in a real Chromium.

Run as `python -m tests.benchmarks.preview [SAVES]`; prints median and worst in milliseconds. A save
counts as shown when the frame with the changed email has been laid out and put in place; the time is
taken by one clock, in this process, from just before the file is written. Beside it, in the same browser,
what any such page takes: watchfiles hears of a file that is the email already, and Chromium loads it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page
from watchfiles import watch

from announcer.preview.live import DEBOUNCE, STEP
from tests.departments import Folder, sample
from tests.message.browser import chromium
from tests.preview.conftest import NOW, running

TALK = "talks/colloquium/2026-bordelon.yaml"
_SHOWN = """number => new Promise(done => {
  const look = () => {
    const frame = document.querySelector("#stage iframe:not(.coming)");
    const title = frame && frame.contentDocument && frame.contentDocument.querySelector("h1");
    if (title && title.textContent.includes(`Save ${number}.`)) requestAnimationFrame(() => done(true));
    else requestAnimationFrame(look);
  };
  look();
})"""


def make_talks(folder: Folder, count: int) -> None:
    """So many talks with the sample's, eight a week from December on."""
    text = (folder.path / "talks/colloquium/2026-lindqvist.yaml").read_text(encoding="utf-8")
    day = date(2026, 12, 9)
    for number in range(count - 2):
        if number % 8 == 7:
            day += timedelta(days=7)
        made = text.replace("2026-12-09", day.isoformat()).replace("How Fast", f"{number} times How Fast")
        made = made.replace("series:", f"location: Room {number}\nseries:").replace(
            "Lindqvist", f"L. {number}"
        )
        made = made.replace("Okafor", f"O. {number}")
        path = folder.path / f"talks/colloquium/{day.year}-{number:04}.yaml"
        path.write_text(made, encoding="utf-8")


def measure(talks: int, saves: int) -> tuple[list[float], list[float]]:
    """Milliseconds from each save to its picture, and of a finished email that is saved."""
    taken = []
    with tempfile.TemporaryDirectory() as name:
        folder = sample(Path(name))
        make_talks(folder, talks)
        file = folder.path / TALK
        text = file.read_text(encoding="utf-8")
        with running(folder, "--now", NOW) as preview, chromium() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            preview.let_in(page.context)
            page.goto(f"{preview.url}/mail/2026-bordelon/announcement")
            page.wait_for_selector(".live.on")
            for number in range(saves):
                page.wait_for_timeout(400)
                changed = text.replace("title: A", f"title: Save {number}. A")
                began = time.perf_counter()
                file.write_text(changed, encoding="utf-8")
                page.evaluate(_SHOWN, number)
                taken.append((time.perf_counter() - began) * 1000)
            email = page.evaluate(
                "document.querySelector('#stage iframe').contentDocument.documentElement.outerHTML"
            )
            return taken, finished(browser.new_page(), email, saves)


def finished(page: Page, email: str, saves: int) -> list[float]:
    """Milliseconds from saving an email's page to seeing it, with nothing to be made."""
    taken, heard, over = [], threading.Event(), threading.Event()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "email.html")

        def follow() -> None:
            for _ in watch(name, step=STEP, debounce=DEBOUNCE, stop_event=over, rust_timeout=100):
                heard.set()

        following = threading.Thread(target=follow)
        following.start()
        page.wait_for_timeout(400)
        for number in range(saves):
            heard.clear()
            began = time.perf_counter()
            file.write_text(email.replace("Save ", f"Save {number}: "), encoding="utf-8")
            heard.wait()
            page.goto(file.as_uri())
            taken.append((time.perf_counter() - began) * 1000)
            page.wait_for_timeout(150)
        over.set()
        following.join()
    return taken


def main() -> None:
    """Prints a table."""
    saves = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    print(f"{'talks':>6} {'saves':>6} {'median ms':>10} {'worst ms':>10}   a finished page: median, worst")
    for talks in (10, 1000):
        taken, other = measure(talks, saves)
        print(
            f"{talks:>6} {saves:>6} {statistics.median(taken):>10.0f} {max(taken):>10.0f}   "
            f"{statistics.median(other):>22.0f}, {max(other):.0f}"
        )


if __name__ == "__main__":
    main()
