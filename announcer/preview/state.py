"""What the folder and the ledger say now, and the last good of what is broken at the moment."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from announcer.domain.clock import zone
from announcer.domain.department import Department
from announcer.domain.errors import FaultError
from announcer.domain.mailing import AudienceGroup, Entry
from announcer.domain.problem import Problem, Severity
from announcer.domain.talk import BrokenTalk, Talk
from announcer.message import Message
from announcer.preview.source import PreviewSource

if TYPE_CHECKING:
    from announcer.message.compose import Composer

_KEPT = 64
"""Messages that are kept composed."""
_ELSEWHERE = 15
"""Seconds after which a ledger that is no file beside the talks is read again."""


@dataclass(frozen=True, kw_only=True)
class DepartmentState:
    """All that the pages are made of, at one moment."""

    number: int
    """Rises whenever a file or the ledger changed."""
    now: datetime
    department: Department | None
    """As it was last without errors; None where it never was."""
    talks: Mapping[str, Talk]
    """By id; one whose file is broken as it was last without errors."""
    broken: tuple[BrokenTalk, ...]
    problems: tuple[Problem, ...]
    entries: tuple[Entry, ...]
    fault: FaultError | None
    """Why the ledger could not be read."""

    @property
    def sound(self) -> list[Talk]:
        """The talks whose files can be read."""
        bad = {broken.id for broken in self.broken}
        return [talk for name, talk in self.talks.items() if name not in bad]

    @property
    def errors(self) -> list[Problem]:
        """What holds mail."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    def errors_in(self, path: str) -> list[Problem]:
        """The errors of one file."""
        return [problem for problem in self.errors if problem.path == path]


class StateKeeper:
    """Keeps one state current. Safe to use from several threads."""

    def __init__(self, source: PreviewSource) -> None:
        self.source = source
        self._lock = Lock()
        self._composing = Lock()
        self._composer: tuple[tuple[int, Department], Composer] | None = None
        self._messages: OrderedDict[tuple[int, AudienceGroup], Message] = OrderedDict()
        self._making = 0
        """Rises whenever something else than a talk changed of what makes a message."""
        self._stamp: object = None
        self._state = DepartmentState(
            number=0,
            now=source.clock(),
            department=None,
            talks={},
            broken=(),
            problems=(),
            entries=(),
            fault=None,
        )
        self.refresh()

    @property
    def state(self) -> DepartmentState:
        """The current one."""
        return self._state

    def refresh(self, *, talks_only: bool = False) -> DepartmentState:
        """Reads the folder anew, because a file changed; `talks_only` where it can be nothing but talks."""
        with self._lock:
            old, new = self._state, self._with_ledger(self._read())
            if talks_only and replace(new, number=old.number, now=old.now) == old:
                return old
            if not talks_only:
                self._making += 1
            self._state = new
            return new

    def peek(self, path: Path) -> bool:
        """Takes over one saved talk before the whole folder is read; whether it could.

        What only shows across files is found by the `refresh` that must follow.
        """
        with self._lock:
            old = self._state
            if not path.is_relative_to(self.source.root):
                return False
            name = path.relative_to(self.source.root).as_posix()
            talk = self.source.read_talk(name)
            if talk is None or [former.id for former in old.sound if former.path == name] != [talk.id]:
                return False
            self._state = replace(old, number=old.number + 1, talks={**old.talks, talk.id: talk})
            return True

    def tick(self) -> bool:
        """Moves the clock on, and reads the ledger where it changed. Whether it did."""
        with self._lock:
            old = self._state
            state = self._with_ledger(replace(old, now=self._now(old.department)))
            changed = state.entries != old.entries or state.fault != old.fault
            self._state = replace(state, number=old.number + 1) if changed else state
            return changed

    def message(self, state: DepartmentState, group: AudienceGroup) -> Message:
        """The message of a group, composed once for each state of the folder. Raises TemplateFaultError."""
        key = (self._making, group)
        with self._composing:
            if key in self._messages:
                self._messages.move_to_end(key)
                return self._messages[key]
            message = self.composer(state).compose(group, date=group.moment)
            self._messages[key] = message
            if len(self._messages) > _KEPT:
                self._messages.popitem(last=False)
            return message

    def composer(self, state: DepartmentState) -> Composer:
        """What composes for the state's department, which there must be."""
        department = state.department
        assert department is not None  # noqa: S101 - a group comes from a department
        wanted = (self._making, department)
        if self._composer is None or self._composer[0] != wanted:
            self._composer = (wanted, self.source.composer(department))
        return self._composer[1]

    def _now(self, department: Department | None) -> datetime:
        now = self.source.clock().replace(microsecond=0)
        return now.astimezone(zone(department.timezone)) if department else now

    def _read(self) -> DepartmentState:
        old, loaded = self._state, self.source.load()
        department = loaded.department or old.department
        talks = {talk.id: talk for talk in loaded.talks} if loaded.department else dict(old.talks)
        for broken in loaded.broken:
            if broken.id in old.talks:
                talks.setdefault(broken.id, old.talks[broken.id])
        return DepartmentState(
            number=old.number + 1,
            now=self._now(department),
            department=department,
            talks=talks,
            broken=loaded.broken,
            problems=loaded.problems,
            entries=old.entries,
            fault=old.fault,
        )

    def _with_ledger(self, state: DepartmentState) -> DepartmentState:
        department = state.department
        if department is None:
            return state
        stamp = _stamp(self.source.root, department, state.now)
        if stamp == self._stamp:
            return state
        self._stamp = stamp
        try:
            return replace(state, entries=tuple(self.source.entries(department)), fault=None)
        except FaultError as fault:
            return replace(state, entries=(), fault=fault)


def _stamp(root: Path, department: Department, now: datetime) -> object:
    """What changes when the ledger does, or when it counts otherwise."""
    delivery = department.delivery
    counts = (department.ledger, delivery.transport, delivery.redirect_all_to)
    if department.ledger != "sqlite":
        return (*counts, int(now.timestamp()) // _ELSEWHERE)
    stamps = []
    for name in ("ledger.sqlite", "ledger.sqlite-wal", "ledger-id"):
        try:
            stat = (root / ".announcer" / name).stat()
        except FileNotFoundError:
            continue
        stamps.append((name, stat.st_size, stat.st_mtime_ns))
    return (*counts, *stamps)
