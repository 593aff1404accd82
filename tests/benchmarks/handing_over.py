"""How fast prebuilt messages are handed over: the transport beside smtplib and Postfix's smtp-source.

Run as `python -m tests.benchmarks.handing_over [MESSAGES]`; prints a table of medians and ratios.
"""

from __future__ import annotations

import asyncio
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from announcer.domain.delivery import Envelope, Result
from announcer.transport.connecting import Server
from announcer.transport.smtp import SmtpTransport
from tests.transport.programs import find, sink

SENDER, LIST = "bounces@physics.example.edu", "colloquium@lists.example.edu"
BODY = (
    b"Subject: Physics Colloquium\r\n\r\n"
    + b"What a department tells its colloquium, line by line.\r\n" * 350
)
ROUNDS = 5


def with_transport(port: int, count: int, connections: int) -> None:
    """Ours, with so many connections."""

    async def run() -> None:
        server = Server(host="127.0.0.1", port=port, security="none", hello="localhost")
        transport = SmtpTransport(server, connections=connections)
        await transport.open()
        envelope = Envelope(sender=SENDER, recipient=LIST)
        left = iter(range(count))

        async def work() -> None:
            for _ in left:
                reply = await transport.send(envelope, BODY, lambda: True)
                assert reply.result is Result.ACCEPTED, reply

        await asyncio.gather(*(work() for _ in range(connections)))
        await transport.close()

    asyncio.run(run())


def with_smtplib(port: int, count: int) -> None:
    """The standard library's, on one connection."""
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as client:
        for _ in range(count):
            client.sendmail(SENDER, [LIST], BODY)


def with_a_connection_each(port: int, count: int) -> None:
    """A connection for each message, as mailmerge has it."""
    for _ in range(count):
        with_smtplib(port, 1)


def with_smtp_source(port: int, count: int) -> None:
    """Postfix's load generator, in C, on 16 connections."""
    sizes = ["-l", str(len(BODY)), "-s", "16", "-m", str(count), "-d"]
    command = [find("smtp-source", "postfix"), *sizes, "-f", SENDER, "-t", LIST, f"127.0.0.1:{port}"]
    subprocess.run(command, check=True)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    ways: dict[str, Callable[[int], None]] = {
        "smtplib, one connection": lambda port: with_smtplib(port, count),
        "smtplib, a connection each": lambda port: with_a_connection_each(port, count),
        "announcer, 1 connection": lambda port: with_transport(port, count, 1),
        "announcer, 4 connections": lambda port: with_transport(port, count, 4),
        "announcer, 16 connections": lambda port: with_transport(port, count, 16),
        "smtp-source, 16 connections": lambda port: with_smtp_source(port, count),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    with sink(store=False) as running:
        # Round by round, so that whatever else the machine does falls on all alike.
        for _ in range(ROUNDS):
            for name, act in ways.items():
                begun = time.perf_counter()
                act(running.port)
                taken[name].append(time.perf_counter() - begun)
    rates = {name: count / statistics.median(times) for name, times in taken.items()}
    base = rates["smtplib, one connection"]
    print(f"{count} messages of {len(BODY)} bytes to smtp-sink, median of {ROUNDS} rounds")
    for name, rate in rates.items():
        print(f"  {name:<28} {rate:>8.0f} a second   {rate / base:>6.2f} of smtplib")


if __name__ == "__main__":
    main()
