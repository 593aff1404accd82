"""Publishing: the department's talks into a folder, with what is kept so that little is made anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from announcer import __version__
from announcer.domain.errors import FaultError
from announcer.domain.problem import Problem
from announcer.domain.talk import Audience
from announcer.ledger import LedgerError
from announcer.publish import Edition, PublishError, Records
from announcer.service.package_data import builtin
from announcer.service.project import CONFIG, Project, UsageFaultError

if TYPE_CHECKING:
    from announcer.domain.mailing import Entry
    from announcer.publish.folder import WrittenFolder

_OURS = ("talks", "templates", ".announcer")
"""Folders of a department that nothing is published into."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What publishing did."""

    folder: Path
    files: WrittenFolder
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
    cache = _cache(project, folder, audience)
    with alone(cache.with_suffix(".lock"), folder):
        place = Folder(folder)
        kept = _kept(cache.with_suffix(".json"))
        records = Records(
            department=project.department,
            talks=project.loaded.talks,
            broken=project.loaded.broken,
            entries=entries,
            now=project.now,
            audience=audience,
        )
        made = edition_of(project.root, records, kept=kept, present=place.present)
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


def publish_changes(project: Project) -> Published | None:
    """Publishes as `site:` says, where something may have changed since; None where nothing has, where
    nobody asked for it, or while another moment is rehearsed. Raises as `publish` does."""
    site = project.department.site
    if site is None or site.out is None or not project.timepiece.is_machine:
        return None
    folder = _folder(project, project.root / site.out)
    note = _cache(project, folder, site.audience).with_suffix(".seen")
    seen = _seen(project, folder)
    if note.is_file() and note.read_text(encoding="utf-8") == seen:
        return None
    done = publish(project, folder, site.audience)
    if not done.problems:
        note.write_text(_seen(project, folder), encoding="utf-8")
    return done


def _seen(project: Project, folder: Path) -> str:
    """All that may change the site, in one word: files by size and time, rows by their state, the day, and
    how many talks are over."""
    files = [project.root / path for path in (CONFIG, *project.paths.values())]
    files += [
        project.root / speaker.photo.path
        for talk in project.loaded.talks
        for speaker in talk.speakers
        if speaker.photo
    ]
    for templates in (project.root / "templates", builtin("templates")):
        files += sorted(path for path in templates.rglob("*") if path.is_file())
    from announcer.publish.folder import MANIFEST

    entries, _ = _entries(project)
    rows = [(str(entry.key), entry.list, entry.state.value, str(entry.at)) for entry in entries or ()]
    over = sum(talk.end <= project.now for talk in project.loaded.talks)
    manifest = folder / MANIFEST
    facts = ([_state(file) for file in (*files, manifest)], entries is None, rows, over)
    return hashlib.sha256(f"{__version__} {project.now.date()} {facts}".encode()).hexdigest()


def _state(file: Path) -> tuple[str, int, int] | None:
    try:
        stat = file.stat()
    except OSError:
        return None
    return str(file), stat.st_size, stat.st_mtime_ns


def edition_of(
    root: Path,
    records: Records,
    *,
    kept: Mapping[str, Mapping[str, object]],
    present: Mapping[str, str],
) -> Edition:
    """The files of a department's folder, with its own templates. Raises TemplateFaultError."""
    from announcer.publish.site import edition

    folders = [folder for folder in (root / "templates", builtin("templates")) if folder.is_dir()]
    return edition(records, root=root, templates=folders, kept=kept, present=present)


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
    if root.is_relative_to(folder) or any(folder.is_relative_to(path) for path in ours):
        raise UsageFaultError(
            code="site-folder",
            place=str(out),
            message="the department's own files are in this folder",
            hint="publish into a folder of its own, like `public`",
        )
    return folder


def _cache(project: Project, folder: Path, audience: Audience) -> Path:
    """Where what is kept of a folder is, without its ending."""
    name = hashlib.sha256(f"{folder}\0{audience.value}".encode()).hexdigest()[:12]
    return project.root / ".announcer" / "cache" / f"site-{name}"


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
