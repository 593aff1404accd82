"""What a run did: the attempt of each list, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from announcer.domain.delivery import Reply, Result
from announcer.domain.department import MailingList
from announcer.domain.errors import FaultError
from announcer.domain.mailing import Key
from announcer.domain.reason import Reason
from announcer.message import Message, TemplateFaultError


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """What became of one list of one mailing in this run."""

    key: Key
    list: MailingList
    reply: Reply | None = None
    """None where nothing was attempted."""
    note: Reason | None = None
    """Why nothing was attempted."""
    message: Message | None = None
    is_elsewhere: bool = False
    """Whether another process sends it, or has."""

    @property
    def is_put_off(self) -> bool:
        """Whether the server itself asked to be tried again."""
        reply = self.reply
        return reply is not None and reply.result is Result.DEFERRED and reply.code is not None


@dataclass(kw_only=True, slots=True)
class Report:
    """What a run did."""

    _attempts: dict[tuple[Key, str], Attempt] = field(default_factory=dict)
    faults: list[TemplateFaultError] = field(default_factory=list)
    stopped: FaultError | None = None
    """What kept everything from being sent, or stopped it half-way."""

    @property
    def attempts(self) -> list[Attempt]:
        """The last outcome of each mailing and list, in the order in which they were first tried."""
        return list(self._attempts.values())

    def add(self, attempt: Attempt) -> None:
        """Notes an outcome, in place of an earlier one of the same mailing and list."""
        self._attempts[attempt.key, attempt.list.name] = attempt

    @property
    def all_accepted(self) -> bool:
        """Whether everything that this run attempted was accepted."""
        well = (
            attempt.is_elsewhere or (attempt.reply and attempt.reply.result is Result.ACCEPTED)
            for attempt in self.attempts
        )
        return all(well) and not self.faults and self.stopped is None
