"""The ledger: reachable, writable, on a disk of this machine's own, and in a backup."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from announcer.cli.doctor import Finding, error, of_fault, warning
from announcer.cli.session import Session
from announcer.domain.errors import FaultError

_FOLDER = ".announcer"
_NETWORK = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs", "lustre"),
        *("gpfs", "beegfs", "davfs", "fuse.davfs2", "fuse.sshfs", "fuse.rclone", "fuse.glusterfs"),
        *("fuse.ceph", "fuse.s3fs", "vboxsf", "prl_fs"),
    )
)
_FLEETING = frozenset(("tmpfs", "ramfs"))


def check_ledger(session: Session) -> Iterator[Finding]:
    """What remembers that something was sent."""
    from announcer.ledger import admin as keeping

    setting = session.project.department.ledger
    try:
        ledger = keeping.describe(setting, session.project.root, password=session.project.ledger_password)
        session.project.entries()
    except FaultError as fault:
        yield of_fault("ledger", fault)
        return
    if ledger.id is None:
        yield Finding(check="ledger", message=f"none yet at {ledger.place}; the first run makes it")
    else:
        counts = f"{ledger.entries} entries, {ledger.attempts} attempts, {ledger.size // 1024} KB"
        yield Finding(check="ledger", message=f"{ledger.place}: {counts}")
    if setting == "sqlite":
        yield from _file(session.project.root)
    else:
        yield Finding(
            check="backup", message="it is the database server's: see that its backup has this database"
        )


def _file(root: Path) -> Iterator[Finding]:
    folder = root / _FOLDER
    place = folder if folder.is_dir() else root
    ledger = folder / "ledger.sqlite"
    effective = os.access in os.supports_effective_ids
    for path in (place, ledger):
        if path.exists() and not os.access(path, os.W_OK, effective_ids=effective):
            yield error(
                "ledger",
                f"this account cannot write to {path}",
                "run doctor as the account of the timer, or give the folder to it with `chown -R`",
            )
            return
    if ledger.exists() and os.name != "nt" and stat.S_IMODE(ledger.stat().st_mode) & 0o077:
        yield warning(
            "ledger",
            "other people on this machine can read it, and messages with passcodes are in it",
            f"run `chmod -R go= {folder}`",
        )
    yield from _disk(place, ledger)


def _disk(place: Path, ledger: Path) -> Iterator[Finding]:
    kind = file_system(place, Path("/proc/self/mounts"))
    if kind in _NETWORK:
        yield error(
            "disk",
            f"the ledger is on a network file system ({kind}), whose locks cannot be relied on",
            "put the folder on a disk of this machine, or use `ledger: postgresql://...`",
        )
    elif kind in _FLEETING:
        yield error(
            "disk",
            f"the ledger is in memory ({kind}): after a restart nobody knows what was sent",
            "put the department's folder on a disk",
        )
    else:
        yield Finding(check="disk", message=f"a file system of this machine{f' ({kind})' if kind else ''}")
    if ledger.exists():
        yield Finding(
            check="backup",
            message=f"the backup must have {ledger.parent}",
            hint=f"""a copy that is whole at any time: sqlite3 {ledger} ".backup 'FILE'" """.strip(),
        )


def file_system(path: Path, mounts: Path) -> str | None:
    """The kind of the file system that holds `path`, from a table like /proc/self/mounts; None where
    there is no table."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # not Linux
        return None
    real, kind, longest = path.resolve(), None, -1
    for line in lines:
        fields = line.split(" ")
        point = Path(fields[1].replace("\\040", " "))
        # A later mount on the same point hides the earlier one.
        if real.is_relative_to(point) and len(point.parts) >= longest:
            kind, longest = fields[2], len(point.parts)
    return kind
