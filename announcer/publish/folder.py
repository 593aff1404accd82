"""The folder of the published files: each is old or new at any moment, and only our own are touched."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from announcer.publish import PublishError, digest_of

MANIFEST = ".announcer-site.json"
"""Names every file of ours with its digest; a folder's other files are not ours."""
_TEMPORARY = ".announcer-new-"
_FIRST_PAGES_LAST = ("index.html",)


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenFolder:
    """What became of the folder."""

    written: int
    removed: int
    unchanged: int


class Folder:
    """One folder, as it was when it was read."""

    def __init__(self, path: Path) -> None:
        """Raises PublishError where the list of our files cannot be read."""
        self.path = path
        self._owned = self._manifest()
        self._present = {name: digest for name, digest in self._owned.items() if self._digest(name) == digest}

    @property
    def present(self) -> Mapping[str, str]:
        """The digests of our files that are there as we wrote them."""
        return self._present

    def write(self, files: Mapping[str, bytes | None], *, readable: bool) -> WrittenFolder:
        """Makes the folder have these files of ours and no others; None is one that stays.

        A file with the same bytes is not touched. With `readable` a web server of another account may read
        them, whatever the umask. Raises PublishError where a file that is not ours is in the way.
        """
        digests = {
            name: self._present[name] if data is None else digest_of(data) for name, data in files.items()
        }
        changed = {
            name: data
            for name, data in files.items()
            if data is not None and self._present.get(name) != digests[name]
        }
        self._require_ours(changed, digests)
        self._make(self.path, readable)
        # Named before it is there: what a kill leaves behind is known to be ours.
        self._save(self._owned | digests, readable)
        for name in sorted(changed, key=lambda name: (name in _FIRST_PAGES_LAST, name)):
            self._put(name, changed[name], readable)
        gone = [name for name in self._owned if name not in files]
        for name in gone:
            self._file(name).unlink(missing_ok=True)
        self._remove_leftovers()
        self._save(digests, readable)
        return WrittenFolder(written=len(changed), removed=len(gone), unchanged=len(files) - len(changed))

    def _file(self, name: str) -> Path:
        return self.path / PurePosixPath(name)

    def _digest(self, name: str) -> str | None:
        try:
            return digest_of(self._file(name).read_bytes())
        except OSError:
            return None

    def _manifest(self) -> dict[str, str]:
        try:
            read = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
            files = {str(name): str(digest) for name, digest in read["files"].items()}
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise self._unreadable() from error
        if any(name.startswith("/") or ".." in PurePosixPath(name).parts for name in files):
            raise self._unreadable()
        return files

    def _unreadable(self) -> PublishError:
        return PublishError(
            code="site-manifest",
            place=str(self.path / MANIFEST),
            message="the list of the published files cannot be read",
            hint="publish into an empty folder, and put that in the place of this one",
        )

    def _require_ours(self, changed: Mapping[str, object], digests: Mapping[str, str]) -> None:
        for name in changed:
            if name not in self._owned and self._file(name).exists() and self._digest(name) != digests[name]:
                raise PublishError(
                    code="not-ours",
                    place=str(self._file(name)),
                    message="this file is there and was not published from here; nothing was written",
                    hint="publish into an empty folder, or move the file away",
                )

    def _make(self, folder: Path, readable: bool) -> None:
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True)
        if readable:
            folder.chmod(0o755)

    def _put(self, name: str, data: bytes, readable: bool) -> None:
        """Beside its place, and then there: nobody reads half of it."""
        file = self._file(name)
        self._make(file.parent, readable)
        beside = file.with_name(f"{_TEMPORARY}{file.name}")
        with beside.open("wb") as opened:
            opened.write(data)
            if readable:
                os.fchmod(opened.fileno(), 0o644)
        beside.replace(file)

    def _save(self, digests: Mapping[str, str], readable: bool) -> None:
        listed = {"version": 1, "files": dict(sorted(digests.items()))}
        data = (json.dumps(listed, indent=0, ensure_ascii=False) + "\n").encode()
        if self._digest(MANIFEST) != digest_of(data):
            self._put(MANIFEST, data, readable)

    def _remove_leftovers(self) -> None:
        """What a run that was killed had begun to write."""
        for folder in {self._file(name).parent for name in self._owned} | {self.path}:
            for file in folder.glob(f"{_TEMPORARY}*"):
                file.unlink(missing_ok=True)


@contextmanager
def alone(lock: Path, place: Path) -> Iterator[None]:
    """Keeps others from writing to `place` meanwhile. Raises PublishError where one does and does not end."""
    from filelock import FileLock, Timeout

    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, timeout=60):
            yield
    except Timeout as error:
        raise PublishError(
            code="site-busy",
            place=str(place),
            message="another process has been publishing into this folder for a minute",
            hint="wait until it ends, and try again",
        ) from error
