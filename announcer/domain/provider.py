"""What a mail server takes: how many messages in how much time, and what well-known providers want."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

_RATE = re.compile(
    r"(?P<count>[1-9]\d{0,5})\s*(?:per|an|a|/)\s*(?P<unit>second|minute|hour|day)", re.IGNORECASE
)
_UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
EXAMPLE = "60 per minute"


class UnreadableRateError(ValueError):
    """The text is no rate."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """At most `count` messages in any `per`."""

    count: int
    per: timedelta

    @property
    def interval(self) -> timedelta:
        """The time for one message."""
        return self.per / self.count


def parse_rate(text: str) -> Rate:
    """Reads `60 per minute`, `500 per hour`, `10 per second`. Raises UnreadableRateError."""
    match = _RATE.fullmatch(" ".join(text.split()))
    if match is None:
        raise UnreadableRateError(text)
    return Rate(count=int(match["count"]), per=_UNITS[match["unit"].lower()])


@dataclass(frozen=True, kw_only=True, slots=True)
class Provider:
    """A provider's SMTP server. What announcer.yaml says itself goes before it."""

    host: str
    port: int
    security: str
    """`starttls`, `tls` or `none`."""
    connections: int | None = None
    """The most that it takes at once."""
    rate: Rate | None = None
    """The most that it takes in a time."""


PROVIDERS = {
    # Client submission: 30 messages a minute and three connections.
    "microsoft365": Provider(
        host="smtp.office365.com",
        port=587,
        security="starttls",
        connections=3,
        rate=Rate(count=30, per=timedelta(minutes=1)),
    ),
    "google": Provider(host="smtp.gmail.com", port=587, security="starttls"),
    "local": Provider(host="localhost", port=25, security="none"),
}
"""By the name that announcer.yaml gives as `delivery: {provider: ...}`."""
