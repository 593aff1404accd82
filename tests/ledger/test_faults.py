"""A ledger that cannot be reached, read, written or trusted says which, and what to do; nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from announcer.domain.mailing import EntryState, Key
from announcer.ledger import Ledger, schema
from announcer.ledger.opening import Setting
from tests.accounts import nobody
from tests.ledger.postgres import PASSWORD, Server
from tests.ledger.story import ANNOUNCEMENT, COLLOQUIUM, LIVE, NOW, Department, claimed, sent, states
from tests.ledger.test_opening import refused


def _claim(ledger: Ledger) -> object:
    return ledger.claim(LIVE, ANNOUNCEMENT, COLLOQUIUM, NOW)


def test_locked(department: Department) -> None:
    """Another program has the ledger for longer than we wait."""
    ledger = department.open(patience=0.2)
    ledger.freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM], NOW)
    claim = claimed(ledger)
    ledger.release(claim, NOW)
    with _lock(department):
        assert refused(lambda: _claim(ledger)) == "ledger-locked"
    assert states(ledger) == {"colloquium": EntryState.PENDING}
    assert _claim(ledger) is not None


@contextmanager
def _lock(department: Department) -> Iterator[None]:
    if department.is_sqlite:
        other = sqlite3.connect(department.file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.close()
        return
    import psycopg

    with psycopg.connect(department.setting, password=PASSWORD) as connection:
        connection.execute("LOCK TABLE announcer_entry")
        yield


@pytest.mark.parametrize("version", [schema.VERSION + 1, 99])
def test_newer(department: Department, server: Server, version: int) -> None:
    """A ledger of a newer program is not touched by an older one."""
    sent(department.open())
    department.close_all()
    _execute(department, server, f"UPDATE announcer_ledger SET version = {version}")  # noqa: S608
    assert refused(department.open) == "ledger-newer"
    assert refused(lambda: department.open(read_only=True)) == "ledger-newer"


def test_not_a_ledger(department: Department, server: Server) -> None:
    """A database whose tables are gone is damaged, not new: the marker says that there was one."""
    sent(department.open())
    department.close_all()
    _execute(department, server, "DROP TABLE announcer_attempt")
    _execute(department, server, "DROP TABLE announcer_entry")
    assert refused(lambda: department.open().entries(LIVE)) == "ledger-corrupt"


def _execute(department: Department, server: Server, statement: str) -> None:
    if department.is_sqlite:
        with sqlite3.connect(department.file) as connection:
            connection.execute(statement)
        return
    server.execute(statement, department.setting)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"Dear colleagues,\n" * 1000),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:4096] + os.urandom(path.stat().st_size - 4096)),
    ],
    ids=["a text file", "an empty file", "cut off", "noise behind the first page"],
)
def test_corrupt(sqlite_department: Department, spoil: object) -> None:
    """A damaged file is refused, to read and to write, and stays as it is."""
    sent(sqlite_department.open())
    sqlite_department.close_all()
    spoil(sqlite_department.file)  # type: ignore[operator]
    damaged = sqlite_department.file.read_bytes()
    assert refused(lambda: sqlite_department.open(read_only=True).entries(LIVE)) == "ledger-corrupt"
    assert refused(lambda: _claim(sqlite_department.open())) == "ledger-corrupt"
    assert sqlite_department.file.read_bytes() == damaged


def test_a_read_only_file() -> None:
    """A ledger that may only be read is read, and refuses a claim."""
    with nobody() as root:
        department = Department(root=root, setting="sqlite", password=None)
        sent(department.open())
        department.close_all()
        department.file.chmod(0o400)
        ledger = department.open()
        assert states(ledger) == {"colloquium": EntryState.ACCEPTED}
        assert refused(lambda: _claim(ledger)) == "ledger-read-only"
        department.close_all()


def test_a_folder_that_may_not_be_written() -> None:
    """Where no ledger can be made, it is said of the folder."""
    with nobody() as root:
        department = Department(root=root, setting="sqlite", password=None)
        root.chmod(0o500)
        assert refused(department.open) == "ledger-forbidden"


def test_another_account_s_ledger() -> None:
    """A ledger that this account may not even look at says so, rather than that there is none."""
    with nobody() as root:
        department = Department(root=root, setting="sqlite", password=None)
        sent(department.open())
        department.close_all()
        department.file.parent.chmod(0)
        assert refused(lambda: department.open(read_only=True)) == "ledger-forbidden"
        assert refused(department.open) == "ledger-forbidden"


def test_a_ledger_on_a_read_only_disk() -> None:
    """It can be looked at all the same."""
    with nobody() as root:
        department = Department(root=root, setting="sqlite", password=None)
        sent(department.open())
        department.close_all()
        department.file.parent.chmod(0o500)
        assert states(department.open(read_only=True)) == {"colloquium": EntryState.ACCEPTED}
        department.close_all()


def test_a_file_in_the_folder_s_place(sqlite_department: Department) -> None:
    """A file named .announcer is not replaced."""
    (sqlite_department.root / ".announcer").write_text("mine", encoding="utf-8")
    assert refused(sqlite_department.open) == "ledger-unreachable"


def test_a_full_disk(tmp_path: Path) -> None:
    """No room: the claim is refused, and what was recorded is still there."""
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", tmp_path], check=False)
    if mount.returncode:
        pytest.skip("a small disk needs the right to mount one: run the tests as root")
    try:
        department = Department(root=tmp_path, setting="sqlite", password=None)
        ledger = department.open()
        sent(ledger)
        room = os.statvfs(tmp_path)
        (tmp_path / "ballast").write_bytes(bytes(room.f_bavail * room.f_bsize))
        keys = [Key(f"talk-{number}", "reminder", "2026-12-02") for number in range(200)]
        assert refused(lambda: [ledger.freeze(LIVE, key, [COLLOQUIUM], NOW) for key in keys]) == "ledger-full"
        assert EntryState.ACCEPTED in {entry.state for entry in ledger.entries(LIVE)}
        (tmp_path / "ballast").unlink()
        ledger.freeze(LIVE, keys[-1], [COLLOQUIUM], NOW)
        department.close_all()
    finally:
        subprocess.run(["umount", tmp_path], check=True)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", "ledger-full"),
        ("25006", "ledger-read-only"),
        ("42501", "ledger-read-only"),
        ("55P03", "ledger-locked"),
        ("40P01", "ledger-locked"),
        ("57014", "ledger-locked"),
        ("57P01", "ledger-unreachable"),
        ("XX001", "ledger-corrupt"),
        ("22000", "ledger-failed"),
    ],
)
def test_what_the_server_says(served: Department, server: Server, state: str, code: str) -> None:
    """Each of the server's reasons (SQLSTATE) has its own sentence, and nothing was written."""
    ledger = served.open()
    server.execute(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$BEGIN RAISE EXCEPTION 'it is so' USING ERRCODE = '{state}'; END$$",
        served.setting,
    )
    server.execute(
        "CREATE TRIGGER fail BEFORE INSERT ON announcer_entry EXECUTE FUNCTION fail()", served.setting
    )
    assert refused(lambda: ledger.freeze(LIVE, ANNOUNCEMENT, [COLLOQUIUM], NOW)) == code
    assert ledger.entries(LIVE) == []


@pytest.mark.parametrize("password", [None, "wrong"])
def test_a_wrong_password(served: Department, password: str | None) -> None:
    """The server refuses the user: said as such, without the password."""
    served.password = password
    assert refused(served.open) == "ledger-credentials"


def test_a_database_that_is_not_there(served: Department) -> None:
    """A name that the server does not know."""
    served.setting = served.setting.replace("/postgres", "/misspelt")
    assert refused(served.open) == "ledger-unreachable"


def test_passcodes_do_not_cross_the_network_in_clear(served: Department) -> None:
    """Beyond this machine the connection is encrypted, or the URL says that it need not be."""
    plain = Setting(text="postgresql://announcer@db.example.edu/x", root=served.root).engine()
    clear = Setting(text="postgresql://announcer@db.example.edu/x?sslmode=disable", root=served.root).engine()
    here = Setting(text=served.setting, root=served.root).engine()
    assert [_sslmode(engine) for engine in (plain, clear, here)] == ["require", "disable", None]


def _sslmode(engine: Engine | None) -> object:
    """What the driver is told when it connects."""
    assert engine is not None
    modes: list[object] = []

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, _args: object, arguments: dict[str, object]) -> None:
        modes.append(arguments.get("sslmode"))
        raise ConnectionError

    with pytest.raises(ConnectionError):
        engine.connect()
    return modes[0]


def test_a_server_that_is_not_there(served: Department) -> None:
    """Nobody listens."""
    served.setting = "postgresql://announcer@127.0.0.1:1/x"
    assert refused(served.open) == "ledger-unreachable"


def test_a_read_only_server(served: Department, server: Server) -> None:
    """A standby, or a database that is frozen: read, and refuse a claim."""
    served.setting = server.new_database()
    sent(served.open())
    served.close_all()
    name = served.setting.rpartition("/")[2]
    server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    ledger = served.open()
    assert states(ledger) == {"colloquium": EntryState.ACCEPTED}
    assert refused(lambda: _claim(ledger)) == "ledger-read-only"


def test_a_server_that_restarts(served: Department, server: Server) -> None:
    """While it is down the ledger is unreachable; afterwards the same open ledger goes on."""
    ledger = served.open()
    claim = claimed(ledger)
    server.control("-m", "fast", "stop")
    try:
        assert refused(lambda: ledger.release(claim, NOW)) == "ledger-unreachable"
        assert refused(lambda: _claim(ledger)) == "ledger-unreachable"
    finally:
        server.start()
    assert ledger.recover(NOW) == 1
    assert _claim(ledger) is not None
