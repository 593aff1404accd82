"""What DNS says of the sender's domain: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from announcer.cli.doctor import Finding, error, warning
from announcer.cli.session import Session
from announcer.service.project import UsageFaultError

SELECTORS = (
    *("selector1", "selector2", "google", "default", "dkim", "mail", "smtp", "mx", "k1", "k2", "k3"),
    *("s1", "s2", "key1", "sig1", "mandrill", "fm1", "pm", "mta", "20230601", "2024", "2025", "2026"),
)
"""Under which names DKIM keys usually stand: a domain's selectors cannot be listed, only guessed."""
_PATIENCE = 3.0
"""Seconds for an answer."""

Ask = Callable[[str], list[str]]
"""A name's TXT records, none where it has none. Raises UnreachableError."""


class UnreachableError(Exception):
    """No name server answers."""


def check_names(session: Session, resolver: str | None, selector: str | None) -> Iterator[Finding]:
    """SPF of the envelope's domain, DKIM and DMARC of From's. Names that nobody answers for are a warning."""
    if not session.project.department.delivery.transport.row.over_network:
        return
    ask = asker(resolver)
    sender = session.project.department.domain
    try:
        yield spf(ask, session.project.department.envelope_from.rpartition("@")[2].lower())
        yield dkim(ask, sender, (selector,) if selector else SELECTORS)
        yield dmarc(ask, sender)
    except UnreachableError:
        yield warning(
            "dns",
            "no name server answers, so SPF, DKIM and DMARC were not looked at",
            "run doctor where DNS can be reached, or name a server: --resolver 192.0.2.53",
        )


def asker(resolver: str | None) -> Ask:
    """What asks the system's name server, or this one (`address` or `address:port`).

    Raises UsageFaultError where it is no address.
    """
    import dns.exception
    import dns.resolver

    try:
        chosen = dns.resolver.Resolver(configure=resolver is None)
        if resolver is not None:
            address, _, port = resolver.partition(":") if resolver.count(":") == 1 else (resolver, "", "")
            chosen.nameservers = [address]
            chosen.port = int(port or 53)
    except dns.resolver.NoResolverConfiguration:

        def nobody(_name: str) -> list[str]:
            raise UnreachableError

        return nobody
    except ValueError as error:
        raise UsageFaultError(
            code="no-resolver",
            place="--resolver",
            message=f'"{resolver}" is no address of a name server',
            hint="write one like 192.0.2.53 or 127.0.0.1:5353",
        ) from error

    def ask(name: str) -> list[str]:
        try:
            answer = chosen.resolve(name, "TXT", lifetime=_PATIENCE, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise UnreachableError from error
        return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]

    return ask


def spf(ask: Ask, domain: str) -> Finding:
    """Which servers may send for the envelope's domain (RFC 7208)."""
    records = [text for text in ask(domain) if text.lower().split(" ")[0] == "v=spf1"]
    if not records:
        return warning(
            "spf",
            f"{domain} does not say which servers may send for it",
            f"whoever keeps the DNS of {domain} should publish an SPF record that names your mail server",
        )
    if len(records) > 1:
        return error(
            "spf",
            f"{domain} has {len(records)} SPF records, and receivers then trust none (RFC 7208 4.5)",
            f"whoever keeps the DNS of {domain} should make one of them",
        )
    words = records[0].lower().split()
    if "+all" in words or "all" in words:
        return warning("spf", f"{domain} lets everybody send for it", "end its SPF record with ~all or -all")
    return Finding(check="spf", message=f"{domain}: {records[0]}")


def dkim(ask: Ask, domain: str, selectors: tuple[str, ...]) -> Finding:
    """Whether a key for signatures stands under one of these selectors (RFC 6376 3.6)."""
    names = [name for name in selectors if any("p=" in text for text in ask(f"{name}._domainkey.{domain}"))]
    if names:
        return Finding(check="dkim", message=f"{domain} has a key under {', '.join(names)}")
    return warning(
        "dkim",
        f"{domain} has no key under {'the usual selectors' if len(selectors) > 1 else selectors[0]}",
        "ask your mail server's administrator whether it signs; the selector stands as s= in a sent mail's "
        "DKIM-Signature, and --selector NAME looks there",
    )


def dmarc(ask: Ask, domain: str) -> Finding:
    """What receivers do with what is not signed (RFC 7489); the parent domain's where it has none."""
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):
        name = ".".join(labels[start:])
        records = [
            text for text in ask(f"_dmarc.{name}") if text.replace(" ", "").lower().startswith("v=dmarc1")
        ]
        if records:
            tags = dict(part.strip().partition("=")[::2] for part in records[0].split(";") if "=" in part)
            policy = tags.get("p", "none").strip().lower()
            message = f"{name}: p={policy}"
            hint = ""
            if policy in ("reject", "quarantine"):
                message += (
                    ", so a list server that changes the text or the subject must write a From of its own"
                )
                hint = "see that the list server does (Mailman: dmarc_mitigate_action), or some get no copy"
            return Finding(check="dmarc", message=message, hint=hint)
    return warning(
        "dmarc",
        f"{domain} has no DMARC record; large providers want one",
        f'whoever keeps the DNS of {domain} should publish at least: _dmarc TXT "v=DMARC1; p=none"',
    )
