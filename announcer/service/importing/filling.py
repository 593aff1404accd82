"""A form's answer that names the id of a talk: it fills in what the talk's file lacks, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from announcer.domain.clock import zone
from announcer.domain.plain import Plain, in_words
from announcer.importers.contract import Draft, Remark
from announcer.importers.matching import Known
from announcer.importers.placeholders import is_placeholder
from announcer.importers.states import Change, ImportState, same
from announcer.service.importing.answers import ANSWERED
from announcer.service.importing.here import file_at
from announcer.service.importing.rows import ImportRow, row_of, with_state
from announcer.service.project import Project


def answer_row(project: Project, draft: Draft, here: Mapping[str, Known]) -> ImportRow | None:
    """The row of an answer about a talk of `here`, by its id; None where the draft is none.

    An answer says no day: a table with days is one of talks, whatever its ids.
    """
    known = here.get(draft.uid or "")
    if known is None or draft.day is not None or draft.skip is not None:
        return None
    values = {name: draft.values[name] for name in ANSWERED if name in draft.values}
    row = row_of(
        draft, ImportState.SKIPPED, known.id, series=known.series, values=values, remarks=draft.remarks
    )
    row = replace(row, answers=True, start=known.start)
    now = project.now.astimezone(zone(project.department.timezone))
    if known.start is not None and known.start < f"{now:%Y-%m-%dT%H:%M}":
        return with_state(row, ImportState.SKIPPED, known, Remark(code="past", text="it is over"))
    _, mine = file_at(project, known.path)
    if mine is None:
        unread = Remark(code="unreadable", text="its file cannot be read: correct it first")
        return with_state(row, ImportState.SKIPPED, known, unread)
    values |= _speaker(mine, draft)
    changes = [
        Change(field=name, was=None, now=value, yours=mine.get(name))
        for name, value in values.items()
        if not same(value, mine.get(name))
    ]
    lacking = [change for change in changes if change.field == "speaker" or _is_open(change.yours)]
    other = tuple(change for change in changes if change not in lacking)
    if not lacking:
        reason = Remark(code="both", text="your file says otherwise, and is left") if other else None
        return with_state(row, ImportState.BOTH if other else ImportState.SAME, known, reason, changes=other)
    if other:
        names = ", ".join(change.field for change in other)
        left = Remark(code="says-otherwise", text=f"what your file says otherwise is left: {names}")
        row = replace(row, remarks=(*row.remarks, left))
    made = tuple(replace(change, yours=None) for change in lacking)
    return with_state(row, ImportState.CHANGED, known, None, changes=made)


def _is_open(value: Plain | None) -> bool:
    return value is None or (isinstance(value, str) and (not value.strip() or is_placeholder(value)))


def _speaker(mine: Mapping[str, Plain], draft: Draft) -> dict[str, Plain]:
    """The file's one speaker with what is not there yet; another's name fills in nothing."""
    person, there = draft.values.get("speaker"), mine.get("speaker")
    new = dict(person) if isinstance(person, Mapping) else {}
    known = dict(there) if isinstance(there, Mapping) else {"name": there} if isinstance(there, str) else {}
    if not in_words(known.get("name")) or "speakers" in mine:
        return {}
    if new.get("name") and not same(new["name"], known["name"]):
        return {}
    merged: dict[str, Plain] = {**new, **known}
    return {"speaker": merged} if merged.keys() != known.keys() else {}
