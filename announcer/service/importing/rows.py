"""A row of an import's table: one talk of a source, and how it stands to what is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from announcer.domain.plain import Plain, in_words
from announcer.importers.contract import Draft, Remark
from announcer.importers.matching import Known, start_of
from announcer.importers.states import Change, State


@dataclass(frozen=True, kw_only=True)
class Row:
    """One talk of a source, and how it stands to what is here."""

    state: State
    key: str
    """Its identity in the source."""
    id: str | None = None
    """The talk's, where there is a file; of a new one None until it is written."""
    path: str | None = None
    start: str | None = None
    """`2026-12-02T16:00` on the department's clocks, or the day alone."""
    title: str | None = None
    speakers: tuple[str, ...] = ()
    series: str | None = None
    reason: Remark | None = None
    changes: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = ()
    values: Mapping[str, Plain] | None = None
    """What the source says, in the file's terms; None where it says nothing any more."""
    origins: Mapping[str, str] | None = None
    """Where in the source each value stood."""
    adopts: bool = False
    """Whether a file that a person wrote would learn where it comes from, and nothing else."""
    answers: bool = False
    """Whether it is a form's answer about a talk that is here: it fills in what the file lacks."""


def names(values: Mapping[str, Plain]) -> tuple[str, ...]:
    """The speakers of a talk's values."""
    speakers = values.get("speakers") or values.get("speaker") or ()
    several = speakers if isinstance(speakers, Sequence) and not isinstance(speakers, str) else [speakers]
    return tuple(
        in_words(speaker.get("name") if isinstance(speaker, Mapping) else speaker) for speaker in several
    )


def row_of(
    draft: Draft,
    state: State,
    key: str,
    *,
    series: str | None,
    reason: Remark | None = None,
    values: Mapping[str, Plain] | None = None,
    remarks: tuple[Remark, ...] = (),
) -> Row:
    return Row(
        state=state,
        key=key,
        start=start_of(draft).removesuffix("T") if draft.day else None,  # type: ignore[union-attr]
        title=in_words(draft.values.get("title")) or draft.line,
        speakers=names(draft.values),
        series=series,
        reason=reason,
        remarks=remarks,
        values=values,
        origins=draft.origins,
    )


def standing(
    row: Row,
    state: State,
    known: Known | None,
    reason: Remark | None,
    *,
    path: str | None = None,
    changes: tuple[Change, ...] = (),
    adopts: bool = False,
) -> Row:
    return replace(
        row,
        state=state,
        id=known.id if known else path.rpartition("/")[2].removesuffix(".yaml") if path else None,
        path=known.path if known else path,
        reason=reason,
        changes=changes,
        adopts=adopts,
    )
