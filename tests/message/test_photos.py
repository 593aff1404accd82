"""Speakers' photos: scaled down, left out with a warning when they cannot go."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from announcer.domain.mailing import AudienceGroup
from announcer.domain.talk import Photo
from announcer.message.compose import BUDGET
from tests.message.samples import SENT, composer, full, group


def with_photo(path: str, **fields: str) -> AudienceGroup:
    """The group of a talk whose first speaker has that photo."""
    talk = full(**fields)
    speaker = replace(talk.speakers[0], photo=Photo(path=path, alt="Ada Example at the telescope"))
    return group(replace(talk, speakers=(speaker, talk.speakers[1])))


def photos_of(data: bytes) -> list[bytes]:
    """The JPEGs of a message."""
    parts = email.message_from_bytes(data).walk()
    payloads = (part.get_payload(decode=True) for part in parts if part.get_content_type() == "image/jpeg")
    return [payload for payload in payloads if isinstance(payload, bytes)]


@pytest.mark.parametrize("name", ["ada.jpg", "ada.png", "ada.webp", "ada.gif"])
def test_a_photo_travels_small_and_square(tmp_path: Path, name: str) -> None:
    """Whatever was put into the folder becomes a JPEG of 192 pixels, shown with its words."""
    mode = "RGBA" if name.endswith("png") else "RGB"
    Image.effect_noise((1200, 1600), 90).convert(mode).save(tmp_path / name)
    message = composer(tmp_path).compose(with_photo(name), date=SENT)
    assert message.warnings == ()
    assert 'alt="Ada Example at the telescope"' in (message.html or "")
    parts = [
        part
        for part in email.message_from_bytes(message.data, policy=email.policy.default).walk()
        if part.get_content_type() == "image/jpeg"
    ]
    assert len(parts) == 1
    assert f'src="cid:{parts[0]["Content-ID"].strip("<>")}"' in (message.html or "")
    data = parts[0].get_payload(decode=True)
    assert isinstance(data, bytes)
    assert Image.open(BytesIO(data)).size == (192, 192)


def test_a_photo_on_its_side_is_turned(tmp_path: Path) -> None:
    """A telephone's EXIF orientation is obeyed."""
    image = Image.new("RGB", (400, 400), "red")
    image.paste("blue", (0, 0, 200, 400))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "ada.jpg", exif=exif)
    message = composer(tmp_path).compose(with_photo("ada.jpg"), date=SENT)
    data = next(
        part.get_payload(decode=True)
        for part in email.message_from_bytes(message.data).walk()
        if part.get_content_type() == "image/jpeg"
    )
    assert isinstance(data, bytes)
    shown = Image.open(BytesIO(data)).convert("RGB")
    red, _, blue = shown.getpixel((96, 20))  # type: ignore[misc]  # three bands
    assert blue > red


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.jpg", None, "there is no photo missing.jpg; the mail goes without it"),
        ("text.jpg", b"not a picture", "text.jpg cannot be read as a picture; the mail goes without it"),
        (
            "cut.jpg",
            b"\xff\xd8\xff\xe0\x00\x10JFIF",
            "cut.jpg cannot be read as a picture; the mail goes without it",
        ),
    ],
)
def test_an_unusable_photo_is_a_warning(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    """The talk is announced all the same, and somebody is told."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    message = composer(tmp_path).compose(with_photo(name), date=SENT)
    assert [(warning.code, warning.message) for warning in message.warnings] == [("photo-unusable", words)]
    assert message.warnings[0].path == "talks/colloquium/2026-example.yaml"
    assert "cid:photo" not in (message.html or "")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A symbolic link cannot carry a picture from elsewhere into a mail."""
    root = tmp_path / "department"
    root.mkdir()
    Image.new("RGB", (10, 10)).save(tmp_path / "elsewhere.png")
    (root / "ada.png").symlink_to(tmp_path / "elsewhere.png")
    message = composer(root).compose(with_photo("ada.png"), date=SENT)
    assert [warning.code for warning in message.warnings] == ["photo-unusable"]


def test_a_photo_beyond_the_budget_is_left_out(tmp_path: Path) -> None:
    """List servers hold large posts: a smaller photo goes, and where that is too large the words alone."""
    Image.effect_noise((400, 400), 120).convert("RGB").save(tmp_path / "ada.png")
    long = "Quantum matter is discussed at some length here. " * 70
    fits = composer(tmp_path).compose(with_photo("ada.png", abstract=long), date=SENT)
    assert fits.warnings == ()
    assert len(fits.data) <= BUDGET
    (size,) = (Image.open(BytesIO(data)).size for data in photos_of(fits.data))
    assert size[0] in (144, 96)
    assert 'width="96" height="96"' in (fits.html or "")
    long = long.replace("length", "considerable length") * 2
    message = composer(tmp_path).compose(with_photo("ada.png", abstract=long[:5300]), date=SENT)
    assert [warning.code for warning in message.warnings] == ["photo-too-large"]
    assert len(message.data) <= BUDGET
    assert "cid:photo" not in (message.html or "")


def test_a_large_message_is_warned_of() -> None:
    """What a list server would hold goes, with a warning."""
    message = composer().compose(group(full(abstract="word " * 9000)), date=SENT)
    assert [warning.code for warning in message.warnings] == ["message-large"]


@pytest.mark.parametrize(("mode", "name"), [("1", "bomb.png"), ("L", "bomb.png"), ("L", "bomb.gif")])
def test_a_small_file_of_many_pixels_is_not_decoded(tmp_path: Path, mode: str, name: str) -> None:
    """A few kilobytes may say that they are 13,300 pixels each way: that is a warning, and no gigabyte."""
    Image.new(mode, (13_300, 13_300)).save(tmp_path / name)
    assert (tmp_path / name).stat().st_size < 500_000
    message = composer(tmp_path).compose(with_photo(name), date=SENT)
    (warning,) = message.warnings
    assert warning.code == "photo-unusable"
    assert "has 13300 times 13300 pixels" in warning.message
