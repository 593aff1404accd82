"""A PostgreSQL server of the tests' own, on loopback, started and stopped by them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

INSTALL = "apt-get install -y postgresql"
PASSWORD = "open sesame"
_numbers = count(1)


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server."""

    port: int
    folder: Path
    binaries: Path

    def new_database(self) -> str:
        """The URL of a new, empty database, without a password."""
        name = f"department_{os.getpid()}_{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name} OWNER announcer")
        return f"postgresql://announcer@127.0.0.1:{self.port}/{name}"

    def new_schema(self) -> str:
        """The URL of a new, empty schema in a database of many, which is made in a moment."""
        name = f"department_{os.getpid()}_{next(_numbers)}"
        self.execute(f"CREATE SCHEMA {name} AUTHORIZATION announcer")
        return f"postgresql://announcer@127.0.0.1:{self.port}/postgres?options=-csearch_path%3D{name}"

    def execute(self, statement: str, setting: str | None = None) -> list[tuple[object, ...]]:
        """Runs a statement as the server's superuser, in the database and schema of a URL."""
        place = conninfo_to_dict(setting or "postgresql:///postgres")
        where = {"host": str(self.folder), "port": self.port, "user": "admin"}
        with psycopg.connect(**{**place, **where}, autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def start(self) -> None:
        """Starts it, listening on loopback only."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c fsync=off -c log_min_messages=fatal"
        self.control("-l", str(self.folder / "log"), "-o", options, "start")

    def control(self, *words: str) -> None:
        """Runs pg_ctl."""
        command = [self.binaries / "pg_ctl", "-D", self.folder / "data", "-w", "-s", *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **_unprivileged())


def find_binaries() -> Path:
    """Where initdb and pg_ctl are; skips (in CI: fails) where they are not."""
    for folder in (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/bin")):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    program = shutil.which("initdb")
    if program is not None:
        return Path(program).parent
    missing = f"PostgreSQL is not installed: {INSTALL}"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@contextmanager
def running() -> Iterator[Server]:
    """A server that lives as long as the block."""
    binaries = find_binaries()
    folder = Path(tempfile.mkdtemp(prefix="announcer-postgres-"))
    who = _unprivileged()
    if who:
        shutil.chown(folder, who["user"])
    initdb = [binaries / "initdb", "-D", folder / "data", "-U", "admin", "-A", "trust", "-E", "UTF8", "-N"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)
    (folder / "data" / "pg_hba.conf").write_text(
        "local all admin trust\nhost all announcer 127.0.0.1/32 scram-sha-256\n", encoding="utf-8"
    )
    server = Server(port=_free_port(), folder=folder, binaries=binaries)
    server.start()
    try:
        server.execute(f"CREATE ROLE announcer LOGIN PASSWORD '{PASSWORD}'")
        yield server
    finally:
        server.control("-m", "immediate", "stop")
        shutil.rmtree(folder)


def _unprivileged() -> dict[str, str]:
    """PostgreSQL refuses to run as root."""
    return {"user": "nobody"} if os.geteuid() == 0 else {}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
