"""A department in which anything may happen in any order: what must hold whatever does.

    HYPOTHESIS_PROFILE=long pytest tests/domain/test_random.py

looks at a hundred times as many weeks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from announcer.domain.department import Corrections, MailingList, normalized
from announcer.domain.mailing import AudienceGroup, Entry, EntryState, Mailing, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.history import History
from announcer.domain.planning.holds import hold
from announcer.domain.planning.on_demand import at_once, on_demand
from announcer.domain.planning.suppression import SETTLING
from announcer.domain.redaction import redact
from announcer.domain.snapshot import Fact, differences, facts
from announcer.domain.talk import Audience, Kind, Online, Place, Speaker, Status, Talk
from tests.domain.story import Story, at, talk
from tests.thoroughness import IS_LONG

ID = "noether"
SCHEDULES = [
    ["announcement: Monday of the same week at 9:00 am", "reminder: same day at 8:00 am"],
    ["announcement: 7 days before at 9:00 am", "announcement: 2 days before at 9:00 am"],
    ["announcement: 3 days before at noon", "reminder: 1 day before at 9:00 am", "reminder: 2 hours before"],
]
OFF = (Status.CANCELLED, Status.POSTPONED)
EDITS: dict[str, dict[str, object]] = {
    "room": {"place": Place(room="Hall 2")},
    "room back": {"place": Place(room="Crow 201")},
    "link": {"online": Online(url="https://meet.example.edu/1")},
    "passcode": {"online": Online(url="https://meet.example.edu/1", passcode="hare")},
    "public link": {"online": Online(url="https://meet.example.edu/2", audience=Audience.PUBLIC)},
    "no link": {"online": None},
    "speaker": {"speakers": (Speaker(name="Bo Sample"),)},
    "no title": {"title": None},
    "title": {"title": "A Title", "status": Status.CONFIRMED},
    "draft": {"status": Status.DRAFT},
    "cancelled": {"status": Status.CANCELLED},
    "postponed": {"status": Status.POSTPONED},
    "confirmed": {"status": Status.CONFIRMED},
    "none": {"kind": Kind.NONE, "notice": "The speaker is ill."},
    "a talk": {"kind": Kind.TALK, "notice": None},
    "confidential": {"confidential": "Faculty candidate talk"},
    "open": {"confidential": ""},
    "staff alone": {"lists": ("staff",)},
    "both": {"lists": ("staff", "town")},
    "touched": {},
}
RESULTS = [
    EntryState.ACCEPTED,
    EntryState.ACCEPTED,
    EntryState.DEFERRED,
    EntryState.REFUSED,
    EntryState.UNKNOWN,
]
STATES = ["cancelled", "postponed", "confirmed", "confirmed", "none", "a talk"]
MOVES = [timedelta(hours=-1), timedelta(hours=2), timedelta(days=1), timedelta(days=-1), timedelta(weeks=1)]


class Weeks(RuleBasedStateMachine):
    """One talk, two lists, a digest, and a person who edits, sends, skips and lets time pass."""

    @initialize(
        policy=st.sampled_from(list(Corrections)),
        schedule=st.sampled_from(SCHEDULES),
        digest=st.sampled_from([None, "Monday at 8:00 am"]),
    )
    def begin(self, policy: Corrections, schedule: list[str], digest: str | None) -> None:
        """A talk on Wednesday that was announced on Monday."""
        self.story = Story(talk(schedule=schedule), corrections=policy.value, digest=digest)
        self.now = at("2026-11-30 09:00")
        self.policy = policy
        self.first = self.talk
        self.send(self.story.plan(self.now), [])

    @property
    def talk(self) -> Talk:
        """The talk as its file has it."""
        return self.story.talks[0]

    def write(self, **changes: object) -> None:
        """Saves the file."""
        self.story.talks = (replace(self.talk, modified=self.now, **changes),)  # type: ignore[arg-type]

    @rule(name=st.sampled_from(sorted(EDITS)))
    def edit(self, name: str) -> None:
        """Something else is so now."""
        self.write(**EDITS[name])

    @rule(name=st.sampled_from(STATES))
    def edit_and_run(self, name: str) -> None:
        """What a person wrote down goes at once."""
        self.edit(name)
        self.run([])

    @rule(by=st.sampled_from(MOVES))
    def move(self, by: timedelta) -> None:
        """Another time."""
        self.write(start=self.talk.start + by, end=self.talk.end + by)

    @rule()
    def move_back(self) -> None:
        """The time that it had at first."""
        self.write(start=self.first.start, end=self.first.end)

    @rule(minutes=st.sampled_from([1, 14, 16, 60, 300, 1440]))
    def wait(self, minutes: int) -> None:
        """Nothing ran meanwhile."""
        self.now += timedelta(minutes=minutes)

    @rule()
    def wait_for_the_next(self) -> None:
        """Until something is due."""
        ahead = [m.due for m in self.story.plan(self.now) if m.due and m.due > self.now]
        self.now = min(ahead, default=self.now).astimezone(self.now.tzinfo)

    @rule(
        results=st.lists(
            st.sampled_from(["accepted", "accepted", "deferred", "refused", "unknown"]), max_size=4
        )
    )
    def run(self, results: list[EntryState]) -> None:
        """A timer calls it; the server does what it likes."""
        self.send(self.story.plan(self.now), list(results))

    @rule(occasion=st.sampled_from([o for o in Occasion if o is not Occasion.DIGEST]))
    def send_by_hand(self, occasion: Occasion) -> None:
        """A person will not wait."""
        asked = on_demand(self.story.situation(self.now), self.talk, occasion)
        if asked:
            self.send([at_once(asked, self.now)], [], by_hand=True)

    @rule(chosen=st.integers(0, 5))
    def skip(self, chosen: int) -> None:
        """A person does not want one of them."""
        waiting = [m for m in self.story.plan(self.now) if m.state in (State.HELD, State.UPCOMING, State.DUE)]
        if not waiting:
            return
        mailing = waiting[chosen % len(waiting)]
        for group in mailing.groups:
            for mailing_list in group.lists:
                self.settle(mailing, group, mailing_list, EntryState.SKIPPED)

    @rule()
    def in_the_end_everybody_knows(self) -> None:
        """The files are left alone, the server takes all: each list knows the truth, or a person is asked."""
        for _ in range(6):
            self.now += timedelta(minutes=20)
            self.send(self.story.plan(self.now), [])
        history, held = (
            History(self.story.entries),
            hold(self.story.department, self.talk, Occasion.CORRECTION),
        )
        for mailing_list in history.announced_lists(ID, self.story.department.lists):
            last = history.last(ID, mailing_list)
            assert last is not None
            true = facts(redact(self.talk, mailing_list.audience))
            open_ = [m for m in self.story.plan(self.now) if self.concerns(m, mailing_list)]
            if held or self.given_up(mailing_list) or self.now >= last.snapshot.start:
                continue
            if true.off:
                assert last.snapshot.off, "a told list never heard of the cancellation"
            elif self.policy is Corrections.SEND and self.now < true.start and not open_:
                assert not differences(last.snapshot, true), "a told list does not know"

    def concerns(self, mailing: Mailing, mailing_list: MailingList) -> bool:
        """Whether a mailing still waits to tell this list, or for a person."""
        waits = (State.HELD, State.DUE, State.DEFERRED)
        return any(o.list.name == mailing_list.name and o.state in waits for o in mailing.outcomes)

    def given_up(self, mailing_list: MailingList) -> bool:
        """Whether a person or a server wanted no more of it."""
        states = (EntryState.REFUSED, EntryState.SKIPPED)
        return any(entry.list == mailing_list.name and entry.state in states for entry in self.story.entries)

    def send(self, mailings: list[Mailing], results: list[EntryState], *, by_hand: bool = False) -> None:
        """Hands over as dispatch does: each message is made from what is so when its turn comes."""
        went: Counter[str] = Counter()
        for mailing in mailings:
            self.check_words(mailing)
            due = [o.list for o in mailing.outcomes if o.state is State.DUE]
            for mailing_list in due:
                fresh = self.replan(mailing, by_hand)
                group = next((g for g in fresh.groups if mailing_list in g.lists), None) if fresh else None
                is_due = fresh and any(
                    o.list == mailing_list and o.state is State.DUE for o in fresh.outcomes
                )
                if fresh is None or group is None or not is_due:
                    continue
                self.check(fresh, group, mailing_list, by_hand=by_hand)
                if mailing.occasion is not Occasion.DIGEST:
                    went[mailing_list.name] += 1
                self.settle(fresh, group, mailing_list, results.pop() if results else EntryState.ACCEPTED)
        assert by_hand or max(went.values(), default=0) <= 1, "two mails for a list in one run"

    def replan(self, mailing: Mailing, by_hand: bool) -> Mailing | None:
        """The second look."""
        if by_hand:
            asked = on_demand(self.story.situation(self.now), self.talk, mailing.occasion)
            return at_once(asked, self.now) if asked and asked.key == mailing.key else None
        return next((m for m in self.story.plan(self.now) if m.key == mailing.key), None)

    def settle(
        self, mailing: Mailing, group: AudienceGroup, mailing_list: MailingList, state: EntryState
    ) -> None:
        """The ledger's row."""
        rows = [e for e in self.story.entries if (e.key, e.list) != (mailing.key, mailing_list.name)]
        row = Entry(
            key=mailing.key,
            list=mailing_list.name,
            address=normalized(mailing_list.address),
            audience=mailing_list.audience,
            state=state,
            snapshots=group.snapshots if state is not EntryState.DEFERRED else (),
            message_id=f"<{mailing.key}@example.edu>",
            at=self.now,
            retry_at=self.now + timedelta(minutes=2) if state is EntryState.DEFERRED else None,
        )
        self.story.entries = [*rows, row]

    def check_words(self, mailing: Mailing) -> None:
        """Whatever does not go has a reason."""
        silent = (State.HELD, State.MISSED, State.WITHDRAWN)
        assert all(o.reason for o in mailing.outcomes if o.state in silent), mailing.key

    def check(
        self, mailing: Mailing, group: AudienceGroup, mailing_list: MailingList, *, by_hand: bool
    ) -> None:
        """What may be said to this list now."""
        history = History(self.story.entries)
        row = history.entry(mailing.key, mailing_list)
        assert row is None or not row.is_announced, "told twice"
        assert mailing.expires is None or self.now < mailing.expires, "too late"
        if mailing.occasion is Occasion.DIGEST:
            return
        (snapshot,) = group.snapshots
        last = history.last(ID, mailing_list)
        is_off = self.talk.status in OFF or self.talk.kind is Kind.NONE
        if mailing.occasion is Occasion.CANCELLATION:
            assert is_off, "a talk that takes place was cancelled"
            assert last is not None, "cancelled for a list that was never told"
            previous = last.snapshot
            assert self.now < previous.start, "cancelled when it was over"
            same = (snapshot.start, snapshot.end, snapshot.zone, snapshot.place) == (
                previous.start,
                previous.end,
                previous.zone,
                previous.place,
            )
            assert same, "another day was cancelled than the list was told"
        else:
            assert self.talk.status not in (*OFF, Status.DRAFT), "mail about a talk that is off"
            assert self.now < self.talk.start, "mail about a talk that has begun"
        if mailing.occasion is Occasion.CORRECTION:
            assert last is not None
            changes = differences(last.snapshot, facts(redact(self.talk, mailing_list.audience)))
            assert changes, "a correction of nothing"
            if not by_hand and Fact.STATUS not in changes and row is None:
                assert self.policy is Corrections.SEND
                assert self.now >= self.talk.modified + SETTLING, "in the middle of an edit"
        self.check_entry(history, mailing_list, group)

    def check_entry(self, history: History, mailing_list: MailingList, group: AudienceGroup) -> None:
        """The calendar's entry keeps its identity, and never grows older."""
        (snapshot,) = group.snapshots
        announced = history.announced(ID)
        assert all(t.snapshot.uid == snapshot.uid for t in announced), "another UID"
        last = history.last(ID, mailing_list)
        if last is None:
            return
        previous = last.snapshot
        assert snapshot.sequence >= previous.sequence, "SEQUENCE fell"
        moved = {Fact.STATUS, Fact.DATE, Fact.TIME, Fact.PLACE} & set(differences(previous, snapshot))
        assert not moved or snapshot.sequence > previous.sequence, "SEQUENCE did not rise"
        known: datetime | None = previous.dtstamp
        assert known is None or (snapshot.dtstamp or known) >= known, "DTSTAMP fell"


@pytest.mark.parametrize("seed", range(40 if IS_LONG else 1))
def test_whatever_happens(seed: int) -> None:
    """Once, in time, true, and to the end."""
    from hypothesis import seed as seeded
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        seeded(seed)(Weeks),
        settings=settings(
            max_examples=250 if IS_LONG else 20,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
