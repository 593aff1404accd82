"""The only place that sends: claim, look again, send, settle."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from announcer.domain.delivery import Envelope, Realm, Reply, Result
from announcer.domain.department import MailingList
from announcer.domain.errors import FaultError
from announcer.domain.history import concerns
from announcer.domain.mailing import Entry, EntryState, Group, Key, Mailing, State
from announcer.ledger import Claim, Ledger
from announcer.message import Message, TemplateFaultError
from announcer.transport import Transport

_log = logging.getLogger(__name__)
"""What is logged has its facts in `fields`: no address, nothing of a message."""

Clock = Callable[[], datetime]
Compose = Callable[[Group, datetime], Message]
"""Composes a group's message with this Date. Raises TemplateFaultError."""
Again = Callable[[Mailing, Sequence[Entry]], Mailing | None]
"""The same mailing as the files and these entries have it now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Handed:
    """What became of one list of one mailing in this run."""

    key: Key
    list: MailingList
    reply: Reply | None = None
    """None where nothing was attempted."""
    note: str = ""
    """Why nothing was attempted."""
    message: Message | None = None

    @property
    def is_put_off(self) -> bool:
        """Whether the server itself asked to be tried again."""
        reply = self.reply
        return reply is not None and reply.result is Result.DEFERRED and reply.code is not None


@dataclass(kw_only=True, slots=True)
class Report:
    """What a run did."""

    _handed: dict[tuple[Key, str], Handed] = field(default_factory=dict)
    faults: list[TemplateFaultError] = field(default_factory=list)
    stopped: FaultError | None = None
    """What kept everything from being sent, or stopped it half-way."""

    @property
    def handed(self) -> list[Handed]:
        """The last outcome of each mailing and list, in the order in which they were first tried."""
        return list(self._handed.values())

    def add(self, handed: Handed) -> None:
        """Notes an outcome, in place of an earlier one of the same mailing and list."""
        self._handed[handed.key, handed.list.name] = handed

    @property
    def all_accepted(self) -> bool:
        """Whether everything that this run attempted was accepted."""
        accepted = all(h.reply is None or h.reply.result is Result.ACCEPTED for h in self.handed)
        return accepted and not self.faults and self.stopped is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """How a deferred mailing is tried again: times within a run, then ever more rarely across runs."""

    passes: int = 3
    """How often a run tries what a server puts off."""
    first_wait: timedelta = timedelta(seconds=2)
    """Between two passes; doubled each time."""
    next_run: timedelta = timedelta(minutes=1)
    """The least wait until a later run tries again; doubled with each attempt."""
    longest: timedelta = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispatcher:
    """Hands due mailings over, each list's once."""

    realm: Realm
    ledger: Ledger
    transport: Transport
    compose: Compose
    again: Again
    clock: Clock
    envelope_from: str
    redirect_all_to: str | None = None
    """Every envelope's recipient instead of the list, in a rehearsal."""
    patience: Patience = Patience()
    at_once: int = 1
    """How many transactions may be under way together."""
    stopping: Callable[[], bool] = lambda: False
    """Whether to end after the message in hand."""

    async def dispatch(self, mailings: Iterable[Mailing], *, by_hand: bool = False) -> Report:
        """Sends what is due of these mailings. `by_hand` takes up what a server refused, and
        lists that were added after the mailing went.

        Raises LedgerError where the ledger fails; then nothing more is sent.
        """
        report = Report()
        due = [mailing for mailing in mailings if any(o.state is State.DUE for o in mailing.outcomes)]
        if not due:
            return report
        try:
            await self.transport.open()
        except FaultError as fault:
            report.stopped = fault
            return report
        try:
            await self._passes(due, report, by_hand)
        finally:
            await self.transport.close()
        return report

    async def _passes(self, due: list[Mailing], report: Report, by_hand: bool) -> None:
        """Sends what is due, and what a server put off once or twice more."""
        from tenacity import AsyncRetrying, retry_if_result, stop_after_attempt, wait_exponential

        left = due

        async def one_pass() -> bool:
            nonlocal left
            await self._all(left, report, by_hand)
            deferred = {(h.key, h.list.name) for h in report.handed if h.is_put_off}
            left = [_narrowed(m, {name for key, name in deferred if key == m.key}) for m in due]
            left = [mailing for mailing in left if mailing.outcomes]
            return bool(left) and not self.stopping()

        await AsyncRetrying(
            stop=stop_after_attempt(self.patience.passes),
            wait=wait_exponential(multiplier=self.patience.first_wait.total_seconds()),
            retry=retry_if_result(bool),
            retry_error_callback=lambda _: None,
        )(one_pass)

    async def _all(self, due: list[Mailing], report: Report, by_hand: bool) -> None:
        queue = iter(due)

        async def work() -> None:
            for mailing in queue:
                if self.stopping():
                    return
                await self._mailing(mailing, report, by_hand)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self.at_once, len(due))):
                    group.create_task(work())
        except* FaultError as faults:
            first = next(_leaves(faults))
        else:
            return
        raise first

    async def _mailing(self, mailing: Mailing, report: Report, by_hand: bool) -> None:
        wanted = {o.list.name for o in mailing.outcomes if o.state is State.DUE}
        lists = [outcome.list for outcome in mailing.outcomes]
        self.ledger.freeze(self.realm, mailing.key, lists, self.clock())
        for outcome in mailing.outcomes:
            if by_hand and outcome.list.name in wanted:
                self.ledger.add(self.realm, mailing.key, outcome.list, self.clock())
        for group in mailing.groups:
            for mailing_list in group.lists:
                if mailing_list.name not in wanted or self.stopping():
                    continue
                try:
                    report.add(await self._once(mailing, group, mailing_list, by_hand))
                except TemplateFaultError as fault:
                    report.faults.append(fault)
                    break

    async def _once(self, mailing: Mailing, group: Group, mailing_list: MailingList, by_hand: bool) -> Handed:
        claim = self.ledger.claim(self.realm, mailing.key, mailing_list, self.clock(), refused=by_hand)
        if claim is None:
            return Handed(key=mailing.key, list=mailing_list, note="another run has it, or had it")
        date = self.clock()
        try:
            wanted = self._still(mailing, group, claim)
            message = self.compose(group, date)
        except TemplateFaultError:
            self.ledger.release(claim, self.clock())
            raise
        if not wanted:
            self.ledger.release(claim, self.clock())
            note = "it changed while it was being sent: the next run decides anew"
            return Handed(key=mailing.key, list=mailing_list, note=note)
        envelope = Envelope(sender=self.envelope_from, recipient=self.redirect_all_to or mailing_list.address)

        def attempting() -> bool:
            now = self.clock()
            return self.ledger.attempt(
                claim,
                now=now,
                date=date,
                message=message.data,
                message_id=message.message_id,
                envelope=envelope,
                telling=group.telling,
                headline=message.subject,
            )

        reply = await self.transport.send(envelope, message.data, attempting)
        now = self.clock()
        retry_at = now + self._wait(claim.tries) if reply.result is Result.DEFERRED else None
        self.ledger.settle(claim, reply, now=now, retry_at=retry_at)
        fields = {
            "key": str(mailing.key),
            "list": mailing_list.name,
            "stage": reply.stage,
            "code": reply.code,
        }
        _log.info(reply.result.value, extra={"fields": fields})
        return Handed(key=mailing.key, list=mailing_list, reply=reply, message=message)

    def _still(self, mailing: Mailing, group: Group, claim: Claim) -> bool:
        """Whether, with the claim in hand, the same message is still wanted by the same list."""
        subjects = {mailing.key.subject, *mailing.talks}
        entries = [
            replace(entry, state=EntryState.PENDING)
            if entry.key == claim.key and concerns(entry, claim.list)
            else entry
            for entry in self.ledger.entries(self.realm, subjects)
        ]
        fresh = self.again(mailing, entries)
        if fresh is None:
            return False
        due = any(o.state is State.DUE and o.list.name == claim.list.name for o in fresh.outcomes)
        return due and any(_same(group, other) for other in fresh.groups)

    def _wait(self, tries: int) -> timedelta:
        return min(self.patience.next_run * (1 << min(tries, 10)), self.patience.longest)


def _narrowed(mailing: Mailing, lists: Collection[str]) -> Mailing:
    """The mailing for these lists alone, in the groups that it has."""
    return replace(mailing, outcomes=tuple(o for o in mailing.outcomes if o.list.name in lists))


def _leaves(group: BaseExceptionGroup[FaultError]) -> Iterator[FaultError]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


def _same(group: Group, other: Group) -> bool:
    """Whether two groups give the same message."""
    return group.today == other.today and replace(group, moment=other.moment) == other


async def send_aside(transport: Transport, envelope: Envelope, message: bytes) -> Reply:
    """Hands over what stands beside the mailings, with no ledger row: a test copy, the organizer's mail.

    Raises what `open` raises.
    """
    await transport.open()
    try:
        return await transport.send(envelope, message, lambda: True)
    finally:
        await transport.close()
