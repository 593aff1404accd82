"""When `run` or `serve` last looked, and how that ended: a note for `doctor`, safe to delete."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_NOTE = Path(".announcer/cache/last-run.json")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class LastRun:
    """The last look at the plan."""

    at: datetime
    """Aware."""
    code: int
    """Its exit code."""


def note(root: Path, run: LastRun) -> None:
    """Writes it down; where that cannot be done a run is no worse for it."""
    from announcer.ledger.files import given

    path = root / _NOTE
    new = path.with_suffix(".new")
    try:
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
            given(folder)
        new.write_text(json.dumps({"at": run.at.isoformat(), "code": run.code}), encoding="utf-8")
        given(new)
        new.replace(path)
    except OSError as error:
        _log.info("not noted", extra={"fields": {"reason": error.strerror}})


def last_run(root: Path) -> LastRun | None:
    """What was noted; None where nothing was, or where it cannot be read."""
    try:
        found = json.loads((root / _NOTE).read_text(encoding="utf-8"))
        at = datetime.fromisoformat(found["at"])
        return LastRun(at=at, code=int(found["code"])) if at.tzinfo else None
    except (OSError, ValueError, KeyError, TypeError):  # never written, or half of it
        return None
