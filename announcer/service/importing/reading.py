"""A source's bytes -> all that it says, page after page, in the format that it turns out to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from announcer.importers.contract import Given, How, Importer, SourceFaultError, SourceTalks
from announcer.importers.detecting import detected, importer
from announcer.service.importing.sources import OpenedSource, fetched
from announcer.service.project import Project

PAGES = 20
"""The most pages of one source."""


@dataclass(frozen=True, kw_only=True)
class SourceContents:
    """What a source says."""

    reading: SourceTalks
    importer: Importer

    @property
    def may_wait_for_dates(self) -> bool:
        """Whether a draft without a date is worth a file: of what a person pasted."""
        return self.importer.NAME in ("text", "eml", "page")


def read(project: Project, opened: OpenedSource, *, format_name: str | None, how: How) -> SourceContents:
    """Reads a source. Raises SourceFaultError."""
    given = opened.given
    reader = importer(format_name) if format_name else detected(given)
    reading = _read(reader, given, how, opened.place)
    pages = [reading]
    while reading.following and given.address and len(pages) < PAGES:
        if urlsplit(reading.following)[:2] != urlsplit(given.address)[:2]:
            break
        name = f"{opened.source.name}-{len(pages) + 1}"
        given = fetched(project, name, reading.following, opened.place)
        reading = _read(reader, given, how, opened.place)
        pages.append(reading)
    whole = replace(
        pages[0],
        drafts=tuple(draft for page in pages for draft in page.drafts),
        remarks=tuple(dict.fromkeys(remark for page in pages for remark in page.remarks)),
        following=None,
    )
    return SourceContents(reading=whole, importer=reader)


def _read(importer: Importer, given: Given, how: How, place: str) -> SourceTalks:
    try:
        return importer.read(given, how)
    except SourceFaultError as error:
        raise replace(error, place=place if error.place != place else error.place) from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        # A document of another program can be odd in more ways than its importer knows.
        raise SourceFaultError(
            code="unreadable-source",
            place=place,
            message=f"this cannot be read as {importer.LABEL}: {type(error).__name__}: {error}"[:300],
            hint="save it in another format (.ics, .csv), or paste the text: announcer import -",
        ) from error


def how_of(project: Project, opened: OpenedSource, *, summary: str | None = None) -> How:
    """How a source is to be read, as the department and its config say."""
    home = project.department.timezone
    return How(
        zone=opened.source.timezone or home,
        zone_is_told=opened.source.timezone is not None,
        home=home,
        now=project.now,
        summary=summary or opened.source.summary,
        columns=opened.source.columns,
    )


def open_lines(contents: SourceContents) -> list[str]:
    """The title lines whose meaning is needed, and that only a person knows."""
    return [
        draft.line
        for draft in contents.reading.drafts
        if draft.line
        and draft.skip is None
        and not ("title" in draft.values and {"speaker", "speakers"} & draft.values.keys())
    ]
