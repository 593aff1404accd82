"""What well-known mail providers want: a profile that fills in host, port, security and pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from announcer.domain.rate import Rate


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
