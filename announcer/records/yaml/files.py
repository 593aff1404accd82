"""The files of a department's folder: which there are, and their bytes, or why they cannot be read."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from announcer.domain.problem import Problem, Severity
from announcer.records.linting import LintRemark, rule
from announcer.records.yaml.source import LIMIT, FileText

CONFIG = "announcer.yaml"
TALKS = "talks"
Stamp = tuple[int, int, int, int]
"""Size, mtime and ctime in nanoseconds, and inode: what changes whenever a file's content does."""
_NEARLY = re.compile(r"(?P<stem>.*)\.(?:ya?ml\.\w+|ya?ml\s*\(\d+\)|yml)$", re.IGNORECASE)

_AS_TEXT = re.compile(r"(?P<stem>.*?)\.(?:txt|text|md|doc)$", re.IGNORECASE)
"""As text editors name a file by themselves."""
_OF_A_TALK = re.compile(rb"^(?:date|speakers?|series)\s*:\s", re.MULTILINE)
_HEAD = 4096
"""Bytes in which a talk's date stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkPath:
    """A path under talks/ that is, or should be, a talk's file."""

    path: str
    """Relative to the department's folder, with forward slashes."""
    stamp: Stamp | None = None
    """None for a link, and for what is no file."""
    problem: Problem | None = None
    """What is wrong with its being there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """A file's bytes, and their age."""

    data: bytes
    stamp: Stamp
    modified: datetime
    """Aware, in UTC."""


def find_talks(root: Path) -> list[TalkPath]:
    """The files under talks/, hidden and backup files apart, in the order of their paths."""
    talks = root / TALKS
    if talks.is_symlink() and not talks.resolve().is_relative_to(root.resolve()):
        message = "this is a link to a folder outside of the department's folder"
        return [_odd(TALKS, "outside-folder", message, "copy the folder here instead")]
    below = sorted(_walk(os.fspath(root), TALKS), key=lambda file: file.path)
    return [*below, *_beside(root)]


def _beside(root: Path) -> Iterator[TalkPath]:
    """Talks that lie beside announcer.yaml, where nobody looks for them."""
    for path in sorted(root.glob("*.y*ml")):
        if path.name != CONFIG and not path.name.startswith((".", "#")) and _is_like_a_talk(path):
            message = "this looks like a talk, but is not read: it is not in the folder talks"
            hint = f"move it into {TALKS}/, into the folder of its series"
            yield _odd(_printable(path.name), ignored_file.code, message, hint, ignored_file.severity)


def _is_like_a_talk(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _OF_A_TALK.search(file.read(_HEAD)) is not None
    except OSError:
        return False


def read(root: Path, path: str) -> Content | Problem:
    """The content of a file within the department's folder, or why there is none."""
    full = f"{root}/{path}"
    try:
        status = os.lstat(full)
        if stat.S_ISLNK(status.st_mode):
            if not Path(full).resolve(strict=True).is_relative_to(root.resolve()):
                return problem_of(
                    path,
                    "outside-folder",
                    "this is a link to a file outside of the department's folder",
                    "copy the file here instead",
                )
            status = Path(full).stat()
        if not stat.S_ISREG(status.st_mode):
            return problem_of(path, "not-a-file", "this is not a file", "rename or remove it")
        with os.fdopen(os.open(full, os.O_RDONLY | getattr(os, "O_BINARY", 0)), "rb") as file:
            status = os.fstat(file.fileno())
            data = file.read(LIMIT + 1)
    except (OSError, RuntimeError) as error:
        return _unreadable(Path(full), path, error)
    modified = datetime.fromtimestamp(status.st_mtime, tz=UTC)
    return Content(data=data, stamp=stamp_of(status), modified=modified)


def stamp_of(status: os.stat_result) -> Stamp:
    """A file's stamp."""
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def problem_of(path: str, code: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> Problem:
    """A problem of a file as a whole."""
    return FileText.of(path, "").problem(code, message, hint, line=0, column=0, severity=severity)


def _walk(root: str, folder: str) -> Iterator[TalkPath]:
    try:
        entries = list(os.scandir(f"{root}/{folder}"))
    except FileNotFoundError:
        return
    except OSError as error:
        yield TalkPath(
            path=_printable(folder),
            problem=problem_of(
                _printable(folder),
                "unreadable-folder",
                f"the folder cannot be read: {error.strerror}",
                "give the user that announcer runs as the permission to read it",
            ),
        )
        return
    for entry in entries:
        name = entry.name
        path = f"{folder}/{name}"
        if name.startswith((".", "#")) or name.endswith("~"):
            continue
        if entry.is_dir(follow_symlinks=False):
            if name.lower().endswith((".yaml", ".yml")):
                yield _odd(path, "not-a-file", "this is a folder with a file's name", "rename the folder")
            yield from _walk(root, path)
        elif name.lower().endswith(".yaml"):
            yield TalkPath(path=_printable(path), stamp=_stamp(entry))
        else:
            for check in UNREAD_RULES:
                for remark in check(entry):
                    yield _odd(path, check.code, remark.message, remark.hint, check.severity)


@rule("ignored-file", "a file below talks/ is not read")
def ignored_file(entry: os.DirEntry[str]) -> Iterator[LintRemark[None]]:
    """Names that are nearly a talk's."""
    near = _NEARLY.fullmatch(entry.name)
    if not near and _is_like_a_talk(Path(entry.path)):
        near = _AS_TEXT.fullmatch(entry.name)
    if near:
        yield LintRemark(
            None,
            "this looks like a talk, but is not read: its name does not end in .yaml",
            f"rename it to {near['stem'].removesuffix('.')}.yaml",
        )


@rule("linked-folder", "a link to a folder is not followed")
def linked_folder(entry: os.DirEntry[str]) -> Iterator[LintRemark[None]]:
    """Links that lead to folders, wherever those are."""
    if entry.is_symlink() and entry.is_dir() and not _NEARLY.fullmatch(entry.name):
        yield LintRemark(
            None, "this folder is a link, and what is in it is not read", "copy the folder here instead"
        )


UNREAD_RULES = (ignored_file, linked_folder)
"""The rules on what stands below talks/ and is no talk."""


def _odd(path: str, code: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> TalkPath:
    path = _printable(path)
    return TalkPath(path=path, problem=problem_of(path, code, message, hint, severity))


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    if not entry.is_file(follow_symlinks=False):
        return None
    try:
        return stamp_of(entry.stat())
    except FileNotFoundError:  # it went while we looked; reading it will say so
        return None


def _printable(path: str) -> str:
    """A name that is no text would make every message about it unprintable."""
    return path.encode("utf-8", "replace").decode("utf-8")


def _unreadable(full: Path, path: str, error: Exception) -> Problem:
    number = getattr(error, "errno", errno.ELOOP)
    if full.is_symlink() and number in (errno.ENOENT, errno.ELOOP):
        return problem_of(
            path, "dangling-link", "this is a link to a file that is not there", "delete the link"
        )
    if number == errno.ENOENT and path == CONFIG:
        return problem_of(
            path, "no-file", "the file is not there", "run announcer init to make a department's folder"
        )
    reason = getattr(error, "strerror", None) or str(error)
    return problem_of(
        path,
        "unreadable-file",
        f"the file cannot be read: {reason}",
        "give the user that announcer runs as the permission to read it",
    )
