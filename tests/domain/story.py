"""A department whose mail is always accepted, for telling stories about the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from announcer.domain.department import (
    Address,
    Corrections,
    Department,
    Digest,
    MailingList,
    Series,
    normalized,
)
from announcer.domain.mailing import Entry, EntryState, Key, Mailing, State
from announcer.domain.occasion import Occasion
from announcer.domain.planning.plan import plan
from announcer.domain.planning.situation import Situation
from announcer.domain.rule import Rule
from announcer.domain.talk import Audience, BrokenTalk, Place, Speaker, Talk
from announcer.domain.when import parse_weekly, parse_when
from announcer.service.wording import reason_text

CHICAGO = "America/Chicago"
SCHEDULE = ["announcement: Monday of the same week at 9:00 am", "reminder: same day at 8:00 am"]


def at(text: str, zone: str = CHICAGO) -> datetime:
    """A moment in Chicago."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def rules(lines: list[str]) -> tuple[Rule, ...]:
    """`occasion: when-phrase`, a line each."""
    pairs = [line.split(": ", 1) for line in lines]
    return tuple(Rule(send=Occasion(occasion), when=parse_when(when)) for occasion, when in pairs)


def talk(
    *,
    start: str = "2026-12-02 16:00",
    zone: str = CHICAGO,
    lists: tuple[str, ...] = ("staff", "town"),
    schedule: list[str] | None = None,
) -> Talk:
    """A talk that lacks nothing."""
    begins = at(start, zone)
    return Talk(
        id="noether",
        series="colloquium",
        path="talks/noether.yaml",
        modified=at("2026-11-01 12:00"),
        start=begins,
        end=begins + timedelta(hours=1),
        zone=zone,
        title="Invariant Variation Problems",
        speakers=(Speaker(name="Emma Sample"),),
        place=Place(room="Crow 201"),
        lists=lists,
        schedule=rules(SCHEDULE if schedule is None else schedule),
    )


class Story:
    """Talks, the lists' memory, and a server that accepts what it is not told to refuse."""

    def __init__(
        self,
        *talks: Talk,
        corrections: str = "hold",
        begin: str | None = None,
        paused: str | None = None,
        digest: str | None = None,
    ) -> None:
        self.talks = talks
        self.broken: tuple[BrokenTalk, ...] = ()
        self.entries: list[Entry] = []
        self.changes: list[str] = []
        self.talks_told: list[str] = []
        lists = {
            "staff": MailingList(name="staff", address="staff@lists.example.edu", audience=Audience.INTERNAL),
            "town": MailingList(name="town", address="town@lists.example.edu"),
        }
        digests = {}
        if digest:
            digests["this-week"] = Digest(
                name="this-week",
                when=parse_weekly(digest),
                covers=timedelta(days=7),
                series=("colloquium",),
                lists=("town",),
            )
        self.department = Department(
            organization="Department of Examples",
            timezone=CHICAGO,
            sender=Address(address="talks@example.edu"),
            lists=lists,
            series={"colloquium": Series(key="colloquium", name="Colloquium", schedule=rules(SCHEDULE))},
            digests=digests,
            corrections=Corrections(corrections),
            begin=datetime.fromisoformat(begin).date() if begin else None,
            paused=paused,
            modified=at("2026-11-01 12:00"),
        )

    def now_is(self, *talks: Talk, modified: str = "2026-11-02 12:00") -> None:
        """The files say this now."""
        self.talks = tuple(replace(event, modified=at(modified)) for event in talks)
        self.broken = ()

    def breaks(self, broken: BrokenTalk) -> None:
        """That file cannot be read any more."""
        self.talks = tuple(event for event in self.talks if event.id != broken.id)
        self.broken = (broken,)

    def rename(self, old: str, new: str) -> None:
        """A list has another name and the same address."""
        lists = dict(self.department.lists)
        lists[new] = replace(lists.pop(old), name=new)
        self.department = replace(self.department, lists=lists)

    def remove(self, name: str) -> None:
        """announcer.yaml has no such list any more."""
        lists = {key: value for key, value in self.department.lists.items() if key != name}
        self.department = replace(self.department, lists=lists)

    def situation(self, now: datetime) -> Situation:
        """The department, what was told, and that moment."""
        return Situation.of(self.department, self.entries, now)

    def plan(self, now: datetime) -> list[Mailing]:
        """What that moment asks for."""
        return list(plan(self.situation(now), self.talks, self.broken).mailings)

    def states(self, now: datetime) -> dict[str, str]:
        """The state of each mailing by its key, in the order of keys."""
        return dict(sorted((str(mailing.key), mailing.state.value) for mailing in self.plan(now)))

    def mailing(self, key: str, now: datetime) -> Mailing:
        """The mailing of that key."""
        return next(mailing for mailing in self.plan(now) if mailing.key == Key.parse(key))

    def reason(self, mailing: Mailing) -> str | None:
        """The first reason that one of its lists gives."""
        reason = next((outcome.reason for outcome in mailing.outcomes if outcome.reason), None)
        return reason_text(reason) if reason else None

    def recipients(self, key: str) -> list[str]:
        """The lists that a mailing told."""
        return sorted(entry.list for entry in self.entries if str(entry.key) == key and entry.is_announced)

    def sequences(self, name: str) -> list[int]:
        """The SEQUENCE of each mail that a list got."""
        return [s.sequence for entry in self.entries if entry.list == name for s in entry.snapshots]

    def send(self, now: datetime, **results: EntryState) -> list[str]:
        """Sends what is due; each list's result is accepted unless it is named. The keys that went."""
        return self.hand_over(self.plan(now), now, **results)

    def hand_over(self, mailings: list[Mailing], now: datetime, **results: EntryState) -> list[str]:
        """Sends what is due of these mailings, as `send` does."""
        went = []
        self.changes = []
        for mailing in mailings:
            due = [outcome.list for outcome in mailing.outcomes if outcome.state is State.DUE]
            if not due:
                continue
            went.append(str(mailing.key))
            self.talks_told = list(mailing.talks)
            for group in mailing.groups:
                self.changes = [fact.value for fact in group.changes] or self.changes
                for mailing_list in group.lists:
                    if mailing_list not in due:
                        continue
                    state = results.get(mailing_list.name, EntryState.ACCEPTED)
                    kept = state is not EntryState.DEFERRED
                    row = (mailing.key, mailing_list.name)
                    self.entries = [entry for entry in self.entries if (entry.key, entry.list) != row]
                    self.entries.append(
                        Entry(
                            key=mailing.key,
                            list=mailing_list.name,
                            address=normalized(mailing_list.address),
                            audience=mailing_list.audience,
                            state=state,
                            snapshots=group.snapshots if kept else (),
                            message_id=f"<{mailing.key}@example.edu>",
                            at=now,
                        )
                    )
        return went
