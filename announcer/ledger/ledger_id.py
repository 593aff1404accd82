"""The marker that names a department's ledger, so that an empty or strange one does not send all again."""

from __future__ import annotations

from pathlib import Path

from announcer.ledger import LedgerError
from announcer.ledger.files import FOLDER, private_file, private_folder


def marker_path(root: Path) -> Path:
    """Where a department's marker is."""
    return root / FOLDER / "ledger-id"


def read_marker(root: Path) -> str | None:
    """The id of the ledger that this department's folder goes with, None where it has none yet.

    Raises LedgerError where it cannot be told.
    """
    path = marker_path(root)
    if not path.exists():
        return None
    content = path.read_bytes().strip()
    if content and not content.isalnum():
        raise LedgerError(
            "ledger-marker",
            str(path),
            "the file that names this department's ledger is damaged",
            "look at `announcer ledger`; if it shows this department's, `announcer ledger --adopt`",
        )
    return content.decode("ascii") or None


def write_marker(root: Path, ledger_id: str) -> None:
    """Makes this department's folder go with that ledger."""
    private_folder(marker_path(root).parent)
    private_file(marker_path(root), ledger_id + "\n")


def missing(place: str) -> LedgerError:
    """The marker names a ledger, and there is none."""
    return LedgerError(
        "ledger-missing",
        place,
        "this department's ledger is gone, and with it the record of what was sent",
        "restore it from a backup; if there is none, look in the lists' archives: `announcer ledger --adopt` "
        "begins an empty one, and what was due by now counts as sent; with `announcer ledger --new` it goes",
    )


def other(place: str, marker: str, there: str) -> LedgerError:
    """The marker names another ledger than the one that is there."""
    return LedgerError(
        "ledger-other",
        place,
        f"this is not the department's ledger: it is {there[:8]}, and the department goes with {marker[:8]}",
        "correct `ledger` in announcer.yaml; or, if this is the right one, `announcer ledger --adopt`",
    )


def unmarked(place: str, there: str) -> LedgerError:
    """The folder has no marker, and the ledger already has entries."""
    return LedgerError(
        "ledger-not-adopted",
        place,
        f"the ledger {there[:8]} has entries, and this folder was never used with it",
        "if this department's mail is recorded there, `announcer ledger --adopt`; "
        "otherwise give the department a ledger of its own",
    )
