"""How header fields become lines: our own folding, which every reader decodes to what was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.header import Header

from announcer.domain.department import Address

WIDTH = 76
"""Columns of a line: RFC 2045 6.7 for quoted-printable, RFC 2047 2 for a line with an encoded-word."""
_WIDTH = WIDTH - 1
_BETWEEN = {"references": " ", "content-type": "; ", "content-disposition": "; "}
"""Where a structured field may be parted."""
_SPECIALS = re.compile(r"[^A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]")


def header_field(name: str, value: str | Sequence[Address]) -> str:
    """One field, folded, with its CRLF; mailboxes (RFC 5322 3.4) as addresses, all else as text. Words are in
    RFC 2047's encoding where they need it, in Subject and names alone; identifiers never.

    Raises ValueError for a line end in a text, a name or an address.
    """
    low = name.lower()
    for text in (value,) if isinstance(value, str) else (f"{box.name}{box.address}" for box in value):
        if len(text.splitlines()) > 1 or text.endswith(("\r", "\n")):
            raise ValueError(f"{name} has more than one line")
    if not isinstance(value, str):
        boxes = [_mailbox(box.name, box.address, name) for box in value]
        body = _folded(boxes, ", ", len(name) + 2)
    elif low == "subject":
        body = _words(value, name)
    elif low in _BETWEEN:
        pieces = re.split(r"\s+" if low == "references" else r";\s*", value)
        body = _folded(pieces, _BETWEEN[low], len(name) + 2)
    else:
        body = value
    return f"{name}: {body}\r\n"


def _words(text: str, name: str, indent: int = 0) -> str:
    """Unstructured text, as it stands where ASCII will do, else as encoded-words."""
    longest = max((len(word) for word in text.split()), default=0)
    if text.isascii() and "=?" not in text and longest < _WIDTH - len(name):
        return _folded(text.split(" "), " ", len(name) + 2 + indent)
    made = Header(text, "utf-8", maxlinelen=_WIDTH, header_name=name)
    return made.encode(linesep="\r\n")


def _mailbox(display: str, address: str, name: str) -> str:
    """RFC 5322 3.4: a name and an address; the name quoted, or encoded, where it needs it."""
    if not display:
        return address
    shown = _words(display, name)
    if display.isascii() and "=?" not in shown and _SPECIALS.search(display):
        quoted = re.sub(r'(["\\])', r"\\\1", display)
        shown = _folded(f'"{quoted}"'.split(" "), " ", len(name) + 2)
    separator = "\r\n " if len(shown.rpartition("\n")[2]) + len(address) + 3 > _WIDTH else " "
    return f"{shown}{separator}<{address}>"


def _folded(parts: list[str], separator: str, column: int) -> str:
    """Parts side by side, on a new line where the next would pass the width."""
    body = ""
    for index, part in enumerate(parts):
        if index:
            body += separator.rstrip(" ")
            first = part.partition("\r\n")[0]
            if column + len(separator) + len(first) > _WIDTH:
                body, column = body + "\r\n ", 1
            else:
                body, column = body + " ", column + len(separator)
        body += part
        tail = body.rpartition("\r\n")[2]
        column = len(tail) if "\r\n" in body else column + len(part)
    return body
