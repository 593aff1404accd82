"""Which format something is in, by its content; what is none is named for what it is."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from announcer.importers.contract import Given, Importer, SourceFaultError

NAMES = {
    "ics": "calendar",
    "workbook": "workbook",
    "indico": "indico",
    "researchseminars": "researchseminars",
    "pretalx": "pretalx",
    "localist": "localist",
    "events-calendar": "events_calendar",
    "oxtalks": "oxtalks",
    "talks.json": "own",
    "feed": "feed",
    "page": "page",
    "eml": "letter",
    "csv": "table",
    "text": "pasted",
}
"""The formats by the names that `--format` takes, in the order in which they are tried."""


def importer(name: str) -> Importer:
    """The importer of that name. Raises SourceFaultError for one that there is not."""
    if name not in NAMES:
        raise SourceFaultError(
            code="unknown-format",
            place=f"--format {name}",
            message="there is no format of that name",
            hint=f"write one of {', '.join(NAMES)}, or leave it out: it is found by the content",
        )
    return cast(Importer, import_module(f"announcer.importers.formats.{NAMES[name]}"))


def detected(given: Given) -> Importer:
    """The importer of what is given. Raises SourceFaultError where nothing can read it."""
    if not given.data.strip():
        raise SourceFaultError(
            code="empty-source",
            place=given.name or "the source",
            message="there is nothing in it",
            hint="see what its address or file holds; nothing was changed",
        )
    if given.data.startswith(b"%PDF"):
        raise _unreadable(
            given,
            "this is a PDF, which has no fields to read",
            "copy its text and paste it: announcer import -",
        )
    if given.json is not None:
        name = next((name for name in NAMES if _is_json(name) and importer(name).detect(given)), None)
        if name is None:
            raise _unreadable(
                given,
                "this is JSON, but of no program that is known here",
                "docs/import.md lists those that are, with their addresses; an .ics of the same works",
            )
        return importer(name)
    for name in NAMES:
        if not _is_json(name) and (candidate := importer(name)).detect(given):
            return candidate
    raise _unreadable(given, "this is no format that is known here", "save it as .ics, .csv, .xlsx or text")


def _is_json(name: str) -> bool:
    return name in (
        "indico",
        "researchseminars",
        "pretalx",
        "localist",
        "events-calendar",
        "oxtalks",
        "talks.json",
    )


def _unreadable(given: Given, message: str, hint: str) -> SourceFaultError:
    return SourceFaultError(
        code="unknown-source", place=given.name or "the source", message=message, hint=hint
    )
