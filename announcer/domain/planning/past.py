"""What a ledger knows of the time before it was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """Since when a ledger remembers, and whether a person said what was before."""

    made: datetime | None = None
    """When it was made, aware; None for one that is older than this question."""
    is_known: bool = True
    """Whether somebody said what became of the mail that was due before."""


ALL_KNOWN = Past()
"""The entries are all that there ever was."""
