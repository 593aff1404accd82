"""Which draft is which talk: by the source's own identity, by its page, by its start, else by asking."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from announcer.domain.plain import in_words
from announcer.importers.contract import Draft
from announcer.importers.memory import Memory

_NEARLY = 0.8
"""From which likeness on two titles are one."""


class MatchedBy(StrEnum):
    """How a draft was found to be a talk that is here."""

    SOURCE = "source"
    """By its identity in the source."""
    START = "start"
    """By its start, since the source gives new identities each time."""
    BY_HAND = "by-hand"
    """A file that a person wrote has the same series and start."""
    MOVED = "moved"
    """The same speaker and nearly the same title on another day: perhaps it moved."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A talk that is here, as far as it matters for telling which it is."""

    id: str
    path: str
    series: str
    start: str | None
    """`2026-12-02T16:00` on the department's clocks."""
    source: tuple[str, str] | None
    """The source's name and the identity there."""
    title: str
    speaker: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A draft, its identity, and the talk that it is; None where it is new."""

    key: str
    draft: Draft
    known: Known | None = None
    how: MatchedBy | None = None


def start_of(draft: Draft, default: str = "") -> str | None:
    """`2026-12-02T16:00`; `default` is the series' time, `16:00`."""
    if draft.day is None:
        return None
    return f"{draft.day.isoformat()}T{draft.at.strftime('%H:%M') if draft.at else default}"


def keys_of(drafts: Sequence[Draft]) -> list[str]:
    """The identity of each: its own, else its page, else its start, else its speaker and title."""
    identities = [draft.uid or draft.address or _made(draft) for draft in drafts]
    often = Counter(identities)
    seen: Counter[str] = Counter()
    keys = []
    for key, draft in zip(identities, drafts, strict=True):
        if often[key] > 1 and (start := start_of(draft)) is not None:
            key = f"{key}@{start}"
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return keys


def _made(draft: Draft) -> str:
    start = start_of(draft)
    if start:
        return f"at:{start.removesuffix('T')}"
    return f"by:{first_surname(draft)}|{in_words(draft.values.get('title')).casefold()}"


def first_surname(draft: Draft) -> str:
    """The last name of the first speaker, in small letters."""
    speaker = draft.values.get("speaker") or draft.values.get("speakers")
    while isinstance(speaker, Sequence) and not isinstance(speaker, str):
        speaker = speaker[0]
    name = in_words(speaker["name"] if isinstance(speaker, Mapping) else speaker)
    return surname(name)


def surname(name: str) -> str:
    """The last word of a name, in small letters."""
    return name.split()[-1].casefold() if name.split() else ""


def matched(
    source: str,
    drafts: Sequence[tuple[Draft, str | None]],
    memory: Memory,
    known: Sequence[Known],
    clock: str,
    moved: Mapping[str, bool],
) -> list[Match]:
    """Each draft (with its series) and the talk that it is. `clock` is the series' usual time, `16:00`;
    `moved` has what a person said of those that may have moved.
    """
    keys = keys_of([draft for draft, _ in drafts])
    by_source = {talk.source[1]: talk for talk in known if talk.source and talk.source[0] == source}
    by_path = {talk.path: talk for talk in known}
    changing = _identities_change([draft for draft, _ in drafts], keys, memory, clock)
    free = [
        talk
        for talk in known
        if talk.source is None or (talk.source[0] == source and talk.source[1] not in keys)
    ]
    matches = []
    for key, (draft, series) in zip(keys, drafts, strict=True):
        start = start_of(draft, clock)
        if changing and start in changing:
            key, how = changing[start], MatchedBy.START
        else:
            how = MatchedBy.SOURCE
        remembered = memory.talks.get(key)
        talk = by_source.get(key) or (by_path.get(remembered.path) if remembered else None)
        matches.append(
            Match(key=key, draft=draft, known=talk, how=how)
            if talk or remembered
            else _otherwise(key, draft, series, start, free)
        )
    matches = [_decided(match, moved.get(match.key)) for match in matches]
    return _without_moves_that_are_here(matches)


def _decided(match: Match, moved: bool | None) -> Match:
    """What may have moved, as a person said."""
    if match.how is not MatchedBy.MOVED or moved is None or match.known is None:
        return match
    return _here(match.key, match.draft, match.known) if moved else Match(key=match.key, draft=match.draft)


def _here(key: str, draft: Draft, known: Known) -> Match:
    """The talk of a file: by the identity that it has, else as one that a person wrote."""
    if known.source is None:
        return Match(key=key, draft=draft, known=known, how=MatchedBy.BY_HAND)
    return Match(key=known.source[1], draft=draft, known=known, how=MatchedBy.SOURCE)


def _otherwise(
    key: str, draft: Draft, series: str | None, start: str | None, known: Sequence[Known]
) -> Match:
    there = [talk for talk in known if talk.series == series and start and talk.start == start]
    if there:
        return _here(key, draft, there[0])
    speaker, title = first_surname(draft), in_words(draft.values.get("title"))
    for talk in known if speaker and title else ():
        if talk.speaker == speaker and talk.series == series and _nearly(title, talk.title):
            return Match(key=key, draft=draft, known=talk, how=MatchedBy.MOVED)
    return Match(key=key, draft=draft)


def _nearly(title: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, title.casefold(), other.casefold()).ratio() > _NEARLY


def _without_moves_that_are_here(matches: Sequence[Match]) -> list[Match]:
    """Two talks of one speaker are no move where the source has both."""
    here = {match.known.path for match in matches if match.known and match.how is not MatchedBy.MOVED}
    return [
        Match(key=match.key, draft=match.draft)
        if match.how is MatchedBy.MOVED and match.known and match.known.path in here
        else match
        for match in matches
    ]


def _identities_change(
    drafts: Sequence[Draft], keys: Sequence[str], memory: Memory, clock: str
) -> dict[str, str]:
    """The remembered identity by start, where all identities differ from last time and most starts agree."""
    if not memory.talks or not drafts or set(keys) & set(memory.talks):
        return {}
    starts = {talk.start: key for key, talk in memory.talks.items() if talk.start}
    now = [start_of(draft, clock) for draft in drafts if draft.uid]
    agreeing = [start for start in now if start in starts]
    return starts if len(agreeing) * 2 > min(len(now), len(starts)) else {}
