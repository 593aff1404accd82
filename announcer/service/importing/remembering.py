"""What a person explained about a source is kept in announcer.yaml, with its comments and order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from announcer.domain.plain import Plain
from announcer.importers.memory import write_whole
from announcer.records.editing import NotEditableError, with_source
from announcer.service.importing.sources import PASTED, OpenedSource
from announcer.service.project import CONFIG, Project


def lines(project: Project, opened: OpenedSource, learned: Mapping[str, Plain]) -> list[str]:
    """What announcer.yaml would say of the source, as a person would type it."""
    changed = with_source("x: y\n", opened.source.name, _settings(project, opened, learned))
    return changed.split("\n")[2:-1]


def keep(project: Project, opened: OpenedSource, learned: Mapping[str, Plain]) -> bool:
    """Writes it into announcer.yaml; False where only a person can. Raises OSError."""
    if opened.source.name == PASTED:
        return False
    path = project.root / CONFIG
    try:
        text = path.read_bytes().decode("utf-8")
        changed = with_source(text, opened.source.name, _settings(project, opened, learned))
    except (NotEditableError, UnicodeDecodeError):
        return False
    write_whole(path, changed.encode(), mode=path.stat().st_mode & 0o777)
    return True


def _settings(project: Project, opened: OpenedSource, learned: Mapping[str, Plain]) -> dict[str, Plain]:
    """What is new of it; of a source that stands nowhere also where it is, unless that is a secret."""
    source = opened.source
    if opened.named:
        settings: dict[str, Plain] = dict(learned)
        if "columns" in learned and isinstance(learned["columns"], Mapping):
            settings["columns"] = {**source.columns, **learned["columns"]}
        return settings
    where: dict[str, Plain] = {}
    if source.url and opened.place == source.url:
        where["url"] = source.url
    elif source.url:
        where["url_file"] = f"{source.name}-address"
    elif source.file:
        path = Path(source.file)
        inside = path.is_relative_to(project.root)
        where["file"] = path.relative_to(project.root).as_posix() if inside else source.file
    return {**where, **learned}
