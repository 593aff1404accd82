"""The site as it would be published now, page by page, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from announcer.domain.talk import Audience
from announcer.preview.state import DepartmentState, StateKeeper
from announcer.publish import Records, digest_of
from announcer.service.publishing import edition_of

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
"""Content-Security-Policy of its pages: no script, and nothing fetched from elsewhere."""
TYPES = {
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "atom": "application/atom+xml",
    "json": "application/json",
    "jpg": "image/jpeg",
}


class PublishedSite:
    """The files of the site, made anew where the department's changed."""

    def __init__(self, keeper: StateKeeper) -> None:
        self._keeper = keeper
        self._lock = Lock()
        self._number = -1
        self._pieces: Mapping[str, Mapping[str, object]] = {}
        self._files: dict[str, bytes] = {}

    def file(self, state: DepartmentState, name: str) -> bytes | None:
        """One file; None where there is none of that name. Raises TemplateFaultError."""
        with self._lock:
            if state.number != self._number:
                self._renew(state)
                self._number = state.number
            return self._files.get(name)

    def _renew(self, state: DepartmentState) -> None:
        department = state.department
        if department is None:
            self._files = {}
            return
        records = Records(
            department=department,
            talks=tuple(state.talks.values()),
            broken=(),
            entries=None if state.fault else state.entries,
            now=state.now,
            audience=department.site.audience if department.site else Audience.PUBLIC,
        )
        present = {name: digest_of(data) for name, data in self._files.items()}
        made = edition_of(self._keeper.source.root, records, kept=self._pieces, present=present)
        self._files = {name: self._files[name] if data is None else data for name, data in made.files.items()}
        self._pieces = made.pieces
