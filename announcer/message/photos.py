"""A speaker's picture, scaled down to what an email can carry."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from announcer.domain.errors import FaultError
from announcer.text.prose import Picture

SIDE = 96
"""The picture's side on screen, in CSS pixels."""
_CODE = "photo-unusable"


MOST_PIXELS = 50_000_000
"""What a file may say it has: more takes a gigabyte, and a file of 20 KB can say so."""
MOST_DECODED = 25_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Fineness:
    """How much of a picture is kept."""

    side: int
    """Its own pixels each way."""
    quality: int
    """JPEG's, of 100."""


FINEST = Fineness(side=2 * SIDE, quality=78)
COARSER = (Fineness(side=144, quality=70), Fineness(side=SIDE, quality=60))
"""Tried one after another where a message would be too large; below them a face is none."""


class UnusablePhotoError(FaultError):
    """The picture cannot be used."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scaled:
    """A picture with its size on screen, in CSS pixels."""

    picture: Picture
    width: int
    height: int


def photo(root: Path, path: str, fineness: Fineness = FINEST) -> Scaled:
    """The picture at `path`, a square of its middle, as a small JPEG. Raises UnusablePhotoError."""
    folder = root.resolve()
    file = (folder / path).resolve()
    if not file.is_relative_to(folder):
        raise UnusablePhotoError(
            _CODE,
            path,
            f"the photo {path} lies outside the department's folder",
            "copy the picture into the folder",
        )
    try:
        stat = file.stat()
        return _scaled(file, stat.st_mtime_ns, fineness)
    except FileNotFoundError as error:
        raise UnusablePhotoError(
            _CODE,
            path,
            f"there is no photo {path}",
            "correct the path, which begins at the department's folder",
        ) from error
    except OSError as error:
        raise UnusablePhotoError(
            _CODE, path, f"{path} cannot be read as a picture", "save it again as JPEG or PNG"
        ) from error


@lru_cache(maxsize=64)
def _scaled(file: Path, _changed: int, fineness: Fineness) -> Scaled:
    from PIL import Image, ImageOps

    try:
        with Image.open(file) as opened:
            _require_few_pixels(file, opened.size, MOST_PIXELS)
            # A JPEG is decoded at a fraction of its size, other pictures whole.
            opened.draft("RGB", (4 * SIDE, 4 * SIDE))
            _require_few_pixels(file, opened.size, MOST_DECODED)
            upright = ImageOps.exif_transpose(opened)
            flat = Image.new("RGB", upright.size, "white")
            flat.paste(upright.convert("RGB"), mask=upright.getchannel("A") if "A" in upright.mode else None)
            square = ImageOps.fit(flat, (fineness.side, fineness.side), centering=(0.5, 0.35))
    except (Image.DecompressionBombError, ValueError, SyntaxError) as error:
        raise OSError(str(error)) from error
    buffer = BytesIO()
    square.save(buffer, "JPEG", quality=fineness.quality, optimize=True)
    data = buffer.getvalue()
    name = hashlib.sha256(data).hexdigest()[:16]
    picture = Picture(cid=f"photo-{name}@announcer", data=data, subtype="jpeg", filename="speaker.jpg")
    return Scaled(picture=picture, width=SIDE, height=SIDE)


def _require_few_pixels(file: Path, size: tuple[int, int], most: int) -> None:
    """Raises UnusablePhotoError for a picture that would take the machine's memory, before it does."""
    if size[0] * size[1] > most:
        raise UnusablePhotoError(
            _CODE,
            file.name,
            f"the photo {file.name} has {size[0]} times {size[1]} pixels",
            f"make it smaller: {2 * SIDE} pixels each way are shown, {most // 1_000_000} million are read",
        )
