"""Pasted text -> a draft of a talk's file, for whoever shows it before it is saved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from announcer.domain.plain import Plain
from announcer.domain.source import Source
from announcer.importers.contract import Draft, Given, Remark, SourceFaultError
from announcer.importers.hypertext import is_html, to_markdown
from announcer.service.importing.reading import how_of, read
from announcer.service.importing.sources import PASTED, OpenedSource
from announcer.service.importing.terms import file_values, series_of
from announcer.service.project import Project

_PLACE = "the pasted text"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a pasted text says of one talk."""

    series: str
    values: Mapping[str, Plain]
    """The file's fields; an empty `date` is one that the text does not say for certain."""
    origins: Mapping[str, str]
    """Where in the text each value stood."""
    remarks: tuple[Remark, ...]


def proposed(project: Project, text: str, *, series: str | None = None) -> tuple[Proposal, ...]:
    """What a pasted text, table, calendar or letter says, talk by talk. Nothing is fetched or written.

    Talks whose series is not known are given the department's first. Raises SourceFaultError where nothing of
    a talk is in it.
    """
    contents = _drafts(project, text)
    if not any(candidate.skip is None for candidate in contents) and is_html(text):
        contents = _drafts(project, to_markdown(text).replace("**", "")) or contents
    first = next(iter(project.department.series))
    proposals = []
    for draft in contents:
        if draft.skip is not None:
            continue
        key = series_of(draft, project.department, series) or first
        values = file_values(draft, project.department.series[key])
        if draft.line and "title" not in values:
            values["title"] = draft.line
        proposals.append(Proposal(series=key, values=values, origins=draft.origins, remarks=draft.remarks))
    if not proposals:
        why = next((candidate.skip for candidate in contents if candidate.skip), None)
        is_address = re.fullmatch(r"https?://\S+", text.strip()) is not None
        raise SourceFaultError(
            code=why.code if why else "nothing-found",
            place=_PLACE,
            message=why.text if why else "nothing of a talk was found in this text",
            hint=f"`announcer import {text.strip()}` fetches it; here goes what stands on the page"
            if is_address
            else "write labels at the beginning of lines: Title: ..., Speaker: ..., Abstract: ...",
        )
    return tuple(proposals)


def _drafts(project: Project, text: str) -> Sequence[Draft]:
    opened = OpenedSource(
        source=Source(name=PASTED), named=False, given=Given(data=text.encode()), place=_PLACE
    )
    return read(project, opened, format_name=None, how=how_of(project, opened)).reading.drafts
