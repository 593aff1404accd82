"""Talks' files, read and written for a person at the desk: below talks/, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath

from announcer.domain.errors import AnnouncerError, FaultError
from announcer.records.fields.texts import IDENTIFIER
from announcer.records.yaml.files import TALKS, Content, read
from announcer.records.yaml.source import LIMIT

_MARK = b"\xef\xbb\xbf"


@dataclass
class TalkFileError(FaultError):
    """A talk's file cannot be read or written."""


@dataclass
class ChangedMeanwhileError(TalkFileError):
    """The file says something else than when it was opened, and is left as it is."""


class ChangedError(AnnouncerError):
    """A file became another while it was being written anew."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkFile:
    """What a talk's file says now."""

    path: str
    """Relative to the department's folder, with forward slashes."""
    text: str
    """Its line ends plain."""
    digest: str
    """Of its bytes."""


def open_talk(root: Path, path: str) -> TalkFile:
    """Reads a talk's file. Raises TalkFileError where it is none, or no UTF-8 text."""
    data = _bytes(root, path)
    try:
        text = data.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        raise TalkFileError(
            "not-utf8", path, "the file is no UTF-8 text", "save it again as UTF-8 in your editor"
        ) from error
    return TalkFile(path=path, text=_plain(text), digest=_digest(data))


def save_new(root: Path, path: str, text: str) -> TalkFile:
    """Writes a file that is not there yet. Raises ChangedMeanwhileError where it is, and TalkFileError."""
    _write(root, path, _plain(text).encode("utf-8"), mode=None)
    return open_talk(root, path)


def save(root: Path, path: str, text: str, *, digest: str) -> TalkFile:
    """Writes a file anew, its mode and the line ends of unchanged lines as they are.

    Raises ChangedMeanwhileError where its bytes are not those of `digest`, and TalkFileError.
    """
    data = _bytes(root, path)
    if _digest(data) != digest:
        raise _changed(path)
    made = _with_ends(data, _plain(text))
    if made != data:
        _write(root, path, made, mode=stat.S_IMODE((root / path).stat().st_mode), before=data)
    return open_talk(root, path)


def _bytes(root: Path, path: str) -> bytes:
    _require_talk(root, path)
    content = read(root, path)
    if not isinstance(content, Content):
        raise TalkFileError(content.code, path, content.message, content.hint)
    if len(content.data) > LIMIT:
        raise _too_large(path)
    return content.data


def _write(root: Path, path: str, data: bytes, *, mode: int | None, before: bytes | None = None) -> None:
    _require_talk(root, path)
    if len(data) > LIMIT:
        raise _too_large(path)
    full = root / path
    try:
        full.parent.mkdir(parents=True, exist_ok=True)
        _require_talk(root, path)
        put(full, data, mode=mode, before=before)
    except ChangedError as error:
        raise _changed(path) from error
    except FileExistsError as error:
        raise ChangedMeanwhileError(
            "file-there", path, "there is a file of that name already, and it is left", "choose another name"
        ) from error
    except OSError as error:
        raise TalkFileError(
            "unwritable", path, f"it cannot be written: {error.strerror or error}", "make the folder writable"
        ) from error


def put(path: Path, data: bytes, *, mode: int | None, before: bytes | None = None) -> None:
    """Writes beside and renames: the file is there whole, or as it was. With no `mode` it must be new.

    Raises ChangedError where it is not as `before` at the end, FileExistsError and other OSErrors.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is None:
            os.link(beside, path)
        else:
            beside.chmod(mode)
            if before is not None and path.read_bytes() != before:
                raise ChangedError(path.name)
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _require_talk(root: Path, path: str) -> None:
    """Raises TalkFileError for a path that is no talk's: outside of talks/, hidden, through a link."""
    pure = PurePosixPath(path)
    names = [*pure.parts[1:-1], pure.stem]
    good = (
        pure.parts[:1] == (TALKS,)
        and len(pure.parts) > 1
        and pure.suffix == ".yaml"
        and "\\" not in path
        and "\0" not in path
        and not any(name.startswith(".") for name in names)
        and str(pure) == path
    )
    full = root / path
    folder = full.parent.resolve()
    while good and not folder.exists():
        folder = folder.parent
    if not good or not folder.is_relative_to(root.resolve()) or full.is_symlink():
        raise TalkFileError(
            "outside-folder", path, "this is no file below talks/", "give a name like 2026-noether"
        )


def is_name(stem: str) -> bool:
    """Whether a new talk's file may be called so."""
    return IDENTIFIER.fullmatch(stem) is not None


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _with_ends(before: bytes, text: str) -> bytes:
    """The text's bytes; lines that were there keep their bytes, with their ends, and a mark stays."""
    mark = _MARK if before.startswith(_MARK) else b""
    old = before.removeprefix(_MARK).split(b"\n")
    new = text.encode("utf-8").split(b"\n")
    if not any(line.endswith(b"\r") for line in old):
        return mark + b"\n".join(new)
    end = b"\r" if sum(line.endswith(b"\r") for line in old) * 2 >= len(old) - 1 else b""
    made: list[bytes] = []
    bare = [line.removesuffix(b"\r") for line in old]
    for tag, a, b, c, d in SequenceMatcher(None, bare, new, autojunk=False).get_opcodes():
        made += old[a:b] if tag == "equal" else [line + end for line in new[c:d]]
    if made and not new[-1]:
        made[-1] = b""
    return mark + b"\n".join(made)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _changed(path: str) -> ChangedMeanwhileError:
    return ChangedMeanwhileError(
        "changed-meanwhile", path, "the file was changed meanwhile, and is left", "look at both versions"
    )


def _too_large(path: str) -> TalkFileError:
    return TalkFileError(
        "too-large", path, f"a talk's file has at most {LIMIT // 1024} KB", "cut its text down to one talk"
    )
