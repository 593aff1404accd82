"""What composing an announcement costs, stage by stage, and css-inline in premailer's place.

Run as `python -m tests.benchmarks.composing`; prints medians in milliseconds and each stage's share.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import css_inline

from announcer.languages.words import english
from announcer.message import leak_check as scan
from announcer.message import mime
from announcer.message.calendar import calendar
from announcer.message.context import TemplateContext
from announcer.message.inlining import inlined
from announcer.message.layout import laid_out
from announcer.message.rendering import Templates
from announcer.records.load import load
from tests.message.samples import SENT, TEMPLATES, composer, department, group

ROUNDS = 40


def median(stage: Callable[[], object]) -> float:
    """The median of several runs, in milliseconds; the first is not counted."""
    stage()
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        stage()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Measures the seed's announcement."""
    made, said = group(), department()
    templates = Templates([TEMPLATES])
    reading = TemplateContext(department=said, root=TEMPLATES, group=made, words=english("en_US"))
    values = reading.values() | {"subject": composer().subject(made)}
    talks = values["talks"]
    assert isinstance(talks, tuple)
    page = templates.render("announcement/body.html", values)
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False)
    text = laid_out(templates.render("announcement/body.txt", values))
    whole = composer()
    message = whole.compose(made, date=SENT)
    parts = mime.Parts(
        text=text, html=message.html, pictures=(), calendar=calendar(made, talks, said, reading.words)
    )
    now = datetime(2026, 11, 23, tzinfo=UTC)

    def written() -> object:
        return mime.build(
            made,
            said,
            subject=message.subject,
            date=SENT,
            identity=message.message_id,
            parts=parts,
            languages=["en-US"],
        )

    def rendered() -> object:
        templates.render("announcement/body.txt", values)
        return templates.render("announcement/body.html", values)

    stages: dict[str, Callable[[], object]] = {
        "records (all sample files)": lambda: load(Path(TEMPLATES.parent), now=now, cache=False),
        "context (Markdown, maths, dates)": reading.values,
        "Jinja2": rendered,
        "premailer": lambda: inlined(page),
        "calendar": lambda: calendar(made, talks, said, reading.words),
        "MIME": written,
        "scan for what is private": lambda: scan.leaks(message.data, ["a private value"]),
        "css-inline in premailer's place": lambda: inliner.inline(page),
        "the whole message": lambda: whole.compose(made, date=SENT),
    }
    figures = {name: median(stage) for name, stage in stages.items()}
    total = figures["the whole message"]
    print(f"{len(message.data)} bytes; medians of {ROUNDS} runs")
    for name, milliseconds in figures.items():
        print(f"{name:34} {milliseconds:8.2f} ms  {milliseconds / total:7.3f} of the whole message")


if __name__ == "__main__":
    main()
