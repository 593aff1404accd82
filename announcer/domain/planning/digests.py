"""Digests: the coming days' talks of several series, in one email."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from announcer.domain.clock import zone
from announcer.domain.department import Digest, MailingList
from announcer.domain.mailing import AudienceGroup, Key, Mailing
from announcer.domain.occasion import Occasion
from announcer.domain.planning.groups import groups
from announcer.domain.planning.holds import announceable, paused
from announcer.domain.planning.list_state import Bounds, list_state
from announcer.domain.planning.schedule import talk_is_off
from announcer.domain.planning.scheduled import frozen_lists
from announcer.domain.planning.situation import Situation
from announcer.domain.planning.suppression import before_begin
from announcer.domain.reason import Code, Reason
from announcer.domain.talk import Status, Talk

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


def digest_mailings(
    situation: Situation,
    digest: Digest,
    talks: Sequence[Talk],
    *,
    since: datetime,
    until: datetime,
) -> list[Mailing]:
    """The digests that are due between `since` and `until`."""
    timezone = situation.department.timezone
    tz = zone(timezone)
    day = since.astimezone(tz).date() - timedelta(days=7)
    mailings = []
    while day <= until.astimezone(tz).date() + timedelta(days=7):
        due = digest.when.in_week_of(day, timezone)
        if since <= due <= until:
            mailing = digest_mailing(situation, digest, talks, due=due)
            if mailing:
                mailings.append(mailing)
        day += _WEEK
    return mailings


def digest_mailing(
    situation: Situation,
    digest: Digest,
    talks: Sequence[Talk],
    *,
    due: datetime,
) -> Mailing | None:
    """The digest that is due at `due`; None where it is empty and that is neither to be sent nor settled now.

    Its due time settles it: what has nothing to tell then is withdrawn as empty, which the ledger keeps,
    so that it does not come to life when a talk is added later.
    """
    department, history, now = situation.department, situation.history, situation.now
    week = _Week(digest=digest, first=due.date(), due=due)
    key = Key(digest.name, Occasion.DIGEST, Occasion.DIGEST.row.period.of(week.first))
    wanted = [department.lists[name] for name in digest.lists if name in department.lists]
    frozen = frozen_lists(history, key, wanted)
    contents = {
        mailing_list.name: _contents(situation, week, talks, mailing_list, key)
        for mailing_list, _, _ in frozen
    }
    covered = sorted(
        {talk.id: talk for content in contents.values() for talk in content}.values(), key=_in_order
    )
    expires = _expires(week, covered, department.timezone)
    is_to_settle = due <= now < expires
    if not covered and not digest.send_when_empty and not history.entries(key) and not is_to_settle:
        return None
    outcomes = []
    for mailing_list, entry, left_out in frozen:
        bounds = Bounds(
            now=now,
            due=due,
            expires=expires,
            hold=paused(department),
            withdrawn=left_out or _unwanted(situation, week, contents[mailing_list.name]),
        )
        outcomes.append(list_state(mailing_list, entry, bounds))
    return Mailing(
        key=key,
        occasion=Occasion.DIGEST,
        talks=tuple(talk.id for talk in covered),
        due=due,
        expires=expires,
        outcomes=tuple(outcomes),
        groups=_groups(situation, week, key, [outcome.list for outcome in outcomes], contents),
    )


def left_out(talks: Sequence[Talk], digest: Digest, first: date) -> list[Talk]:
    """The drafts in a digest's days: what it does not tell of, though it stands for its week."""
    days = (first, first + digest.covers - _DAY)
    return [
        talk
        for talk in talks
        if talk.status is Status.DRAFT and talk.series in digest.series and days[0] <= talk.date <= days[1]
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Week:
    """The days that one digest stands for."""

    digest: Digest
    first: date
    due: datetime

    @property
    def days(self) -> tuple[date, date]:
        return self.first, self.first + self.digest.covers - _DAY

    def has(self, day: date) -> bool:
        first, last = self.days
        return first <= day <= last


def _expires(week: _Week, covered: Sequence[Talk], timezone: str) -> datetime:
    """A day after it was due; earlier where the next is due or all that it tells of has begun by then."""
    following = week.digest.when.in_week_of(week.first + _WEEK, timezone)
    begun = [max(talk.start for talk in covered)] if covered else []
    return min(week.due + _DAY, following, *begun)


def _groups(
    situation: Situation,
    week: _Week,
    key: Key,
    lists: Sequence[MailingList],
    contents: Mapping[str, Sequence[Talk]],
) -> tuple[AudienceGroup, ...]:
    """The groups of the lists, those apart that are told of other talks."""
    alike: dict[tuple[str, ...], list[MailingList]] = {}
    for mailing_list in lists:
        alike.setdefault(tuple(talk.id for talk in contents[mailing_list.name]), []).append(mailing_list)
    return tuple(
        group
        for some in alike.values()
        for group in groups(situation, key, contents[some[0].name], some, due=week.due, days=week.days)
    )


def _unwanted(situation: Situation, week: _Week, content: Sequence[Talk]) -> Reason | None:
    """Why a list is not to get this digest."""
    is_empty = not content and not week.digest.send_when_empty
    return before_begin(situation, week.due) or (Reason.of(Code.EMPTY) if is_empty else None)


def _contents(
    situation: Situation, week: _Week, talks: Sequence[Talk], mailing_list: MailingList, key: Key
) -> list[Talk]:
    """The talks that a digest tells a list of: in its days, announceable and not over; and those that the
    list was told to be in them and that are not any more."""
    department, now = situation.department, situation.now
    # One that nobody ran is missed, not empty, once its talks are over.
    for moment in dict.fromkeys((max(now, week.due), week.due)):
        content = [
            talk
            for talk in talks
            if talk.series in week.digest.series
            and talk.is_for(mailing_list.audience)
            and not ((series := department.series.get(talk.series)) and series.paused)
            and (
                (week.has(talk.date) and talk.end > moment and announceable(talk, series, Occasion.DIGEST))
                or _was_to_be(situation, week, talk, mailing_list, key, moment)
            )
        ]
        if content:
            break
    return sorted(content, key=_in_order)


def _was_to_be(
    situation: Situation, week: _Week, talk: Talk, mailing_list: MailingList, key: Key, moment: datetime
) -> bool:
    """Whether a list was told that a talk is in these days, and it is not any more."""
    last = situation.history.last(talk.id, mailing_list, but=key)
    if last is None or last.snapshot.off or not week.has(last.snapshot.date) or last.snapshot.end <= moment:
        return False
    return talk.status is not Status.DRAFT and (talk_is_off(talk) or not week.has(talk.date))


def _in_order(talk: Talk) -> tuple[datetime, str]:
    return talk.start, talk.id
