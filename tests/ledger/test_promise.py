"""Whatever two processes and a person do, and whoever dies when: no copy is handed over twice by itself."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from announcer.domain.delivery import Reply
from announcer.domain.mailing import EntryState
from announcer.ledger import Claim, Ledger, LedgerError
from announcer.ledger.store import open_ledger
from tests.ledger.story import (
    ACCEPTED,
    ANNOUNCEMENT,
    COLLOQUIUM,
    DEFERRED,
    LIVE,
    NOW,
    REFUSED,
    TOLD,
    UNKNOWN,
    attempted,
)
from tests.thoroughness import examples

processes = st.integers(0, 1)


class TwoProcesses(RuleBasedStateMachine):
    """One list of one mailing, two processes that send, and a person who decides."""

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="announcer-promise-"))
        self.ledgers: list[Ledger] = [open_ledger("sqlite", self.root) for _ in range(2)]
        self.claims: list[Claim | None] = [None, None]
        self.within: list[bool] = [False, False]
        self.ledgers[0].freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM], NOW)
        self.is_spent = False
        """Whether a copy may be out that nobody has said did not arrive."""

    @rule(who=processes, refused=st.booleans())
    def claim(self, who: int, refused: bool) -> None:
        if self.claims[who] is None:
            self.claims[who] = self.ledgers[who].claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW, refused=refused)
            if self.claims[who] is not None:
                assert not self.is_spent
                assert self.claims[1 - who] is None

    @rule(who=processes)
    def attempt(self, who: int) -> None:
        claim = self.claims[who]
        if claim is not None and not self.within[who] and attempted(self.ledgers[who], claim):
            assert not self.is_spent
            self.is_spent = self.within[who] = True

    @rule(who=processes, reply=st.sampled_from([ACCEPTED, DEFERRED, REFUSED, UNKNOWN]))
    def settle(self, who: int, reply: Reply) -> None:
        claim = self.claims[who]
        # Before DATA a server can only put off or refuse.
        if claim is None or (not self.within[who] and reply not in (DEFERRED, REFUSED)):
            return
        self.ledgers[who].settle(claim, reply, now=NOW)
        self.is_spent = reply in (ACCEPTED, UNKNOWN)
        self.claims[who], self.within[who] = None, False

    @rule(who=processes)
    def release(self, who: int) -> None:
        claim = self.claims[who]
        if claim is not None and not self.within[who]:
            self.ledgers[who].release(claim, NOW)
            self.claims[who] = None

    @rule(who=processes)
    def die(self, who: int) -> None:
        self.ledgers[who].close()
        self.ledgers[who] = open_ledger("sqlite", self.root)
        self.claims[who], self.within[who] = None, False

    @rule(who=processes)
    def recover(self, who: int) -> None:
        self.ledgers[who].recover(NOW)

    @rule(who=processes, decision=st.sampled_from(["accepted", "not-sent", "skip"]))
    def decide(self, who: int, decision: str) -> None:
        fault = None
        try:
            self.ledgers[who].decide(
                LIVE, ANNOUNCEMENT, COLLOQUIUM, decision=decision, now=NOW, snapshots=[TOLD]
            )
            self.is_spent = decision != "not-sent"
        except LedgerError as error:
            fault = error.code
        assert fault == ("ledger-being-sent" if any(self.claims) else None)

    @invariant()
    def the_entry_tells_the_truth(self) -> None:
        """What may be out counts as told, or is under way; what is not may be sent."""
        if not hasattr(self, "root"):
            return
        (entry,) = self.ledgers[0].entries(LIVE)
        if any(self.within):
            assert entry.state is EntryState.ATTEMPTING
        elif any(self.claims):
            assert entry.state is EntryState.CLAIMED
        elif self.is_spent:
            assert entry.state in (EntryState.ACCEPTED, EntryState.UNKNOWN, EntryState.SKIPPED)
        else:
            assert entry.state in (EntryState.PENDING, EntryState.DEFERRED, EntryState.REFUSED)
            assert entry.snapshots == ()

    def teardown(self) -> None:
        if hasattr(self, "root"):
            for ledger in self.ledgers:
                ledger.close()
            shutil.rmtree(self.root)


TestTwoProcesses = TwoProcesses.TestCase
TestTwoProcesses.settings = settings(
    max_examples=examples(15), stateful_step_count=25, suppress_health_check=list(HealthCheck)
)
