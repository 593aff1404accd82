"""A message as it goes over the wire: RFC 5321's lines, dots and size."""

from __future__ import annotations

import re

FINAL_DOT = b".\r\n"
"""RFC 5321 4.1.1.4: the line that ends the message; until it was sent, nothing was handed over."""

_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f<>,]")
_NO_PLAIN_ADDRESS = re.compile(r"[()\[\]:;\\\"\s]|\.\.|^\.|\.@|@\.|\.$")


def has_bare_line_ends(message: bytes) -> bool:
    """Whether a CR or LF stands alone (forbidden by RFC 5321 2.3.8: servers disagree on what it ends)."""
    pairs = message.count(b"\r\n")
    return message.count(b"\n") != pairs or message.count(b"\r") != pairs


def is_address(text: str) -> bool:
    """Whether this is one address that a command line can carry (RFC 5321 4.1.2), and nothing besides."""
    local, at, domain = text.rpartition("@")
    return bool(local and at and domain) and _NO_ADDRESS.search(text) is None


def is_one_address(text: str) -> bool:
    """Whether a person can mean this by an address: no quotes, brackets or comments around it."""
    return is_address(text) and text.count("@") == 1 and _NO_PLAIN_ADDRESS.search(text) is None


def stuffed(message: bytes) -> bytes:
    """A message of CRLF lines, with its leading dots doubled and its last line ended (RFC 5321 4.5.2),
    without the final dot."""
    lines = message.replace(b"\r\n.", b"\r\n..")
    if lines.startswith(b"."):
        lines = b"." + lines
    return lines if not lines or lines.endswith(b"\r\n") else lines + b"\r\n"


def size_limit(parameter: str | None) -> int | None:
    """The most octets a message may have, from EHLO's SIZE parameter (RFC 1870 4); None for no limit."""
    if parameter is None or not parameter.strip().isdecimal():
        return None
    return int(parameter) or None
