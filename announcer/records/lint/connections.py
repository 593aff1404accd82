"""Lints on what announcer.yaml connects to: the sources of talks, the mail server, and their secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from announcer.domain.problem import Severity
from announcer.domain.source import ADDRESSES, is_secret
from announcer.records.lint.config import ConfigRemarks
from announcer.records.linting import LintRemark, rule

if TYPE_CHECKING:
    from announcer.records.lint.config import ConfigRule
    from announcer.records.models.department import DepartmentRecord


@rule("two-places", "a source is said to be in two places", Severity.ERROR, silenceable=False)
def two_places(record: DepartmentRecord) -> ConfigRemarks:
    """An address and a file."""
    for name, source in record.sources.items():
        given = [key for key in ADDRESSES if getattr(source, key)]
        if len(given) > 1:
            yield LintRemark(
                ("sources", name, given[1]),
                f'there are both "{given[0]}" and "{given[1]}"',
                "keep one of them",
            )


@rule("secret-address", "an address that is a secret stands in announcer.yaml", silenceable=False)
def secret_address(record: DepartmentRecord) -> ConfigRemarks:
    """A calendar's private address is a password."""
    for name, source in record.sources.items():
        if source.url and is_secret(source.url):
            yield LintRemark(
                ("sources", name, "url"),
                "whoever has this address sees the calendar, and this file is read and copied",
                "put the address into a file of its own, and name that: url_file: calendar-address",
            )


@rule(
    "no-transport", "a mail server is named, and mail goes into a folder", Severity.ERROR, silenceable=False
)
def no_transport(record: DepartmentRecord) -> ConfigRemarks:
    """Who names a server means to send."""
    server = next((key for key in ("provider", "host") if getattr(record.delivery, key)), None)
    if server and "transport" not in record.delivery.model_fields_set:
        yield LintRemark(
            ("delivery", server),
            f'"{server}" names a mail server, but without "transport" mail goes into a folder',
            "write transport: smtp beside it, or transport: maildir to rehearse",
        )


@rule("no-security", "a password would be sent for everybody to read", Severity.ERROR, silenceable=False)
def no_security(record: DepartmentRecord) -> ConfigRemarks:
    """A login without encryption."""
    delivery = record.delivery
    if delivery.transport.row.over_network and delivery.security == "none" and delivery.username:
        yield LintRemark(
            ("delivery", "security"),
            "without security the password would be sent for everybody to read",
            "write security: starttls, or delete the username",
        )


@rule("two-secrets", "two ways to one password", Severity.ERROR, silenceable=False)
def two_secrets(record: DepartmentRecord) -> ConfigRemarks:
    """Which of them counts, nobody could tell."""
    keys = ("password_file", "password_command", "oauth_token_command")
    named = [key for key in keys if getattr(record.delivery, key)]
    if len(named) > 1:
        yield LintRemark(("delivery", named[1]), f'there are both "{named[0]}" and "{named[1]}"', "keep one")


CONNECTION_RULES: tuple[ConfigRule, ...] = (
    two_places,
    secret_address,
    no_transport,
    no_security,
    two_secrets,
)
"""The rules on connections, in the order in which they speak."""
