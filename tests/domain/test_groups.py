"""Groups: which lists share one message, and what each is told."""

from __future__ import annotations

from dataclasses import replace

from announcer.domain.department import MailingList
from announcer.domain.mailing import EntryState
from announcer.domain.talk import Audience, Online
from tests.domain.story import Story, at, talk

MONDAY = at("2026-11-30 09:00")


def _groups(story: Story, key: str = "noether/announcement/2026-W49") -> list[tuple[str, list[str]]]:
    groups = story.mailing(key, MONDAY).groups
    return [(group.audience.value, [mailing_list.name for mailing_list in group.lists]) for group in groups]


def _with_a_second_internal_list(**different: object) -> Story:
    story = Story(talk(lists=("staff", "students", "town")))
    students = MailingList(name="students", address="students@lists.example.edu", audience=Audience.INTERNAL)
    lists = {**story.department.lists, "students": replace(students, **different)}  # type: ignore[arg-type]
    story.department = replace(story.department, lists=lists)
    return story


def test_lists_of_one_audience_share_a_message() -> None:
    """Its To has them all; the public list has another."""
    story = _with_a_second_internal_list()
    assert _groups(story) == [("internal", ["staff", "students"]), ("public", ["town"])]


def test_another_server_or_format_is_another_message() -> None:
    """What Sympa or a text-only list needs differs."""
    for different in ({"server": "sympa"}, {"text_only": True}, {"auto_submitted": False}):
        story = _with_a_second_internal_list(**different)
        assert _groups(story) == [("internal", ["staff"]), ("internal", ["students"]), ("public", ["town"])]


def test_lists_that_were_told_otherwise_get_a_message_of_their_own() -> None:
    """One was refused the announcement: its reminder leads with no change, and answers nothing."""
    story = _with_a_second_internal_list()
    story.send(MONDAY, students=EntryState.REFUSED)
    reminder = story.mailing("noether/reminder/2026-12-02", MONDAY)
    assert [[mailing_list.name for mailing_list in group.lists] for group in reminder.groups] == [
        ["staff"],
        ["students"],
        ["town"],
    ]
    assert [group.in_reply_to is not None for group in reminder.groups] == [True, False, True]


def test_a_mailing_that_went_to_some_keeps_its_groups() -> None:
    """A deferred list is sent to with the To and the Message-ID that the others got."""
    story = _with_a_second_internal_list()
    before = story.mailing("noether/announcement/2026-W49", MONDAY).groups
    story.send(MONDAY, students=EntryState.DEFERRED)
    after = story.mailing("noether/announcement/2026-W49", MONDAY).groups
    assert after == before


def test_what_is_internal_is_not_in_a_public_group_at_all() -> None:
    """Neither the meeting nor the notes; both are among what it is searched for."""
    online = Online(url="https://video.example.edu/1", passcode="redshift", note="ask the host")
    story = Story(replace(talk(), online=online, notes="the dean attends"))
    internal, public = story.mailing("noether/announcement/2026-W49", MONDAY).groups
    assert (internal.talks[0].online, public.talks[0].online) == (online, None)
    assert (internal.talks[0].notes, public.talks[0].notes) == (None, None)
    assert {secret.value for secret in public.private} == {
        "https://video.example.edu/1",
        "video.example.edu/1",
        "redshift",
        "ask the host",
        "the dean attends",
    }
    assert {secret.value for secret in internal.private} == {"the dean attends"}


def test_a_confidential_talk_is_opaque_to_the_public() -> None:
    """Series, time and place are told; name, title, abstract and id are not."""
    story = Story(replace(talk(), confidential="Faculty candidate talk", abstract="What she found."))
    internal, public = story.mailing("noether/announcement/2026-W49", MONDAY).groups
    shown = public.talks[0]
    assert (shown.title, shown.abstract, shown.speakers) == ("Faculty candidate talk", None, ())
    assert shown.start == internal.talks[0].start
    assert "noether" not in shown.id
    assert "noether" not in public.snapshots[0].uid
    assert {"Emma Sample", "Invariant Variation Problems", "What she found.", "noether"} <= {
        secret.value for secret in public.private
    }


def test_a_change_that_a_public_list_never_saw_is_no_correction_to_it() -> None:
    """The meeting's address was internal."""
    story = Story(replace(talk(), online=Online(url="https://video.example.edu/1")), corrections="send")
    story.send(MONDAY)
    story.now_is(
        replace(talk(), online=Online(url="https://video.example.edu/2")), modified="2026-11-30 10:00"
    )
    assert story.send(at("2026-11-30 10:15")) == ["noether/correction/r1"]
    assert story.changes == ["online"]
    assert story.recipients("noether/correction/r1") == ["staff"]
