"""How fast prebuilt messages are handed over: the transport beside smtplib and Postfix's smtp-source.

Run as `python -m tests.benchmarks.handing_over [MESSAGES]`; prints a table of medians and ratios.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from announcer.domain.delivery import Envelope, Result
from announcer.transport.connecting import Server
from announcer.transport.smtp import SmtpTransport
from tests.transport.programs import find, free_port, sink, wait_for

SENDER, LIST = "bounces@physics.example.edu", "colloquium@lists.example.edu"
BODY = (
    b"Subject: Physics Colloquium\r\n\r\n"
    + b"What a department tells its colloquium, line by line.\r\n" * 350
)
ROUNDS = 5
DELAY = 0.005
"""Seconds to each reply of the late server: a campus network and a moment of thought."""


def with_transport(port: int, count: int, connections: int) -> None:
    """Ours, with so many connections."""

    async def run() -> None:
        server = Server(host="127.0.0.1", port=port, security="none", hello="localhost")
        transport = SmtpTransport(server, connections=connections)
        await transport.open()
        envelope = Envelope(sender=SENDER, recipient=LIST)
        left = iter(range(count))

        async def attempting() -> bool:
            return True

        async def work() -> None:
            for _ in left:
                reply = await transport.send(envelope, BODY, attempting)
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


async def _answer_late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """An SMTP server that takes its time for every reply, as one on another machine does."""
    writer.write(b"220 mx.example.edu\r\n")
    while line := await reader.readline():
        await asyncio.sleep(DELAY)
        if line.upper() == b"DATA\r\n":
            writer.write(b"354 go ahead\r\n")
            await reader.readuntil(b"\r\n.\r\n")
            await asyncio.sleep(DELAY)
        writer.write(b"221 bye\r\n" if line.upper() == b"QUIT\r\n" else b"250 ok\r\n")


def serve_late(port: int) -> None:
    """Runs it until the process is ended."""

    async def run() -> None:
        server = await asyncio.start_server(_answer_late, "127.0.0.1", port, limit=2**20)
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def late_server() -> Iterator[int]:
    """The port of one in a process of its own."""
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=serve_late, args=(port,))
    process.start()
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.join()


def measure(title: str, port: int, ways: dict[str, Callable[[int], None]], count: int) -> None:
    """Prints the median rate of each way, beside that of the first."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    # Round by round, so that whatever else the machine does falls on all alike.
    for _ in range(ROUNDS):
        for name, act in ways.items():
            begun = time.perf_counter()
            act(port)
            taken[name].append(time.perf_counter() - begun)
    rates = {name: count / statistics.median(times) for name, times in taken.items()}
    base = next(iter(rates.values()))
    print(f"{count} messages of {len(BODY)} bytes to {title}, median of {ROUNDS} rounds")
    for name, rate in rates.items():
        print(f"  {name:<28} {rate:>8.0f} a second   {rate / base:>6.2f} of the first")


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
    with sink(store=False) as running:
        measure("smtp-sink on loopback", running.port, ways, count)
    few = max(count // 20, 20)
    late: dict[str, Callable[[int], None]] = {
        "smtplib, one connection": lambda port: with_smtplib(port, few),
        "announcer, 1 connection": lambda port: with_transport(port, few, 1),
        "announcer, 4 connections": lambda port: with_transport(port, few, 4),
        "announcer, 16 connections": lambda port: with_transport(port, few, 16),
    }
    with late_server() as port:
        measure(f"a server that answers after {DELAY * 1000:g} ms", port, late, few)


if __name__ == "__main__":
    main()
