"""How many messages in how much time: `60 per minute`."""

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
