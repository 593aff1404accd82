"""What an audience may know of a talk is declared, field by field, and closed where nothing is said."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, replace
from typing import Annotated

import pytest

from announcer.domain.department import MailingList
from announcer.domain.fields import Field, Seen, Shape, fields_of
from announcer.domain.private import Private
from announcer.domain.redaction import private_values, redact
from announcer.domain.talk import FIELDS, Audience, Online, Place, Talk
from tests.domain.story import Story, at, talk
from tests.message.samples import department, full

ALWAYS_TOLD = {"id", "series", "path", "modified", "start", "end", "zone", "show_timezones", "kind", "status",
               "place", "confidential", "lists", "schedule", "title"}  # fmt: skip


def test_of_a_confidential_talk_a_public_list_learns_series_time_and_place() -> None:
    """Everything else is as if nobody had written it: refreshments, contact, accessibility, parking too."""
    talk = full(confidential="Faculty candidate talk", recording="Not of this one.", subject="Candidate talk")
    seen = redact(talk, Audience.PUBLIC)
    empty = Talk(**{name: getattr(seen, name) for name in ALWAYS_TOLD})
    assert seen == empty
    assert seen.place == talk.place
    assert (seen.title, seen.speakers) == ("Faculty candidate talk", ())
    assert seen.id != talk.id


def test_a_field_that_says_nothing_of_who_sees_it_is_for_internal_lists_alone() -> None:
    """Closed is the default: a new field reaches a public list by its declaration only."""
    assert Field(Shape.LINE, "A new one.").seen is Seen.INTERNAL


@dataclass(frozen=True, kw_only=True, slots=True)
class _Grown(Talk):
    """A talk with a field more, about which nobody said who may see it."""

    fee: Annotated[str | None, Field(Shape.LINE, "What the speaker gets.")] = None


def values(private: frozenset[Private]) -> set[str]:
    """The values alone."""
    return {secret.value for secret in private}


def test_a_new_field_is_closed_until_it_is_declared_open() -> None:
    """The value is in no public context, and the finished message is searched for it."""
    grown = _Grown(**{field.name: getattr(full(), field.name) for field in fields(Talk)}, fee="500 thalers")
    assert [field.name for field in fields_of(_Grown)][-1] == "fee"
    assert grown.host is not None
    host = replace(grown.host, email=None)
    assert redact(grown, Audience.PUBLIC) == replace(grown, fee=None, notes=None, online=None, host=host)
    assert "500 thalers" in values(private_values(grown, Audience.PUBLIC))
    assert redact(grown, Audience.INTERNAL) == replace(grown, notes=None)


@pytest.mark.parametrize("audience", Audience)
def test_a_meeting_is_for_those_whom_it_names(audience: Audience) -> None:
    """`audience: public` under online opens it; notes are for nobody."""
    talk = full(online=Online(url="https://example.edu/m", passcode="1234", audience=Audience.PUBLIC))
    seen = redact(talk, audience)
    assert (seen.online, seen.notes) == (talk.online, None)


def test_every_attribute_that_may_be_absent_is_declared() -> None:
    """What is not declared could be neither redacted nor read; what every talk has is told of every one."""
    optional = {field.name for field in fields(Talk) if field.default is not MISSING}
    # The one is made of the department's secret, and tells nothing; the others go with what they translate.
    made = {"alias", "translations"}
    assert optional - {field.name for field in fields_of(Talk)} == made
    keys = [key for field in FIELDS for key in field.keys]
    assert sorted(set(keys)) == sorted(keys)


def test_what_the_series_says_of_each_talk_gives_none_away() -> None:
    """The contact that every talk of the series has, or the footer's, does not stop a candidate's mail."""
    physics = department()
    answers = (physics.reply_to or physics.sender).address
    talk = full(
        confidential="Faculty candidate talk",
        contact=answers,
        parking="Behind Crow Hall.",
        place=Place(room="Crow 1"),
    )
    shared = replace(physics.series["colloquium"], texts=("Behind Crow Hall.",))
    known = replace(physics, series={"colloquium": shared}).open_texts("colloquium")
    assert values(private_values(talk, Audience.PUBLIC)) >= {answers, "Behind Crow Hall."}
    assert values(private_values(talk, Audience.PUBLIC, known)) & {answers, "Behind Crow Hall."} == set()


def test_what_was_private_when_it_was_told_is_private_still() -> None:
    """A list that was internal and is public now does not hear the old passcode in "was: ..."."""
    internal = MailingList(name="town", address="town@lists.example.edu", audience=Audience.INTERNAL)
    public = replace(internal, audience=Audience.PUBLIC)
    linked = replace(talk(), online=Online(url="https://meet.example.edu/1", passcode="old-secret-1"))
    story = Story(linked)
    story.department = replace(story.department, lists={**story.department.lists, "town": internal})
    story.send(at("2026-11-30 09:00"))
    story.department = replace(story.department, lists={**story.department.lists, "town": public})
    opened = replace(linked, online=Online(url="https://meet.example.edu/2", audience=Audience.PUBLIC))
    story.now_is(opened, modified="2026-11-30 10:00")
    (group,) = [
        group
        for mailing in story.plan(at("2026-12-02 08:00"))
        for group in mailing.groups
        if mailing.occasion == "reminder" and group.lists == (public,)
    ]
    assert [snapshot.passcode for snapshot in group.announced if snapshot] == [""]
    assert [snapshot.online for snapshot in group.announced if snapshot] == [""]
    assert {"old-secret-1", "https://meet.example.edu/1"} <= values(group.private)
