"""A row of an import's table: one talk of a source, and how it stands to what is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from announcer.domain.plain import Plain, in_words
from announcer.importers.contract import Draft, Remark
from announcer.importers.matching import Known, start_of
from announcer.importers.states import Change, ImportState


@dataclass(frozen=True, kw_only=True)
class ImportRow:
    """One talk of a source, and how it stands to what is here."""

    state: ImportState
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


def speakers_in(values: Mapping[str, Plain]) -> tuple[str, ...]:
    """The speakers of a talk's values."""
    speakers = values.get("speakers") or values.get("speaker") or ()
    several = speakers if isinstance(speakers, Sequence) and not isinstance(speakers, str) else [speakers]
    return tuple(
        in_words(speaker.get("name") if isinstance(speaker, Mapping) else speaker) for speaker in several
    )


def row_of(
    draft: Draft,
    state: ImportState,
    key: str,
    *,
    series: str | None,
    reason: Remark | None = None,
    values: Mapping[str, Plain] | None = None,
    remarks: tuple[Remark, ...] = (),
) -> ImportRow:
    return ImportRow(
        state=state,
        key=key,
        start=start_of(draft).removesuffix("T") if draft.day else None,  # type: ignore[union-attr]
        title=in_words(draft.values.get("title")) or draft.line,
        speakers=speakers_in(draft.values),
        series=series,
        reason=reason,
        remarks=remarks,
        values=values,
        origins=draft.origins,
    )


def with_state(
    row: ImportRow,
    state: ImportState,
    known: Known | None,
    reason: Remark | None,
    *,
    path: str | None = None,
    changes: tuple[Change, ...] = (),
    adopts: bool = False,
) -> ImportRow:
    return replace(
        row,
        state=state,
        id=known.id if known else path.rpartition("/")[2].removesuffix(".yaml") if path else None,
        path=known.path if known else path,
        reason=reason,
        changes=changes,
        adopts=adopts,
    )
