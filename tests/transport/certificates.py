"""Certificates of a private authority, good and bad, for servers on loopback."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import trustme


@dataclass(frozen=True, kw_only=True)
class Certificates:
    """A private certificate authority and its file."""

    authority: trustme.CA
    ca_file: Path

    def server(self, kind: str = "good") -> ssl.SSLContext:
        """A server's side of TLS, with a certificate that is `good`, `expired`, `self-signed` (of an
        authority that nobody knows) or for a `wrong name`."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.issue(kind).configure_cert(context)
        return context

    def issue(self, kind: str = "good") -> trustme.LeafCert:
        """A certificate of that kind."""
        if kind == "expired":
            return self.authority.issue_cert(
                "localhost", "127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC)
            )
        if kind == "wrong name":
            return self.authority.issue_cert("mail.elsewhere.example.edu")
        authority = trustme.CA() if kind == "self-signed" else self.authority
        return authority.issue_cert("localhost", "127.0.0.1")


def make(folder: Path) -> Certificates:
    """An authority whose certificate is in a file in that folder."""
    authority = trustme.CA()
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(ca_file)
    return Certificates(authority=authority, ca_file=ca_file)
