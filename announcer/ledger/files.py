"""The ledger's folder and files, which hold passcodes: made private whatever the umask."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = ".announcer"


def private_folder(path: Path) -> Path:
    """Makes the folder (and its parents) where needed, and sees that only its owner may enter."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    return path


def private_file(path: Path, content: str) -> None:
    """Writes a small file at once or not at all, readable by its owner only, and waits for the disk."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Waits until the folder's own entries are on the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
