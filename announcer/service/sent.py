"""What went is what is shown: the bytes that a list was handed, as long as the ledger keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from announcer.domain.clock import zone
from announcer.domain.delivery import Realm, Result
from announcer.domain.mailing import Key
from announcer.message import Message
from announcer.message.mime import read_back
from announcer.service.project import Project
from announcer.service.wording import moment

if TYPE_CHECKING:
    from announcer.ledger import LoggedAttempt

_WENT = (Result.ACCEPTED, Result.UNKNOWN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """A message that went to a list, or may have."""

    attempt: LoggedAttempt
    message: Message | None
    """As it went; None where its bytes are no longer kept."""


def sent(project: Project, key: Key, lists: Iterable[str] = ()) -> Sent | None:
    """The message of a mailing that went to the first of these lists that got it, or to any where none is
    named; None where none did. Raises LedgerError."""
    attempts = attempts_of(project, key)
    for name in dict.fromkeys(lists) or dict.fromkeys(attempt.list for attempt in attempts):
        for attempt in reversed(attempts):
            if attempt.list == name and attempt.reply and attempt.reply.result in _WENT:
                return Sent(attempt=attempt, message=read_back(attempt.message) if attempt.message else None)
    return None


def attempts_of(project: Project, key: Key, realm: Realm | None = None) -> list[LoggedAttempt]:
    """The attempts of a mailing, oldest first, with their bytes. Raises LedgerError."""
    ledger = project.ledger(read_only=True)
    try:
        return ledger.attempts(realm or project.realm, with_messages=True, key=key)
    finally:
        ledger.close()


def newest(project: Project, subject: str, occasion: str) -> Key | None:
    """The mailing of a talk and an occasion that went last; None where none did. Raises LedgerError."""
    ledger = project.ledger(read_only=True)
    try:
        keys = [
            attempt.key
            for attempt in ledger.attempts(project.realm)
            if attempt.reply
            and attempt.reply.result in _WENT
            and (attempt.key.subject, attempt.key.occasion) == (subject, occasion)
        ]
    finally:
        ledger.close()
    return keys[-1] if keys else None


def when_and_to_whom(project: Project, attempt: LoggedAttempt) -> str:
    """`to colloquium on Mon Nov 30, 9:00 am CST (rehearsal)`."""
    began = attempt.began.astimezone(zone(project.department.timezone))
    rehearsal = " (rehearsal)" if attempt.realm is Realm.REHEARSAL else ""
    unsure = ", or may have" if attempt.reply and attempt.reply.result is Result.UNKNOWN else ""
    return f"to {attempt.list} on {moment(began, project.now)}{rehearsal}{unsure}"
