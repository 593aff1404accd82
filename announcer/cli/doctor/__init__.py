"""What `announcer doctor` looks at: each check yields findings; none changes or sends anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from announcer.domain.errors import FaultError


class Level(StrEnum):
    """How well it is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One line of the doctor's."""

    check: str
    """What was looked at: a short name that never changes, like `tls`."""
    level: Level = Level.OK
    message: str
    """How it is, in a sentence."""
    hint: str = ""
    """What to do."""
    is_secret: bool = False
    """Whether it is about a secret that is missing or refused."""


def warning(check: str, message: str, hint: str) -> Finding:
    """A finding that holds nothing back."""
    return Finding(check=check, level=Level.WARNING, message=message, hint=hint)


def error(check: str, message: str, hint: str) -> Finding:
    """A finding that keeps mail from being sent."""
    return Finding(check=check, level=Level.ERROR, message=message, hint=hint)


def of_fault(check: str, fault: FaultError) -> Finding:
    """What a fault says, as a finding."""
    from announcer.cli.exits import Exit
    from announcer.cli.output import fault_exit

    return Finding(
        check=check,
        level=Level.ERROR,
        message=str(fault),
        hint=fault.hint,
        is_secret=fault_exit(fault) is Exit.SECRET,
    )
