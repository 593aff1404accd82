"""Commands as a person types them: one line each, ready to be pasted."""

from __future__ import annotations

import shlex
from pathlib import Path

from announcer.domain.mailing import Key
from announcer.service.project import Project


def command_line(project: Project, *words: str, anywhere: bool = False) -> str:
    """`announcer` with these words; the folder too where it is not the one that a person is in.

    With `anywhere` always: what is mailed is not read in that folder.
    """
    here = Path.cwd()
    if anywhere or not here.is_relative_to(project.root):
        words = (*words, "-C", str(project.root))
    return shlex.join(("announcer", *words))


def to_send(project: Project, key: Key, *lists: str, anywhere: bool = False) -> str:
    """Sends a mailing now, to all of its lists or to these."""
    chosen = [word for name in lists for word in ("--list", name)]
    return command_line(project, "send", key.subject, key.occasion, *chosen, "--yes", anywhere=anywhere)


def to_resolve(project: Project, key: Key, name: str, word: str, *, anywhere: bool = False) -> str:
    """Says of one list what became of a mailing: `--accepted` or `--not-sent`."""
    return command_line(project, "resolve", str(key), "--list", name, word, anywhere=anywhere)


def to_skip(project: Project, key: Key, *, anywhere: bool = False) -> str:
    """Drops a mailing."""
    return command_line(project, "skip", str(key), anywhere=anywhere)
