"""Reading a source as a department in Chicago does, in November 2026."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from announcer.importers.contract import Draft, Given, How, SourceTalks
from announcer.importers.detecting import detected

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
HOW = How(zone="America/Chicago", now=NOW)


def reading(content: str | bytes, name: str = "", **how: object) -> SourceTalks:
    """What is read of some content, in whatever format it turns out to be."""
    data = content if isinstance(content, bytes) else content.encode()
    given = Given(data=data, name=name)
    return detected(given).read(given, replace(HOW, **how))  # type: ignore[arg-type]


def only(contents: SourceTalks) -> Draft:
    """The one draft of a source."""
    (draft,) = contents.drafts
    return draft


def codes(draft: Draft) -> list[str]:
    """The codes of what is said of a draft."""
    return [remark.code for remark in draft.remarks]


@pytest.fixture
def event() -> Callable[..., Draft]:
    """Reads one calendar entry of these lines, in a calendar with those."""

    def read(*lines: str, head: tuple[str, ...] = (), **how: object) -> Draft:
        body = "\r\n".join(["BEGIN:VEVENT", "UID:1@example.edu", *lines, "END:VEVENT"])
        top = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *head])
        return only(reading(f"{top}\r\n{body}\r\nEND:VCALENDAR\r\n", **how))

    return read
