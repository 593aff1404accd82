"""What the files behind a mailing were when they were read, so that a second look sees any edit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from announcer.domain.mailing import Mailing
from announcer.domain.talk import Talk
from announcer.service.project import CONFIG, Project

_Stamp = tuple[int, int, int, int, int]


class Looked:
    """The files of a department at one moment: size, times and inode, for an edit may keep one of them."""

    def __init__(self, project: Project, mailings: Iterable[Mailing] = ()) -> None:
        """Notes the config, the templates, and the files and photos of all talks."""
        self._root = project.root
        self._modified = {CONFIG: project.department.modified.timestamp()}
        self._modified |= {talk.path: talk.modified.timestamp() for talk in project.loaded.talks}
        self._stamps: dict[str, _Stamp | None] = {}
        talks = [
            *project.loaded.talks,
            *(talk for mailing in mailings for group in mailing.groups for talk in group.talks),
        ]
        for path in {CONFIG, *_templates(self._root), *(path for talk in talks for path in _files(talk))}:
            self._stamps[path] = self._stamp(path)

    def is_same(self, mailing: Mailing) -> bool:
        """Whether everything that this mailing is made of is as it was."""
        templates = set(_templates(self._root))
        if templates != {path for path in self._stamps if path.startswith("templates/")}:
            return False
        talks = [talk for group in mailing.groups for talk in group.talks]
        return all(
            self._is_same(path)
            for path in {CONFIG, *templates, *(path for talk in talks for path in _files(talk))}
        )

    def _is_same(self, path: str) -> bool:
        now = self._stamp(path)
        if now is None or now != self._stamps.get(path):
            return False
        modified = self._modified.get(path)
        return modified is None or abs(now[0] / 1e9 - modified) < 1e-3

    def _stamp(self, path: str) -> _Stamp | None:
        try:
            status = (self._root / path).stat()
        except OSError:
            return None
        return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev)


def _files(talk: Talk) -> Iterator[str]:
    if talk.path:
        yield talk.path
    yield from (speaker.photo.path for speaker in talk.speakers if speaker.photo)


def _templates(root: Path) -> list[str]:
    paths = []
    for folder, _, names in os.walk(root / "templates"):
        paths += [(Path(folder) / name).relative_to(root).as_posix() for name in names]
    return paths
