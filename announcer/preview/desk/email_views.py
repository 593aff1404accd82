"""The email of a text that is being written, kept for the frame that shows it."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, replace

from announcer.domain.occasion import Occasion
from announcer.domain.talk import Status, Talk
from announcer.message import Message, TemplateFaultError
from announcer.preview.finding import NothingFoundError, find_shown
from announcer.preview.state import DepartmentState, StateKeeper
from announcer.service.selection import Selection

_KEPT = 32


@dataclass(frozen=True, kw_only=True)
class EmailView:
    """An email to look at."""

    digest: str
    """Its name."""
    occasion: str
    list: str
    """As whose reader it is seen."""
    lists: tuple[str, ...]
    """One of each group of lists that reads it in its own way."""
    message: Message


class EmailViews:
    """Composes what is written, and keeps the last ones."""

    def __init__(self, keeper: StateKeeper) -> None:
        self._keeper = keeper
        self._kept: OrderedDict[str, EmailView] = OrderedDict()

    def of(self, state: DepartmentState, talk: Talk, list_name: str) -> EmailView | str:
        """The email that tells of a talk, or why there is none."""
        off = talk.status in (Status.CANCELLED, Status.POSTPONED)
        occasion = Occasion.CANCELLATION if off else Occasion.ANNOUNCEMENT
        broken = tuple(other for other in state.broken if other.id != talk.id)
        as_if = replace(state, talks={**state.talks, talk.id: talk}, broken=broken)
        try:
            selected = find_shown(as_if, Selection(subject=talk.id, occasion=occasion, list=list_name))
            message = self._keeper.message(state, selected.group)
        except NothingFoundError as nothing:
            return f"{nothing.message}: {nothing.hint}"
        except TemplateFaultError as fault:
            return f"{fault.problem.message}: {fault.problem.hint}"
        page = f"{message.subject}\n{message.html or message.text}"
        email = EmailView(
            digest=hashlib.sha256(page.encode()).hexdigest()[:24],
            occasion=occasion.value,
            list=selected.group.lists[0].name,
            lists=tuple(group.lists[0].name for group in selected.mailing.groups),
            message=message,
        )
        self._kept[email.digest] = email
        self._kept.move_to_end(email.digest)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return email

    def kept(self, digest: str) -> EmailView | None:
        """One that was made."""
        return self._kept.get(digest)
