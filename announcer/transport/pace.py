"""When the next message may begin: a rate that is kept, and pauses for a server that asks for them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from announcer.domain.delivery import Reply, Result
from announcer.domain.provider import Rate

_MARGIN = 1.01
"""Messages are spaced a hundredth wider than the rate: they arrive a little sooner or later than they
were begun, and no window may hold one too many."""

_BUSY = frozenset({421, 450, 451, 452})
"""Replies by which a server asks for less (RFC 5321 4.2.3; what rate limiters use in practice)."""


class Pace:
    """Gives turns, evenly spaced, so that no window of the rate's length has more than it allows."""

    def __init__(
        self,
        rate: Rate | None = None,
        *,
        pause: float = 1.0,
        longest: float = 10.0,
        clock: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`pause` is the first wait for a server that is busy, doubled each time up to `longest`, in
        seconds. `clock` is a monotonic one, the event loop's where None."""
        self._interval = rate.interval.total_seconds() * _MARGIN if rate else 0.0
        self._first = pause
        self._longest = longest
        self._pause = 0.0
        self._next = 0.0
        self._clock = clock
        self._sleep = sleep

    async def turn(self) -> None:
        """Waits until the next message may begin."""
        now = self._now()
        begin = max(now, self._next)
        self._next = begin + self._interval
        while begin > now:
            await self._sleep(begin - now)
            now = self._now()

    def heed(self, reply: Reply) -> None:
        """Slows down for everybody where the server is busy; at full pace again once it accepts."""
        if reply.result is Result.ACCEPTED:
            self._pause = 0.0
        elif reply.code in _BUSY:
            self._pause = min(max(self._first, self._pause * 2), self._longest)
            self._next = max(self._next, self._now() + self._pause)

    def _now(self) -> float:
        return self._clock() if self._clock else asyncio.get_running_loop().time()
