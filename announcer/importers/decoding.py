"""Bytes -> text, whatever wrote them: byte order marks, Windows letters, control characters, line ends."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u2060\u00ad]")


def decoded(data: bytes) -> str:
    """The text: by its mark, else UTF-8, else Windows' cp1252. Line ends are `\\n`."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            break
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            # A character cut in two at the end is of a file that is read in part.
            whole = error.reason == "unexpected end of data" and error.end >= len(data)
            text = data[: error.start].decode("utf-8") if whole else data.decode("cp1252", "replace")
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
