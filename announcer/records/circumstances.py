"""What anything that is kept depends on beside the files it was made of: this program, Python, time zones."""

from __future__ import annotations

import os
import sys
import zoneinfo
from pathlib import Path

from announcer import __version__

RACY = 2_000_000_000
"""Nanoseconds: a file that changed this shortly before it was read may change again under the same mtime
(FAT has two seconds), so nothing that was made of it is kept."""


def circumstances() -> str:
    """All of it in one text, which is another one where anything of it changed."""
    package = Path(__file__).parent.parent
    return f"{__version__} {sys.version} {sorted(_modules(os.fspath(package)))} {_time_zones()}"


def _modules(folder: str) -> list[tuple[str, int, int]]:
    """The program's own files, in all its rooms: one that was changed in place has no other version."""
    modules = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                status = entry.stat()
                modules.append((entry.path, status.st_size, status.st_mtime_ns))
            elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                modules += _modules(entry.path)
    return modules


def _time_zones() -> list[tuple[str, int]]:
    """The state of the time zone database, on which every start depends."""
    stamps = []
    for folder in zoneinfo.TZPATH:
        try:
            stamps.append((folder, Path(folder).stat().st_mtime_ns))
        except OSError:  # most of the usual places do not exist
            continue
    return stamps
