"""Bytes -> text: the encodings that editors write, and the characters that no text should have."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import islice

from announcer.domain.problem import Problem
from announcer.records.linting import LintRemark, rule
from announcer.records.yaml.source import LIMIT, TALK_KEYS, FileText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DOCUMENTS = (
    (b"PK\x03\x04", "a Word document or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich text document"),
    (b"%PDF", "a PDF"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SEPARATORS = str.maketrans("\x85\u2028\u2029", "   ")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
SAVE_AS_UTF8 = "save the file again as UTF-8 (in Notepad: File, Save as, Encoding: UTF-8)"


def decode(
    path: str, data: bytes, keys: Collection[str] = TALK_KEYS
) -> tuple[FileText | None, list[Problem]]:
    """The source of a file's bytes, and what is wrong with its characters.

    UTF-8 with or without its mark, UTF-16 and UTF-32 are read; line ends are made newlines. None where
    the bytes are no text; the problem then says where.
    """
    for magic, what in _DOCUMENTS:
        if data.startswith(magic):
            return None, [_no_text(path, what)]
    if len(data) > LIMIT:
        return None, [too_large(path)]
    data, encoding = next(
        ((data[len(mark) :], name) for mark, name in _MARKS if data.startswith(mark)), (data, _unmarked(data))
    )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        return None, [_undecodable(path, data, error)]
    # A break that only YAML takes for one would shift every line number below it.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").isprintable():  # which no control and nothing invisible is
        return FileText.of(path, text, keys), []
    text = text.translate(_SEPARATORS)
    # What a terminal would obey is shown, and read on, as the sign for a character that is none.
    source = FileText.of(path, _CONTROL.sub("\ufffd", text), keys)
    problems = [_control(source, match) for match in list(_CONTROL.finditer(text))[:20]]
    for remark in islice(invisible_character(text), 20):
        line, column = place(text, remark.at)
        problems.append(source.remarked(invisible_character, remark, line=line, column=column))
    return source, problems


def strip_invisible(text: str) -> str:
    """The text without the characters that nobody sees."""
    return _INVISIBLE.sub("", text)


def writable(text: str) -> str:
    """The text as a file can hold it: its line ends plain, and without characters that nobody sees."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SEPARATORS)
    return strip_invisible(_CONTROL.sub("", plain))


def too_large(path: str) -> Problem:
    """The problem of a file that is no talk but something else."""
    return FileText.of(path, "").problem(
        "too-large",
        f"the file is larger than {LIMIT // 1024} KB; a talk takes about 4 KB",
        "move it out of this folder, or cut it down to one talk",
        line=0,
        column=0,
    )


def _no_text(path: str, what: str) -> Problem:
    return FileText.of(path, "").problem(
        "not-text",
        f"this is {what} under another name, not plain text",
        "copy its text into a new file with a plain text editor (Notepad; TextEdit: Format, Make Plain Text)",
        line=0,
        column=0,
    )


def place(text: str, index: int) -> tuple[int, int]:
    """The line and column, from 0, of a character."""
    return text.count("\n", 0, index), index - text.rfind("\n", 0, index) - 1


def _unmarked(data: bytes) -> str:
    """UTF-8, but UTF-16 where every other of the first bytes is zero, as ASCII letters are in it."""
    start = data[:64]
    if len(start) >= 4 and len(start) % 2 == 0:
        if not any(start[1::2]) and all(start[::2]):
            return "utf-16-le"
        if not any(start[::2]) and all(start[1::2]):
            return "utf-16-be"
    return "utf-8"


def _undecodable(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    if error.encoding != "utf-8":
        return FileText.of(path, "").problem(
            "not-utf8", f"the file is not whole {error.encoding.upper()} text", SAVE_AS_UTF8, line=0, column=0
        )
    text = _as_windows_1252(data.decode("utf-8", errors="surrogateescape"))
    source = FileText.of(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    before = data[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    line, column = place(before, len(before))
    return source.problem(
        "not-utf8",
        f'this character is not written as UTF-8; as Windows-1252 it would be "{source.lines[line][column]}"',
        SAVE_AS_UTF8,
        line=line,
        column=column,
    )


def _as_windows_1252(text: str) -> str:
    """The text with its undecodable bytes as the letters they most likely are."""
    return re.sub(
        "[\udc80-\udcff]",
        lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", errors="replace"),
        text,
    )


def _control(source: FileText, match: re.Match[str]) -> Problem:
    line, column = place(source.text, match.start())
    name = unicodedata.name(match[0], f"U+{ord(match[0]):04X}")
    before = source.text[match.start() - 1 : match.start()]
    if ord(match[0]) >= 0x80 and before and not before.isascii():
        return source.problem(
            "mojibake",
            "this text was decoded wrongly before it came here, and a letter of it is lost",
            "type the words around it again",
            line=line,
            column=column - 1,
        )
    return source.problem(
        "control-character",
        f"there is an invisible control character here ({name}), as copying from a PDF leaves them",
        "delete it: put the cursor after it and press Backspace, or type the line again",
        line=line,
        column=column,
    )


@rule("invisible-character", "a character that nobody sees")
def invisible_character(text: str) -> Iterator[LintRemark[int]]:
    """Each of them, at its place in the text."""
    for match in _INVISIBLE.finditer(text):
        name = unicodedata.name(match[0], f"U+{ord(match[0]):04X}").lower()
        yield LintRemark(
            match.start(),
            f"there is a character here that nobody sees ({name}); it is left out of the mail",
            "delete it, or type the line again",
        )
