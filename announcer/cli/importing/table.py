"""The table of an import: date, who, what, state, file; and what changed, old and new, at 80 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import click

from announcer.cli.session import Session
from announcer.domain.fields import Seen
from announcer.domain.plain import Plain, in_words
from announcer.domain.talk import FIELDS
from announcer.importers.contract import Remark
from announcer.importers.states import Change, ImportState
from announcer.records.editing import lines_to_paste
from announcer.service.importing.review import Review
from announcer.service.importing.rows import ImportRow
from announcer.transport.printable import printable

COLORS = {
    ImportState.NEW: "green",
    ImportState.SAME: "dim",
    ImportState.CHANGED: "cyan",
    ImportState.YOURS: "dim",
    ImportState.BOTH: "yellow",
    ImportState.CANCELLED_THERE: "red",
    ImportState.GONE_THERE: "yellow",
    ImportState.SKIPPED: "dim",
}
_QUIET = ("past", "far", "slot", "free", "not-kept", "empty-row")
"""Reasons that are counted, not listed, without -v."""
_IN_ITS_ROW = ("series", "date", "time", "title", "speaker", "speakers")
_SHOWN = 60
"""Characters of a value in the table."""
_WIDTH = 80


def show(session: Session, review: Review) -> None:
    """All of it."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    click.echo(printable(f"{review.opened.place}: {review.contents.importer.LABEL}"))
    listed = [row for row in review.rows if session.verbosity > 0 or not _is_quiet(row)]
    if listed:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        table.add_column("when", no_wrap=True)
        table.add_column("state", no_wrap=True)
        table.add_column("what")
        for row in listed:
            what = Text(printable(_who_and_title(row)))
            for line, style in _details(row):
                what.append(f"\n{printable(line)}", style=style)
            state = row.state.value.replace("-", " ")
            table.add_row(printable(_when(row)), Text(state, style=COLORS[row.state]), what)
        Console(no_color=session.colored is False, highlight=False).print(table)
    for text in _counted(row for row in review.rows if row not in listed):
        click.echo(printable(text))
    for remark in review.remarks:
        click.echo(printable(f"Note: {remark.text}."))
    for heading in review.contents.reading.headings:
        column = printable(f'"{heading.name}" ({", ".join(heading.examples)[:_SHOWN]})')
        click.echo(f"Note: the column {column} is not understood, and was left out.")


def _is_quiet(row: ImportRow) -> bool:
    return row.state is ImportState.SKIPPED and row.reason is not None and row.reason.code in _QUIET


def _counted(rows: Iterator[ImportRow]) -> Iterator[str]:
    counts = Counter(row.reason.text for row in rows if row.reason)
    for text, number in counts.items():
        yield f"Skipped {number}: {text}."


def _when(row: ImportRow) -> str:
    return (row.start or "no date yet").replace("T", " ")


def _who_and_title(row: ImportRow) -> str:
    who = " and ".join(row.speakers)
    return ": ".join(part for part in (who, row.title) if part) or "Title and speaker to be announced"


def _details(row: ImportRow) -> Iterator[tuple[str, str]]:
    """The lines below a talk: its file, why it stands so, what a yes would write, what changed."""
    if row.path:
        yield row.path, "dim"
    if row.reason:
        yield row.reason.text, COLORS[row.state]
    for remark in row.remarks if row.state not in (ImportState.SAME, ImportState.YOURS) else ():
        yield f"note: {remark.text}", "yellow"
    if row.state is ImportState.NEW:
        yield from ((line, "dim") for line in _values(row))
    for change in row.changes:
        yield from ((line, "") for line in _change(row, change))


def _values(row: ImportRow) -> Iterator[str]:
    """What would be written beyond the line above: nothing reaches a reader that was not seen here."""
    public = {key for field in FIELDS if field.seen in (Seen.PUBLIC, Seen.ALWAYS) for key in field.keys}
    for name, value in (row.values or {}).items():
        if name in _IN_ITS_ROW and not isinstance(value, dict | list):
            continue
        text = in_words(value)
        if not text or name == "date":
            continue
        origin = (row.origins or {}).get(name)
        kept = (
            ""
            if name in public and name != "online"
            else ", for internal lists alone"
            if name == "online"
            else ", never sent"
        )
        size = f" ({len(text)} characters)" if len(text) > _SHOWN else ""
        where = f", from {origin}" if origin else ""
        yield f"{name}: {_cut(text)}{size}{where if kept or size else ''}{kept}"


def _change(row: ImportRow, change: Change) -> Iterator[str]:
    if row.state is ImportState.CHANGED:
        was, now = _differing(change.was, change.now)
        yield f"{change.field}: {was} -> {now}"
        return
    yield f"{change.field}:"
    if change.was is not None:
        yield f"  source was: {_short(change.was)}"
    yield f"  source is:  {_short(change.now)}"
    yield f"  yours:      {_short(change.yours)}"
    if change.now is not None:
        if row.adopts:
            return
        first, *more = lines_to_paste(change.field, change.now)
        if not more:
            yield f"  to take it, write: {first}"
            return
    yield f"  to take it: --take {change.field}"


def _differing(was: Plain | None, now: Plain | None) -> tuple[str, str]:
    """Both values from where they differ: of two long abstracts the beginnings would look alike."""
    texts = [in_words(was), in_words(now)]
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*texts, strict=False)))
    if max(map(len, texts)) > _SHOWN and same > _SHOWN // 2:
        begin = texts[0].rfind(" ", 0, same - 12) + 1
        texts = [f"…{text[begin:]}" if text else "" for text in texts]
    return _cut(texts[0]) or "(nothing)", _cut(texts[1]) or "(nothing)"


def _short(value: Plain | None) -> str:
    return _cut(in_words(value)) or "(nothing)"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"


def as_json(review: Review, written: list[str]) -> dict[str, Any]:
    """An import for scripts."""
    return {
        "source": review.opened.source.name,
        "format": review.contents.importer.NAME,
        "held": _remark(review.held),
        "remarks": [_remark(remark) for remark in review.remarks],
        "written": written,
        "talks": [_talk(row) for row in review.rows],
    }


def _talk(row: ImportRow) -> dict[str, Any]:
    return {
        "state": row.state.value,
        "id": row.id,
        "path": row.path,
        "title": row.title or None,
        "start": row.start,
        "speakers": list(row.speakers),
        "reason": _remark(row.reason),
        "remarks": [_remark(remark) for remark in row.remarks],
        "changes": [
            {"field": change.field, "was": change.was, "is": change.now, "yours": change.yours}
            for change in row.changes
        ],
    }


def _remark(remark: Remark | None) -> dict[str, str] | None:
    return {"code": remark.code, "text": remark.text} if remark else None
