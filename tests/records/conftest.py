"""A department's folder to write files into, and what loading it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from announcer.domain.talk import Talk
from announcer.records.load import Loaded, load
from tests.departments import CONFIG

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TALK = "talks/colloquium/2026-example.yaml"


@dataclass(frozen=True)
class Folder:
    """A department's folder."""

    path: Path

    def write(self, name: str, content: str | bytes) -> Path:
        """Writes a file, making its folder."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def load(self, *, now: datetime = NOW, cache: bool = False) -> Loaded:
        """What the folder says."""
        return load(self.path, now=now, cache=cache)

    def talk(self, content: str | bytes) -> Talk:
        """The talk of a file that has no problem at all."""
        self.write(TALK, content)
        loaded = self.load()
        assert loaded.problems == ()
        (talk,) = loaded.talks
        return talk

    def problems_of(self, content: str | bytes) -> list[tuple[str, int, int, str]]:
        """Code, line, column and hint of each problem of a talk's file with this content."""
        self.write(TALK, content)
        return [
            (problem.code, problem.line, problem.column, problem.hint) for problem in self.load().problems
        ]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A department's folder without talks, with a small and a large picture."""
    made = Folder(tmp_path)
    made.write("announcer.yaml", CONFIG)
    made.write("small.jpg", b"x")
    made.write("large.jpg", b"x" * 300_000)
    return made
