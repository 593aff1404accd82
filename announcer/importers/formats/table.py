"""Tables as text: CSV and TSV, of a spreadsheet, a form or a program, in the letters of any of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from announcer.importers.contract import Given, How, SourceTalks
from announcer.importers.headings import field_of
from announcer.importers.rows import read_rows

NAME = "csv"
LABEL = "a table (CSV or TSV)"
_SEPARATORS = "\t;,|"


def detect(given: Given) -> bool:
    """A suffix, a media type, or a first line of which two parts are headings."""
    if given.name.lower().endswith((".csv", ".tsv")) or given.media_type in (
        "text/csv",
        "text/tab-separated-values",
    ):
        return not given.start.startswith(("<", "begin:vcalendar"))
    rows = _rows(given.text[:4000])[:3]
    return any(len({field_of(cell) for cell in row if cell} - {None}) >= 2 for row in rows if len(row) > 1)


def read(given: Given, how: How) -> SourceTalks:
    """Reads it. Raises SourceFaultError where no row names its columns."""
    return read_rows(_rows(given.text), how)


def _rows(text: str) -> Sequence[list[str]]:
    """The rows; the separator is the most frequent of four in the first lines."""
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        return list(csv.reader(io.StringIO(rest), delimiter=first[4]))
    head = text.split("\n", 4)[:4]
    best = max(_SEPARATORS, key=lambda mark: max((line.count(mark) for line in head), default=0))
    csv.field_size_limit(1_000_000)
    return list(csv.reader(io.StringIO(text), delimiter=best))
