"""The machine: its clock and its time zone data."""

from __future__ import annotations

import shutil
import subprocess
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

from announcer.cli.doctor import Finding, error, warning
from announcer.cli.session import Session
from announcer.service.project import CONFIG

_PATIENCE = 5.0
"""Seconds for the system's own tool."""
_STALE = timedelta(days=3 * 366)


def check_clock(session: Session) -> Iterator[Finding]:
    """The clock against the files' times, and whether something keeps it right."""
    now = datetime.now(UTC)
    newest = (session.project.root / CONFIG).stat().st_mtime
    if datetime.fromtimestamp(newest, UTC) > now + timedelta(minutes=2):
        yield error(
            "clock",
            f"it says {now:%Y-%m-%d %H:%M} UTC, and {CONFIG} was changed later than that",
            "set the clock, and let chrony or systemd-timesyncd keep it",
        )
        return
    kept = _synchronized()
    if kept is False:
        yield warning(
            "clock",
            f"it says {now:%Y-%m-%d %H:%M} UTC, and nothing keeps it right",
            "let chrony or systemd-timesyncd keep it: `timedatectl set-ntp true`",
        )
    else:
        how = ", kept by the network" if kept else "; whether something keeps it right cannot be told here"
        yield Finding(check="clock", message=f"it says {now:%Y-%m-%d %H:%M} UTC{how}")


def _synchronized() -> bool | None:
    """What systemd says of it; None where it says nothing."""
    program = shutil.which("timedatectl")
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the system's own tool, nothing of it from outside
            [program, "show", "--property=NTPSynchronized", "--value"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):  # it cannot be told then
        return None
    return {"yes": True, "no": False}.get(done.stdout.strip())


def check_zones(session: Session) -> Iterator[Finding]:
    """The time zone data, which governments change a few times a year."""
    version = _zone_data()
    year = int(version[:4]) if version[:4].isdecimal() else None
    zone_name = session.project.department.timezone
    if year and datetime.now(UTC) - datetime(year, 1, 1, tzinfo=UTC) > _STALE:
        yield warning(
            "zones",
            f"the time zone data is of {version}; {zone_name} may have changed since",
            "upgrade the system's tzdata package, or `pip install --upgrade tzdata`",
        )
    else:
        offset = f"{session.project.now:%z}"
        message = f"{zone_name} is UTC{offset[:3]}:{offset[3:]} now; data of {version}"
        yield Finding(check="zones", message=message)


def _zone_data() -> str:
    """The version of the data that zones are read from: the system's, else the package's."""
    for folder in zoneinfo.TZPATH:
        source = Path(folder) / "tzdata.zi"
        if source.is_file():
            with source.open(encoding="utf-8", errors="replace") as file:
                return file.readline().rpartition(" ")[2].strip()
    return metadata.version("tzdata")
