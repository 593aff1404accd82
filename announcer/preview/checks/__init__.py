"""What is worth a look before a message goes: all of it found on this machine, nothing fetched."""

from __future__ import annotations

from announcer.preview.checks import clients, contents, inbox, links
from announcer.preview.checks.finding import Check, Examined, Grade


def check(examined: Examined) -> list[Check]:
    """Every finding, the worst first."""
    findings = [
        *contents.template_warnings(examined),
        contents.same_facts(examined),
        contents.maths(examined),
        inbox.size(examined),
        inbox.subject_length(examined),
        links.links(examined),
        links.images(examined),
        clients.clients(examined),
    ]
    order = list(reversed(Grade))
    return sorted(
        (finding for finding in findings if finding is not None),
        key=lambda finding: order.index(finding.level),
    )
