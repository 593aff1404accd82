"""A talk -> the commented file that `new` writes: whatever text it is given comes back as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from announcer.domain.clock import WEEKDAYS
from announcer.domain.department import Series
from announcer.domain.talk import Talk
from announcer.records.fields.texts import identifier_like

_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[ .,;()/'!?&+–—-](?![ #]*#))*", re.UNICODE)
_SPECIAL = re.compile(r"(?:null|~|\.{3}|-{3})$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What is known of a talk that has no file yet. None is not known."""

    series: Series
    date: date
    time: time | None = None
    """Where it differs from the series'."""
    title: str | None = None
    speaker: str | None = None
    affiliation: str | None = None
    host: str | None = None
    location: str | None = None
    """Where it differs from the series'."""


def scalar(text: str) -> str:
    """One line of text as YAML: plain where that is safe, in single quotes where it is not."""
    text = " ".join(text.split())
    if _PLAIN.fullmatch(text) and not _SPECIAL.match(text) and not text.endswith(" "):
        return text
    return "'" + text.replace("'", "''") + "'"


def stem(draft: Draft, taken: set[str]) -> str:
    """A free name for its file: the year, and the speaker's last name, the title's words or the series."""
    surname = draft.speaker.split()[-1] if draft.speaker and draft.speaker.split() else ""
    words = "-".join((draft.title or "").split()[:4])
    name = next(filter(None, (identifier_like(text) for text in (surname, words, draft.series.key))), "talk")
    base = f"{draft.date.year}-{name}"
    free = base
    number = 2
    while free in taken:
        free, number = f"{base}-{number}", number + 1
    return free


def next_free(series: Series, talks: tuple[Talk, ...], today: date) -> date | None:
    """The series' next day without a talk of it, from today on; None where the series has no day."""
    if series.day is None:
        return None
    taken = {talk.date for talk in talks if talk.series == series.key}
    ordinal = today.toordinal() + (series.day - today.weekday()) % 7
    while date.fromordinal(ordinal) in taken:
        ordinal += 7
    return date.fromordinal(ordinal)


def talk_text(draft: Draft, depth: int) -> str:
    """The file's content. `depth` is how many folders it lies below the department's."""
    lines = [
        f"# yaml-language-server: $schema={'../' * depth}.announcer/schema/talk.json",
        "# What is not said here comes from the series in announcer.yaml:",
        f"# {_defaults(draft.series)}",
        "",
        f"series: {scalar(draft.series.key)}",
        f"date: {draft.date.isoformat()}  # {WEEKDAYS[draft.date.weekday()]}",
    ]
    if draft.time is not None:
        lines.append(f"time: {_clock(draft.time)}")
    lines += [
        "status: draft  # confirmed when it may be announced; later perhaps postponed or cancelled",
        "",
        f"title: {scalar(draft.title) if draft.title else 'TBA  # nothing is announced before it is known'}",
        "speaker:",
        f"  name: {scalar(draft.speaker) if draft.speaker else 'TBA'}",
        f"  affiliation: {scalar(draft.affiliation)}" if draft.affiliation else "  affiliation:",
        "  # url: https://example.edu/speaker",
        f"host: {scalar(draft.host)}" if draft.host else "host:",
        "",
        "# Markdown, with maths as in LaTeX: $E = mc^2$. Take away each # and the space after it:",
        "# abstract: |",
        "#   Write the abstract here.",
        "",
    ]
    if draft.location:
        lines += [f"location: {scalar(draft.location)}", ""]
    lines += [
        "# online:  # for internal lists alone",
        "#   url: https://example.edu/meeting",
        "#   passcode: '123456'",
        "# notice: The sentence that a change of plan leads with.",
        "# notes: For the organizers; never sent.",
    ]
    return "\n".join(lines) + "\n"


def _defaults(series: Series) -> str:
    known = [
        _clock(series.time) if series.time else "",
        f"{int(series.duration.total_seconds() // 60)} minutes" if series.duration else "",
        series.place.label if series.place else "",
        f"sent to {', '.join(series.lists)}" if series.lists else "",
    ]
    return "; ".join(part for part in known if part) or "nothing but its name"


def _clock(at: time) -> str:
    return f"{at.hour % 12 or 12}:{at:%M} {'pm' if at.hour >= 12 else 'am'}"
