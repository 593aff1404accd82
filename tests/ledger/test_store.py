"""The ledger keeps who was sent what, once, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from announcer.domain.delivery import Realm, Reply, Result
from announcer.domain.department import MailingList
from announcer.domain.mailing import Entry, EntryState, Key
from announcer.domain.talk import Audience
from announcer.ledger import Ledger, LedgerError, LoggedAttempt
from tests.ledger.story import (
    ACCEPTED,
    ANNOUNCEMENT,
    COLLOQUIUM,
    DEFERRED,
    ENVELOPE,
    LATER,
    LIVE,
    MESSAGE,
    MESSAGE_ID,
    NOW,
    PUBLIC,
    REFUSED,
    REMINDER,
    TOLD,
    UNKNOWN,
    Department,
    attempted,
    claimed,
    sent,
    states,
)


def test_an_accepted_mail_is_kept_with_all_that_was_told(ledger: Ledger) -> None:
    """An entry says the key, list, address, what the list was told, and the server's words."""
    sent(ledger)
    assert ledger.entries(LIVE) == [
        Entry(
            key=ANNOUNCEMENT,
            list="colloquium",
            address="colloquium@lists.example.edu",
            audience=Audience.INTERNAL,
            state=EntryState.ACCEPTED,
            snapshots=(TOLD,),
            message_id=MESSAGE_ID,
            reply="250 2.0.0 Ok: queued as 4Xy",
            at=LATER,
        )
    ]


def test_an_attempt_keeps_the_exact_bytes(ledger: Ledger) -> None:
    """An attempt has the message byte for byte, its Date, envelope and reply; or all but the bytes."""
    sent(ledger)
    attempt = LoggedAttempt(
        realm=LIVE,
        key=ANNOUNCEMENT,
        list="colloquium",
        began=NOW,
        ended=LATER,
        message_id=MESSAGE_ID,
        date=NOW,
        envelope=ENVELOPE,
        reply=ACCEPTED,
        message=MESSAGE,
    )
    assert ledger.attempts(with_messages=True) == [attempt]
    assert ledger.attempts(LIVE) == [replace(attempt, message=None)]
    assert ledger.attempts(Realm.REHEARSAL) == []


def test_a_key_with_a_slot_and_a_message_date_with_an_offset_come_back_as_they_were(ledger: Ledger) -> None:
    """What is written is what is read."""
    key = Key("2026-noether", "reminder", "2026-12-02", "1-day-before")
    sent(ledger, key=key)
    assert [entry.key for entry in ledger.entries(LIVE)] == [key]


@pytest.mark.parametrize(
    ("reply", "state", "snapshots"),
    [
        (ACCEPTED, EntryState.ACCEPTED, (TOLD,)),
        (UNKNOWN, EntryState.UNKNOWN, (TOLD,)),
        (DEFERRED, EntryState.DEFERRED, ()),
        (REFUSED, EntryState.REFUSED, ()),
    ],
    ids=lambda value: getattr(value, "value", ""),
)
def test_a_list_was_told_where_the_mail_was_or_may_have_been_accepted(
    ledger: Ledger, reply: Reply, state: EntryState, snapshots: tuple[object, ...]
) -> None:
    """Accepted and unknown count as told; deferred and refused do not."""
    sent(ledger, reply)
    (entry,) = ledger.entries(LIVE)
    assert (entry.state, entry.snapshots, entry.reply) == (state, snapshots, str(reply))


@pytest.mark.parametrize(
    ("reply", "again", "by_hand"),
    [(ACCEPTED, False, False), (UNKNOWN, False, False), (DEFERRED, True, True), (REFUSED, False, True)],
    ids=lambda value: value.result.value if isinstance(value, Reply) else str(value),
)
def test_what_may_be_sent_again(ledger: Ledger, reply: Reply, again: bool, by_hand: bool) -> None:
    """A deferred mail may be claimed again; a refused one only by a person; the others never."""
    sent(ledger, reply)
    claim = ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, LATER)
    assert (claim is not None) == again
    if claim is not None:
        ledger.release(claim, LATER)
    assert (ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, LATER, refused=True) is not None) == by_hand


def test_a_claim_is_one_process_s_alone(department: Department) -> None:
    """While one has a row nobody else gets it, and it gets it only once."""
    first, second = department.open(), department.open()
    claimed(first)
    assert second.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW) is None
    assert first.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW) is None
    assert states(second) == {"colloquium": EntryState.CLAIMED}


def test_a_claim_needs_a_frozen_row(ledger: Ledger) -> None:
    """There is nothing to claim of a mailing that was never frozen."""
    assert ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW) is None


def test_a_released_claim_is_as_it_was(ledger: Ledger) -> None:
    """What was refused before a person's try is refused after it was given up, not due again."""
    sent(ledger, REFUSED)
    claim = ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, LATER, refused=True)
    assert claim is not None
    ledger.release(claim, LATER)
    assert states(ledger) == {"colloquium": EntryState.REFUSED}


def test_a_refusal_before_data_is_an_outcome_without_an_attempt(ledger: Ledger) -> None:
    """MAIL or RCPT refused: the row says so, and no attempt is kept, for nothing was handed over."""
    claim = claimed(ledger)
    ledger.settle(claim, REFUSED, now=LATER)
    assert states(ledger) == {"colloquium": EntryState.REFUSED}
    assert ledger.attempts() == []


def test_a_deferred_mail_says_when_to_try_again_and_how_often_it_was_tried(ledger: Ledger) -> None:
    """retry_at is kept, and the claim counts the tries, so that the pauses can grow."""
    for tries in range(3):
        ledger.freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM], NOW)
        claim = ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW)
        assert claim is not None
        assert claim.tries == tries
        assert attempted(ledger, claim)
        ledger.settle(claim, DEFERRED, now=NOW, retry_at=LATER)
    (entry,) = ledger.entries(LIVE)
    assert entry.retry_at == LATER


def test_the_first_claim_freezes_the_lists(ledger: Ledger) -> None:
    """A list added to the config later is not in the mailing until somebody adds it."""
    ledger.freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM], NOW)
    ledger.freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM, PUBLIC], NOW)
    assert states(ledger) == {"colloquium": EntryState.PENDING}
    ledger.add(LIVE, ANNOUNCEMENT, PUBLIC, NOW)
    ledger.add(LIVE, ANNOUNCEMENT, PUBLIC, NOW)
    assert states(ledger) == {"colloquium": EntryState.PENDING, "public-lectures": EntryState.PENDING}


@pytest.mark.parametrize(
    "renamed",
    [
        replace(COLLOQUIUM, name="physics-colloquium"),
        replace(COLLOQUIUM, address="physics-colloquium@lists.example.edu"),
        replace(COLLOQUIUM, name="physics-colloquium", address=" COLLOQUIUM@Lists.Example.edu"),
    ],
    ids=["name", "address", "name, and the address in capitals"],
)
def test_a_renamed_list_gets_no_second_copy(ledger: Ledger, renamed: MailingList) -> None:
    """A list is the same by its name or by its address, however that is written."""
    sent(ledger)
    ledger.add(LIVE, ANNOUNCEMENT, renamed, LATER)
    assert ledger.claim(LIVE, ANNOUNCEMENT, renamed, LATER) is None
    assert len(ledger.entries(LIVE)) == 1


def test_two_lists_with_one_address_are_one(ledger: Ledger) -> None:
    """Readers behind one address get one copy, whatever the config calls it."""
    ledger.freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM, replace(COLLOQUIUM, name="also-colloquium")], NOW)
    assert states(ledger) == {"colloquium": EntryState.PENDING}


def test_where_two_lists_swapped_names_the_address_decides(ledger: Ledger) -> None:
    """The one whose readers got their copy gets no other; the one whose readers wait gets its first."""
    ledger.freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM, PUBLIC], NOW)
    claim = ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW)
    assert claim is not None
    assert attempted(ledger, claim)
    ledger.settle(claim, ACCEPTED, now=NOW)
    swapped = (replace(COLLOQUIUM, name=PUBLIC.name), replace(PUBLIC, name=COLLOQUIUM.name))
    assert ledger.claim(LIVE, ANNOUNCEMENT, swapped[0], LATER) is None
    assert ledger.claim(LIVE, ANNOUNCEMENT, swapped[1], LATER) is not None


def test_a_rehearsal_blocks_nothing(ledger: Ledger) -> None:
    """What went to the outbox is still due for the lists."""
    ledger.freeze(Realm.REHEARSAL, ANNOUNCEMENT, [COLLOQUIUM], NOW)
    claim = ledger.claim(Realm.REHEARSAL, ANNOUNCEMENT, COLLOQUIUM, NOW)
    assert claim is not None
    assert attempted(ledger, claim)
    ledger.settle(claim, ACCEPTED, now=NOW)
    assert ledger.entries(LIVE) == []
    claimed(ledger)


def test_entries_of_some_subjects(ledger: Ledger) -> None:
    """Only the rows of the subjects asked for are read; of none, none."""
    for subject in ("a", "b", "c"):
        ledger.freeze(LIVE, Key(subject, "reminder", "2026-12-02"), [COLLOQUIUM, PUBLIC], NOW)
    entries = ledger.entries(LIVE, ["a", "c", "unheard-of"])
    assert sorted({entry.key.subject for entry in entries}) == ["a", "c"]
    assert len(entries) == 4
    assert ledger.entries(LIVE, []) == []


@pytest.mark.parametrize(
    ("decision", "state", "snapshots"),
    [
        ("accepted", EntryState.ACCEPTED, (TOLD,)),
        ("not-sent", EntryState.PENDING, ()),
        ("skip", EntryState.SKIPPED, ()),
    ],
)
def test_a_person_s_word_settles_what_is_unknown(
    ledger: Ledger, decision: str, state: EntryState, snapshots: tuple[object, ...]
) -> None:
    """Accepted keeps what was told, not-sent makes it due again, skip ends it."""
    sent(ledger, UNKNOWN)
    ledger.decide(LIVE, ANNOUNCEMENT, COLLOQUIUM, decision=decision, now=LATER)
    (entry,) = ledger.entries(LIVE)
    assert (entry.state, entry.snapshots, entry.at) == (state, snapshots, LATER)
    assert (ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, LATER) is not None) == (decision == "not-sent")


def test_a_person_s_word_about_what_was_never_tried(ledger: Ledger) -> None:
    """A mailing that was sent by hand has no row yet: the word makes one, with what was told."""
    ledger.decide(
        LIVE, REMINDER, COLLOQUIUM, decision="accepted", now=NOW, snapshots=[TOLD], message_id=MESSAGE_ID
    )
    (entry,) = ledger.entries(LIVE)
    assert (entry.state, entry.snapshots, entry.message_id) == (EntryState.ACCEPTED, (TOLD,), MESSAGE_ID)


def test_nobody_decides_about_what_is_being_sent(department: Department) -> None:
    """While a living process has it, a person is asked to wait."""
    claimed(department.open())
    with pytest.raises(LedgerError) as caught:
        department.open().decide(LIVE, ANNOUNCEMENT, COLLOQUIUM, decision="skip", now=NOW)
    assert (caught.value.code, caught.value.place) == ("ledger-being-sent", str(ANNOUNCEMENT))


def test_each_matter_is_told_once(department: Department) -> None:
    """A matter is new once in a realm, for all processes and runs."""
    first, second = department.open(), department.open()
    assert first.noticed(LIVE, ["held: a", "held: b"], NOW) == {"held: a", "held: b"}
    assert second.noticed(LIVE, ["held: b", "missed: a"], LATER) == {"missed: a"}
    assert second.noticed(LIVE, ["held: b"], LATER) == set()
    assert second.noticed(Realm.REHEARSAL, ["held: b"], LATER) == {"held: b"}
    assert second.noticed(LIVE, [], LATER) == set()


def test_a_matter_that_nobody_could_be_told_of_is_new_again(ledger: Ledger) -> None:
    """Where the organizer's mail did not go, what it was about is forgotten, and told the next time."""
    ledger.noticed(LIVE, ["held: a", "held: b"], NOW)
    ledger.forget(LIVE, ["held: a", "unheard-of"])
    assert ledger.noticed(LIVE, ["held: a", "held: b"], LATER) == {"held: a"}


def _went(ledger: Ledger, key: Key, mailing_list: MailingList, days: int, message: bytes = MESSAGE) -> None:
    """A message that was accepted so many days after NOW."""
    moment = NOW + timedelta(days=days)
    ledger.add(LIVE, key, mailing_list, moment)
    claim = ledger.claim(LIVE, key, mailing_list, moment)
    assert claim is not None
    assert ledger.attempt(
        claim,
        now=moment,
        date=moment,
        message=message,
        message_id=MESSAGE_ID,
        envelope=ENVELOPE,
        snapshots=[TOLD],
    )
    ledger.settle(claim, ACCEPTED, now=moment)


def test_old_messages_are_dropped_and_their_attempts_kept(department: Department) -> None:
    """After `keep` the bytes go, shared ones with the last attempt that has them; the record stays."""
    first = department.open()
    _went(first, ANNOUNCEMENT, COLLOQUIUM, 0)
    _went(first, ANNOUNCEMENT, PUBLIC, 2)
    _went(first, REMINDER, COLLOQUIUM, 4, b"another")
    ledger = department.open()
    assert ledger.drop_messages(NOW) == 0
    assert ledger.drop_messages(NOW + timedelta(days=1)) == 1
    assert [attempt.message for attempt in ledger.attempts(with_messages=True)] == [None, MESSAGE, b"another"]
    assert ledger.drop_messages(NOW + timedelta(days=3)) == 1
    assert [attempt.message for attempt in ledger.attempts(with_messages=True)] == [None, None, b"another"]
    assert [entry.snapshots for entry in ledger.entries(LIVE)] == [(TOLD,)] * 3


@pytest.mark.parametrize("sends", [False, True], ids=["nothing is due", "it sends, too"])
def test_a_clock_that_jumped_ahead_drops_nothing(department: Department, sends: bool) -> None:
    """By a clock of years ahead all is old, and the newest mail too, which tells that the clock is wrong."""
    _went(department.open(), ANNOUNCEMENT, COLLOQUIUM, 0)
    wrong = department.open()
    if sends:
        _went(wrong, REMINDER, COLLOQUIUM, 900, b"another")
    assert wrong.drop_messages(NOW + timedelta(days=500)) == 0
    right = department.open()
    assert right.drop_messages(NOW - timedelta(days=400)) == 0
    assert right.attempts(with_messages=True)[0].message == MESSAGE


def test_a_reply_may_say_anything(ledger: Ledger) -> None:
    """A server's words are text like any other: quotes, percent signs, letters of every script."""
    words = "5.7.1 'policy'; DROP TABLE announcer_entry; -- %s :x Straße 中文"
    claim = claimed(ledger)
    assert attempted(ledger, claim)
    ledger.settle(claim, Reply(result=Result.REFUSED, stage="dot", code=550, text=words), now=LATER)
    assert [attempt.reply and attempt.reply.text for attempt in ledger.attempts()] == [words]


def test_what_mail_is_sent_upon_is_on_the_disk(tmp_path: Path) -> None:
    """SQLite waits for the disk before DATA and after the reply; a claim may follow with the next commit."""
    synchronous: list[str] = []

    def heard(_: object, __: object, statement: str, *___: object) -> None:
        if "synchronous" in statement:
            synchronous.append(statement.rpartition(" ")[2])

    ledger = Department(root=tmp_path, setting="sqlite", password=None).open()
    event.listen(Engine, "before_cursor_execute", heard)
    try:
        sent(ledger)
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
        ledger.close()
    # The lists, this process's number, the claim, the attempt, the reply.
    assert synchronous == ["NORMAL", "FULL", "NORMAL", "FULL", "FULL"]
