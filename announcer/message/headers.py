"""How header fields become lines: our own folding, which every reader decodes to what was meant."""

from __future__ import annotations

import re
from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from typing import Any

_WIDTH = 75
"""RFC 2047 2: a line with an encoded-word has at most 76 characters."""
_ADDRESSES = frozenset(["from", "to", "reply-to", "cc"])
_SPECIALS = re.compile(r"[^A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]")


class Mailboxes(str):
    """An address field (RFC 5322 3.4) as it was given: parsing it again would decode what a name says."""

    __slots__ = ("addresses", "name")
    name: str
    addresses: tuple[Address, ...]


class OwnFolding(EmailPolicy):
    """CRLF lines (RFC 5322 2.1); words in RFC 2047's encoding where they need it, in Subject and names
    alone; identifiers never."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keeps a subject and addresses as they were given. Raises ValueError for a line end in them."""
        low = name.lower()
        if low == "subject":
            _refuse_line_ends(name, value)
            return name, value
        if low in _ADDRESSES and not isinstance(value, str):
            boxes = Mailboxes(value)
            boxes.name, boxes.addresses = name, (value,) if isinstance(value, Address) else tuple(value)
            for box in boxes.addresses:
                _refuse_line_ends(name, str(box))
            return name, boxes
        stored: tuple[str, Any] = super().header_store_parse(name, value)
        return stored

    def fold(self, name: str, value: Any) -> str:
        """One header field, folded."""
        low = name.lower()
        if low == "subject":
            body = _words(str(value), name)
        elif low in _ADDRESSES:
            boxes = [_mailbox(box.display_name, box.addr_spec, name) for box in value.addresses]
            body = _folded(boxes, ", ", len(name) + 2)
        elif low in ("references", "content-type", "content-disposition"):
            separator = " " if low == "references" else "; "
            body = _folded(
                re.split(r"\s+" if low == "references" else r";\s*", str(value)), separator, len(name) + 2
            )
        else:
            body = str(value)
        return f"{name}: {body}\r\n"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header field, folded; ASCII alone."""
        return self.fold(name, value).encode("ascii")


FOLDING = OwnFolding(linesep="\r\n", max_line_length=76, cte_type="7bit")
"""The policy of every message: quoted-printable lines of 76 (RFC 2045 6.7), no 8bit."""


def _refuse_line_ends(name: str, value: str) -> None:
    if len(value.splitlines()) > 1 or value.endswith(("\r", "\n")):
        raise ValueError(f"{name} has more than one line")


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
