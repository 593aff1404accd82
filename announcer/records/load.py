"""A department's folder -> its talks and all problems of all its files; one bad file hides no other."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from announcer.domain.department import Department
from announcer.domain.problem import Problem, Severity
from announcer.domain.talk import BrokenTalk, Talk
from announcer.records import cache as caching
from announcer.records.cache import CacheEntry, Kept
from announcer.records.lint.folder import (
    FOLDER_ERRORS,
    FOLDER_WARNINGS,
    FolderRule,
    Placed,
    Spots,
    Together,
    folder_problems,
)
from announcer.records.lint.holidays import days_off
from announcer.records.yaml.files import CONFIG, Content, TalkPath, find_talks, read

if TYPE_CHECKING:
    from announcer.records.models.read_config import Settings


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """All that a department's folder says."""

    department: Department | None
    """None where announcer.yaml has an error; there are no talks then."""
    talks: tuple[Talk, ...]
    broken: tuple[BrokenTalk, ...]
    loading_problems: tuple[Problem, ...]
    """The config's and the talks' problems, by file, line and column, but for what only warns and shows
    only when the talks are seen together."""
    spots: Mapping[str, Spots] = field(default_factory=dict, compare=False)
    """Where the fields of each talk's file stand, by its path."""
    warn: Callable[[], list[Problem]] = field(default=list, compare=False)
    """What warns so."""

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The config's and the talks', by file, line and column."""
        return tuple(sorted((*self.loading_problems, *self.warn()), key=lambda problem: problem.place))

    @property
    def errors(self) -> list[Problem]:
        """Those that hold something up; a run asks for no others."""
        return [problem for problem in self.loading_problems if problem.severity is Severity.ERROR]


def load(root: Path, *, now: datetime, cache: bool = True) -> Loaded:
    """Reads announcer.yaml and talks/**/*.yaml below `root`.

    `now` (aware) judges which dates are years away. With `cache`, what did not change since the last
    time is taken from .announcer/cache/. Raises nothing for what is in the files: that is in `problems`.
    """
    config = read(root, CONFIG)
    if isinstance(config, Problem):
        return Loaded(department=None, talks=(), broken=(), loading_problems=(config,))
    with _uncollected():
        files = find_talks(root)
        kept = _current(root, config, files) if cache else _read_all(root, config, files, None)
        department = kept.department and _dated(kept.department, config.modified, now)
        return _loaded(root, kept, department, now)


def _dated(department: Department, modified: datetime, now: datetime) -> Department:
    """The department with what does not stand in announcer.yaml's words."""
    department = replace(department, modified=modified)
    if department.country and any(series.requests for series in department.series.values()):
        years = range(now.year - 1, now.year + 3)
        department = replace(department, holidays=days_off(department.country, years))
    return department


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cyclic collector, which would walk the growing pile of records for half of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _current(root: Path, config: Content, files: list[TalkPath]) -> Kept:
    """What the files say now: the cache where nothing changed, else read anew and kept."""
    digest = caching.digest(config.data)
    old = caching.restore(root, digest)
    stamps = {file.path: file.stamp for file in files}
    if old is not None and all(_same(old.entries.get(file.path), file) for file in files):
        if len(old.entries) == len(files):
            return old
        return replace(old, entries={path: entry for path, entry in old.entries.items() if path in stamps})
    writing = caching.begin(root)
    new = _read_all(root, config, files, old)
    if writing is None:
        return new
    entries = {
        path: entry if writing.keeps(entry.stamp) else replace(entry, stamp=None)
        for path, entry in new.entries.items()
    }
    if old is not None and not any(
        entry.stamp and entries[path] is not old.entries.get(path) for path, entry in entries.items()
    ):
        writing.discard()
    else:
        writing.commit(digest, replace(new, entries=entries))
    return new


def _same(entry: CacheEntry | None, file: TalkPath) -> bool:
    return entry is not None and entry.stamp is not None and entry.stamp == file.stamp


def _read_all(root: Path, config: Content, files: list[TalkPath], old: Kept | None) -> Kept:
    """Every file's entry, from the old ones where they are still true."""
    from announcer.records.models.read_config import read_settings

    settings = read_settings(config.data, config.modified)
    entries = {}
    for file in files:
        entry = old.entries.get(file.path) if old else None
        entries[file.path] = entry if entry and _same(entry, file) else _read(root, file, settings)
    return Kept(
        department=settings.department,
        problems=settings.problems,
        silence=settings.silence,
        entries=entries,
    )


def _read(root: Path, file: TalkPath, settings: Settings) -> CacheEntry:
    from announcer.records.models.read_talk import broken, read_talk

    if file.problem is not None:
        return CacheEntry(stamp=None, problems=tuple(settings.heard([file.problem])))
    content = read(root, file.path)
    if isinstance(content, Problem):
        return broken(None, [content], PurePosixPath(file.path).stem)
    return read_talk(file.path, content, settings)


def _loaded(root: Path, kept: Kept, department: Department | None, now: datetime) -> Loaded:
    """All of it, with what only shows when the talks are seen together."""
    talks = [entry.talk for entry in kept.entries.values() if entry.talk]
    broken = [entry.broken for entry in kept.entries.values() if entry.broken]
    problems = [*kept.problems, *(problem for entry in kept.entries.values() for problem in entry.problems)]
    if department is None:
        in_order = tuple(sorted(problems, key=lambda problem: problem.place))
        return Loaded(department=None, talks=(), broken=(), loading_problems=in_order)
    together = Together(
        root=root,
        placed=[Placed(talk=entry.talk, spots=entry.spots) for entry in kept.entries.values() if entry.talk],
        taken={talk.id: talk.path for talk in broken},
        department=department,
        now=now,
    )

    def heard(rules: Sequence[FolderRule]) -> list[Problem]:
        return [
            problem
            for problem in folder_problems(together, rules)
            if problem.code not in kept.silence.get(problem.path, ())
        ]

    errors = heard(FOLDER_ERRORS)
    held = {error.path: error for error in reversed(errors)}
    broken += [
        BrokenTalk(id=talk.id, path=talk.path, reason=_reason(held[talk.path]))
        for talk in talks
        if talk.path in held
    ]
    return Loaded(
        department=department,
        talks=tuple(talk for talk in talks if talk.path not in held),
        broken=tuple(sorted(broken, key=lambda talk: talk.path)),
        loading_problems=tuple(sorted((*problems, *errors), key=lambda problem: problem.place)),
        spots={placed.talk.path: placed.spots for placed in together.placed},
        warn=partial(heard, FOLDER_WARNINGS),
    )


def _reason(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}:{problem.column}: {problem.message}"
