"""What would be too long for every day: many runners on a failing database, a full disk, servers that lie.

    python -m tests.cli.sieges

has sixteen runs at once on one PostgreSQL ledger while its backends are terminated and the server restarts,
runs on a disk that is full, and servers that break off or mislead at each stage. It prints what became of
each mailing and list, and ends with 1 where one went twice or is forgotten.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.kills import TALKS, Deadly, department, states
from tests.command_line import ROOT
from tests.ledger.postgres import PASSWORD, Server, running
from tests.servers import aiosmtpd

RUNNERS = 16
ROUNDS = 3
LISTS = 2
_DISK = 3 * 1024 * 1024
"""Bytes: the ledger of sixty talks needs more while it grows."""


def start(path: Path) -> subprocess.Popen[str]:
    """One run."""
    return subprocess.Popen(
        [sys.executable, "-m", "announcer", "run", "-q"],
        cwd=path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(path: Path, wanted: int) -> Counter[str]:
    """Runs until nothing is due any more, a few times at most; how many lists are in which state."""
    for _ in range(4):
        start(path).communicate(timeout=300)
        counts = states(path, "announcement")
        if not {"due", "sending"} & set(counts):
            break
    assert counts.total() == wanted, f"{wanted - counts.total()} are forgotten"
    return counts


def besieged(server: Server, seed: int) -> tuple[Counter[str], Deadly, int, int]:
    """Sixteen runs while backends are terminated and the server restarts once; how often each was done,
    and how many runs showed a traceback."""
    chance, sink, terminated, traces = random.Random(seed), Deadly(), 0, 0
    with aiosmtpd(sink) as port, tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        ledger = server.new_database()
        department(path, port, ledger=ledger)
        runs = [start(path) for _ in range(RUNNERS)]
        until, is_restarted = time.monotonic() + 90, False
        while any(process.poll() is None for process in runs) and time.monotonic() < until:
            time.sleep(chance.uniform(0.2, 0.8))
            if not is_restarted and len(sink.taken) > TALKS // 2:
                server.control("-m", "immediate", "stop")
                server.start()
                is_restarted = True
                continue
            rows = server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'announcer' "
                "ORDER BY random() LIMIT 2"
            )
            terminated += len(rows)
        for process in runs:
            traces += "Traceback" in process.communicate(timeout=300)[1]
        counts = finish(path, LISTS * TALKS)
    return counts, sink, terminated, traces


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """A folder on a disk of three megabytes; None where nobody may mount one here."""
    folder = Path(tempfile.mkdtemp(prefix="announcer-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    try:
        yield folder if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def on_a_full_disk() -> tuple[Counter[str], Deadly, int] | None:
    """Runs while the disk has room for less and less, then with room again."""
    sink, traces = Deadly(), 0
    with small_disk() as path, aiosmtpd(sink) as port:
        if path is None:
            return None
        department(path, port)
        for left in (40_000, 12_000, 0):
            used = os.statvfs(path)
            (path / "ballast").write_bytes(b"x" * max(used.f_bavail * used.f_frsize - left, 0))
            traces += "Traceback" in start(path).communicate(timeout=300)[1]
            (path / "ballast").unlink()
        subprocess.run(["mount", "-o", "remount,size=64m", str(path)], check=True)
        return finish(path, LISTS * TALKS), sink, traces


def _line(client: socket.socket) -> bytes:
    return client.recv(65536)


HOSTILE: dict[str, Callable[[socket.socket], object]] = {
    "says nothing and hangs up": lambda client: None,
    "greets with a megabyte": lambda client: client.sendall(b"220-" + b"x" * 1_000_000 + b"\r\n220 hi\r\n"),
    "greets in no code": lambda client: client.sendall(b"hello there\r\n"),
    "greets, then says 250 to all": lambda client: [
        client.sendall(b"220 hi\r\n"),
        *(client.sendall(b"250 OK\r\n") for _ in iter(lambda: _line(client), b"")),
    ],
    "answers before it is asked": lambda client: [
        client.sendall(b"220 hi\r\n250 a\r\n250 b\r\n250 c\r\n354 go\r\n250 taken\r\n"), _line(client)
    ],
    "steers the terminal": lambda client: client.sendall(b"554 \x1b]0;owned\x07\x1b[2J no\r\n"),
    "sends half a line": lambda client: [client.sendall(b"220 hi\r\n25"), _line(client)],
}  # fmt: skip
"""What a server does with each of its clients."""


def against(hostile: Callable[[socket.socket], object]) -> tuple[Counter[str], bool]:
    """A run against such a server: the states afterwards, and whether the terminal or a traceback shows."""
    with socket.create_server(("127.0.0.1", 0)) as listening, tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        department(path, listening.getsockname()[1], talks=3)

        def serve() -> None:
            while True:
                try:
                    client, _ = listening.accept()
                except OSError:  # closed: the siege is over
                    return
                with client:
                    client.settimeout(5)
                    try:
                        hostile(client)
                    except OSError:
                        continue

        threading.Thread(target=serve, daemon=True).start()
        stderr = start(path).communicate(timeout=600)[1]
        counts = states(path, "announcement")
    return counts, "Traceback" in stderr or "\x1b]" in stderr


def main() -> None:
    """All of it."""
    os.environ["ANNOUNCER_LEDGER_PASSWORD"] = PASSWORD
    is_bad = False
    with running() as server:
        for number in range(ROUNDS):
            counts, sink, terminated, traces = besieged(server, number)
            twice = sum(count > 1 for count in sink.taken.values())
            is_bad |= bool(twice or traces)
            print(f"{RUNNERS} runners, {terminated} backends terminated, a restart: {dict(counts)}, "
                  f"{len(sink.taken)} taken, {twice} twice, {traces} tracebacks", flush=True)  # fmt: skip
    if (whole := on_a_full_disk()) is None:
        print("a full disk: not tried, since nobody may mount one here")
    else:
        counts, sink, traces = whole
        twice = sum(count > 1 for count in sink.taken.values())
        is_bad |= bool(twice or traces)
        print(f"a full disk: {dict(counts)}, {len(sink.taken)} taken, {twice} twice, {traces} tracebacks")
    for name, hostile in HOSTILE.items():
        counts, is_seen = against(hostile)
        is_bad |= is_seen or "accepted" in counts
        print(f"a server that {name}: {dict(counts)}{', AND IT SHOWS' if is_seen else ''}", flush=True)
    sys.exit(1 if is_bad else 0)


if __name__ == "__main__":
    main()
