"""Workbooks: XLSX, XLS and ODS, read by calamine; of several sheets those that hold talks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from announcer.importers.contract import Given, How, SourceFaultError, SourceTalks
from announcer.importers.rows import Cell, read_rows

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

NAME = "workbook"
LABEL = "a workbook (XLSX, XLS or ODS)"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def detect(given: Given) -> bool:
    """The first bytes of a zip or of an OLE file, which no other format here has."""
    return given.data.startswith((b"PK\x03\x04", _OLE))


def read(given: Given, how: How) -> SourceTalks:
    """Reads every sheet that names its columns. Raises SourceFaultError where none does."""
    from python_calamine import CalamineError, CalamineWorkbook, ZipError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(given.data))
        sheets = [_rows(book, name) for name in book.sheet_names]
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise SourceFaultError(
            code="unreadable-workbook",
            place=given.name or "the workbook",
            message="this workbook cannot be read: it is damaged, locked with a password, or none at all",
            hint="open it and save it again as .xlsx without a password, or save the sheet as CSV",
        ) from error
    readings: list[SourceTalks] = []
    fault: SourceFaultError | None = None
    for rows in sheets:
        try:
            readings.append(read_rows(rows, how))
        except SourceFaultError as error:
            fault = error
    if not readings:
        raise fault or SourceFaultError(
            "empty-workbook", given.name or "the workbook", "there is no sheet in it", "save the table in it"
        )
    return SourceTalks(
        drafts=tuple(draft for reading in readings for draft in reading.drafts),
        headings=tuple(
            {heading.name: heading for reading in readings for heading in reading.headings}.values()
        ),
    )


def _rows(book: CalamineWorkbook, name: str) -> list[list[Cell]]:
    return [list(row) for row in book.get_sheet_by_name(name).to_python()]
