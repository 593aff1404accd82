"""The tables of bad files in bad/*.txt, read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from announcer.domain.talk import FIELDS
from announcer.records.fields.suggest import choices
from tests.departments import CONFIG

TALK_KEYS = [key for field in FIELDS for key in field.keys]

_END = re.compile(r"^-- (?P<code>[a-z0-9-]+) (?P<line>\d+):(?P<column>\d+) (?P<hint>.*)$")


@dataclass(frozen=True)
class Case:
    """A bad file, and the problem that it has."""

    name: str
    text: str
    problem: tuple[str, int, int, str]
    """Code, line, column, hint."""


def cases(table: str) -> Iterator[Case]:
    """The cases of a table."""
    content = (Path(__file__).parent / "bad" / f"{table}.txt").read_text(encoding="utf-8")
    for block in re.split(r"^== ", content, flags=re.MULTILINE)[1:]:
        name, *lines = block.rstrip("\n").split("\n")
        end = _END.match(lines.pop())
        assert end, name
        text = "".join(f"{line}\n" for line in lines)
        if table == "config":
            text = _config(lines)
        hint = end["hint"].replace("{fields}", choices(TALK_KEYS))
        yield Case(name, text, (end["code"], int(end["line"]), int(end["column"]), hint))


def _config(lines: list[str]) -> str:
    old = "".join(f"{line[2:]}\n" for line in lines if line.startswith("< "))
    new = "".join(f"{line[2:]}\n" for line in lines if line.startswith("> "))
    assert old in CONFIG
    return CONFIG.replace(old, new, 1) if old else new
