"""What an import would do, talk by talk, before anybody said yes: nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from types import MappingProxyType

from announcer.domain.clock import instant, zone
from announcer.domain.plain import Plain, in_words
from announcer.domain.talk import Status
from announcer.importers.contract import Draft, Remark
from announcer.importers.matching import Known, Match, MatchedBy, matched, start_of
from announcer.importers.memory import Memory, Remembered, Version, recall
from announcer.importers.states import ImportState, judged
from announcer.service.importing.filling import answer_row
from announcer.service.importing.here import digest, file_at, known_talks
from announcer.service.importing.reading import SourceContents
from announcer.service.importing.rows import ImportRow, row_of, speakers_in, with_state
from announcer.service.importing.sources import OpenedSource
from announcer.service.importing.terms import file_values, series_of
from announcer.service.project import Project

WINDOW = timedelta(days=400)
"""How far ahead a talk may be."""
_NO_TALK = re.compile(
    r"\s*(?:no|kein|pas\s+de|sin|nessun|sem)\s+(?:colloqui\w+|kolloquium|seminar\w*|talk|lecture|vortrag|"
    r"exposé|séminaire|charla|palestra|class(?:es)?|meeting)\b|"
    r"\s*(?:holiday|feiertag|spring\s+break|fall\s+break|thanksgiving|vacances)\b",
    re.IGNORECASE,
)
_MANY = 3
_OFF = (Status.CANCELLED.value, Status.POSTPONED.value)


@dataclass(frozen=True, kw_only=True)
class Review:
    """All talks of a source, and what holds the import of it as a whole."""

    opened: OpenedSource
    contents: SourceContents
    rows: tuple[ImportRow, ...]
    memory: Memory
    remarks: tuple[Remark, ...]
    held: Remark | None = None
    """Why nothing of it is written unless a person says yes to just this."""

    @property
    def would_write(self) -> tuple[ImportRow, ...]:
        """The rows that a yes would write."""
        return tuple(
            row for row in self.rows if row.state in (ImportState.NEW, ImportState.CHANGED) or row.adopts
        )


def reviewed(
    project: Project,
    opened: OpenedSource,
    contents: SourceContents,
    *,
    series: str | None = None,
    moved: Mapping[str, bool] = MappingProxyType({}),
) -> Review:
    """What an import of this source would do. `series` is the one of its talks, where it is given.

    `moved` has what a person said of talks that may have moved, by their identity in the source.
    """
    source, memory = opened.source, recall(project.root, opened.source.name)
    series = series or source.series
    wanted: list[tuple[Draft, str | None]] = []
    rows: list[ImportRow] = []
    known = list(known_talks(project))
    here = {talk.id: talk for talk in known}
    for draft in contents.reading.drafts:
        key = series_of(draft, project.department, series)
        if (answer := answer_row(project, draft, here)) is not None:
            rows.append(answer)
            continue
        reason = _skipped(project, draft, key, contents, source.keep)
        if reason is not None:
            identity = draft.uid or draft.address or ""
            rows.append(row_of(draft, ImportState.SKIPPED, identity, reason=reason, series=key))
        else:
            wanted.append((draft, key))
    usual = next(
        (f"{programme.time:%H:%M}" for programme in project.department.series.values() if programme.time), ""
    )
    matches = matched(source.name, wanted, memory, known, usual, moved)
    twice = _twice(wanted, usual)
    for match, (draft, key) in zip(matches, wanted, strict=True):
        start = start_of(draft, usual)
        other = start in twice or _occupied(known, match, key, start)
        rows.append(_judged(project, match, key or "", memory, is_double=other))
    listed = {match.key for match in matches}
    listed |= {row.key for row in rows if row.state is ImportState.SKIPPED or row.answers}
    gone, held = _gone(project, memory, listed, says_anything=bool(contents.reading.drafts))
    remarks = list(contents.reading.remarks)
    if memory.lost:
        text = "what was imported last is not known any more: every file counts as changed by you"
        remarks.append(Remark(code="memory-lost", text=text))
    rows.sort(key=lambda row: (row.start or "9999", row.title or ""))
    return Review(
        opened=opened,
        contents=contents,
        rows=(*rows, *gone),
        memory=memory,
        remarks=tuple(remarks),
        held=held,
    )


def _skipped(
    project: Project, draft: Draft, series: str | None, contents: SourceContents, keep: Mapping[str, str]
) -> Remark | None:
    """Why no talk is made of a draft; None where one is."""
    if draft.skip is not None:
        return draft.skip
    if _NO_TALK.match(
        " ".join((*speakers_in(draft.values), draft.line or in_words(draft.values.get("title"))))
    ):
        return Remark(code="no-talk", text="it says that there is no talk; `kind: none` is yours to write")
    if not _kept(draft, keep):
        return Remark(code="not-kept", text="it is not what `keep:` asks for")
    if not contents.may_wait_for_dates and not (
        draft.line or {"title", "speaker", "speakers"} & draft.values.keys()
    ):
        return Remark(code="free", text="it has neither a title nor a speaker: a free date")
    if draft.day is None and not contents.may_wait_for_dates:
        why = next(
            (note.text for note in draft.remarks if "date" in note.code or "weekday" in note.code), None
        )
        # What answers a form without an id is known by an address, which is shown to nobody.
        other = f', and no talk here has the id "{draft.uid}"' if draft.uid and "@" not in draft.uid else ""
        return Remark(code="no-date", text=why or f"no date is said for it{other}")
    if draft.day is not None:
        begins = instant(draft.day, draft.at or time(23, 59), zone(project.department.timezone))
        if begins < project.now:
            return Remark(code="past", text="it is over")
        if begins > project.now + WINDOW:
            return Remark(code="far", text="it is more than a year ahead")
    if series is None:
        named = f'it is of "{draft.series}", which is none of yours' if draft.series else "it names none"
        return Remark(code="no-series", text=f"its series is not known: {named}; say --series KEY")
    return None


def _kept(draft: Draft, keep: Mapping[str, str]) -> bool:
    for name, wanted in keep.items():
        if name == "category":
            text = " | ".join((draft.series or "", *draft.categories))
        else:
            text = f"{in_words(draft.values.get(name))} {draft.line or ''}"
        if wanted.casefold() not in text.casefold():
            return False
    return True


def _twice(wanted: Sequence[tuple[Draft, str | None]], usual: str) -> set[str | None]:
    """The starts that two talks of one series have."""
    seen: set[tuple[str | None, str | None]] = set()
    starts: set[str | None] = set()
    for draft, series in wanted:
        start = start_of(draft, usual)
        if start and (start, series) in seen:
            starts.add(start)
        seen.add((start, series))
    return starts


def _occupied(known: Sequence[Known], match: Match, series: str | None, start: str | None) -> bool:
    """Whether another talk of the series is here that begins at the same time."""
    own = match.known.path if match.known else None
    return match.known is None and any(
        talk.path != own and talk.series == series and talk.start == start for talk in known
    )


def _judged(project: Project, match: Match, series: str, memory: Memory, *, is_double: bool) -> ImportRow:
    draft, known, remembered = match.draft, match.known, memory.talks.get(match.key)
    remarks = draft.remarks
    if is_double:
        text = "two talks of one series begin at this time: perhaps they are one"
        remarks = (*remarks, Remark(code="same-start", text=text))
    values = file_values(draft, project.department.series[series])
    row = row_of(draft, ImportState.NEW, match.key, series=series, values=values, remarks=remarks)
    path = known.path if known else remembered.path if remembered else None
    data, mine = file_at(project, path) if path else (None, None)
    if draft.cancelled:
        return _cancelled(row, known, mine)
    if known is not None and match.how is MatchedBy.MOVED:
        return with_state(row, ImportState.SKIPPED, known, _perhaps_moved(known, draft))
    if known is not None and (match.how is MatchedBy.BY_HAND or _half_adopted(remembered, mine)):
        text = "your file has this series and start: a yes adds where it comes from, and nothing else"
        _, changes = judged(values, None, mine, untouched=False)
        return with_state(
            row, ImportState.YOURS, known, Remark(code="by-hand", text=text), changes=changes, adopts=True
        )
    if data is None:
        if remembered is None or not remembered.written:
            return row
        reason = Remark(code="deleted-here", text="you deleted its file")
        return with_state(row, ImportState.YOURS, known, reason, path=remembered.path)
    base, untouched = remembered.base(digest(data)) if remembered else (None, False)
    state, changes = judged(values, base, mine, untouched=untouched)
    return with_state(row, state, known, _reason(state, base), path=path, changes=changes)


def _half_adopted(remembered: Remembered | None, mine: Mapping[str, Plain] | None) -> bool:
    """Whether an import ended before it could add to a person's file where it comes from."""
    if remembered is None or remembered.written or remembered.versions[-1].sha256 is not None:
        return False
    return len(remembered.versions) == 1 and "source" not in (mine or {})


def _reason(state: ImportState, base: Version | None) -> Remark | None:
    if state is ImportState.BOTH and base is None:
        return Remark(
            code="no-memory", text="the source and your file differ, and what was imported is not known"
        )
    if state is ImportState.BOTH:
        return Remark(code="both", text="you changed the file, and the source changed too: the file is left")
    return None


def _cancelled(row: ImportRow, known: Known | None, mine: Mapping[str, Plain] | None) -> ImportRow:
    if known is None:
        return with_state(
            row, ImportState.SKIPPED, None, Remark(code="cancelled", text="the source says that it is off")
        )
    if in_words((mine or {}).get("status")) in _OFF:
        return with_state(row, ImportState.SAME, known, None)
    text = f"the source says that it is off; you decide: `status: cancelled` in {known.path} is told at once"
    return with_state(row, ImportState.CANCELLED_THERE, known, Remark(code="cancelled", text=text))


def _perhaps_moved(known: Known, draft: Draft) -> Remark:
    if draft.day is None:
        text = f"it is here already; what it says of it: announcer import - --talk {known.id}"
        return Remark(code="here-already", text=text)
    text = f"perhaps {known.path} moved to this day: put the new date there, and it is the same talk"
    return Remark(code="perhaps-moved", text=text)


def _gone(
    project: Project, memory: Memory, here: set[str], *, says_anything: bool
) -> tuple[list[ImportRow], Remark | None]:
    """What was imported, is to come, and is not in the source any more; and whether that is too much."""
    now = f"{project.now:%Y-%m-%dT%H:%M}"
    ahead = {
        key: talk
        for key, talk in memory.talks.items()
        if talk.start and talk.start > now and (project.root / talk.path).exists()
    }
    missing = [key for key in ahead if key not in here]
    rows = [
        ImportRow(
            state=ImportState.GONE_THERE,
            key=key,
            id=ahead[key].path.rpartition("/")[2].removesuffix(".yaml"),
            path=ahead[key].path,
            start=ahead[key].start,
            title=in_words(ahead[key].versions[-1].values.get("title")) or None,
            speakers=speakers_in(ahead[key].versions[-1].values),
            reason=Remark(code="gone", text="the source does not have it any more; nothing was changed here"),
        )
        for key in missing
    ]
    lost = [key for key in missing if not ahead[key].gone]
    few = len(lost) * 2 <= len(ahead) or (len(ahead) < _MANY and says_anything)
    if lost and not few:
        text = f"{len(lost)} of {len(ahead)} talks to come are gone from the source at once"
        return rows, Remark(code="half-gone", text=text)
    return rows, None
