"""What a person is asked for: what a talk lacks, until when, and who was asked before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from announcer.domain.clock import require_aware
from announcer.domain.occasion import Recipients
from announcer.domain.talk import Speaker, Talk

NEEDS = ("title", "abstract", "affiliation", "bio", "photo")
"""What may be asked for: of the talk, and of each speaker."""
_OF_THE_TALK = ("title", "abstract")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Somebody was asked before."""

    who: str
    """The role: `speaker`, `host` or `organizer`."""
    day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """All that a request says besides the talk."""

    asks: Recipients
    """Who is asked."""
    reader: Recipients
    """Who reads it: another, where this is the copy."""
    name: str
    """The reader's, perhaps empty."""
    missing: tuple[str, ...]
    """Names of NEEDS, in the order in which they are asked for."""
    deadline: date
    announced: datetime | None
    """When the talk is announced, in its zone; None where that moment has passed."""
    waits: bool
    """Whether the announcement is held for want of it."""
    instead_of: Recipients | None = None
    """Who would be asked if there were an address."""
    asked: tuple[Asked, ...] = ()
    """Oldest first."""
    is_last: bool = False
    form: str | None = None
    """The address of a form for this talk."""

    def __post_init__(self) -> None:
        require_aware(announced=self.announced)

    @property
    def is_copy(self) -> bool:
        """Whether it is to be known, and somebody else answers."""
        return self.reader is not self.asks


def lacking(talk: Talk, needs: tuple[str, ...], speaker: Speaker | None = None) -> tuple[str, ...]:
    """What a talk lacks of `needs`; of what speakers have, what this one lacks, or any where None."""
    speakers = (speaker,) if speaker else talk.speakers
    return tuple(
        need
        for need in needs
        if (
            getattr(talk, need) is None
            if need in _OF_THE_TALK
            else any(getattr(person, need) is None for person in speakers)
        )
    )
