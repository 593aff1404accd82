"""Between the claim and the outcome: a second look, a list that joins late, a ledger that is busy."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from announcer.domain.delivery import Realm
from announcer.domain.department import Delivery
from announcer.domain.mailing import AudienceGroup, Entry, Mailing
from announcer.domain.planning.plan import plan
from announcer.domain.planning.situation import Situation
from announcer.domain.talk import Online, Place, Status, Talk
from announcer.ledger import Ledger
from announcer.message import Message
from announcer.service.dispatch import Dispatcher, Patience
from announcer.service.report import Report
from announcer.service.wording import reason_text
from announcer.transport import CredentialsError
from announcer.transport.smtp import smtp_transport
from tests.domain.story import Story, at, talk
from tests.ledger.story import Department
from tests.transport.scripted import USUAL, ScriptedServer

MONDAY = at("2026-11-30 09:00")


def message(group: AudienceGroup, date: datetime) -> Message:
    """What a composer makes, in short."""
    subject = f"{group.snapshots[0].place}, {group.snapshots[0].status}"
    data = f"Subject: {subject}\r\nDate: {date:%c}\r\n\r\nHello.\r\n".encode()
    return Message(
        data=data, message_id="<1@example.edu>", subject=subject, text="", html=None, calendar=None
    )


class Day:
    """A story's department with a real ledger and a real server, at a clock of its own."""

    def __init__(self, root: Path, server: ScriptedServer) -> None:
        self.story = Story(talk(), corrections="send")
        self.now = MONDAY
        self.root = root
        self.server = server
        self.username: str | None = None

    def open(self, patience: float = 30) -> Ledger:
        """Its ledger."""
        return Department(root=self.root, setting="sqlite", password=None).open(patience=patience)

    async def run(
        self, ledger: Ledger, composed: Callable[[AudienceGroup, datetime], Message] = message
    ) -> Report:
        """Sends what is due now."""

        def planned(entries: list[Entry]) -> list[Mailing]:
            story = self.story
            return list(plan(Situation.of(story.department, entries, self.now), story.talks, []).mailings)

        delivery = Delivery(
            transport="smtp",
            host="127.0.0.1",
            port=self.server.port,
            security="none",
            username=self.username,
        )
        dispatcher = Dispatcher(
            realm=Realm.LIVE,
            ledger=ledger,
            transport=smtp_transport(delivery, self.root, {"ANNOUNCER_SMTP_PASSWORD": "secret"}),
            compose=composed,
            replan=lambda mailing, entries: next(
                (m for m in planned(list(entries)) if m.key == mailing.key), None
            ),
            clock=lambda: self.now,
            envelope_from="bounces@example.edu",
            people_from="max@example.edu",
            patience=Patience(passes=1),
        )
        return await dispatcher.dispatch(planned(ledger.entries(Realm.LIVE)))

    def subjects(self) -> list[str]:
        """What the server took."""
        return [text.split(b"\r\n")[0].decode().removeprefix("Subject: ") for text in self.server.accepted]


def changing(day: Day, to: Talk, after: timedelta) -> Callable[[AudienceGroup, datetime], Message]:
    """Composes; and while the first message waits to be handed over, the talk changes."""

    def composed(group: AudienceGroup, date: datetime) -> Message:
        made = message(group, date)
        if day.story.talks != (to,):
            day.story.talks = (to,)
            day.now += after
        return made

    return composed


@pytest.mark.parametrize(
    ("to", "went", "note"),
    [
        (replace(talk(), place=Place(room="Hall 2")), ["Hall 2, confirmed", "Hall 2, confirmed"], None),
        (replace(talk(), status=Status.CANCELLED), [], "not any more: the talk is cancelled"),
        (talk(start="2026-11-30 09:00"), [], "not any more: nothing ran while it could be sent"),
    ],
)
def test_what_waited_for_its_turn_is_looked_at_once_more(
    tmp_path: Path, to: Talk, went: list[str], note: str | None
) -> None:
    """It tells what is so now, or does not go; its claim is given back."""

    async def story() -> None:
        async with ScriptedServer() as server:
            day = Day(tmp_path, server)
            ledger = day.open()
            report = await day.run(ledger, changing(day, to, timedelta(minutes=2)))
            ledger.close()
        assert (day.subjects(), report.all_accepted) == (went, note is None)
        assert [attempt.note and reason_text(attempt.note) for attempt in report.attempts] == [note, note]

    asyncio.run(story())


def test_a_list_that_comes_to_need_a_revision_gets_it(tmp_path: Path) -> None:
    """The link was for staff alone, and was put off; the room that changed meanwhile is for both."""

    async def story() -> None:
        async with ScriptedServer({"rcpt": (USUAL, USUAL, "450 4.7.1 later")}) as server:
            day = Day(tmp_path, server)
            ledger = day.open()
            assert (await day.run(ledger)).all_accepted
            linked = replace(talk(), online=Online(url="https://meet.example.edu/1"))
            day.story.now_is(linked, modified="2026-11-30 10:00")
            day.now = at("2026-11-30 10:20")
            assert [attempt.list.name for attempt in (await day.run(ledger)).attempts] == ["staff"]
            day.story.now_is(replace(linked, place=Place(room="Hall 2")), modified="2026-11-30 10:30")
            day.now = at("2026-11-30 10:50")
            assert (await day.run(ledger)).all_accepted
            ledger.close()
        assert day.subjects() == ["Crow 201, confirmed"] * 2 + ["Hall 2, confirmed"] * 2

    asyncio.run(story())


def test_a_reply_is_not_lost_to_a_ledger_that_is_busy_for_a_moment(tmp_path: Path) -> None:
    """The message was taken; the row says so once another program lets go."""

    class Locking(ScriptedServer):
        def action(self, stage: str) -> str:
            if stage == "dot" and not self.accepted:
                lock = sqlite3.connect(
                    tmp_path / ".announcer" / "ledger.sqlite", isolation_level=None, check_same_thread=False
                )
                lock.execute("BEGIN IMMEDIATE")
                threading.Timer(0.8, lock.close).start()
            return super().action(stage)

    async def story() -> None:
        async with Locking() as server:
            day = Day(tmp_path, server)
            ledger = day.open(patience=0.1)
            report = await day.run(ledger)
            ledger.close()
        assert (len(server.accepted), report.all_accepted) == (2, True)

    asyncio.run(story())


def test_a_login_that_is_refused_half_way_ends_the_run(tmp_path: Path) -> None:
    """No third try, which may lock the account; the run says that it was the secret."""
    script: dict[str, str | tuple[str, ...]] = {
        "auth": (USUAL, "535 5.7.8 no"),
        "mail": (USUAL, "421 4.3.2 closing"),
    }

    async def story() -> None:
        async with ScriptedServer(script, offers=("AUTH PLAIN",)) as server:
            day = Day(tmp_path, server)
            day.username = "announcer"
            day.story.talks = (talk(), replace(talk(), id="hilbert"))
            ledger = day.open()
            report = await day.run(ledger)
            ledger.close()
        assert isinstance(report.stopped, CredentialsError)
        assert len(server.accepted) == 1
        assert sum(line.startswith("AUTH") for line in server.commands) == 2

    asyncio.run(story())


def test_what_one_mailing_raises_stops_that_mailing_alone(tmp_path: Path) -> None:
    """Whatever it is: its claim is given back, its file is named, and what stands behind it goes."""

    def composed(group: AudienceGroup, date: datetime) -> Message:
        if group.talks[0].id == "noether":
            raise AttributeError("nobody foresaw this")
        return message(group, date)

    async def story() -> None:
        async with ScriptedServer() as server:
            day = Day(tmp_path, server)
            other = replace(talk(), id="other", path="talks/other.yaml", title="Another")
            day.story.talks = (talk(), other)
            ledger = day.open()
            report = await day.run(ledger, composed)
            states = {(entry.key.subject, entry.state.value) for entry in ledger.entries(Realm.LIVE)}
            ledger.close()
        assert states == {("noether", "pending"), ("other", "accepted")}
        assert [fault.problem.path for fault in report.faults] == ["talks/noether.yaml"] * 2
        assert "AttributeError: nobody foresaw this" in report.faults[0].problem.message
        assert not report.all_accepted

    asyncio.run(story())
