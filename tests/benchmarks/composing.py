"""What composing a message costs beside premailer and css-inline on its page, and where its time goes.

Run as `python -m tests.benchmarks composing`; prints medians of one run in milliseconds of CPU, and ratios.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from logging import CRITICAL
from pathlib import Path

import css_inline
from premailer import Premailer

from announcer.domain.department import Department
from announcer.domain.mailing import AudienceGroup
from announcer.domain.planning.plan import plan
from announcer.domain.planning.situation import Situation
from announcer.languages.words import english
from announcer.message import inlining, leak_check, mime
from announcer.message.calendar import calendar
from announcer.message.compose import Composer
from announcer.message.context import TemplateContext
from announcer.message.layout import laid_out
from announcer.message.templates.rendering import Templates
from announcer.records.load import load
from tests.benchmarks.departments import department as written
from tests.message.samples import TEMPLATES

MESSAGES = 100


def median(
    stages: dict[str, Callable[[AudienceGroup], object]], groups: Sequence[AudienceGroup]
) -> dict[str, float]:
    """The median of each stage over these groups, by turns, in milliseconds of CPU."""
    taken: dict[str, list[float]] = {name: [] for name in stages}
    for group in groups:
        for name, stage in stages.items():
            begin = time.thread_time()
            stage(group)
            taken[name].append((time.thread_time() - begin) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def _shaped(group: AudienceGroup, number: int) -> AudienceGroup:
    """The group with an abstract of so many more paragraphs: a page that no other has the structure of."""
    (talk,) = group.talks
    return replace(group, talks=(replace(talk, abstract=str(talk.abstract) + "\n\nMore." * number),))


def main() -> None:
    """Measures the announcements of a hundred departments' talks."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        written(root, MESSAGES)
        loaded = load(root, now=now)
        assert loaded.department is not None
        department = loaded.department
        planned = plan(Situation.of(department, (), now), loaded.talks, ())
        measure([group for mailing in planned.mailings for group in mailing.groups], department, root, now)


def measure(groups: Sequence[AudienceGroup], department: Department, root: Path, now: datetime) -> None:
    """Prints the figures of these groups' messages."""
    composer = Composer(department, root=root, templates=[TEMPLATES])
    templates, words = Templates([TEMPLATES]), english("en_US")
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False)
    messages = {group.key: composer.compose(group, date=now) for group in groups}
    values = {
        group.key: TemplateContext(department=department, root=root, group=group, words=words).values()
        | {"subject": messages[group.key].subject}
        for group in groups
    }
    pages = {g.key: templates.render("announcement/body.html", values[g.key]) for g in groups}

    def rendered(group: AudienceGroup) -> object:
        laid_out(templates.render("announcement/body.txt", values[group.key]))
        return templates.render("announcement/body.html", values[group.key])

    def parts(group: AudienceGroup) -> bytes:
        message = messages[group.key]
        talks = values[group.key]["talks"]
        assert isinstance(talks, tuple)
        made = mime.Parts(
            text=message.text,
            html=message.html,
            pictures=(),
            calendar=calendar(group, talks, department, words),
        )
        return mime.build(
            group,
            department,
            subject=message.subject,
            date=now,
            identity=message.message_id,
            parts=made,
            languages=["en-US"],
        )

    def by_premailer(page: str) -> str:
        return str(Premailer(page, disable_validation=True, cssutils_logging_level=CRITICAL).transform())

    shapes = {group.key: _shaped(group, number) for number, group in enumerate(groups, 1)}

    def page_of(group: AudienceGroup) -> str:
        read = TemplateContext(department=department, root=root, group=group, words=words).values()
        return templates.render("announcement/body.html", read | {"subject": messages[group.key].subject})

    shaped = {key: page_of(group) for key, group in shapes.items()}
    rows = {
        "premailer alone, on its page": lambda g: by_premailer(pages[g.key]),
        "css-inline alone, on its page": lambda g: inliner.inline(pages[g.key]),
        "a further message of one shape": lambda g: composer.compose(g, date=now),
        "premailer alone, on another page": lambda g: by_premailer(shaped[g.key]),
        "a message of that new shape": lambda g: composer.compose(shapes[g.key], date=now),
    }
    figures = median(rows, groups)
    print(f"{len(groups)} announcements of {len(next(iter(messages.values())).data)} bytes; medians")
    premailer, css = 1.0, list(figures.values())[1]
    for name, milliseconds in figures.items():
        premailer = milliseconds if name.startswith("premailer") else premailer
        print(
            f"  {name:36} {milliseconds:7.2f} ms {milliseconds / premailer:7.3f} of premailer"
            f" {milliseconds / css:7.1f} of css-inline"
        )
    further = figures["a further message of one shape"]
    stages = {
        "context (Markdown, maths, dates)": lambda g: TemplateContext(
            department=department, root=root, group=g, words=words
        ).values(),
        "Jinja2, text and page": rendered,
        "inlining": lambda g: inlining.inlined(pages[g.key]),
        "calendar and MIME": parts,
        "scan for what is private": lambda g: leak_check.leaks(messages[g.key].data, ["a private value"]),
    }
    for name, milliseconds in median(stages, groups).items():
        print(f"    {name:34} {milliseconds:7.2f} ms {milliseconds / further:7.3f} of it")


if __name__ == "__main__":
    main()
