"""A source of talks: another program's calendar, table, feed or page, as announcer.yaml names it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

MASK = "***"
ADDRESSES = ("url", "file", "url_file", "url_command")
"""The ways to say where a source is; each source has one of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where talks are imported from, and how it is to be understood."""

    name: str
    """Its key under `sources:`; of one that is named nowhere a name made of its address."""
    url: str | None = None
    file: str | None = None
    """A path, from the department's folder."""
    url_file: str | None = None
    url_command: str | None = None
    """Where its address is a secret: a file that holds it, or a command that prints it."""
    series: str | None = None
    summary: str | None = None
    """What a title line means there."""
    columns: dict[str, str] = field(default_factory=dict)
    """A table's headings, each with the talk's field."""
    keep: dict[str, str] = field(default_factory=dict)
    """What an entry must have to be taken."""
    timezone: str | None = None
    """The IANA name of the zone in which the source writes its times; it is believed more than the source."""


def is_secret(address: str) -> bool:
    """Whether an address is a key: who has it, sees what it leads to."""
    parts = urlsplit(address)
    if parts.username or parts.password:
        return True
    if "/private-" in parts.path or (parts.hostname or "").endswith("office365.com"):
        return True
    return (
        re.search(r"(?:^|[?&])(?:token|key|secret|sig|signature|auth|apikey|api_key)=", parts.query, re.I)
        is not None
    )


def masked(address: str, *, all_of_it: bool = False) -> str:
    """An address as it may be shown: its server, and of the rest what is no key to it."""
    parts = urlsplit(address)
    if not parts.scheme:
        return address
    host = parts.hostname or ""
    if parts.port:
        host = f"{host}:{parts.port}"
    if all_of_it or is_secret(address):
        return f"{parts.scheme}://{host}/{MASK}"
    return urlunsplit(parts._replace(netloc=host))
