"""How exactly a rate is kept, in real time: the fullest window, and what the rate allowed but was not used.

Run as `python -m tests.benchmarks.pacing [PER_MINUTE] [SECONDS]`; two minutes at 60 per minute where silent.
"""

from __future__ import annotations

import asyncio
import sys
import time
from bisect import bisect_left
from datetime import timedelta

from announcer.domain.provider import Rate
from announcer.transport.connecting import Server
from announcer.transport.pace import Pace
from announcer.transport.smtp import SmtpTransport
from tests.transport.scripted import ScriptedServer
from tests.transport.test_session import ENVELOPE, MESSAGE


async def arrivals(rate: Rate, seconds: float) -> list[float]:
    """When messages arrived at a server, as fast as the rate lets four connections send them."""
    moments: list[float] = []

    async def attempting() -> bool:
        moments.append(time.monotonic())
        return True

    async with ScriptedServer() as server:
        where = Server(host="127.0.0.1", port=server.port, security="none", hello="localhost")
        transport = SmtpTransport(where, connections=4, pace=Pace(rate))
        await transport.open()
        end = time.monotonic() + seconds

        async def work() -> None:
            while time.monotonic() < end:
                await transport.send(ENVELOPE, MESSAGE, attempting)

        await asyncio.gather(*(work() for _ in range(4)))
        await transport.close()
    return [moment for moment in sorted(moments) if moment < end]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 120
    moments = asyncio.run(arrivals(Rate(count=count, per=timedelta(minutes=1)), seconds))
    fullest = max(bisect_left(moments, moment + 60) - at for at, moment in enumerate(moments))
    allowed = count * seconds / 60
    print(f"{len(moments)} messages in {seconds:g} seconds at {count} per minute")
    print(f"  the fullest window of a minute has {fullest}")
    print(f"  not used: {100 * (1 - len(moments) / allowed):.1f} %")


if __name__ == "__main__":
    main()
