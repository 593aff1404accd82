"""Commands as a person types them: one line each, ready to be pasted."""

from __future__ import annotations

import shlex
from pathlib import Path

from announcer.cli.session import Session
from announcer.domain.mailing import Key


def typed(session: Session, *words: str, anywhere: bool = False) -> str:
    """`announcer` with these words; the folder too where it is not the one that a person is in.

    With `anywhere` always: what is mailed is not read in that folder.
    """
    here = Path.cwd()
    if anywhere or not here.is_relative_to(session.root):
        words = (*words, "-C", str(session.root))
    return shlex.join(("announcer", *words))


def to_send(session: Session, key: Key, *lists: str, anywhere: bool = False) -> str:
    """Sends a mailing now, to all of its lists or to these."""
    chosen = [word for name in lists for word in ("--list", name)]
    return typed(session, "send", key.subject, key.occasion, *chosen, "--yes", anywhere=anywhere)


def to_resolve(session: Session, key: Key, name: str, word: str, *, anywhere: bool = False) -> str:
    """Says of one list what became of a mailing: `--accepted` or `--not-sent`."""
    return typed(session, "resolve", str(key), "--list", name, word, anywhere=anywhere)


def to_skip(session: Session, key: Key, *, anywhere: bool = False) -> str:
    """Drops a mailing."""
    return typed(session, "skip", str(key), anywhere=anywhere)
