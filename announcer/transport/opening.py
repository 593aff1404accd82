"""Opening the transport that a department's config names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from announcer.domain.department import Delivery
from announcer.domain.transports import TransportKind
from announcer.transport import Transport

Opener = Callable[[Delivery, Path, Mapping[str, str], Callable[[], datetime]], Transport]
"""Makes it from the config, the department's folder, the environment and a clock. Sends nothing yet."""


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


_OPENERS: dict[TransportKind, Opener] = {TransportKind.MAILDIR: _maildir, TransportKind.SMTP: _smtp}


def open_transport(
    delivery: Delivery, root: Path, environ: Mapping[str, str], clock: Callable[[], datetime]
) -> Transport:
    """The transport that announcer.yaml's `delivery` asks for. Files are relative to `root`."""
    return _OPENERS[delivery.transport](delivery, root, environ, clock)
