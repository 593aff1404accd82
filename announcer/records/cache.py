"""What was read before, kept in .announcer/cache/: a talk's file is parsed again only when it changed."""

from __future__ import annotations

import hashlib
import os
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from announcer.domain.department import Department
from announcer.domain.problem import Problem
from announcer.domain.talk import BrokenTalk, Talk
from announcer.records.circumstances import RACY, circumstances
from announcer.records.lint.folder import Spots
from announcer.records.yaml.files import Stamp

FOLDER = Path(".announcer/cache")
NAME = "records.msgpack"


@dataclass(frozen=True, kw_only=True, slots=True)
class CacheEntry:
    """What one talk's file gave."""

    stamp: Stamp | None
    """None where it must be read again."""
    talk: Talk | None = None
    broken: BrokenTalk | None = None
    problems: tuple[Problem, ...] = ()
    spots: Spots = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """All that was read under one announcer.yaml and one version of the program."""

    department: Department | None
    problems: tuple[Problem, ...]
    """Those of announcer.yaml."""
    silence: dict[str, tuple[str, ...]] = field(default_factory=dict)
    entries: dict[str, CacheEntry] = field(default_factory=dict)


def digest(config: bytes) -> bytes:
    """What a cache is good for: these bytes of announcer.yaml, this program, these time zones."""
    made = hashlib.blake2b(digest_size=16)
    made.update(circumstances().encode())
    made.update(config)
    return made.hexdigest().encode()


def restore(root: Path, digest: bytes) -> Kept | None:
    """What was kept; None where there is nothing, or where it is damaged or made by other circumstances."""
    try:
        data = (root / FOLDER / NAME).read_bytes()
    except OSError:  # no cache, or none that this user may read: everything is read anew
        return None
    head, _, body = data.partition(b"\n")
    if head != digest + b" " + _checksum(body):
        return None
    import msgspec

    try:
        return msgspec.msgpack.decode(body, type=Kept)
    except (msgspec.DecodeError, ValueError):
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing:
    """A cache that is being made. Its file was created before the first talk was read."""

    path: Path
    """Where it is written until it is whole."""
    began: int
    """When it was created, in the file system's own nanoseconds."""

    def keeps(self, stamp: Stamp | None) -> bool:
        """Whether a file with this stamp cannot have changed since without its stamp changing."""
        return stamp is not None and max(stamp[1], stamp[2]) < self.began - RACY

    def commit(self, digest: bytes, kept: Kept) -> None:
        """Puts it in the place of the old one; where the disk is full or the folder gone, there is none."""
        import msgspec

        body = msgspec.msgpack.encode(kept)
        try:
            self.path.write_bytes(digest + b" " + _checksum(body) + b"\n" + body)
            self.path.replace(self.path.with_name(NAME))
            self.path.with_name("records.json").unlink(missing_ok=True)  # as it was called in 0.1
        except OSError:
            self.discard()

    def discard(self) -> None:
        """Takes it away unwritten."""
        self.path.unlink(missing_ok=True)


def begin(root: Path) -> Writing | None:
    """Begins a cache, readable by its owner alone, since talks hold passcodes; None where it cannot be."""
    import tempfile

    try:
        folder = root / FOLDER
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=NAME, dir=folder)
        began = os.fstat(handle).st_mtime_ns
        os.close(handle)
    except OSError:  # a folder that may only be read is read without a cache
        return None
    return Writing(path=Path(name), began=began)


def _checksum(body: bytes) -> bytes:
    """Tells a torn or damaged file; who may write here needs no disguise."""
    return f"{zlib.crc32(body):08x}".encode()
