"""Where the preview gets what it shows: the folder, the ledger to read, the clock; no transport."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from announcer.domain.department import Department
from announcer.domain.mailing import Entry, Key
from announcer.domain.talk import Talk
from announcer.service.package_data import builtin
from announcer.service.project import Project
from announcer.service.reload import read_one
from announcer.service.sent import Sent, sent, when_and_to_whom
from announcer.service.wording import destination

if TYPE_CHECKING:
    from announcer.message.compose import Composer
    from announcer.records.load import Loaded


@dataclass(frozen=True, kw_only=True)
class PreviewSource:
    """What the preview may use."""

    root: Path
    """The department's folder."""
    load: Callable[[], Loaded]
    read_talk: Callable[[str], Talk | None]
    """One talk by its path in the folder, where its file is without errors."""
    entries: Callable[[Department], list[Entry]]
    """The ledger's rows that count; raises FaultError."""
    sent: Callable[[Department, Key, Sequence[str]], Sent | None]
    """The message of a mailing that went to one of these lists; raises FaultError."""
    when_and_to_whom: Callable[[Department, Sent], str]
    """When it went, and to which list, in words."""
    composer: Callable[[Department], Composer]
    clock: Callable[[], datetime]
    """This moment, aware."""
    watched: tuple[Path, ...]
    """Folders whose files make a message."""
    transport: Callable[[Department], str]
    """In a sentence, where mail goes when it is sent."""


def preview_source(project: Project) -> PreviewSource:
    """What a project offers. Its clock goes by the machine's, but for a rehearsed moment."""
    templates = builtin("templates")
    is_apart = templates.is_dir() and not templates.is_relative_to(project.root)
    return PreviewSource(
        root=project.root,
        load=project.load,
        read_talk=partial(read_one, project.root),
        entries=partial(_entries, project),
        sent=lambda department, key, lists: sent(_with(project, department), key, lists),
        when_and_to_whom=lambda department, mail: when_and_to_whom(_with(project, department), mail.attempt),
        composer=project.composer_for,
        clock=project.timepiece.machine if project.timepiece.is_machine else project.clock,
        watched=(project.root, templates) if is_apart else (project.root,),
        transport=_transport,
    )


def _entries(project: Project, department: Department) -> list[Entry]:
    """The ledger's rows that count for the department as it is now."""
    return _with(project, department).entries()


def _with(project: Project, department: Department) -> Project:
    current = replace(project)
    current.department = department
    return current


def _transport(department: Department) -> str:
    """Where mail goes when it is sent, in words."""
    where = destination(department.delivery)
    return f"{where[0].upper()}{where[1:]}."
