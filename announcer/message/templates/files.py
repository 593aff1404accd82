"""The files of templates: regular ones of a bounded size, within their folder and nowhere else."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path, PurePosixPath

from jinja2 import BaseLoader, Environment, TemplateNotFound

from announcer.domain.problem import Problem
from announcer.message import TemplateFaultError

LIMIT = 256 * 1024
"""Bytes of one template."""


class HeldLoader(BaseLoader):
    """The templates of one folder.

    Git carries links: without this a `{% include %}` reads whatever file of the machine one names.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """A template's text. Raises TemplateNotFound, and TemplateFaultError for what may not be read."""
        if ".." in PurePosixPath(template).parts or PurePosixPath(template).is_absolute():
            raise TemplateNotFound(template)
        fault = reason_against(self._folder, template)
        if fault is not None:
            raise TemplateFaultError(fault)
        path = self._folder / template
        if not path.exists():
            raise TemplateNotFound(template)
        path = path.resolve()
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise TemplateFaultError(_too_large(template))
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = f"byte {data[error.start]:#04x} is no UTF-8"
            raise TemplateFaultError(
                _problem(template, "template-encoding", message, "save the file again as UTF-8", line)
            ) from error
        return text, str(path), None

    def list_templates(self) -> list[str]:
        """Those that may be read."""
        if not self._folder.is_dir():
            return []
        names = [path.relative_to(self._folder).as_posix() for path in self._folder.rglob("*")]
        files = (name for name in names if (self._folder / name).is_file())
        return sorted(name for name in files if reason_against(self._folder, name) is None)


def reason_against(folder: Path, template: str) -> Problem | None:
    """Why a file below a folder of templates may not be read, None where it may or is not there."""
    if folder.is_symlink():
        message = "the folder of templates is a link"
        return _problem("", "outside-folder", message, "copy the folder here instead")
    path = folder / template
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            message = "this is a link to a file outside of the templates folder, or stands behind one"
            return _problem(template, "outside-folder", message, "copy the file here instead")
        status = path.stat()
    except FileNotFoundError:
        if not path.is_symlink():
            return None
        message = "this is a link to a file that is not there"
        return _problem(template, "dangling-link", message, "delete the link")
    except (OSError, RuntimeError, ValueError) as error:
        message = f"the template cannot be read: {getattr(error, 'strerror', None) or error}"
        hint = "give the user that announcer runs as the permission to read it"
        return _problem(template, "unreadable-file", message, hint)
    if not stat.S_ISREG(status.st_mode):
        return _problem(template, "not-a-file", "this is not a file", "rename or remove it")
    if status.st_size > LIMIT:
        return _too_large(template)
    return None


Stamps = frozenset[tuple[str, int, int, int, int]]


def stamps(folder: Path) -> Stamps:
    """The files below a folder, each with its size, times and inode: an edit changes one of them."""
    files = []
    for below, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(below, name)  # noqa: PTH118 - a Path for each takes ten times as long
            with suppress(OSError):
                status = os.stat(path)  # noqa: PTH116
                files.append((path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    return frozenset(files)


def _too_large(template: str) -> Problem:
    message = f"the template has more than {LIMIT // 1024} KB"
    return _problem(template, "template-large", message, "keep what a mail says in the talk's file")


def _problem(template: str, code: str, message: str, hint: str, line: int = 1) -> Problem:
    path = f"templates/{template}".rstrip("/")
    return Problem(path=path, line=line, column=1, code=code, message=message, hint=hint)
