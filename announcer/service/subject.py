"""The Subject of a mailing, as it was sent or would be."""

from __future__ import annotations

from announcer.domain.mailing import Mailing
from announcer.service.project import Project


def subject(project: Project, mailing: Mailing) -> str | None:
    """The subject that was sent, or else would be; None where its talk or its template cannot be read."""
    from announcer.message import TemplateFaultError

    if mailing.headline or not mailing.groups:
        return mailing.headline
    try:
        return project.composer.subject(mailing.groups[0])
    except TemplateFaultError:
        return None
