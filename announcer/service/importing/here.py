"""The talks that are here already, and their files as they are at the moment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from announcer.domain.clock import zone
from announcer.domain.plain import Plain, in_words
from announcer.importers.contract import Draft
from announcer.importers.matching import Known, first_surname, surname
from announcer.records.editing import values_of
from announcer.service.project import Project


def known_talks(project: Project) -> Iterator[Known]:
    """The talks that are here; of those whose files have errors what their files say."""
    for talk in project.loaded.talks:
        yield Known(
            id=talk.id,
            path=talk.path,
            series=talk.series,
            start=f"{talk.start.astimezone(zone(project.department.timezone)):%Y-%m-%dT%H:%M}",
            source=(talk.source.name, talk.source.id) if talk.source else None,
            title=talk.title or "",
            speaker=surname(talk.speakers[0].name) if talk.speakers else "",
        )
    for broken in project.loaded.broken:
        _, values = file_at(project, broken.path)
        source = (values or {}).get("source")
        named = (
            (in_words(source["name"]), in_words(source.get("id"))) if isinstance(source, Mapping) else None
        )
        yield Known(
            id=broken.id,
            path=broken.path,
            series=in_words((values or {}).get("series")),
            start=None,
            source=named,
            title=in_words((values or {}).get("title")),
            speaker=first_surname(Draft(values=values or {})),
        )


def file_at(project: Project, path: str) -> tuple[bytes | None, Mapping[str, Plain] | None]:
    """A file's bytes and what it says; None where it is not there, or cannot be read."""
    try:
        data = (project.root / path).read_bytes()
    except OSError:
        return None, None
    return data, values_of(data)


def digest(data: bytes | None) -> str | None:
    """What tells a file's bytes from others."""
    return hashlib.sha256(data).hexdigest() if data is not None else None
