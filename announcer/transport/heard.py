"""What a server says, as it may be shown: without what we know to be secret, and safe for a terminal."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from typing import Protocol
from urllib.parse import quote, quote_plus

from announcer.transport.printable import printable

_CODED = re.compile(r"(?:[A-Za-z0-9+/_-]|%2[BbFf]){4,}(?:=|%3[Dd]){0,2}")
"""What may be base64, also for addresses, also percent-encoded, also a part that a line's end cut off."""
_MASK = "***"
_SHORTEST = 4
"""Characters: a shorter secret is part of too many words, and of no use hidden. So many of base64's, which
are three bytes, are enough to know it by."""


class Secret(Protocol):
    """What was said to the server in confidence."""

    @property
    def secret(self) -> str:
        """A password or a token."""


def heard(text: str, login: Secret | None) -> str:
    """A server's words in one line. Some repeat the argument of AUTH: as it is, in base64 or in another
    code, whole, cut off or folded over the lines of a reply."""
    text = text.encode("utf-8", "replace").decode("utf-8", "replace")
    text = "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)
    secret = login.secret if login else ""
    if len(secret) >= _SHORTEST:
        for spelled in sorted(_spellings(secret), key=len, reverse=True):
            folded = r"\n?".join(
                r"\s+" if sign == " " else re.escape(sign) for sign in " ".join(spelled.split())
            )
            text = re.sub(folded, _MASK, text, flags=re.IGNORECASE)
        known = _coded(secret.encode()) | _coded(secret.encode("latin-1", "replace"))
        text = _CODED.sub(lambda match: _MASK if known & _pieces(match[0]) else match[0], text)
    return printable(" ".join(text.split()))


def _spellings(secret: str) -> set[str]:
    """The secret as programs write it."""
    coded = secret.encode()
    return {
        secret,
        coded.decode("latin-1"),
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        "".join(f"%{byte:02x}" for byte in coded),
        coded.hex(),
        html.escape(secret),
        json.dumps(secret)[1:-1],
        repr(coded)[2:-1],
    }


def _coded(secret: bytes) -> set[str]:
    """The pieces that base64 has wherever the secret stands in what was coded: at one of three offsets."""
    pieces: set[str] = set()
    for before in range(3):
        first = -(-before * 8 // 6)  # the letters before it have bits of what stood before the secret
        pieces |= _pieces(b64encode(bytes(before) + secret).decode().rstrip("=")[first:])
    return pieces


def _pieces(coded: str) -> set[str]:
    """Each four letters in a row, as base64 has them."""
    for other, letter in (("%2b", "+"), ("%2B", "+"), ("%2f", "/"), ("%2F", "/"), ("-", "+"), ("_", "/")):
        coded = coded.replace(other, letter)
    return {coded[at : at + _SHORTEST] for at in range(len(coded) - _SHORTEST + 1)}
