"""The department's own secret, from which the ids of confidential talks come: in the ledger and beside it."""

from __future__ import annotations

from pathlib import Path

from announcer.ledger.files import FOLDER

SECRET = "secret"  # noqa: S105 - the name of the fact and of the file
_DIGITS = 64


def read_secret(root: Path) -> str:
    """The secret beside the ledger; empty where there is none yet, or where it cannot be read."""
    try:
        text = (root / FOLDER / SECRET).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):  # never made, or damaged: the ledger has it, too
        return ""
    return text if len(text) == _DIGITS and text.isalnum() else ""
