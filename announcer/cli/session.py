"""One call of the command line: its folder, its clock, its environment and its terminal."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from announcer.domain.clock import zone
from announcer.service.project import Clock, Project, UsageFaultError, find_root

_FIRST, _LAST = 1970, 2999
"""The years of `--now`: plans look weeks and months around it."""


@dataclass
class Session:
    """What a verb works with. The clock and the environment are read here and passed on."""

    folder: Path
    given_now: str | None = None
    json: bool = False
    color: bool | None = None
    verbosity: int = 0
    environ: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    known_root: Path | None = None
    """The department's folder where it was found before: a search could end at another one above it."""
    _began: float = field(default_factory=time.monotonic)

    @cached_property
    def project(self) -> Project:
        """The department's folder. Raises UsageFaultError where there is none."""
        root = self.known_root or find_root(self.folder)
        clock = Clock(machine=self.machine, now=self._clock, is_machine=self.given_now is None)
        return Project(root=root, timepiece=clock, environ=self.environ)

    def machine(self) -> datetime:
        """The time on this machine's clock."""
        return datetime.now(UTC)

    def afresh(self) -> Session:
        """The same call at a later moment, in the same folder: the files are read anew."""
        return replace(self, known_root=self.project.root)

    @property
    def colored(self) -> bool | None:
        """False where colors are not wanted, None where the terminal decides."""
        return False if "NO_COLOR" in self.environ else self.color

    @property
    def is_terminal(self) -> bool:
        """Whether a person is looking."""
        return sys.stdout.isatty() and not self.json

    def require_readable_now(self) -> None:
        """Raises UsageFaultError where --now is no moment, also for a verb that has no use for it."""
        if self.given_now is not None:
            _moment(self.given_now, "UTC")

    def today(self) -> date:
        """This machine's date, for a folder that has no zone yet."""
        if self.given_now:
            return _moment(self.given_now, "UTC").date()
        return datetime.now().astimezone().date()

    def _clock(self, zone_name: str) -> datetime:
        if self.given_now is None:
            return datetime.now(UTC).astimezone(zone(zone_name))
        elapsed = timedelta(seconds=int(time.monotonic() - self._began))
        return _moment(self.given_now, zone_name) + elapsed


def _moment(text: str, zone_name: str) -> datetime:
    """Reads --now. Raises UsageFaultError."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageFaultError(
            code="unreadable-now",
            place="--now",
            message=f'"{text}" is not a moment that I can read',
            hint='write it like --now "2026-11-30 09:00"',
        ) from error
    if not _FIRST <= moment.year <= _LAST:
        raise UsageFaultError(
            code="unreadable-now",
            place="--now",
            message=f"the year {moment.year} is none that anything can be planned in",
            hint='write it like --now "2026-11-30 09:00"',
        )
    tz = zone(zone_name)
    return moment.replace(tzinfo=tz) if moment.tzinfo is None else moment.astimezone(tz)
