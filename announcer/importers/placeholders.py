"""What of another program's data says nothing: TBA and its kin, and what a program writes for nothing."""

from __future__ import annotations

import re

from announcer.languages.to_come import is_unknown

_EMPTY = re.compile(r"[(\[]*(?:none|no location set|\.{2,}|…)[)\].!]*", re.IGNORECASE)


def is_placeholder(text: str) -> bool:
    """Whether the whole text says that there is nothing, or that it is to come."""
    text = " ".join(text.split())
    return not text or _EMPTY.fullmatch(text) is not None or is_unknown(text)
