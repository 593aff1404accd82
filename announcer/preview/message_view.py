"""One message, made ready for its page: all that the views show of it, in words."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from announcer.domain.mailing import AudienceGroup, Mailing
from announcer.domain.problem import Problem
from announcer.message import Message, TemplateFaultError
from announcer.preview import mime_parts as anatomy
from announcer.preview.found import Found, NothingFoundError, find
from announcer.preview.selection import Choice
from announcer.preview.state import Desk, Picture

_KEPT = 64
"""Messages that are kept to be shown while their files are broken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One message on the desk."""

    choice: Choice
    found: Found
    message: Message
    preheader: str
    beside: str
    """What an inbox shows beside the subject."""
    problems: tuple[Problem, ...] = ()
    """Why this is the last good one, and not what the files say now."""

    @property
    def mailing(self) -> Mailing:
        """The mailing."""
        return self.found.mailing

    @property
    def group(self) -> AudienceGroup:
        """The group of lists as which it is read."""
        return self.found.group

    @property
    def digest(self) -> str:
        """Changes when the page of the email does."""
        return hashlib.sha256((self.message.html or "").encode()).hexdigest()[:12]


class Sheets:
    """Makes sheets, and keeps the last good one of each choice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._good: OrderedDict[Choice, Sheet] = OrderedDict()

    def sheet(self, picture: Picture, choice: Choice) -> Sheet:
        """The message of a choice; the last good one where a file of it is broken.

        Raises NothingFoundError, and TemplateFaultError where there never was a good one.
        """
        broken = problems_of(picture, choice)
        try:
            found = find(picture, choice)
            message = self._desk.message(picture, found.group)
        except TemplateFaultError as fault:
            return self._last(choice, (fault.problem, *broken), fault)
        except NothingFoundError as nothing:
            if not broken:
                raise
            return self._last(choice, broken, nothing)
        preheader, beside = anatomy.preheader(message.html, message.text)
        sheet = Sheet(
            choice=choice, found=found, message=message, preheader=preheader, beside=beside, problems=broken
        )
        if not broken:
            self._good[choice] = sheet
            self._good.move_to_end(choice)
            if len(self._good) > _KEPT:
                self._good.popitem(last=False)
        return sheet

    def _last(self, choice: Choice, problems: tuple[Problem, ...], fault: Exception) -> Sheet:
        good = self._good.get(choice)
        if good is None:
            raise fault
        return replace(good, problems=problems)


def problems_of(picture: Picture, choice: Choice) -> tuple[Problem, ...]:
    """The errors that keep the files of a choice from being read."""
    found = picture.errors_in("announcer.yaml")
    for one in picture.broken:
        if one.id == choice.subject:
            found += picture.errors_in(one.path)
    return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """Lines that one audience reads and another does not."""

    kind: str
    """`same`, `only-here` or `only-there`."""
    lines: tuple[str, ...]


def differences(here: str, there: str) -> list[Difference]:
    """How the text for this audience differs from that for another; what is the same is left out."""
    ours, theirs = here.split("\n"), there.split("\n")
    found: list[Difference] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _lines("only-here", ours[a:b])
            found += _lines("only-there", theirs[c:d])
    return found


def _lines(kind: str, lines: Sequence[str]) -> list[Difference]:
    told = tuple(line for line in lines if line.strip())
    return [Difference(kind=kind, lines=told)] if told else []
