"""One message, made ready for its page: all that the views show of it, in words."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from announcer.domain.errors import FaultError
from announcer.domain.mailing import AudienceGroup, Mailing, State
from announcer.domain.problem import Problem
from announcer.message import Message, TemplateFaultError
from announcer.preview import mime_parts
from announcer.preview.finding import NothingFoundError, SelectedMailing, find_shown
from announcer.preview.state import DepartmentState, StateKeeper
from announcer.service.selection import Selection
from announcer.service.sent import Sent

_WENT = (State.ACCEPTED, State.UNKNOWN)
_log = logging.getLogger(__name__)
_KEPT = 64
"""Messages that are kept to be shown while their files are broken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageView:
    """One message, as a page shows it."""

    selection: Selection
    selected: SelectedMailing
    message: Message
    preheader: str
    beside: str
    """What an inbox shows beside the subject."""
    sent: str = ""
    """When and to whom it went, where it is what went; else empty."""
    not_kept: str = ""
    """The same, where what went is no longer kept and this was composed now."""
    problems: tuple[Problem, ...] = ()
    """Why this is the last good one, and not what the files say now."""

    @property
    def mailing(self) -> Mailing:
        """The mailing."""
        return self.selected.mailing

    @property
    def group(self) -> AudienceGroup:
        """The group of lists as which it is read."""
        return self.selected.group

    @property
    def digest(self) -> str:
        """Changes when the page of the email does."""
        return hashlib.sha256((self.message.html or "").encode()).hexdigest()[:12]


class MessageViews:
    """Makes what is shown, and keeps the last good one of each selection."""

    def __init__(self, keeper: StateKeeper, *, anew: bool = False) -> None:
        """With `anew`, also what went is composed as it would be now."""
        self._keeper = keeper
        self._anew = anew
        self._good: OrderedDict[Selection, MessageView] = OrderedDict()

    def of(self, state: DepartmentState, selection: Selection) -> MessageView:
        """The message of a selection; the last good one where a file of it is broken.

        Raises NothingFoundError, and TemplateFaultError where there never was a good one.
        """
        broken = problems_of(state, selection)
        try:
            selected = find_shown(state, selection)
            went = None if self._anew else self._went(state, selection, selected)
            message = went.message if went and went.message else self._keeper.message(state, selected.group)
        except TemplateFaultError as fault:
            return self._last(selection, (fault.problem, *broken), fault)
        except NothingFoundError as nothing:
            if not broken:
                raise
            return self._last(selection, broken, nothing)
        preheader, beside = mime_parts.preheader(message.html, message.text)
        shown = MessageView(
            selection=selection,
            selected=selected,
            message=message,
            preheader=preheader,
            beside=beside,
            problems=broken,
            **self._sent_words(state, went),
        )
        if not broken:
            self._good[selection] = shown
            self._good.move_to_end(selection)
            if len(self._good) > _KEPT:
                self._good.popitem(last=False)
        return shown

    def _went(self, state: DepartmentState, selection: Selection, selected: SelectedMailing) -> Sent | None:
        """What went of a mailing to the lists that are looked at; nothing for another moment."""
        is_past = any(outcome.state in _WENT for outcome in selected.mailing.outcomes)
        if selection.at or selected.example or not is_past or state.department is None:
            return None
        names = [mailing_list.name for mailing_list in selected.group.lists]
        lists = [selection.list] if selection.list else names
        try:
            return self._keeper.source.sent(state.department, selected.mailing.key, lists)
        except FaultError as fault:  # the page says already that the ledger cannot be read
            _log.info("not read", extra={"fields": {"reason": fault.message}})
            return None

    def _sent_words(self, state: DepartmentState, went: Sent | None) -> dict[str, str]:
        if went is None or state.department is None:
            return {}
        words = self._keeper.source.when_and_to_whom(state.department, went)
        return {"sent" if went.message else "not_kept": words}

    def _last(self, selection: Selection, problems: tuple[Problem, ...], fault: Exception) -> MessageView:
        good = self._good.get(selection)
        if good is None:
            raise fault
        return replace(good, problems=problems)


def problems_of(state: DepartmentState, selection: Selection) -> tuple[Problem, ...]:
    """The errors that keep the files of a selection from being read."""
    selected = state.errors_in("announcer.yaml")
    for broken in state.broken:
        if broken.id == selection.subject:
            selected += state.errors_in(broken.path)
    return tuple(selected)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """Lines that one audience reads and another does not."""

    kind: str
    """`same`, `only-here` or `only-there`."""
    lines: tuple[str, ...]


def audience_differences(here: str, there: str) -> list[Difference]:
    """How the text for this audience differs from that for another; what is the same is left out."""
    ours, theirs = here.split("\n"), there.split("\n")
    selected: list[Difference] = []
    opcodes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    for tag, start, end, start_there, end_there in opcodes:
        if tag != "equal":
            selected += _lines("only-here", ours[start:end])
            selected += _lines("only-there", theirs[start_there:end_there])
    return selected


def _lines(kind: str, lines: Sequence[str]) -> list[Difference]:
    nonblank = tuple(line for line in lines if line.strip())
    return [Difference(kind=kind, lines=nonblank)] if nonblank else []
