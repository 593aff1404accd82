"""A message as it goes over the wire: RFC 5321's lines, dots and size."""

from __future__ import annotations

import re

FINAL_DOT = b".\r\n"
"""RFC 5321 4.1.1.4: the line that ends the message; until it was sent, nothing was handed over."""

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f<>,]")
_LEADING_DOT = re.compile(rb"(?m)^\.")


def has_bare_line_ends(message: bytes) -> bool:
    """Whether a CR or LF stands alone (forbidden by RFC 5321 2.3.8: servers disagree on what it ends)."""
    return _BARE.search(message) is not None


def is_address(text: str) -> bool:
    """Whether this is one address that a command line can carry (RFC 5321 4.1.2), and nothing besides."""
    local, at, domain = text.rpartition("@")
    return bool(local and at and domain) and _NO_ADDRESS.search(text) is None


def stuffed(message: bytes) -> bytes:
    """The message with its leading dots doubled and its last line ended (RFC 5321 4.5.2), without the
    final dot."""
    lines = _LEADING_DOT.sub(b"..", message)
    return lines if not lines or lines.endswith(b"\r\n") else lines + b"\r\n"


def size_limit(parameter: str | None) -> int | None:
    """The most octets a message may have, from EHLO's SIZE parameter (RFC 1870 4); None for no limit."""
    if parameter is None or not parameter.strip().isdecimal():
        return None
    return int(parameter) or None
