"""Exit codes: the highest that applies."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the process says to whoever called it."""

    DONE = 0
    """Done, or nothing due."""
    NOT_ACCEPTED = 1
    """Something was not accepted, or was found held, missed or unknown for the first time."""
    USAGE = 2
    PROBLEMS = 3
    """Problems in the talks or the config."""
    SECRET = 4
    """A secret is missing or refused."""
