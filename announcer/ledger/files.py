"""The ledger's folder and files, which hold passcodes: made private whatever the umask."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

FOLDER = ".announcer"


def private_folder(path: Path) -> Path:
    """Makes the folder (and its parents) where needed, and sees that only its owner may enter."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    given(path)
    return path


def empty_file(path: Path) -> None:
    """Makes a file that is not there yet, readable by its owner only."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    given(path, handle)
    os.close(handle)


def given(path: Path, handle: int | None = None) -> None:
    """Gives what root made to the owner of the folder that it is in.

    After a run by hand with sudo, the account of the timer must be able to read, lock and remove it.
    """
    if os.name == "nt" or os.geteuid() != 0:
        return
    # Where root may not do that (a container, a network's file system) all is as it was made.
    with suppress(OSError):
        owner = path.parent.stat()
        if handle is not None:
            os.chown(handle, owner.st_uid, owner.st_gid)
        elif path.lstat().st_uid == 0:
            # Never through a link, which that account could have put there.
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def private_file(path: Path, content: str) -> None:
    """Writes a small file at once or not at all, readable by its owner only, and waits for the disk."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        given(new, handle)
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
