"""What a careful person would say: brief subjects, the passcode once, the weekday of a date, what is off."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from announcer.domain.occasion import Occasion
from announcer.domain.talk import Meet, Online, Place, Speaker, Status
from tests.message.samples import SENT, composer, full, group, seed, snapshot_of

TALK = replace(seed(), title="Short")
MOVED = Place(room="Crow 301", building="Crow Hall")
LINK = Online(url="https://meet.example.edu/1", passcode="redshift-73")


def test_several_changes_are_brief_in_a_subject_and_named_in_the_mail() -> None:
    """What a telephone shows of it is the truth, not its headings."""
    made = group(
        replace(TALK, place=MOVED, speakers=(Speaker(name="Ada Example"),)),
        Occasion.CORRECTION,
        before=snapshot_of(TALK),
    )
    message = composer().compose(made, date=SENT)
    assert message.subject == "CHANGED: Wed Dec 2, 4:00 pm, Crow 301: Ada Example: Short"
    assert "*** ROOM AND SPEAKER CHANGE ***" in message.text


def test_a_new_date_of_a_postponed_talk_is_called_that() -> None:
    """It is not on again: that day is gone."""
    postponed = replace(TALK, status=Status.POSTPONED)
    again = replace(TALK, start=TALK.start.replace(day=9), end=TALK.end.replace(day=9))
    made = group(again, Occasion.CORRECTION, before=snapshot_of(postponed))
    assert composer().compose(made, date=SENT).subject.startswith("NEW DATE: Wed Dec 9, 4:00 pm")


def test_a_new_passcode_is_said_and_a_new_link_is_pointed_to() -> None:
    """The same address twice says nothing, and a link is five lines on a telephone."""
    before = snapshot_of(replace(TALK, online=LINK))
    other = composer().compose(
        group(
            replace(TALK, online=replace(LINK, passcode="redshift-74")), Occasion.CORRECTION, before=before
        ),
        date=SENT,
    )
    assert other.subject.startswith("PASSCODE CHANGE: Wed Dec 2")
    assert re.search(r"Passcode: +redshift-74\n +\(was: redshift-73\)", other.text)
    moved = composer().compose(
        group(
            replace(TALK, online=replace(LINK, url="https://meet.example.edu/2")),
            Occasion.CORRECTION,
            before=before,
        ),
        date=SENT,
    )
    assert moved.subject.startswith("ONLINE LINK CHANGE: Wed Dec 2")
    assert re.search(r"Online link: +new, see below\n", moved.text)
    assert "meet.example.edu/1" not in moved.text + (moved.html or "")


@pytest.mark.parametrize(
    ("occasion", "subject"),
    [(Occasion.ANNOUNCEMENT, "TENTATIVE: Wed Dec 2"), (Occasion.REMINDER, "Reminder, tentative: ")],
)
def test_a_tentative_talk_is_called_one_in_the_subject(occasion: Occasion, subject: str) -> None:
    """Nobody books a train for it unawares."""
    made = group(replace(TALK, status=Status.TENTATIVE), occasion)
    assert composer().compose(made, date=SENT).subject.startswith(subject)


def test_what_is_off_looks_off() -> None:
    """A grey leaf, "Was to be", a plain link, and what to do with the calendar."""
    off = replace(TALK, status=Status.CANCELLED, url="https://physics.example.edu/1")
    message = composer().compose(group(off, Occasion.CANCELLATION, before=snapshot_of(TALK)), date=SENT)
    page = message.html or ""
    assert 'class="leaf off"' in page
    assert 'class="button"' not in page
    assert "in Outlook, delete the entry" in page
    assert "This talk will not take place." in message.text
    assert re.search(r"Was to be: +Wednesday, December 2, 2026", message.text)
    assert re.search(r"Event page: +https://physics.example.edu/1", message.text)


def test_a_date_until_which_to_sign_up_has_its_weekday() -> None:
    """As every date has; other words stay."""
    talk = replace(full(), meet=Meet(text="Lunch", until="2026-12-01 at noon"))
    assert "(until Tuesday, December 1 at noon)" in composer().compose(group(talk), date=SENT).text


def test_two_people_are_met_as_speakers() -> None:
    """In one column of names, whoever of them has a photo."""
    page = composer().compose(group(replace(full(), meet=Meet(text="Lunch"))), date=SENT).html or ""
    assert "Meet the speakers" in page
    assert "colspan" not in page


def test_a_title_never_loses_its_last_word_alone() -> None:
    """It would read as if it were whole."""
    making = composer()
    for number in range(60, 110):
        title = " ".join(("word " * 40)[:number].split())
        subject = making.subject(group(replace(TALK, title=title)))
        if subject.endswith("..."):
            assert len(title) - len(subject.rpartition(": ")[2].removesuffix("...")) > len(" word")


def test_the_entry_names_the_events_page() -> None:
    """In its description: some calendars show no URL."""
    calendar = (
        composer().compose(group(replace(TALK, url="https://physics.example.edu/1")), date=SENT).calendar
        or b""
    )
    assert b"Event page: https://physics.example.edu/1" in calendar.replace(b"\r\n ", b"")
