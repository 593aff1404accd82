"""Publishing: the department's talks into a folder, with what is kept so that little is made anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from announcer.domain.errors import FaultError
from announcer.domain.problem import Problem
from announcer.domain.talk import Audience
from announcer.ledger import LedgerError
from announcer.publish import Edition, PublishError, Records
from announcer.service.package_data import builtin
from announcer.service.project import Project, UsageFaultError

if TYPE_CHECKING:
    from announcer.domain.mailing import Entry
    from announcer.publish.folder import Written

_OURS = ("talks", "templates", ".announcer")
"""Folders of a department that nothing is published into."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What publishing did."""

    folder: Path
    files: Written
    problems: Sequence[Problem]
    """What keeps a talk out."""
    left_out: int
    """Talks that go to internal lists alone."""
    without_calendars: FaultError | None
    """Why nobody knows what was announced, so that there is no calendar."""


def publish(project: Project, out: Path, audience: Audience) -> Published:
    """Writes the site into a folder. Raises PublishError and UsageFaultError, ProblemsError where
    announcer.yaml is broken, and TemplateFaultError."""
    from announcer.publish.folder import Folder, alone

    folder = _folder(project, out)
    entries, fault = _entries(project)
    cache = project.root / ".announcer" / "cache" / f"site-{_name(folder, audience)}"
    with alone(cache.with_suffix(".lock"), folder):
        place = Folder(folder)
        kept = _kept(cache.with_suffix(".json"))
        made = edition_of(project, entries, audience, kept=kept, present=place.present)
        written = place.write(made.files, readable=audience is Audience.PUBLIC)
        if made.pieces != kept:
            _keep(cache.with_suffix(".json"), made.pieces)
    return Published(
        folder=folder,
        files=written,
        problems=made.problems,
        left_out=made.left_out,
        without_calendars=fault,
    )


def edition_of(
    project: Project,
    entries: Sequence[Entry] | None,
    audience: Audience,
    *,
    kept: Mapping[str, Mapping[str, object]],
    present: frozenset[str],
) -> Edition:
    """The files of the project as it is in hand. Raises TemplateFaultError."""
    from announcer.publish.site import edition

    records = Records(
        department=project.department,
        talks=project.loaded.talks,
        broken=project.loaded.broken,
        entries=entries,
        now=project.now,
        audience=audience,
    )
    folders = [folder for folder in (project.root / "templates", builtin("templates")) if folder.is_dir()]
    return edition(records, root=project.root, templates=folders, kept=kept, present=present)


def _entries(project: Project) -> tuple[list[Entry] | None, FaultError | None]:
    """The ledger's rows; where there are none to know, why."""
    try:
        ledger = project.ledger(read_only=True)
        try:
            if ledger.id:
                return ledger.entries(project.realm), None
        finally:
            ledger.close()
    except LedgerError as error:
        return None, error
    return None, PublishError(
        code="no-ledger",
        place=".announcer",
        message="there is no ledger here, so nobody knows what was announced: no calendars and no "
        "confidential talks are published",
        hint="publish where `announcer run` runs; its first run makes the ledger",
    )


def _folder(project: Project, out: Path) -> Path:
    """The folder, which must not be one that the department's own files are in. Raises UsageFaultError."""
    folder, root = out.resolve(), project.root.resolve()
    ours = [root / name for name in (*_OURS, project.department.delivery.path)]
    if root.is_relative_to(folder) or any(folder.is_relative_to(each) for each in ours):
        raise UsageFaultError(
            code="site-folder",
            place=str(out),
            message="the department's own files are in this folder",
            hint="publish into a folder of its own, like `public`",
        )
    return folder


def _name(folder: Path, audience: Audience) -> str:
    return hashlib.sha256(f"{folder}\0{audience.value}".encode()).hexdigest()[:12]


def _kept(file: Path) -> Mapping[str, Mapping[str, object]]:
    """What an earlier run kept; nothing where it cannot be read: it is made again."""
    try:
        read = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _keep(file: Path, pieces: Mapping[str, Mapping[str, object]]) -> None:
    """Keeps it for the next run. Private: what internal lists know may be in it."""
    beside = file.with_suffix(".new")
    beside.touch(mode=0o600)
    beside.write_text(json.dumps(pieces, ensure_ascii=False), encoding="utf-8")
    beside.replace(file)
