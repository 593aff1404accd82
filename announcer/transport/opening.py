"""Opening the transport that a department's config names, and where its mail goes, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from announcer.domain.department import Delivery
from announcer.domain.transports import TransportKind
from announcer.transport import Transport

Opener = Callable[[Delivery, Path, Mapping[str, str], Callable[[], datetime]], Transport]
"""Makes it from the config, the department's folder, the environment and a clock. Sends nothing yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Way:
    """What a transport needs of this room."""

    opens: Opener
    where: Callable[[Delivery], str]
    """Where mail goes, as a clause."""


def _maildir(
    delivery: Delivery, root: Path, _environ: Mapping[str, str], clock: Callable[[], datetime]
) -> Transport:
    from announcer.transport.maildir import MaildirTransport

    return MaildirTransport(root / delivery.path, clock)


def _smtp(
    delivery: Delivery, root: Path, environ: Mapping[str, str], _clock: Callable[[], datetime]
) -> Transport:
    from announcer.transport.smtp import smtp_transport

    return smtp_transport(delivery, root, environ)


_WAYS = {
    TransportKind.MAILDIR: _Way(
        opens=_maildir,
        where=lambda delivery: (
            f"a rehearsal: mail goes into {delivery.path}/, and nothing leaves this machine"
        ),
    ),
    TransportKind.SMTP: _Way(
        opens=_smtp, where=lambda delivery: f"mail goes to the lists through {delivery.host}"
    ),
}


def open_transport(
    delivery: Delivery, root: Path, environ: Mapping[str, str], clock: Callable[[], datetime]
) -> Transport:
    """The transport that announcer.yaml's `delivery` asks for. Files are relative to `root`."""
    return _WAYS[delivery.transport].opens(delivery, root, environ, clock)


def where(delivery: Delivery) -> str:
    """Where it brings mail, as a clause: `mail goes to the lists through smtp.example.edu`."""
    return _WAYS[delivery.transport].where(delivery)
