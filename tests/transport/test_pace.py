"""A rate is kept in every window, and a server that is busy is given time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.domain.delivery import Reply, Result
from announcer.domain.provider import Rate
from announcer.transport.pace import Pace
from announcer.transport.smtp import SmtpTransport
from tests.transport.scripted import ScriptedServer
from tests.transport.test_session import ENVELOPE, MESSAGE, Attempting, local

ACCEPTED = Reply(result=Result.ACCEPTED, stage="dot", code=250)
BUSY = Reply(result=Result.DEFERRED, stage="rcpt", code=450)


class Simulated:
    """A clock that only sleeping moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    def pace(self, rate: Rate | None = None) -> Pace:
        return Pace(rate, clock=self.time, sleep=self.sleep)


def begun(rate: Rate, count: int, delays: list[float]) -> list[float]:
    """When so many messages arrive, of which each takes one of these times to get there."""

    async def run() -> list[float]:
        clock = Simulated()
        pace = clock.pace(rate)
        moments = []
        for number in range(count):
            await pace.turn()
            moments.append(clock.now + delays[number % len(delays)])
        return moments

    return asyncio.run(run())


@given(
    st.integers(1, 300),
    st.sampled_from([1, 60, 3600]),
    st.lists(st.floats(0, 0.005), min_size=1, max_size=7),
)
def test_no_window_has_too_many_and_little_is_lost(count: int, seconds: int, delays: list[float]) -> None:
    """However the messages jitter on the way, no window has more than the rate; and at most 5 % of what
    it allows is not used."""
    rate = Rate(count=count, per=timedelta(seconds=seconds))
    moments = sorted(begun(rate, 3 * count + 1, delays))
    for first in range(len(moments) - count):
        assert moments[first + count] - moments[first] >= seconds
    assert moments[-1] - moments[0] <= 3 * seconds * 1.05


def test_turns_are_given_to_all_who_wait() -> None:
    """Tasks that ask together get turns one interval apart."""

    async def run() -> list[float]:
        clock = Simulated()
        pace = clock.pace(Rate(count=10, per=timedelta(seconds=1)))
        moments: list[float] = []

        async def turn() -> None:
            await pace.turn()
            moments.append(round(clock.now - 1000, 3))

        await asyncio.gather(*(turn() for _ in range(4)))
        return moments

    assert asyncio.run(run()) == [0, 0.101, 0.202, 0.303]


def test_without_a_rate_nothing_waits() -> None:
    """And a pause is over once the server accepts again."""

    async def run() -> list[float]:
        clock = Simulated()
        pace = clock.pace()
        waited = []
        for reply in (ACCEPTED, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, ACCEPTED, ACCEPTED, BUSY, ACCEPTED):
            before = clock.now
            await pace.turn()
            waited.append(clock.now - before)
            pace.heed(reply)
        return waited

    assert asyncio.run(run()) == [0, 0, 1, 2, 4, 8, 10, 10, 0, 0, 1]


@pytest.mark.parametrize("code", [421, 450, 451, 452])
def test_a_busy_server_slows_all_connections(code: int) -> None:
    """The next message waits, on whatever connection it would have gone."""

    async def run() -> list[float]:
        clock = Simulated()
        async with ScriptedServer({"rcpt": (f"{code} 4.7.0 slow down",)}) as server:
            transport = SmtpTransport(local(server), connections=2, pace=clock.pace())
            await transport.open()
            moments = []
            for _ in range(3):
                await transport.send(ENVELOPE, MESSAGE, Attempting())
                moments.append(clock.now - 1000)
            await transport.close()
            return moments

    assert asyncio.run(run()) == [0, 1, 1]
