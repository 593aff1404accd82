"""The kinds of value that say how announcer.yaml is operated: provider, rate, connections, heartbeat."""

from __future__ import annotations

import ipaddress
import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import PlainValidator, WithJsonSchema

from announcer.domain.provider import EXAMPLE, PROVIDERS, Rate, UnreadableRateError, parse_rate
from announcer.records.fields.addresses import read_url
from announcer.records.fields.errors import FaultyValueError
from announcer.records.fields.readers import one_of, words
from announcer.records.fields.texts import short
from announcer.records.yaml.nodes import Value

MOST_CONNECTIONS = 50
LONGEST_KEPT = 36500
"""Days."""
_DAYS = {"day": 1, "week": 7, "year": 365}
_KEPT = re.compile(r"(?P<count>\d{1,5})\s*(?P<unit>day|week|year)s?", re.IGNORECASE)


def read_rate(value: Value) -> Rate:
    """The most messages in a time."""
    text = short(value)
    try:
        return parse_rate(text)
    except UnreadableRateError as error:
        raise FaultyValueError(
            "bad-rate",
            f'"{text}" does not say how many messages in how much time',
            f"write a number and second, minute, hour or day, like {EXAMPLE}",
        ) from error


def read_connections(value: Value) -> int:
    """How many connections may be open together."""
    text = short(value)
    if text.isdecimal() and text.isascii() and 1 <= int(text[:9]) <= MOST_CONNECTIONS:
        return int(text)
    raise FaultyValueError(
        "bad-number",
        f'"{text}" is no number of connections',
        f"write a number from 1 to {MOST_CONNECTIONS}; 4 is usual",
    )


def read_keep(value: Value) -> timedelta:
    """How long something is kept: whole days, weeks or years."""
    text = short(value)
    match = _KEPT.fullmatch(text)
    length = int(match["count"]) * _DAYS[match["unit"].lower()] if match else 0
    if 1 <= length <= LONGEST_KEPT:
        return timedelta(days=length)
    raise FaultyValueError(
        "bad-duration",
        f'"{text}" does not say how long to keep something',
        "write it like 400 days or 2 years",
    )


def read_heartbeat(value: Value) -> str:
    """An address of the web that may be asked: https, or http on this machine itself; no password in it."""
    text = read_url(value)
    parts = urlsplit(text)
    if parts.username is not None or parts.password is not None:
        raise FaultyValueError(
            "secret-in-file",
            "the address has a user or password in it, and this file is no place for one",
            "leave it out; a heartbeat's address needs none",
        )
    if parts.scheme == "https" or _is_loopback(parts):
        return text
    raise FaultyValueError(
        "bad-url",
        f'"{text}" would be asked without encryption',
        f"write https:{text.partition(':')[2]}",
    )


def _is_loopback(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name, which somebody else may give an address to
        return False


ProviderWord = Annotated[
    str, PlainValidator(one_of(PROVIDERS, "provider that announcer knows")), words(PROVIDERS)
]
RateText = Annotated[
    Rate,
    PlainValidator(read_rate),
    WithJsonSchema({"type": "string", "pattern": r"^\s*[1-9]\d*\s*(per|an|a|/)\s*[A-Za-z]+\s*$"}),
]
Connections = Annotated[
    int, PlainValidator(read_connections), WithJsonSchema({"type": ["integer", "string"]})
]
Keep = Annotated[
    timedelta,
    PlainValidator(read_keep),
    WithJsonSchema({"type": "string", "pattern": r"^\s*\d+\s*[A-Za-z]+\s*$"}),
]
HeartbeatUrl = Annotated[
    str, PlainValidator(read_heartbeat), WithJsonSchema({"type": "string", "pattern": r"^\s*https?://"})
]
