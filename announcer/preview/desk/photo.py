"""A photo from a person's machine: made small, and put where the talk's file says."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path, PurePosixPath

from announcer.records.fields.texts import identifier_like
from announcer.records.talk_files import TalkFileError, put

LIMIT = 20 * 1024 * 1024
"""The most bytes of a picture."""
_SIDE = 640
"""Pixels of the longer side of what is kept: over three times what an email shows."""
FOLDER = "photos"


def keep_photo(root: Path, data: bytes, *, wanted: str, name: str) -> str:
    """Keeps a picture as JPEG, at the path that is wanted where nothing is there, or under the talk's name.

    Returns its path in the department's folder. Raises TalkFileError.
    """
    small = _small(data)
    path = _free(root, wanted, name)
    full = root / path
    try:
        full.parent.mkdir(exist_ok=True)
        if not full.parent.resolve().is_relative_to(root.resolve()):
            raise TalkFileError("outside-folder", FOLDER, "this folder is elsewhere", "make it a folder here")
        put(full, small, mode=None)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise TalkFileError(
            "unwritable", path, f"the photo cannot be written: {why}", "make the folder writable"
        ) from error
    return path


def _free(root: Path, wanted: str, name: str) -> str:
    pure = PurePosixPath(wanted)
    is_jpeg = pure.suffix.lower() in (".jpg", ".jpeg")
    if is_jpeg and pure.parent == PurePosixPath(FOLDER) and not (root / pure).exists():
        return f"{FOLDER}/{identifier_like(pure.stem) or 'photo'}{pure.suffix}"
    stem = identifier_like(name) or "photo"
    names = (f"{FOLDER}/{stem}{'' if number == 1 else f'-{number}'}.jpg" for number in range(1, 1000))
    return next(path for path in names if not (root / path).exists())


def _small(data: bytes) -> bytes:
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data)) as opened:
            opened.draft("RGB", (2 * _SIDE, 2 * _SIDE))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((_SIDE, _SIDE))
            flat = Image.new("RGB", upright.size, "white")
            flat.paste(upright.convert("RGB"), mask=upright.getchannel("A") if "A" in upright.mode else None)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise TalkFileError(
            "no-picture", "the photo", "this cannot be read as a picture", "save it as JPEG or PNG"
        ) from error
    buffer = BytesIO()
    # Nothing of what a camera adds is kept: not where it was, not when.
    flat.save(buffer, "JPEG", quality=82, optimize=True)
    return buffer.getvalue()
