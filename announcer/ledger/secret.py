"""The department's own secret, from which the ids of confidential talks come: in the ledger and beside it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from announcer.ledger.facts import read_facts
from announcer.ledger.files import FOLDER, private_file
from announcer.ledger.queries import insert_new
from announcer.ledger.schema import FACT

SECRET = "secret"  # noqa: S105 - the name of the fact and of the file
_DIGITS = 64


def read_secret(root: Path) -> str:
    """The secret beside the ledger; empty where there is none yet, or where it cannot be read."""
    try:
        text = (root / FOLDER / SECRET).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):  # never made, or damaged: the ledger has it, too
        return ""
    return text if len(text) == _DIGITS and text.isalnum() else ""


def keep_secret(root: Path, connection: Connection, new: str) -> None:
    """Sees that the ledger and the folder have the same secret: the ledger's, else the folder's, else `new`.

    So a lost ledger loses no UID, and two machines with one ledger agree.
    """
    beside = read_secret(root)
    if SECRET not in read_facts(connection):
        insert_new(connection, FACT, name=SECRET, value=beside or new)
    kept = read_facts(connection)[SECRET]
    if kept != beside:
        private_file(root / FOLDER / SECRET, kept + "\n")
