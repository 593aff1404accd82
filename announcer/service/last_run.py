"""When `run` or `serve` last looked, how that ended, what spares the next look: a note, safe to delete."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from announcer.records.circumstances import RACY, circumstances

_NOTE = Path(".announcer/cache/last-run.json")
_READ = ("talks", "templates")
"""The folders of which every file counts."""
_LEDGER = ".announcer"
"""The folder of which every file counts, but for the folders in it and what SQLite makes for readers."""
_CONFIG = "announcer.yaml"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quiet:
    """Nothing comes due and nobody needs to hear of anything, as long as no file changes."""

    until: datetime
    """The last moment for which this is known. Aware."""
    photos: tuple[str, ...] = ()
    """The files that talks name, relative to the department's folder."""
    heartbeat: str | None = None
    """The URL that is asked after a look."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LastRun:
    """The last look at the plan."""

    at: datetime
    """Aware."""
    code: int
    """Its exit code."""
    quiet: Quiet | None = None
    state: str = ""
    """The files for which it is quiet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """A look that has begun, before anything was read."""

    root: Path
    began: int = 0
    """In the file system's own nanoseconds; 0 where that is not known."""

    def note(self, run: LastRun) -> None:
        """Writes down how it ended; where that cannot be done a run is no worse for it.

        It is quiet only where no file can have changed since it began: what changed shortly before may
        change again under the same time.
        """
        state = _state(self.root, run.quiet.photos) if run.quiet and self.began else None
        if state is None or state.newest >= self.began - RACY:
            _write(self.root, run, None, "")
        else:
            _write(self.root, run, run.quiet, state.digest)


def begin(root: Path) -> Look:
    """Begins a look."""
    new = _new(root)
    try:
        new.touch()
        return Look(root=root, began=new.stat().st_mtime_ns)
    except OSError:  # no folder yet, or one that may only be read
        return Look(root=root)


def spared(root: Path, now: datetime) -> Quiet | None:
    """What the last look said where it still holds at `now`: a look would find nothing, and is noted."""
    last = last_run(root)
    if last is None or last.quiet is None or not last.at <= now <= last.quiet.until:
        return None
    state = _state(root, last.quiet.photos)
    if state is None or state.digest != last.state:
        return None
    _write(root, LastRun(at=now, code=last.code), last.quiet, last.state)
    return last.quiet


def last_run(root: Path) -> LastRun | None:
    """What was noted; None where nothing was, or where it cannot be read."""
    try:
        note = json.loads((root / _NOTE).read_text(encoding="utf-8"))
        at = datetime.fromisoformat(note["at"])
        quiet = note.get("quiet")
        return LastRun(
            at=at,
            code=int(note["code"]),
            quiet=quiet
            and Quiet(
                until=datetime.fromisoformat(quiet["until"]),
                photos=tuple(quiet["photos"]),
                heartbeat=quiet["heartbeat"],
            ),
            state=str(note.get("state", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # never written, or half of it
        return None


def _write(root: Path, run: LastRun, quiet: Quiet | None, state: str) -> None:
    from announcer.ledger.files import given

    path, new = root / _NOTE, _new(root)
    note = {"at": run.at.isoformat(), "code": run.code}
    if quiet:
        kept = {"until": quiet.until.isoformat(), "photos": quiet.photos, "heartbeat": quiet.heartbeat}
        note |= {"quiet": kept, "state": state}
    try:
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
            given(folder)
        new.touch(mode=0o600)
        new.write_text(json.dumps(note), encoding="utf-8")
        given(new)
        new.replace(path)
    except OSError as error:
        _log.info("not noted", extra={"fields": {"reason": error.strerror}})


def _new(root: Path) -> Path:
    return (root / _NOTE).with_suffix(".new")


@dataclass(frozen=True, kw_only=True, slots=True)
class _State:
    """All files that a look reads."""

    digest: str
    newest: int
    """When the last of them changed, in nanoseconds."""


_Stamp = tuple[str, int, int, int, int]
"""A path, its size, mtime and ctime, and its inode."""


class _LinkError(Exception):
    """There is a link: what it leads to may change unseen."""


def _state(root: Path, photos: Sequence[str]) -> _State | None:
    """The files as they are; None where one cannot be seen, or is a link."""
    above = os.fspath(root)
    try:
        stamps = [_stamp(f"{above}/{path}", os.lstat(f"{above}/{path}")) for path in (_CONFIG, *photos)]
        for folder in _READ:
            with suppress(FileNotFoundError):
                stamps += _below(f"{above}/{folder}")
        stamps += _of_the_ledger(f"{above}/{_LEDGER}")
    except (OSError, _LinkError):  # the look itself says what is wrong
        return None
    made = hashlib.blake2b(f"{circumstances()}\n{sorted(stamps)}".encode(errors="surrogateescape"))
    return _State(digest=made.hexdigest(), newest=max(max(stamp[2:4]) for stamp in stamps))


def _below(folder: str) -> Iterator[_Stamp]:
    """A folder, whose own time changes with the names in it, and all that is in it."""
    yield _stamp(folder, os.lstat(folder))
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path)
            else:
                yield _stamp(entry.path, entry.stat(follow_symlinks=False))


def _of_the_ledger(folder: str) -> Iterator[_Stamp]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith("-shm") or entry.is_dir(follow_symlinks=False):
                continue
            status = entry.stat(follow_symlinks=False)
            # Who only read the ledger leaves an empty log behind.
            if status.st_size or not entry.name.endswith("-wal"):
                yield _stamp(entry.path, status)


def _stamp(path: str, status: os.stat_result) -> _Stamp:
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise _LinkError(path)
    size = status.st_size if stat.S_ISREG(status.st_mode) else 0
    return (path, size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
