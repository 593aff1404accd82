"""A ledger on each database, and what to put into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from announcer.ledger import Ledger
from tests.ledger.postgres import PASSWORD, Server, running
from tests.ledger.story import Department


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL server for all tests."""
    with running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def department(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Department]:
    """A department's folder with a ledger of either kind that is not made yet."""
    if request.param == "sqlite":
        setting, password = "sqlite", None
    else:
        server: Server = request.getfixturevalue("server")
        setting, password = server.new_schema(), PASSWORD
    department = Department(root=tmp_path, setting=setting, password=password)
    yield department
    department.close_all()


@pytest.fixture
def sqlite_department(tmp_path: Path) -> Iterator[Department]:
    """A department's folder with an SQLite ledger that is not made yet."""
    department = Department(root=tmp_path, setting="sqlite", password=None)
    yield department
    department.close_all()


@pytest.fixture
def ledger(department: Department) -> Ledger:
    """A ledger of either kind, open for writing."""
    return department.open()


@pytest.fixture
def served(server: Server, tmp_path: Path) -> Iterator[Department]:
    """A department on the PostgreSQL server."""
    department = Department(root=tmp_path, setting=server.new_schema(), password=PASSWORD)
    yield department
    department.close_all()
