"""The only place that sends: claim, look again, send, settle."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from announcer.domain.delivery import Envelope, Realm, Reply, Result
from announcer.domain.department import MailingList
from announcer.domain.errors import FaultError
from announcer.domain.mailing import AudienceGroup, Entry, EntryState, Mailing, State
from announcer.domain.planning.history import concerns
from announcer.domain.planning.list_state import LONGEST_WAIT
from announcer.domain.reason import Code, Reason
from announcer.domain.redaction import public_id
from announcer.ledger import Claim, Ledger
from announcer.message import Message, TemplateFaultError, failed, file_of, stands, stopping
from announcer.service.report import Attempt, Report
from announcer.service.scribe import Scribe
from announcer.transport import Transport

_log = logging.getLogger("announcer.dispatch")  # as the documentation of the logs has it
"""What is logged has its facts in `fields`: no address, nothing of a message."""

_FRESH = timedelta(seconds=1)
"""How old a message may be when it is handed over without another look."""

Clock = Callable[[], datetime]
Compose = Callable[[AudienceGroup, datetime], Message]
"""Composes a group's message with this Date. Raises TemplateFaultError."""
Replan = Callable[[Mailing, Sequence[Entry]], Mailing | None]
"""The same mailing as the files and these entries have it now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """How a deferred mailing is tried again: times within a run, then ever more rarely across runs."""

    passes: int = 3
    """How often a run tries what a server puts off."""
    first_wait: timedelta = timedelta(seconds=2)
    """Between two passes; doubled each time."""
    next_run: timedelta = timedelta(minutes=1)
    """The least wait until a later run tries again; doubled with each attempt."""
    longest: timedelta = LONGEST_WAIT
    changes: int = 3
    """How often a message is made anew because something changed while it waited for its turn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispatcher:
    """Hands due mailings over, each list's once."""

    realm: Realm
    ledger: Ledger
    transport: Transport
    compose: Compose
    replan: Replan
    clock: Clock
    envelope_from: str
    """Where a list's refusals come back to."""
    people_from: str
    """The same of a person's: who reads the answers."""
    redirect_all_to: str | None = None
    """Every envelope's recipient instead of the list, in a rehearsal."""
    patience: Patience = Patience()
    at_once: int = 1
    """How many transactions may be under way together."""
    stopping: Callable[[], bool] = lambda: False
    """Whether to end after the message in hand."""
    scribe: Scribe = field(default_factory=Scribe)

    async def dispatch(self, mailings: Iterable[Mailing], *, by_hand: bool = False) -> Report:
        """Sends what is due of these mailings. `by_hand` takes up what a server refused, and
        lists that were added after the mailing went. Where the ledger fails, nothing more is sent, and the
        report says what went before.
        """
        report = Report()
        due = [
            mailing for mailing in mailings if any(outcome.state is State.DUE for outcome in mailing.outcomes)
        ]
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
            self.scribe.close()
        return report

    async def _passes(self, due: list[Mailing], report: Report, by_hand: bool) -> None:
        """Sends what is due, and what a server put off once or twice more."""
        left, wait = due, self.patience.first_wait.total_seconds()
        for number in range(1, self.patience.passes + 1):
            await self._all(left, report, by_hand)
            deferred = {(attempt.key, attempt.list.name) for attempt in report.attempts if attempt.is_put_off}
            left = [
                _narrowed(mailing, {name for key, name in deferred if key == mailing.key}) for mailing in due
            ]
            left = [mailing for mailing in left if mailing.outcomes]
            if not left or self.stopping() or report.stopped or number == self.patience.passes:
                return
            await asyncio.sleep(wait)
            wait *= 2

    async def _all(self, due: list[Mailing], report: Report, by_hand: bool) -> None:
        queue = iter(due)

        async def work() -> None:
            for mailing in queue:
                if report.stopped or (self.stopping() and not by_hand):
                    return
                try:
                    await self._mailing(mailing, report, by_hand)
                except FaultError as fault:
                    # The others finish the message in hand: a server's final reply must be heard.
                    report.stopped = report.stopped or fault

        async with asyncio.TaskGroup() as group:
            for _ in range(min(self.at_once, len(due))):
                group.create_task(work())

    async def _mailing(self, mailing: Mailing, report: Report, by_hand: bool) -> None:
        wanted = {outcome.list.name for outcome in mailing.outcomes if outcome.state is State.DUE}
        lists = [outcome.list for outcome in mailing.outcomes]
        await self.scribe.write(self.ledger.freeze, self.realm, mailing.key, lists, self.clock())
        # A list may come to need a revision after others have it; another mailing only by a person's word.
        joins = by_hand or mailing.occasion.row.is_revision
        for outcome in mailing.outcomes:
            if joins and outcome.list.name in wanted:
                await self.scribe.write(self.ledger.add, self.realm, mailing.key, outcome.list, self.clock())
        for group in mailing.groups:
            for mailing_list in group.lists:
                if mailing_list.name not in wanted or report.stopped:
                    continue
                if self.stopping():
                    if by_hand:
                        report.add(Attempt(key=mailing.key, list=mailing_list, note=Reason.of(Code.STOPPED)))
                    continue
                try:
                    await self._once(mailing, mailing_list, report, by_hand)
                except TemplateFaultError as fault:
                    report.faults.append(TemplateFaultError(stopping(mailing, fault.problem)))
                    break

    async def _once(self, mailing: Mailing, mailing_list: MailingList, report: Report, by_hand: bool) -> None:
        attempt = Attempt(key=mailing.key, list=mailing_list)
        claim = await self.scribe.write(
            self.ledger.claim, self.realm, mailing.key, mailing_list, self.clock(), refused=by_hand
        )
        if claim is None:
            report.add(replace(attempt, note=Reason.of(Code.ELSEWHERE), is_elsewhere=True))
            return
        try:
            note = await self._claimed(mailing, claim, report)
        except FaultError:
            raise
        except TemplateFaultError as fault:
            await self.scribe.write(self.ledger.release, claim, self.clock(), why=stands(fault.problem))
            raise
        except Exception as error:
            # One bad talk stops one talk, whatever it was that nobody foresaw.
            problem = failed(file_of(mailing), error)
            await self.scribe.write(self.ledger.release, claim, self.clock(), why=stands(problem))
            raise TemplateFaultError(problem) from error
        if note is not None:
            await self.scribe.write(self.ledger.release, claim, self.clock())
            report.add(replace(attempt, note=note))

    async def _claimed(self, mailing: Mailing, claim: Claim, report: Report) -> Reason | None:
        """Hands over what is claimed; or why that was not tried."""
        for _ in range(self.patience.changes):
            group = self._now_wanted(mailing, claim)
            if isinstance(group, Reason):
                return group
            date = self.clock()
            message = self.compose(group, date)
            reply = await self._offer(mailing, claim, group, date, message)
            report.stopped = report.stopped or self.transport.fault
            if reply is not None:
                report.add(Attempt(key=claim.key, list=claim.list, reply=reply, message=message))
                await self._settle(claim, reply, group)
                return None
        return Reason.of(Code.KEPT_CHANGING)

    async def _offer(
        self, mailing: Mailing, claim: Claim, group: AudienceGroup, date: datetime, message: Message
    ) -> Reply | None:
        """What became of the message; None where it was given up, for something else is wanted by now."""
        is_outdated = is_attempted = False
        is_person = claim.list.person is not None
        envelope = Envelope(
            sender=self.people_from if is_person else self.envelope_from,
            recipient=self.redirect_all_to or claim.list.address,
        )

        async def attempting() -> bool:
            nonlocal is_outdated, is_attempted
            now = self.clock()
            if now - date > _FRESH:
                # It waited for the rate or a slow server: the talk may be off by now, or have begun.
                fresh = self._now_wanted(mailing, claim)
                is_outdated = isinstance(fresh, Reason) or not _same(group, fresh)
            if is_outdated:
                return False
            is_attempted = await self.scribe.write(
                self.ledger.attempt,
                claim,
                now=now,
                date=date,
                message=message.data,
                message_id=message.message_id,
                envelope=envelope,
                snapshots=group.snapshots,
                subject=message.subject,
            )
            return is_attempted

        try:
            reply = await self.transport.send(envelope, message.data, attempting)
        except FaultError:
            raise
        except Exception as error:
            if not is_attempted:
                raise
            _log.exception("transport failed", extra={"fields": {"key": _logged(claim, group)}})
            reply = Reply(
                result=Result.UNKNOWN, stage="dot", text=f"announcer failed: {type(error).__name__}"
            )
        if is_person:
            reply = _without(reply, claim.list)
        return None if is_outdated else reply

    async def _settle(self, claim: Claim, reply: Reply, group: AudienceGroup) -> None:
        """Writes the outcome; a ledger that is locked or full for a moment may not lose it."""
        fields = {
            "key": _logged(claim, group),
            "list": claim.list.name,
            "stage": reply.stage,
            "code": reply.code,
        }
        _log.info(reply.result.value, extra={"fields": fields})
        now = self.clock()
        retry_at = now + self._wait(claim.tries) if reply.result is Result.DEFERRED else None

        async def settle() -> None:
            await self.scribe.write(
                self.ledger.settle, claim, reply, now=now, snapshots=group.snapshots, retry_at=retry_at
            )

        for _ in range(2):
            try:
                await settle()
            except FaultError:
                await asyncio.sleep(1)
            else:
                return
        await settle()

    def _now_wanted(self, mailing: Mailing, claim: Claim) -> AudienceGroup | Reason:
        """What this list is to be told, with the claim in hand; or why nothing."""
        subjects = {mailing.key.subject, *mailing.talks}
        unclaimed = EntryState.DEFERRED if claim.tries else EntryState.PENDING
        entries = [
            replace(entry, state=unclaimed, retry_at=None)
            if entry.key == claim.key and concerns(entry, claim.list)
            else entry
            for entry in self.ledger.entries(self.realm, subjects)
        ]
        fresh = self.replan(mailing, entries)
        if fresh is None:
            return Reason.of(Code.FILES_CHANGED)
        name = claim.list.name
        outcome = next((outcome for outcome in fresh.outcomes if outcome.list.name == name), None)
        group = next(
            (
                group
                for group in fresh.groups
                if any(mailing_list.name == name for mailing_list in group.lists)
            ),
            None,
        )
        if outcome is None or group is None or outcome.state is not State.DUE:
            cause = outcome.reason if outcome and outcome.reason else Reason.of(Code.NOTHING_ASKS)
            return Reason.of(Code.NOT_ANY_MORE, cause=cause)
        return group

    def _wait(self, tries: int) -> timedelta:
        return min(self.patience.next_run * (1 << min(tries, 10)), self.patience.longest)


def _logged(claim: Claim, group: AudienceGroup) -> str:
    """The key as logs may have it: what other accounts of the machine read names no candidate."""
    talk = group.talks[0]
    is_named = group.days is None and talk.confidential
    return str(replace(claim.key, subject=public_id(talk)) if is_named else claim.key)


def _without(reply: Reply, person: MailingList) -> Reply:
    """A server's reply without the address of a person, which is shown to nobody."""
    text = re.sub(re.escape(person.address), person.name, reply.text, flags=re.IGNORECASE)
    return replace(reply, text=text)


def _narrowed(mailing: Mailing, lists: Collection[str]) -> Mailing:
    """The mailing for these lists alone, in the groups that it has."""
    return replace(
        mailing, outcomes=tuple(outcome for outcome in mailing.outcomes if outcome.list.name in lists)
    )


def _same(group: AudienceGroup, other: AudienceGroup) -> bool:
    """Whether two groups give the same message."""
    return group.today == other.today and replace(group, moment=other.moment) == other


async def send_aside(transport: Transport, envelope: Envelope, message: bytes) -> Reply:
    """Hands over what stands beside the mailings, with no ledger row: a test copy, the organizer's mail.

    Raises what `open` raises.
    """
    await transport.open()
    try:
        return await transport.send(envelope, message, _yes)
    finally:
        await transport.close()


async def _yes() -> bool:
    return True
