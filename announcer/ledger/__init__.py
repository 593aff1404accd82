"""The ledger: the durable record of what was attempted, what was accepted, and what each list was told.

The contract is here; `announcer.ledger.store` keeps it on SQLite or PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from announcer.domain.delivery import Envelope, Realm, Reply
from announcer.domain.department import MailingList
from announcer.domain.errors import FaultError
from announcer.domain.mailing import Entry, Key
from announcer.domain.planning.past import Past
from announcer.domain.snapshot import Snapshot


class LedgerError(FaultError):
    """The ledger cannot be reached or trusted, or does not allow what was asked: nothing may be sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One row that this process alone may send, until it settles or releases it."""

    row: int
    key: Key
    list: MailingList
    tries: int = 0
    """How often it was deferred before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LoggedAttempt:
    """One transaction that reached DATA, as `log` shows it."""

    realm: Realm
    key: Key
    list: str
    began: datetime
    ended: datetime | None
    """None while it is under way."""
    message_id: str
    date: datetime
    """The message's Date."""
    envelope: Envelope
    reply: Reply | None
    subject: str | None = None
    """The Subject of the mailing's newest message."""
    message: bytes | None = None
    """The exact bytes; None once they were dropped, or where they were not asked for."""


class Ledger(Protocol):
    """What dispatch and the plan need of a ledger. Every method that writes has committed on return; what was
    attempted and what became of it is on the disk by then.

    Each raises LedgerError (a FaultError) where the ledger cannot be trusted or reached; then nothing
    may be sent.
    """

    @property
    def id(self) -> str:
        """The ledger's own identity, which the department's marker must name."""

    @property
    def past(self) -> Past:
        """Since when it remembers, and whether a person said what was before."""

    def know_past(self) -> None:
        """Notes that a person said what became of the mail that was due before."""

    def entries(self, realm: Realm, subjects: Collection[str] | None = None) -> list[Entry]:
        """The rows of a realm; or those of these subjects (digests and talks), and what other digests told
        of these talks. Writes nothing: a row whose owner is dead is shown as what it will be recovered to
        (claimed: what it was before; attempting: unknown)."""

    def recover(self, now: datetime) -> int:
        """Settles what dead owners left: claimed rows to what they were before the claim (pending,
        deferred or refused), attempting ones to unknown. How many."""

    def freeze(self, realm: Realm, key: Key, lists: Sequence[MailingList], now: datetime) -> None:
        """Makes a pending row for each list, unless the mailing already has rows."""

    def add(self, realm: Realm, key: Key, mailing_list: MailingList, now: datetime) -> None:
        """Makes a pending row for a list that was added after the mailing was frozen; none where it has
        one."""

    def claim(
        self, realm: Realm, key: Key, mailing_list: MailingList, now: datetime, *, refused: bool = False
    ) -> Claim | None:
        """Takes a pending or deferred row (with `refused`, also a refused one) for this process.

        None where another has it, or where there is nothing left to send.
        """

    def attempt(
        self,
        claim: Claim,
        *,
        now: datetime,
        date: datetime,
        message: bytes,
        message_id: str,
        envelope: Envelope,
        snapshots: Sequence[Snapshot],
        subject: str | None = None,
    ) -> bool:
        """Claimed to attempting, by its owner only; False where the row is no longer this process's, and
        then nothing may be sent. `subject` is the message's Subject."""

    def settle(
        self,
        claim: Claim,
        reply: Reply,
        *,
        now: datetime,
        snapshots: Sequence[Snapshot] = (),
        retry_at: datetime | None = None,
    ) -> None:
        """Writes the outcome; one that comes before `attempt` (MAIL or RCPT refused) is written likewise.
        `snapshots` is kept with a refusal: what its message would have told."""

    def release(self, claim: Claim, now: datetime, *, why: str | None = None) -> None:
        """Gives a claim back as it was: nothing was attempted. `why` is kept as what stopped it."""

    def decide(
        self,
        realm: Realm,
        key: Key,
        mailing_list: MailingList,
        *,
        decision: str,
        now: datetime,
        snapshots: Sequence[Snapshot] = (),
        message_id: str | None = None,
    ) -> None:
        """Writes a person's word: `accepted`, `not-sent` or `skip`, of a message that tells `snapshots`. What
        an unknown one told stays as it was. Raises LedgerError while a living process is sending it."""

    def attempts(
        self, realm: Realm | None = None, *, with_messages: bool = False, key: Key | None = None
    ) -> list[LoggedAttempt]:
        """All attempts, or those of one mailing, oldest first."""

    def noticed(self, realm: Realm, matters: Collection[str], now: datetime) -> set[str]:
        """Records matters (held, missed, ...) and returns those that are new: each is told once."""

    def noticed_at(self, realm: Realm, matters: Collection[str]) -> dict[str, datetime]:
        """When each of these matters was recorded; those that were not are left out."""

    def forget(self, realm: Realm, matters: Collection[str]) -> None:
        """Takes `noticed` back for matters of which nobody could be told."""

    def drop_messages(self, before: datetime) -> int:
        """Drops the bytes of messages whose attempts began before that moment. How many attempts.

        None where no attempt before this process's own began since: a clock that is wrong for once must
        not cost what cannot be had again.
        """

    def close(self) -> None:
        """Gives up this process's ownership and the connection."""
