"""What a server says, as it may be shown: without what we know to be secret, and safe for a terminal."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from typing import Protocol
from urllib.parse import quote

from announcer.transport.printable import printable

_CODED = re.compile(r"[A-Za-z0-9+/]{6,}={0,2}")
_MASK = "***"
_SHORTEST = 4
"""Characters: a shorter secret is part of too many words, and of no use hidden."""


class Secret(Protocol):
    """What was said to the server in confidence."""

    @property
    def secret(self) -> str:
        """A password or a token."""


def heard(text: str, login: Secret | None) -> str:
    """A server's words in one line. Some repeat the argument of AUTH, as it is or in base64."""
    text = " ".join(text.encode("utf-8", "replace").decode("utf-8", "replace").split())
    secret = login.secret if login else ""
    if len(secret) >= _SHORTEST:
        for spelled in {secret, quote(secret), quote(secret, safe="")}:
            text = re.sub(re.escape(spelled), _MASK, text, flags=re.IGNORECASE)
        text = _CODED.sub(lambda found: _MASK if _hides(found[0], secret.encode()) else found[0], text)
    return printable(text)


def _hides(coded: str, secret: bytes) -> bool:
    """Whether base64 has the secret in it, wherever it begins."""
    plain = coded.rstrip("=")
    for start in range(4):
        piece = plain[start:]
        try:
            decoded = b64decode(piece[: len(piece) // 4 * 4] or "") + _tail(piece[len(piece) // 4 * 4 :])
        except binascii.Error:  # no base64 at all
            continue
        if secret in decoded or (len(decoded) >= _SHORTEST and decoded in secret):
            return True
    return False


def _tail(rest: str) -> bytes:
    return b64decode(rest + "=" * (-len(rest) % 4)) if len(rest) > 1 else b""
