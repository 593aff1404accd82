"""What a page's address means: a mailing of the plan, a moment of one's own, or a stated example."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from announcer.domain.mailing import Entry, EntryState, Key
from announcer.domain.occasion import Occasion
from announcer.domain.rule import Rule
from announcer.domain.snapshot import Fact
from announcer.domain.talk import Audience, BrokenTalk, Status
from announcer.domain.when import parse_when
from announcer.preview.finding import NothingFoundError, find_shown
from announcer.preview.selection import UnreadableSelectionError, query, read
from announcer.service.selection import Selection
from tests.message.samples import department, snapshot_of
from tests.preview.story import CHICAGO, NOW, SCHEDULE, keeper, later, loaded, talk


def _selection(occasion: Occasion = Occasion.ANNOUNCEMENT, **fields: object) -> Selection:
    usual = {"subject": "2026-bordelon", "occasion": occasion}
    return Selection(**(usual | fields))  # type: ignore[arg-type]


def _accepted(occasion: str, period: str, list_name: str = "colloquium") -> Entry:
    return Entry(
        key=Key("2026-bordelon", occasion, period),
        list=list_name,
        address=f"{list_name}@lists.example.edu",
        audience=Audience.INTERNAL,
        state=EntryState.ACCEPTED,
        snapshots=(snapshot_of(talk()),),
        at=datetime(2026, 11, 22, tzinfo=UTC),
    )


def test_the_next_mailing_of_an_occasion() -> None:
    """As `announcer show` takes it: what is accepted is passed over."""
    state = keeper(talk()).state
    shown = find_shown(state, _selection())
    assert (str(shown.mailing.key), shown.example) == ("2026-bordelon/announcement/2026-W49", None)
    assert shown.group.moment == datetime(2026, 11, 30, 9, 0, tzinfo=CHICAGO)


def test_a_list_chooses_its_group() -> None:
    """A list that there is not gives the first."""
    state = keeper(talk(confidential="Faculty candidate talk")).state
    audiences = [
        find_shown(state, _selection(list=name)).group.audience
        for name in ("colloquium", "public-lectures", "gone", "")
    ]
    assert audiences == [Audience.INTERNAL, Audience.PUBLIC, Audience.INTERNAL, Audience.INTERNAL]


def test_one_of_several_rules_is_chosen_by_its_slot() -> None:
    """Two reminders: the address names the one."""
    two = (*SCHEDULE, Rule(send=Occasion.REMINDER, when=parse_when("1 day before at 4:00 pm")))
    state = keeper(talk(schedule=two)).state
    shown = find_shown(state, _selection(Occasion.REMINDER, slot="1-day-before", period="2026-12-02"))
    assert shown.group.moment == datetime(2026, 12, 1, 16, 0, tzinfo=CHICAGO)
    moved = keeper(replace(later(1, schedule=two), id="2026-bordelon")).state
    shown = find_shown(moved, _selection(Occasion.REMINDER, slot="1-day-before", period="2026-12-02"))
    assert shown.group.moment == datetime(2026, 12, 8, 16, 0, tzinfo=CHICAGO)


def test_as_of_a_moment() -> None:
    """The moment is that of the message, early or late."""
    state = keeper(talk()).state
    for at in (datetime(2026, 11, 24, 10, 0, tzinfo=CHICAGO), datetime(2026, 12, 2, 15, 0, tzinfo=CHICAGO)):
        assert find_shown(state, _selection(at=at)).group.moment == at


def test_a_correction_that_is_asked_for_is_no_example() -> None:
    """Lists were told Crow 201; now it is elsewhere."""
    moved = talk(place=replace(talk().place, room="Crow 206"))  # type: ignore[type-var]
    state = keeper(moved, entries=[_accepted("announcement", "2026-W49")]).state
    shown = find_shown(state, _selection(Occasion.CORRECTION))
    assert (shown.group.changes, shown.example) == ((Fact.PLACE,), None)


@pytest.mark.parametrize(
    ("status", "occasion", "changes", "sentence"),
    [
        (
            Status.CONFIRMED,
            Occasion.CORRECTION,
            (Fact.TIME, Fact.PLACE),
            "as if the talk had been announced for an hour earlier, in Room 101",
        ),
        (
            Status.CONFIRMED,
            Occasion.CANCELLATION,
            (Fact.STATUS,),
            "as if the talk had been announced, and then got `status: cancelled`",
        ),
        (
            Status.CANCELLED,
            Occasion.CORRECTION,
            (Fact.STATUS,),
            "as if the talk, announced as cancelled, took place after all",
        ),
        (
            Status.POSTPONED,
            Occasion.CANCELLATION,
            (Fact.STATUS,),
            "as if the talk had been announced, and then got `status: cancelled`",
        ),
    ],
)
def test_an_example_says_what_it_invents(
    status: Status, occasion: Occasion, changes: tuple[Fact, ...], sentence: str
) -> None:
    """Where nothing was told; a department's `corrections: off` does not hide it, and each list has one."""
    state = keeper(talk(status=status)).state
    for name, audience in (("colloquium", Audience.INTERNAL), ("public-lectures", Audience.PUBLIC)):
        shown = find_shown(state, _selection(occasion, list=name))
        assert (shown.group.changes, shown.example) == (changes, sentence)
        assert shown.group.audience is audience


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (_selection(subject="nobody"), 'there is no talk "nobody" now'),
        (_selection(subject="half"), "talks/half.yaml cannot be read yet"),
        (_selection(Occasion.DIGEST, subject="never"), 'there is no digest "never"'),
        (
            _selection(Occasion.DIGEST, subject="this-week", period="2031-W01"),
            "no talk of its series can be told of in that time",
        ),
        (
            _selection(Occasion.DIGEST, subject="this-week", period="2031-W99"),
            "no talk of its series can be told of in that time",
        ),
    ],
)
def test_what_is_not_there_is_said(selection: Selection, message: str) -> None:
    """In a sentence for the page."""
    half = BrokenTalk(id="half", path="talks/half.yaml", reason="half typed")
    state = keeper(states=[loaded([talk()], broken=[half])]).state
    with pytest.raises(NothingFoundError) as told_so:
        find_shown(state, selection)
    assert told_so.value.message == message


def test_a_digest_and_the_one_of_another_week() -> None:
    """Without a week the next that is not empty; with one, that."""
    state = keeper(talk(), later(1)).state
    weeks = [
        find_shown(state, _selection(Occasion.DIGEST, subject="this-week", period=period)).mailing.talks
        for period in ("", "2026-W50")
    ]
    assert weeks == [("2026-bordelon",), ("later-1",)]


def test_an_address_survives_being_read() -> None:
    """What `query` and `path` write, `read` reads."""
    selection = _selection(slot="1-day-before", list="public lectures", at=NOW)
    given = dict(pair.split("=") for pair in query(selection)[1:].split("&"))
    from urllib.parse import unquote_plus

    parameters = {name: unquote_plus(value) for name, value in given.items()}
    assert read("2026-bordelon", "announcement", parameters, "America/Chicago") == selection


@pytest.mark.parametrize(
    ("occasion", "at"),
    [("party", ""), ("reminder", "tomorrow"), ("reminder", "2026-13-01T00:00"), ("", "")],
)
def test_an_unreadable_address_is_refused(occasion: str, at: str) -> None:
    """An occasion that there is not, a moment that is none."""
    with pytest.raises(UnreadableSelectionError):
        read("2026-bordelon", occasion, {"at": at}, "America/Chicago")


def test_a_moment_without_a_zone_is_the_departments() -> None:
    """The browser's field has no zone."""
    selection = read("a", "reminder", {"at": "2026-12-02T08:00"}, department().timezone)
    assert selection.at == datetime(2026, 12, 2, 8, 0, tzinfo=CHICAGO)
