"""Groups: which lists of a mailing share one message, and what that message tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from announcer.domain.clock import zone
from announcer.domain.department import Department, MailingList, normalized
from announcer.domain.mailing import AudienceGroup, Key
from announcer.domain.occasion import Occasion, Thread
from announcer.domain.planning.history import Announced, History
from announcer.domain.planning.schedule import talk_is_off
from announcer.domain.planning.situation import Situation
from announcer.domain.private import Private
from announcer.domain.redaction import private_values, public_id, redact
from announcer.domain.snapshot import Snapshot, as_told, differences, facts, identified
from announcer.domain.talk import Audience, Talk


def groups(
    situation: Situation,
    key: Key,
    talks: Sequence[Talk],
    lists: Sequence[MailingList],
    *,
    due: datetime,
    revision: int = 0,
    days: tuple[date, date] | None = None,
    exact: bool = False,
) -> tuple[AudienceGroup, ...]:
    """One group for each audience, profile and snapshot told; every list of the mailing is in one.

    `exact` leads with a correction of spelling, too."""
    row, history = key.row, situation.history
    tz = zone(talks[0].zone if row.is_about_one else situation.department.timezone)
    moment = max(situation.now, due).astimezone(tz)
    grouped: dict[object, AudienceGroup] = {}
    for mailing_list in lists:
        is_person = mailing_list.person is not None
        last = [None if is_person else history.last(talk.id, mailing_list, but=key) for talk in talks]
        announced = tuple(
            _as_readable(talk, previous, mailing_list.audience)
            for talk, previous in zip(talks, last, strict=True)
        )
        thread = _replied_to(history, key, talks, mailing_list)
        alike = (profile(mailing_list), announced, thread, mailing_list.name if is_person else None)
        group = grouped.get(alike)
        if group:
            grouped[alike] = replace(group, lists=(*group.lists, mailing_list))
            continue
        # What is off is taken back as it was told, not as the file has come to say.
        stated = [
            as_told(talk, previous) if previous and (row.takes_back or (days and talk_is_off(talk))) else talk
            for talk, previous in zip(talks, announced, strict=True)
        ]
        private = frozenset(
            secret
            for talk, shown, previous in zip(talks, stated, last, strict=True)
            for secret in kept_from(situation.department, talk, shown, previous, mailing_list.audience)
        )
        snapshots = tuple(
            snapshot(situation.department, talk, mailing_list.audience, history, due=due, revision=revision)
            for talk in stated
        )
        grouped[alike] = AudienceGroup(
            key=key,
            occasion=Occasion(key.occasion),
            audience=mailing_list.audience,
            lists=(mailing_list,),
            talks=tuple(redact(talk, mailing_list.audience) for talk in stated),
            snapshots=snapshots,
            announced=announced,
            changes=differences(announced[0], snapshots[0], exact=exact)
            if row.is_about_one and row.tells and announced[0]
            else (),
            in_reply_to=thread,
            due=due.astimezone(tz),
            moment=moment,
            private=_without_own_address(private, mailing_list) if is_person else private,
            days=days,
        )
    return tuple(grouped.values())


def _without_own_address(private: frozenset[Private], person: MailingList) -> frozenset[Private]:
    """What is private, but for the address of the person who is written to: that one knows it."""
    own = normalized(person.address)
    return frozenset(secret for secret in private if normalized(secret.value) != own)


def _replied_to(history: History, key: Key, talks: Sequence[Talk], mailing_list: MailingList) -> str | None:
    """The Message-ID that a mailing's message replies to."""
    if key.row.thread is Thread.NONE:
        return None
    if key.row.thread is Thread.OWN:
        return history.previous(key, mailing_list)
    return history.opening(talks[0].id, mailing_list, but=key)


def kept_from(
    department: Department, talk: Talk, shown: Talk, announced: Announced | None, audience: Audience
) -> frozenset[Private]:
    """What this audience may not read of a talk, but for what it read before the talk became private."""
    open_texts = department.open_texts(talk.series)
    secret = private_values(talk, audience, open_texts)
    if shown is not talk:
        secret |= private_values(shown, audience, open_texts)
    if announced is None:
        return secret
    old, readable = announced.snapshot, _as_readable(talk, announced, audience)
    assert readable is not None  # noqa: S101 - it is what was announced
    hidden = [(old.online, readable.online), (old.passcode, readable.passcode)]
    path = talk.path or shown.path
    secret |= frozenset(
        Private(value=was, field="online (as it was told)", path=path)
        for was, is_ in hidden
        if was and not is_
    )
    if announced.entry.audience != audience:
        return secret
    texts = "\n".join((old.uid, old.title, *old.speakers))
    return frozenset(private for private in secret if not private.stands_in(texts))


def _as_readable(talk: Talk, announced: Announced | None, audience: Audience) -> Snapshot | None:
    """What a list was told, as its audience may read it now: what was private then, or is now, stays so."""
    if announced is None or audience is Audience.INTERNAL:
        return announced.snapshot if announced else None
    readable, now = announced.snapshot, facts(redact(talk, audience))
    was_internal = announced.entry.audience is Audience.INTERNAL
    is_private = talk.online is not None and talk.online.audience is Audience.INTERNAL
    if (was_internal or is_private) and (readable.online, readable.passcode) != (now.online, now.passcode):
        readable = replace(readable, online="", passcode="")
    if was_internal and readable.speakers != now.speakers:
        readable = replace(readable, speakers=now.speakers if talk.confidential else ())
    return readable


def profile(mailing_list: MailingList) -> tuple[Audience, str | None, bool, bool, tuple[str, ...]]:
    """What lists must share to share a message."""
    return (
        mailing_list.audience,
        mailing_list.server,
        mailing_list.text_only,
        mailing_list.auto_submitted,
        mailing_list.locale,
    )


def snapshot(
    department: Department,
    talk: Talk,
    audience: Audience,
    history: History,
    *,
    due: datetime,
    revision: int = 0,
) -> Snapshot:
    """What an audience would be told of a talk by a mailing that is due at `due`."""
    true = replace(facts(redact(talk, audience)), talk=talk.id)
    name = public_id(talk) if talk.confidential else talk.id
    midnight = due.astimezone(zone(talk.zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return identified(
        true,
        uid=f"{name}@{department.domain}",
        last=history.newest(talk.id),
        own=history.newest(talk.id, audience),
        midnight=midnight.replace(tzinfo=UTC),
        revision=revision,
    )
