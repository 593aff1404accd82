"""What was imported last from a source: kept beside the ledger, so that the next import knows what changed.

It is written before the files with what they will be, and after them with what they are; each time into a
file beside it that takes its place. So whatever kills an import, the next one finds the same states.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from announcer.domain.plain import Plain

FOLDER = Path(".announcer/imports")
_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """A file as import wrote it, or was about to."""

    sha256: str | None
    """Of its bytes; None where a person wrote the file, and import only knows what the source said then."""
    values: Mapping[str, Plain]
    """What the source said, in the file's terms."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remembered:
    """One talk of a source."""

    path: str
    """Its file, relative to the department's folder."""
    start: str | None
    """`2026-12-02T16:00` on the department's clocks."""
    versions: tuple[Version, ...]
    """The last one, and before it the one that it was to replace."""
    written: bool
    """Whether the last one stands in the file for certain."""
    gone: bool = False
    """Whether a person knows that the source does not have it any more."""

    def base(self, sha256: str | None) -> tuple[Version, bool]:
        """What was imported last, given the file's hash, and whether the file is as import wrote it."""
        for version in reversed(self.versions):
            if sha256 is not None and version.sha256 == sha256:
                return version, True
        return self.versions[-1 if self.written else 0], False


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """Everything that was imported from one source, by its identity there."""

    talks: Mapping[str, Remembered] = field(default_factory=dict)
    lost: bool = False
    """Whether there was something, and it cannot be read."""

    def with_talk(self, key: str, talk: Remembered) -> Memory:
        """The memory with one more."""
        return replace(self, talks={**self.talks, key: talk})


def recall(root: Path, name: str) -> Memory:
    """What is remembered of a source; nothing where it was never imported."""
    try:
        data = json.loads((root / FOLDER / f"{name}.json").read_bytes())
        if data["version"] != _VERSION:
            return Memory(lost=True)
        return Memory(talks={key: _remembered(talk) for key, talk in data["talks"].items()})
    except FileNotFoundError:
        return Memory()
    except (ValueError, KeyError, TypeError, AttributeError):
        return Memory(lost=True)


def remember(root: Path, name: str, memory: Memory) -> None:
    """Keeps it. Raises OSError."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    data = {
        "version": _VERSION,
        "source": name,
        "talks": {key: _data(talk) for key, talk in memory.talks.items()},
    }
    write_whole(folder / f"{name}.json", json.dumps(data, ensure_ascii=False, indent=1).encode(), mode=0o600)


def write_whole(path: Path, data: bytes, *, mode: int = 0o644, new: bool = False) -> None:
    """Writes a file that is there whole or not at all, whatever happens meanwhile.

    With `new` one that is there is left, and FileExistsError raised. Raises OSError.
    """
    beside = path.with_name(f".{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if new:
            _link(beside, path)
        else:
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _link(beside: Path, path: Path) -> None:
    """Gives the file its name where that is free; where links are unknown (FAT, some shares) by a rename."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        beside.replace(path)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _data(remembered: Remembered) -> dict[str, Any]:
    return {
        "path": remembered.path,
        "start": remembered.start,
        "written": remembered.written,
        "gone": remembered.gone,
        "versions": [{"sha256": version.sha256, "values": version.values} for version in remembered.versions],
    }


def _remembered(data: Mapping[str, Any]) -> Remembered:
    versions = tuple(
        Version(sha256=entry["sha256"], values=dict(entry["values"])) for entry in data["versions"]
    )
    if not versions:
        raise ValueError("a talk without a version")
    return Remembered(
        path=str(data["path"]),
        start=data["start"],
        versions=versions,
        written=bool(data["written"]),
        gone=bool(data["gone"]),
    )
